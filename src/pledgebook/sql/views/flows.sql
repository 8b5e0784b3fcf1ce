-- flows: where support went, hand by hand, in three cuts that are never added to each other (R2).
-- one row per: cut, provider, receiver, via, stage and unit, and who paid originally
-- reads: flow, traced, handed, rate
-- kept: no: it reads what the question sets
-- cut: origin (new support: its provider passes on nobody else's), channel (into hands that pass it
--   on), last_mile (to receivers that do not); beside them internal (from an actor to a part of it or
--   back: neither new nor passed on) and iati_fallback (all that was paid, less what came into hands)
-- amount: null where no figure is known; unknown: how many of the steps have none
-- rates: with --in, the rates at which the amounts were converted, each at its own day
-- origin, is_estimated: see `traced`; is_shared: several receivers, of whom nobody knows who got how much
with cuts as (
    select 'origin' as cut, fact, stage, provider, receiver, receivers, via, unit, amount, payer as origin,
           false as is_estimated, is_shared, since, until, known, reports
    from flow
    where not passes_on
    union all
    select 'channel' as cut, fact, stage, provider, through as receiver, [through] as receivers, via, unit,
           amount, payer as origin, false as is_estimated, false as is_shared, since, until, known, reports
    from flow
    where through is not null
    union all
    select 'channel' as cut, fact, stage, provider, receiver, receivers, via, unit, amount, payer as origin,
           false as is_estimated, is_shared, since, until, known, reports
    from flow
    where is_held
    union all
    select 'last_mile' as cut, fact, stage, provider, receiver, receivers, via, unit, amount, payer as origin,
           false as is_estimated, is_shared, since, until, known, reports
    from flow
    where not is_held and not passes_on
    union all
    select 'last_mile' as cut, flow.fact, flow.stage, flow.provider, flow.receiver, flow.receivers, flow.via,
           flow.unit, traced.amount, traced.origin, traced.is_estimated, flow.is_shared, flow.since,
           flow.until, flow.known, flow.reports
    from flow
    join traced on traced.fact = flow.fact and traced.stage = flow.stage
    union all
    select 'internal' as cut, fact, stage, provider, receiver, receivers, via, unit, amount, null as origin,
           false as is_estimated, is_shared, since, until, known, reports
    from handed
    where is_internal
),
-- IATI: disbursements + expenditures - incoming; what passes through a fund comes in and goes out
paid as (
    select flow.*, case when is_held then 0 else amount end as rest
    from flow
    where stage = 'disbursed' and amount is not null
),
rated as materialized (
    select * from rate
),
shown as (
    select cuts.* replace (
               coalesce(rate.unit, cuts.unit) as unit, at_rate(cuts.amount, rate.rate) as amount),
           rate.words
    from cuts
    left join rated as rate
      on rate.currency = cuts.unit and rate.day = rate_day_of(cuts.since, cuts.until, cuts.known)
    where is_asked_who(provider) and is_asked_whom(receivers) and is_asked_via(via)
      and is_asked_own_unit(cuts.unit) and is_asked_between(since, until)
),
paid_shown as (
    select paid.stage, paid.reports, coalesce(rate.unit, paid.unit) as unit,
           at_rate(paid.rest, rate.rate) as rest, rate.words
    from paid
    left join rated as rate
      on rate.currency = paid.unit and rate.day = rate_day_of(paid.since, paid.until, paid.known)
    where is_asked_who(provider) and is_asked_whom(receivers) and is_asked_via(via)
      and is_asked_own_unit(paid.unit) and is_asked_between(since, until)
)
select provider, receiver, via, stage, unit, sum(amount) as amount, cut, origin, is_estimated, is_shared,
       count(*) filter (where amount is null) as unknown,
       list_sort(list(distinct words) filter (where words is not null)) as rates,
       -- most steps have one report, and a list of words is made sooner than a list of lists
       list_sort(list_concat(list(reports[1]),
                             coalesce(flatten(list(reports[2:]) filter (where len(reports) > 1)), []))) as rests_on
from shown
group by cut, provider, receiver, via, stage, unit, origin, is_estimated, is_shared
union all
select null as provider, null as receiver, null as via, stage, unit, sum(rest) as amount, 'iati_fallback' as cut,
       null as origin, false as is_estimated, false as is_shared, 0 as unknown,
       list_sort(list(distinct words) filter (where words is not null)) as rates,
       list_sort(list_concat(list(reports[1]),
                             coalesce(flatten(list(reports[2:]) filter (where len(reports) > 1)), []))) as rests_on
from paid_shown
group by stage, unit
