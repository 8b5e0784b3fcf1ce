-- toward-reversed: a promise that is said to fulfil what was paid or delivered: the reference is upside down.
-- one row per: offending promise
-- reads: edge, reach, fact
-- only where: from reach join fact on fact.fact = reach.fact where reach.stage in ('pledged', 'committed') and fact.stage in ('disbursed', 'delivered', 'used')
-- key: where in the entry the finding stands
-- rule: what was promised before may be fulfilled, but nothing that came is fulfilled by a promise; such
--   a promise would count as kept, and stand in no sum
select distinct lower.id, 'toward' as key,
       lower.id || ' is said to fulfil ' || upper.id || ', which is no promise' as message,
       'a pledge, a commitment or an ask' as expected, 'a ' || upper.kind as found, '' as difference,
       'write toward into ' || upper.id || ' instead, and take it out here' as remedy
from edge
join fact as lower on lower.fact = edge.fact and lower.stage in ('pledged', 'committed')
join fact as upper on upper.fact = edge.above and upper.stage in ('disbursed', 'delivered', 'used')
where edge.relation = 'toward'
  and upper.fact not in (select fact from fact where stage in ('pledged', 'committed'))
