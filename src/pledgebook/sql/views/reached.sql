-- reached: what stands under a fact at each stage, each chain once (R7).
-- one row per: fact and fact under it, of those that may be added
-- reads: under, counted
-- rule: of two facts of one stage of which one stands under the other only the upper one counts
with placed as (
    select under.above, under.fact, counted.stage, counted.unit, counted.amount, counted.until
    from under
    join counted on counted.fact = under.fact
    where counted.is_trusted
),
hidden as (
    select distinct lower.above, lower.fact, lower.stage
    from placed as lower
    join under as between_them on between_them.fact = lower.fact
    join placed as upper
      on upper.above = lower.above
     and upper.fact = between_them.above
     and upper.stage = lower.stage
     and upper.unit is not distinct from lower.unit
)
select placed.above, placed.fact, placed.stage, placed.unit, placed.amount, placed.until
from placed
left join hidden
  on hidden.above = placed.above and hidden.fact = placed.fact and hidden.stage = placed.stage
where hidden.fact is null
