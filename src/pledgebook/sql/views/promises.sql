-- promises: who promised what, and how much of it came.
-- one row per: provider and unit; unlike stages and unlike units never add
-- reads: promise, promise_basis, fact, counted, under, exchanged, rate
-- kept: no: it reads what the question sets
-- pledged, weak, conditional: promises that count, that are worded too weakly, that wait; 0 where there are none
-- committed, disbursed, delivered: of these promises only, nested in them; null where none is known
-- outstanding: promise by promise, promised - delivered, never negative
-- unpromised: what fulfils no known promise, each chain once
-- basis: stated where a level stands for more than its increments explain (R1)
-- unknown: how many of the promises have no figure
-- money: what was paid toward a promise in another currency is converted at its own day and counts
--   there (R7). Where --in asks for a currency each amount is converted alone, at its own day, what is
--   outstanding at the day of its promise; what has no rate stays in a row of its own
-- converted: what counts in a promise's currency and was reported in another; rates: those of --in
with rated as materialized (
    select * from rate
),
filtered as (
    select promise.* replace (
               coalesce(rate.unit, promise.unit) as unit,
               at_rate(promise.counted, rate.rate) as counted,
               at_rate(promise.outstanding, rate.rate) as outstanding),
           promise_basis.rests_on, rate.words as rate_words
    from promise
    join promise_basis on promise_basis.fact = promise.fact
    left join rated as rate
      on rate.currency = promise.unit and rate.day = rate_day_of(promise.since, promise.until, promise.known)
    where kind_stage = 'pledged'
      and is_asked_whom(whom) and is_asked_via(via) and is_asked_between(since, until)
      and is_asked_own_unit(promise.unit)
),
summed as (
    select who, unit,
           case when count(*) filter (where state in ('live', 'overdue', 'delivered')) = 0 then 0
                else sum(counted) filter (where state in ('live', 'overdue', 'delivered')) end as pledged,
           case when count(*) filter (where state = 'weak') = 0 then 0
                else sum(counted) filter (where state = 'weak') end as weak,
           case when count(*) filter (where state = 'waits') = 0 then 0
                else sum(counted) filter (where state = 'waits') end as conditional,
           case when count(*) filter (where state in ('live', 'overdue')) = 0 then 0
                else sum(outstanding) filter (where state in ('live', 'overdue')) end as outstanding,
           count(*) filter (where amount is null) as unknown,
           bool_or(is_stated and state in ('live', 'overdue', 'delivered')) as is_stated,
           list(rate_words) filter (where rate_words is not null) as rates,
           flatten(list(rests_on)) as rests_on
    from filtered
    where is_counted
    group by who, unit
),
-- what fulfils several promises counts once: under the one that was made first; it counts under a
-- promise that enters no sum itself as well (grade D, ended, a level that was replaced)
assigned as (
    select filtered.who, counted.fact, counted.stage, counted.reports,
           coalesce(rate.unit, exchanged.unit, counted.unit) as unit,
           case when rate.rate is null then coalesce(exchanged.amount, counted.amount)
                else at_rate(counted.amount, rate.rate) end as amount,
           case when rate.rate is null then exchanged.words end as converted,
           rate.words as rate_words,
           row_number() over (
               partition by counted.fact, counted.stage
               order by filtered.since nulls last, filtered.fact
           ) as place
    from filtered
    join under on under.above = filtered.fact
    join counted on counted.fact = under.fact
    left join exchanged
      on exchanged.above = filtered.fact and exchanged.fact = counted.fact and exchanged.stage = counted.stage
    left join rated as rate
      on rate.currency = counted.unit and rate.day = rate_day_of(counted.since, counted.until, counted.known)
    where not filtered.is_old and counted.is_trusted
      and counted.stage in ('committed', 'disbursed', 'delivered')
),
-- of two of one stage of which one stands under the other only the upper one; the pairs are made
-- first, since all facts of one stage and unit would be far more of them
climbed as materialized (
    select assigned.fact, assigned.stage, assigned.unit, under.above
    from assigned
    join under on under.fact = assigned.fact
),
hidden as (
    select distinct climbed.fact, climbed.stage
    from climbed
    join assigned as upper
      on upper.fact = climbed.above
     and upper.stage = climbed.stage
     and upper.unit is not distinct from climbed.unit
),
fulfilled as (
    select who, unit,
           sum(amount) filter (where stage = 'committed') as committed,
           sum(amount) filter (where stage = 'disbursed') as disbursed,
           sum(amount) filter (where stage = 'delivered') as delivered,
           list(converted order by fact, stage) filter (where converted is not null) as converted,
           list(rate_words) filter (where rate_words is not null) as rates,
           flatten(list(reports)) as rests_on
    from assigned
    where place = 1
      and not exists (select 1 from hidden where hidden.fact = assigned.fact and hidden.stage = assigned.stage)
    group by who, unit
),
unpromised as (
    select counted.who, coalesce(rate.unit, counted.unit) as unit,
           sum(at_rate(counted.amount, rate.rate)) as unpromised,
           list(rate.words) filter (where rate.words is not null) as rates,
           flatten(list(counted.reports)) as rests_on
    from counted
    left join rated as rate
      on rate.currency = counted.unit and rate.day = rate_day_of(counted.since, counted.until, counted.known)
    where counted.stage in ('committed', 'disbursed', 'delivered')
      and counted.is_trusted
      and not exists (
          select 1
          from under
          join fact as upper on upper.fact = under.above and upper.stage = 'pledged'
          where under.fact = counted.fact)
      and not exists (
          select 1
          from under
          join counted as upper on upper.fact = under.above
          where under.fact = counted.fact
            and upper.is_trusted and upper.unit is not distinct from counted.unit)
      and not exists (
          select 1
          from exchanged
          join counted as upper on upper.fact = exchanged.above
          where exchanged.fact = counted.fact and exchanged.stage = counted.stage
            and upper.is_trusted and upper.unit = exchanged.unit)
      and not exists (
          select 1 from counted as same
          where same.fact = counted.fact
            and (same.stage = 'pledged'
                 or (rung(same.stage) < rung(counted.stage) and same.unit is not distinct from counted.unit)))
      and is_asked_whom(counted.whom) and is_asked_via(counted.via)
      and is_asked_between(counted.since, counted.until) and is_asked_own_unit(counted.unit)
    group by counted.who, coalesce(rate.unit, counted.unit)
),
rows as (
    select who, unit from summed
    union
    select who, unit from fulfilled
    union
    select who, unit from unpromised
)
select rows.who, rows.unit,
       coalesce(summed.pledged, case when summed.who is null then 0 end) as pledged,
       coalesce(summed.weak, case when summed.who is null then 0 end) as weak,
       coalesce(summed.conditional, case when summed.who is null then 0 end) as conditional,
       fulfilled.committed, fulfilled.disbursed, fulfilled.delivered,
       coalesce(summed.outstanding, case when summed.who is null then 0 end) as outstanding,
       unpromised.unpromised,
       coalesce(summed.unknown, 0) as unknown,
       case when summed.is_stated then 'stated' else 'itemised' end as basis,
       fulfilled.converted,
       nullif(list_sort(list_distinct(list_concat(
           coalesce(summed.rates, []), coalesce(fulfilled.rates, []), coalesce(unpromised.rates, [])))), []) as rates,
       list_sort(list_distinct(list_concat(
           coalesce(summed.rests_on, []), coalesce(fulfilled.rests_on, []), coalesce(unpromised.rests_on, [])
       ))) as rests_on
from rows
left join summed on summed.who = rows.who and summed.unit is not distinct from rows.unit
left join fulfilled on fulfilled.who = rows.who and fulfilled.unit is not distinct from rows.unit
left join unpromised on unpromised.who = rows.who and unpromised.unit is not distinct from rows.unit
