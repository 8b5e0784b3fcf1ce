-- fund_sum: what came into each hand and what left it, as itemised and as stated.
-- one row per: fund, account or other hand, and unit in which anything of it is known
-- reads: flow, hand, promise, fund_level, freezing, activity
-- pledged, committed, received, spent: the figure that stands: the level where the entries add up to
--   less, else their sum; null where nothing is known
-- through: what passed to somebody else, in received and in spent; shared: what came to several
--   receivers, this one among them, and is in no sum
-- unknown: how many entries of what was received or spent have no figure
-- NAME_itemised, NAME_level: what the entries add up to, and the level in use; NAME_slack: its rounding
-- day: the last day of which any of it is told
-- is_stated: whether one of the figures is a level of which the entries explain only a part
with fund as (
    select id from activity where type in ('fund', 'account')
),
moved as (
    select receiver as fund, unit, stage, 'in' as way, amount, rate_day_of(since, until, known) as day, reports
    from flow
    where not is_shared and stage <> 'delivered' and (is_held or receiver in (select id from fund))
    union all
    select through as fund, unit, stage, 'through' as way, amount, rate_day_of(since, until, known) as day, reports
    from flow
    where through is not null and stage <> 'delivered'
    union all
    select provider as fund, unit, stage, 'out' as way, amount, rate_day_of(since, until, known) as day, reports
    from flow
    where passes_on and stage = 'disbursed'
    union all
    select unnest(receivers) as fund, unit, stage, 'shared' as way, amount, rate_day_of(since, until, known) as day, reports
    from flow
    where is_shared and stage = 'disbursed'
    union all
    -- a promise to it, and one via it to somebody else
    select whom[1] as fund, unit, 'pledged' as stage, 'in' as way, counted as amount, rate_day_of(since, until, known) as day, reports
    from promise
    where kind_stage = 'pledged' and is_counted and state in ('live', 'overdue', 'delivered')
      and len(whom) = 1 and whom[1] <> who
      and whom[1] in (select id from fund union select hand from hand)
    union all
    select via as fund, unit, 'pledged' as stage, 'through' as way, counted as amount, rate_day_of(since, until, known) as day, reports
    from promise
    where kind_stage = 'pledged' and is_counted and state in ('live', 'overdue', 'delivered')
      and via in (select id from fund) and via <> who and whom is distinct from [via]
),
named as (
    select distinct fund, unit
    from moved
    where way <> 'shared'
      and (stage = 'disbursed' or fund in (select id from fund))
    union
    select fund, unit from fund_level where place = 1
    union
    select freezing.target, freezing.unit
    from freezing
    join activity on activity.id = freezing.target
    where activity.type in ('fund', 'account') and freezing.unit is not null
),
itemised as (
    select fund, unit,
           sum(amount) filter (where stage = 'pledged' and way in ('in', 'through')) as pledged,
           sum(amount) filter (where stage = 'committed' and way in ('in', 'through')) as committed,
           sum(amount) filter (where stage = 'disbursed' and way in ('in', 'through')) as received,
           sum(amount) filter (where stage = 'disbursed' and way in ('out', 'through')) as spent,
           sum(amount) filter (where stage = 'disbursed' and way = 'through') as through,
           sum(amount) filter (where way = 'shared') as shared,
           count(*) filter (where stage = 'disbursed' and amount is null) as unknown,
           max(day) as day,
           list(reports[1]) as firsts,
           flatten(list(reports[2:]) filter (where len(reports) > 1)) as others
    from moved
    group by fund, unit
),
level as (
    select fund, unit,
           max(stated) filter (where stage = 'pledged') as pledged,
           max(stated) filter (where stage = 'received') as received,
           max(stated) filter (where stage = 'spent') as spent,
           max(slack) filter (where stage = 'received') as received_slack,
           max(slack) filter (where stage = 'spent') as spent_slack,
           max(until) as day,
           flatten(list(reports)) as reports
    from fund_level
    where place = 1
    group by fund, unit
)
select named.fund, named.unit,
       greatest(itemised.pledged, level.pledged) as pledged,
       itemised.committed,
       greatest(itemised.received, level.received) as received,
       greatest(itemised.spent, level.spent) as spent,
       itemised.through, itemised.shared, coalesce(itemised.unknown, 0) as unknown,
       itemised.received as received_itemised, itemised.spent as spent_itemised,
       level.pledged as pledged_level, level.received as received_level, level.spent as spent_level,
       level.received_slack, level.spent_slack, itemised.pledged as pledged_itemised,
       coalesce(level.pledged > coalesce(itemised.pledged, 0), false)
           or coalesce(level.received > coalesce(itemised.received, 0), false)
           or coalesce(level.spent > coalesce(itemised.spent, 0), false) as is_stated,
       greatest(itemised.day, level.day) as day,
       list_concat(coalesce(itemised.firsts, []), coalesce(itemised.others, []), coalesce(level.reports, [])) as rests_on
from named
left join itemised on itemised.fund = named.fund and itemised.unit is not distinct from named.unit
left join level on level.fund = named.fund and level.unit is not distinct from named.unit
