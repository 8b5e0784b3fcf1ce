-- promises: who promised what, and how much of it came.
-- one row per: provider and unit; unlike stages and unlike units never add
-- reads: promise, reached, counted, under, kept, exchanged, rate
-- kept: no: it reads what the question sets
-- pledged, weak, conditional: promises that count, that are worded too weakly, that wait; 0 where there are none
-- committed, disbursed, delivered: of these promises only, nested in them; null where none is known
-- outstanding: promise by promise, promised - delivered, never negative
-- unpromised: what fulfils no known promise, each chain once; of what was committed, paid and delivered
--   so the largest, never their sum; unpromised_stage: which of them that is
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
           rate.words as rate_words
    from promise
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
    select fact, promise, who from candidate where fact not in (select fact from shared)
    union all
    select fact, promise, who
    from candidate
    where fact in (select fact from shared)
    qualify row_number() over (partition by fact order by since nulls last, promise) = 1
),
assigned as (
    select chosen.who, counted.fact, counted.stage, counted.reports,
           coalesce(rate.unit, exchanged.unit, counted.unit) as unit,
           case when rate.rate is null then coalesce(exchanged.amount, counted.amount)
                else at_rate(counted.amount, rate.rate) end as amount,
           case when rate.rate is null then exchanged.words end as converted,
           rate.words as rate_words
    from chosen
    join counted on counted.fact = chosen.fact
    left join exchanged
      on exchanged.above = chosen.promise and exchanged.fact = counted.fact and exchanged.stage = counted.stage
    left join rated as rate
      on rate.currency = counted.unit and rate.day = rate_day_of(counted.since, counted.until, counted.known)
    where counted.is_trusted and counted.stage in ('committed', 'disbursed', 'delivered')
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
    where not exists (select 1 from hidden where hidden.fact = assigned.fact and hidden.stage = assigned.stage)
    group by who, unit
),
loose as (
    select fact, stage, who, unit, amount, since, until, known, reports
    from counted
    where stage in ('committed', 'disbursed', 'delivered')
      and is_trusted
      and fact not in (select fact from kept)
      and is_asked_whom(whom) and is_asked_via(via) and is_asked_between(since, until)
      and is_asked_own_unit(unit)
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
    join exchanged on exchanged.fact = loose.fact and exchanged.stage = loose.stage
    join counted as upper on upper.fact = exchanged.above
    where upper.is_trusted and upper.unit = exchanged.unit
    union
    select loose.fact, loose.stage
    from loose
    join counted as same on same.fact = loose.fact
    where same.stage = 'pledged'
       or (rung(same.stage) < rung(loose.stage) and same.unit is not distinct from loose.unit)
),
staged as (
    select loose.who, coalesce(rate.unit, loose.unit) as unit, loose.stage,
           sum(at_rate(loose.amount, rate.rate)) as amount,
           list(rate.words) filter (where rate.words is not null) as rates,
           flatten(list(loose.reports)) as rests_on
    from loose
    left join elsewhere on elsewhere.fact = loose.fact and elsewhere.stage = loose.stage
    left join rated as rate
      on rate.currency = loose.unit and rate.day = rate_day_of(loose.since, loose.until, loose.known)
    where elsewhere.fact is null
    group by loose.who, coalesce(rate.unit, loose.unit), loose.stage
),
unpromised as (
    select who, unit, max(amount) as unpromised, arg_max(stage, (amount, rung(stage))) as stage,
           flatten(list(rates) filter (where rates is not null)) as rates, flatten(list(rests_on)) as rests_on
    from staged
    group by who, unit
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
       unpromised.unpromised, case when unpromised.unpromised is not null then unpromised.stage end as unpromised_stage,
       coalesce(summed.unknown, 0) as unknown,
       case when summed.is_stated then 'stated' else 'itemised' end as basis,
       fulfilled.converted,
       nullif(list_sort(list_distinct(list_concat(
           coalesce(summed.rates, []), coalesce(fulfilled.rates, []), coalesce(unpromised.rates, [])))), []) as rates,
       list_sort(list_distinct(list_concat(
           coalesce(summed.rests_on, []), coalesce(evidenced.rests_on, []), coalesce(fulfilled.rests_on, []),
           coalesce(unpromised.rests_on, [])
       ))) as rests_on
from rows
left join summed on summed.who = rows.who and summed.unit is not distinct from rows.unit
left join evidenced on evidenced.who = rows.who and evidenced.unit is not distinct from rows.unit
left join fulfilled on fulfilled.who = rows.who and fulfilled.unit is not distinct from rows.unit
left join unpromised on unpromised.who = rows.who and unpromised.unit is not distinct from rows.unit
