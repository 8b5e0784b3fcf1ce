-- promises: who promised what, and how much of it came.
-- one row per: provider and unit; unlike stages and unlike units never add
-- reads: promise, promise_basis, fact, counted, under
-- kept: no: it reads what the question sets
-- pledged, weak, conditional: promises that count, that are worded too weakly, that wait; 0 where there are none
-- committed, disbursed, delivered: of these promises only, nested in them; null where none is known
-- outstanding: promise by promise, promised - delivered, never negative
-- unpromised: what fulfils no known promise, each chain once
-- basis: stated where a level stands for more than its increments explain (R1)
-- unknown: how many of the promises have no figure
with filtered as (
    select promise.*, promise_basis.rests_on
    from promise
    join promise_basis on promise_basis.fact = promise.fact
    where kind_stage = 'pledged'
      and is_asked_whom(whom) and is_asked_via(via) and is_asked_between(since, until)
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
           flatten(list(rests_on)) as rests_on
    from filtered
    where is_counted
    group by who, unit
),
-- what fulfils several promises counts once: under the one that was made first; it counts under a
-- promise that enters no sum itself as well (grade D, ended, a level that was replaced)
assigned as (
    select filtered.who, counted.fact, counted.unit, counted.stage, counted.amount, counted.reports,
           row_number() over (
               partition by counted.fact, counted.stage
               order by filtered.since nulls last, filtered.fact
           ) as place
    from filtered
    join under on under.above = filtered.fact
    join counted on counted.fact = under.fact
    where not filtered.is_old and counted.is_trusted
      and counted.stage in ('committed', 'disbursed', 'delivered')
),
-- of two of one stage of which one stands under the other only the upper one
hidden as (
    select distinct lower.fact, lower.stage
    from assigned as lower
    join under on under.fact = lower.fact
    join assigned as upper
      on upper.fact = under.above
     and upper.stage = lower.stage
     and upper.unit is not distinct from lower.unit
),
fulfilled as (
    select who, unit,
           sum(amount) filter (where stage = 'committed') as committed,
           sum(amount) filter (where stage = 'disbursed') as disbursed,
           sum(amount) filter (where stage = 'delivered') as delivered,
           flatten(list(reports)) as rests_on
    from assigned
    where place = 1
      and not exists (select 1 from hidden where hidden.fact = assigned.fact and hidden.stage = assigned.stage)
    group by who, unit
),
unpromised as (
    select counted.who, counted.unit, sum(counted.amount) as unpromised,
           flatten(list(counted.reports)) as rests_on
    from counted
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
          select 1 from counted as same
          where same.fact = counted.fact
            and (same.stage = 'pledged'
                 or (rung(same.stage) < rung(counted.stage) and same.unit is not distinct from counted.unit)))
      and is_asked_whom(counted.whom) and is_asked_via(counted.via)
      and is_asked_between(counted.since, counted.until)
    group by counted.who, counted.unit
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
       list_sort(list_distinct(list_concat(
           coalesce(summed.rests_on, []), coalesce(fulfilled.rests_on, []), coalesce(unpromised.rests_on, [])
       ))) as rests_on
from rows
left join summed on summed.who = rows.who and summed.unit is not distinct from rows.unit
left join fulfilled on fulfilled.who = rows.who and fulfilled.unit is not distinct from rows.unit
left join unpromised on unpromised.who = rows.who and unpromised.unit is not distinct from rows.unit
