-- reached: what stands under a fact at each stage, each chain once (R7).
-- one row per: fact and fact under it, of those that may be added
-- reads: under, counted, exchanged
-- stored: yes
-- amount, unit: money in another currency than the fact above it is in that currency (see exchanged)
-- rule: of two facts of one stage of which one stands under the other only the upper one counts
with placed as (
    select under.above, under.fact, counted.stage, counted.unit, counted.amount, counted.until
    from under
    join counted on counted.fact = under.fact
    where counted.is_trusted
),
-- materialized, so that these few are found before their units are compared
chained as materialized (
    select lower.above, lower.fact, lower.stage, lower.unit, upper.fact as upper_fact, upper.unit as upper_unit
    from placed as lower
    join under as between_them on between_them.fact = lower.fact
    join placed as upper
      on upper.above = lower.above
     and upper.fact = between_them.above
     and upper.stage = lower.stage
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
