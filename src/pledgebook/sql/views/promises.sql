-- promises: who promised what, and how much of it came.
-- one row per: provider and unit; unlike stages and unlike units never add
-- reads: promise, reached, counted, under, kept
-- kept: no: it reads what the question sets
-- pledged, weak, conditional: promises that count, that are worded too weakly, that wait; 0 where there are none
-- committed, disbursed, delivered: of these promises only, nested in them; null where none is known
-- outstanding: promise by promise, promised - delivered, never negative
-- unpromised: what fulfils no known promise, each chain once
-- basis: stated where a level stands for more than its increments explain (R1)
-- unknown: how many of the promises have no figure
with filtered as (
    select *
    from promise
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
           flatten(list(list_concat(reports, decided_by, [ended_by]))) as rests_on
    from filtered
    where is_counted
    group by who, unit
),
evidenced as (
    select filtered.who, filtered.unit, flatten(list(counted.reports)) as rests_on
    from filtered
    join reached on reached.above = filtered.fact
    join counted on counted.fact = reached.fact and counted.stage = reached.stage
    where filtered.is_counted and reached.stage <> 'pledged'
    group by filtered.who, filtered.unit
),
-- what fulfils several promises counts once: under the one that was made first; it counts under a
-- promise that enters no sum itself as well (grade D, ended, a level that was replaced)
candidate as (
    select filtered.who, filtered.since, filtered.fact as promise, under.fact
    from filtered
    join under on under.above = filtered.fact
    where not filtered.is_old
),
shared as (
    select fact from candidate group by fact having count(*) > 1
),
chosen as (
    select fact, who from candidate where fact not in (select fact from shared)
    union all
    select fact, who
    from candidate
    where fact in (select fact from shared)
    qualify row_number() over (partition by fact order by since nulls last, promise) = 1
),
assigned as (
    select chosen.who, counted.fact, counted.unit, counted.stage, counted.amount, counted.reports
    from chosen
    join counted on counted.fact = chosen.fact
    where counted.is_trusted and counted.stage in ('committed', 'disbursed', 'delivered')
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
    where not exists (select 1 from hidden where hidden.fact = assigned.fact and hidden.stage = assigned.stage)
    group by who, unit
),
loose as (
    select fact, stage, who, unit, amount, reports
    from counted
    where stage in ('committed', 'disbursed', 'delivered')
      and is_trusted
      and fact not in (select fact from kept)
      and is_asked_whom(whom) and is_asked_via(via) and is_asked_between(since, until)
),
-- what is counted already: under another that counts, or at an earlier stage of the same fact
elsewhere as (
    select loose.fact, loose.stage
    from loose
    join under on under.fact = loose.fact
    join counted as upper on upper.fact = under.above
    where upper.is_trusted and upper.unit is not distinct from loose.unit
    union
    select loose.fact, loose.stage
    from loose
    join counted as same on same.fact = loose.fact
    where same.stage = 'pledged'
       or (rung(same.stage) < rung(loose.stage) and same.unit is not distinct from loose.unit)
),
unpromised as (
    select loose.who, loose.unit, sum(loose.amount) as unpromised, flatten(list(loose.reports)) as rests_on
    from loose
    left join elsewhere on elsewhere.fact = loose.fact and elsewhere.stage = loose.stage
    where elsewhere.fact is null
    group by loose.who, loose.unit
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
           coalesce(summed.rests_on, []), coalesce(evidenced.rests_on, []), coalesce(fulfilled.rests_on, []), coalesce(unpromised.rests_on, [])
       ))) as rests_on
from rows
left join summed on summed.who = rows.who and summed.unit is not distinct from rows.unit
left join evidenced on evidenced.who = rows.who and evidenced.unit is not distinct from rows.unit
left join fulfilled on fulfilled.who = rows.who and fulfilled.unit is not distinct from rows.unit
left join unpromised on unpromised.who = rows.who and unpromised.unit is not distinct from rows.unit
