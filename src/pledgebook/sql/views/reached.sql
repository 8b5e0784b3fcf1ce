-- reached: what stands under a fact at each stage, each chain once (R7).
-- one row per: fact and fact under it, of those that may be added
-- reads: under, counted, exchanged
-- stored: yes
-- amount, unit: money in another currency than the fact above it is in that currency (see exchanged)
-- rule: of two facts of one stage of which one stands under the other only the upper one counts
with adding as (
    select fact, stage, unit, amount, until from counted where is_trusted
),
-- materialized, both: joined in another order, all facts of one stage would meet all others of it
placed as materialized (
    select under.above, under.fact, adding.stage, adding.unit, adding.amount, adding.until
    from under
    join adding on adding.fact = under.fact
),
stacked as materialized (
    select placed.fact, placed.above as upper_fact, placed.stage, placed.unit, upper.unit as upper_unit
    from placed
    join adding as upper on upper.fact = placed.above and upper.stage = placed.stage
),
chained as (
    select lower.above, stacked.fact, stacked.stage, stacked.unit, stacked.upper_fact, stacked.upper_unit
    from stacked
    join under as lower on lower.fact = stacked.fact
    join under as upper on upper.fact = stacked.upper_fact and upper.above = lower.above
),
hidden as (
    select distinct chained.above, chained.fact, chained.stage
    from chained
    left join exchanged as lower
      on lower.above = chained.above and lower.fact = chained.fact and lower.stage = chained.stage
    left join exchanged as upper
      on upper.above = chained.above and upper.fact = chained.upper_fact and upper.stage = chained.stage
    where coalesce(upper.unit, chained.upper_unit) is not distinct from coalesce(lower.unit, chained.unit)
)
select placed.above, placed.fact, placed.stage, coalesce(exchanged.unit, placed.unit) as unit,
       coalesce(exchanged.amount, placed.amount) as amount, placed.until
from placed
left join hidden
  on hidden.above = placed.above and hidden.fact = placed.fact and hidden.stage = placed.stage
left join exchanged
  on exchanged.above = placed.above and exchanged.fact = placed.fact and exchanged.stage = placed.stage
where hidden.fact is null
