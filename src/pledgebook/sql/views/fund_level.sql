-- fund_level: what somebody stated a fund had been pledged, had received or had spent.
-- one row per: stated total about the whole of one fund, stage and unit
-- reads: claim, total, source, activity, actor
-- place: 1 for the level in use: one that names no provider before one of a group, then the latest
--   by its day, then the exact one; null for what is no level and stands beside it
-- rule: only levels and cumulative figures, no ceilings, nothing of grade D; the provider is not named,
--   is a group, or is the fund itself: what one of many gave says nothing about the fund.
--   `received` and `spent` are stated of any activity, `pledged` of a fund or account
with about as (
    select claim.fact, unnest(list_distinct(list_concat(
               case when len(claim.whom) = 1 then claim.whom else [] end,
               case when claim.whom is null and claim.who is not null then [claim.who] else [] end,
               case when claim.via is not null then [claim.via] else [] end,
               case when len(claim.covers) = 1 then claim.covers else [] end))) as fund
    from claim
    where claim.stage in ('pledged', 'received', 'spent')
      and claim.stated is not null and claim.unit is not null
      and claim.comparator in ('=', '~', '>')
),
stated as (
    select about.fund, claim.stage, claim.unit, claim.id, claim.stated, claim.slack, claim.measure, claim.until,
           claim.known, claim.comparator, claim.who is null or claim.who = about.fund as is_about_all,
           claim.reports, coalesce(claim.measure in ('level', 'cumulative'), false) as is_level
    from about
    join claim on claim.fact = about.fact
    join total on total.id = claim.id
    left join source on source.id = total.source
    join activity on activity.id = about.fund
    left join actor on actor.id = claim.who
    where (claim.who is null or claim.who = about.fund or actor.type = 'group')
      and (activity.type in ('fund', 'account')
           or (claim.stage <> 'pledged' and (claim.via is distinct from about.fund or claim.covers = [about.fund])))
      and coalesce(source.grade, '') <> 'D'
)
select fund, stage, unit, id, stated, slack, until, known, reports, is_level,
       case when is_level then row_number() over (
           partition by fund, stage, unit, is_level
           order by is_about_all desc, until desc nulls last, comparator <> '=', slack, known, id
       ) end as place
from stated
