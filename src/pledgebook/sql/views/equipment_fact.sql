-- equipment_fact: every fact of support that is counted in things: neither people nor money.
-- one row per: fact and stage
-- reads: counted, fact, under, book.people
-- what, whom: of the topmost fact of the same unit that it stands under, else its own; what it is called
--   where nothing says so is its unit, and the activity it passes through receives it where nobody does
-- name: what in lower case, by which things are put together
-- amount: what it adds to its stage (R1); null where no number is known
-- is_inside: it stands under another fact of its stage, which counts in its place (R7)
with thing as (
    select counted.fact, counted.stage, counted.id, counted.what,
           coalesce(list_sort(counted.whom), case when counted.via is not null then [counted.via] end) as whom,
           counted.via, counted.unit, counted.amount, fact.value, fact.value_unit, counted.reports
    from counted
    join fact on fact.fact = counted.fact and fact.stage = counted.stage
    where counted.is_trusted
      and case
              when counted.unit is null then
                  counted.stage in ('delivered', 'used') and counted.what is not null
                  and strip_accents(lower(split_part(counted.what, ' ', -1))) not in (select noun from book.people)
              else
                  not regexp_full_match(counted.unit, '[A-Z]{3}')
                  and strip_accents(split_part(counted.unit, ' ', -1)) not in (select noun from book.people)
          end
),
stacked as (
    select lower.fact, upper.fact as above, lower.stage = upper.stage as is_inside
    from under
    join thing as lower on lower.fact = under.fact
    join thing as upper on upper.fact = under.above and (upper.unit = lower.unit or lower.unit is null)
),
headed as (
    select fact, min(above) filter (where above not in (select fact from stacked)) as head,
           bool_or(is_inside) as is_inside
    from stacked
    group by fact
)
select thing.fact, thing.stage, thing.id,
       coalesce(head.what, thing.what, head.unit, thing.unit) as what,
       lower(coalesce(head.what, thing.what, head.unit, thing.unit)) as name,
       coalesce(head.whom, thing.whom) as whom, thing.via, coalesce(thing.unit, head.unit) as unit,
       thing.amount, thing.value, thing.value_unit, coalesce(headed.is_inside, false) as is_inside, thing.reports
from thing
left join headed on headed.fact = thing.fact
left join thing as head on head.fact = headed.head
