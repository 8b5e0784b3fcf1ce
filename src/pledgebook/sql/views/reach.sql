-- reach: how much stands at each stage under a fact, each chain counted once (R7).
-- one row per: fact, stage and unit of what stands under it
-- reads: under, counted
-- amount: null where no figure is known; last: the last day on which something happened
-- rule: of two facts of one stage of which one stands under the other only the upper one counts
with placed as (
    select under.above, under.fact, counted.stage, counted.unit, counted.amount, counted.until,
           counted.reports
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
select placed.above as fact, placed.stage, placed.unit, sum(placed.amount) as amount,
       max(placed.until) as last,
       list_sort(list_distinct(flatten(list(placed.reports)))) as rests_on
from placed
left join hidden
  on hidden.above = placed.above and hidden.fact = placed.fact and hidden.stage = placed.stage
where hidden.fact is null
group by placed.above, placed.stage, placed.unit
