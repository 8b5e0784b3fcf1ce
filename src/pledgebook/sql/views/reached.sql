-- reached: what stands under a fact at each stage, each chain once (R7).
-- one row per: fact and fact under it, of those that may be added
-- reads: under, beneath
-- amount, unit, own_amount, own_unit, rate ...: as in beneath
-- rule: of two facts of one stage of which one stands under the other only the upper one counts
with hidden as (
    select distinct lower.above, lower.fact, lower.stage
    from beneath as lower
    join under as between_them on between_them.fact = lower.fact
    join beneath as upper
      on upper.above = lower.above
     and upper.fact = between_them.above
     and upper.stage = lower.stage
     and upper.unit is not distinct from lower.unit
)
select beneath.*
from beneath
left join hidden
  on hidden.above = beneath.above and hidden.fact = beneath.fact and hidden.stage = beneath.stage
where hidden.fact is null
