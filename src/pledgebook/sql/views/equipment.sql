-- equipment: what things came, what of it works, and what was lost.
-- one row per: thing (the words of what, else the unit), receiver and unit
-- reads: equipment_fact, equipment_lost, promise
-- pledged: promised and counting; ordered: committed; delivered, in_use, lost: null is unknown, never zero
-- in_use: what the entries say works in the field, less what was lost of that
-- outstanding: promised - delivered, promise by promise, of those that count
-- valued_in_kind, value_unit: what the delivered things are said to be worth; never paid, and null where
--   two currencies are named, which value_unit then lists
with promised as (
    select promise.fact, promise.kind_stage as stage, promise.counted, promise.outstanding,
           promise.state in ('live', 'overdue', 'delivered') as is_live, promise.is_counted
    from promise
    where promise.fact in (select fact from equipment_fact)
),
lost_in_use as (
    select fact, sum(lost) as lost from equipment_lost where stage = 'used' group by fact
),
summed as (
    select thing.name, thing.whom, thing.unit, min(thing.what) as what, list_sort(list_distinct(list(thing.via))) as via,
           sum(promised.counted) filter (where thing.stage = 'pledged' and promised.is_live) as pledged,
           sum(thing.amount) filter (where thing.stage = 'committed' and not thing.is_inside) as ordered,
           sum(thing.amount) filter (where thing.stage = 'delivered' and not thing.is_inside) as delivered,
           sum(greatest(thing.amount - coalesce(lost_in_use.lost, 0), 0))
               filter (where thing.stage = 'used' and not thing.is_inside) as in_use,
           sum(promised.outstanding) filter (where promised.is_counted and promised.is_live) as outstanding,
           case when count(distinct thing.value_unit) filter (where thing.stage = 'delivered' and thing.value is not null) = 1
                then sum(thing.value) filter (where thing.stage = 'delivered' and not thing.is_inside) end as valued_in_kind,
           nullif(array_to_string(list_sort(list_distinct(list(thing.value_unit)
               filter (where thing.stage = 'delivered' and thing.value is not null))), ', '), '') as value_unit,
           flatten(list(thing.reports)) as reports
    from equipment_fact as thing
    left join promised on promised.fact = thing.fact and promised.stage = thing.stage
    left join lost_in_use on lost_in_use.fact = thing.fact and thing.stage = 'used'
    group by thing.name, thing.whom, thing.unit
),
lost as (
    select name, whom, unit, min(what) as what, sum(lost) as lost, list(id) as reports
    from equipment_lost
    group by name, whom, unit
)
select coalesce(summed.what, lost.what) as what, coalesce(summed.whom, lost.whom) as whom,
       summed.pledged, summed.delivered, summed.in_use, lost.lost, coalesce(summed.unit, lost.unit) as unit,
       summed.ordered, summed.outstanding, summed.valued_in_kind, summed.value_unit,
       coalesce(summed.via, []) as via, coalesce(summed.name, lost.name) as name,
       list_sort(list_distinct(coalesce(summed.reports, []) || coalesce(lost.reports, []))) as rests_on
from summed
full join lost
  on lost.name = summed.name and lost.whom is not distinct from summed.whom and lost.unit is not distinct from summed.unit
