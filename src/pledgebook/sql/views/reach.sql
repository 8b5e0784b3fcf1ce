-- reach: how much stands at each stage under a fact.
-- one row per: fact, stage and unit of what stands under it
-- reads: reached
-- stored: yes
-- amount: null where no figure is known; last: the last day on which something happened
select above as fact, stage, unit, sum(amount) as amount, max(until) as last
from reached
group by above, stage, unit
