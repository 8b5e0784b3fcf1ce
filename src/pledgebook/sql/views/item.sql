-- item: what can be an item of a sum: each fact once per stage, promises only where they count.
-- one row per: fact and stage that may be added; a count on the ground has the stage counted
-- reads: counted, promise, counted_indicator
-- amount: as counted; a pledge that waits, is worded too weakly, has ended or is unknown is no item
select counted.fact, counted.stage, counted.id, counted.who, counted.whom, counted.via, counted.what,
       counted.unit, counted.amount, counted.fiscal_since, counted.since, counted.until, counted.known,
       counted.reports
from counted
left join promise on promise.fact = counted.fact and promise.kind_stage = counted.stage
where counted.is_trusted
  and counted.amount is not null
  and (counted.stage <> 'pledged' or promise.state in ('live', 'overdue', 'delivered'))
union all
select fact, 'counted' as stage, id, who, whom, null as via, coalesce(series, what) as what, unit, amount,
       null as fiscal_since, since, until, known, [id] as reports
from counted_indicator
where is_best and amount is not null and trust < 4.0
