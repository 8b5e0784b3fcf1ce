-- stock-negative: more left, or was lost, than is known to have come.
-- one row per: day on which a force begins to have fewer people than nobody, and group of equipment of
--   which more was lost than came
-- reads: force_stock, force_left, equipment, equipment_lost
-- only where: from book.status where state in ('withdrawn', 'lost')
-- key: where in the entry the finding stands
with fewer as (
    select stock.force, stock.day, stock.over, stock.gone, stock.short_of,
           max(gone.id) as id, min(gone.unit) as unit
    from force_stock as stock
    join force_left as gone
      on gone.force = stock.force and gone.day = stock.day
     and (stock.short_of is null or gone.contributor = stock.short_of)
    where stock.reading = 'highest' and stock.over is not null
    group by stock.force, stock.day, stock.over, stock.gone, stock.short_of
)
select id, 'quantity' as key,
       'more people left ' || force || ' than are known to have come' as message,
       'at most ' || short(gone - over) || ' ' || unit || ' to leave'
           || case when short_of is null then '' else ', sent by ' || short_of end as expected,
       short(gone) || ' ' || unit || ' left up to ' || strftime(day, '%Y-%m-%d') as found,
       short(gone - over) || ' came, ' || short(gone) || ' left: ' || short(over) || ' more than came' as difference,
       'add the arrivals that are missing, or the level that was stated: pledgebook show strength --via ' || force as remedy
from fewer
union all
select lost.id, 'quantity', 'more ' || equipment.what || ' were lost than are known to have come' as message,
       'at most ' || short(equipment.delivered) || ' ' || equipment.unit || ' to be lost',
       short(equipment.lost) || ' ' || equipment.unit || ' lost up to ' || strftime(lost.day, '%Y-%m-%d'),
       short(equipment.delivered) || ' came, ' || short(equipment.lost) || ' were lost: '
           || short(equipment.lost - equipment.delivered) || ' more than came',
       'add the deliveries that are missing, or see what was counted: pledgebook show equipment'
from equipment
join (
    select name, whom, unit, max_by(id, (day, id)) as id, max(day) as day
    from equipment_lost
    group by name, whom, unit
) as lost
  on lost.name = equipment.name and lost.whom is not distinct from equipment.whom
 and lost.unit is not distinct from equipment.unit
where equipment.lost > equipment.delivered
