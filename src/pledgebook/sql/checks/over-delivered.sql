-- over-delivered: promises under which more came than was promised.
-- one row per: offending promise
-- reads: reach, reached, fact, levelled, edge, under, exchanged, book.report
-- only where: from reach join fact on fact.fact = reach.fact and fact.unit = reach.unit where reach.amount > fact.amount and reach.stage in ('disbursed', 'delivered')
-- key: where in the entry the finding stands
-- rule: more than the largest figure promised, beyond its rounding; of a pledge and its contract the
--   pledge. "at least" has no limit; a level that a later one replaced is not asked; money that was
--   converted may be five per cent off; and what stands under promises that have nothing to do with
--   each other may be of the other one
with over as (
    select promise.fact, promise.id, promise.amount as promised, promise.unit, promise.comparator, reach.stage, reach.amount
    from fact as promise
    join reach on reach.fact = promise.fact and reach.unit = promise.unit
    where promise.stage in ('pledged', 'committed') and promise.is_trusted
      and reach.stage in ('disbursed', 'delivered') and reach.amount > promise.amount
      and coalesce(promise.comparator, '=') <> '>'
      and (promise.measure = 'increment' or (promise.fact, promise.stage) in (select (fact, stage) from levelled))
      -- a promise that renews this one may be for more
      and not exists (
          select 1 from reach as renewed
          where renewed.fact = promise.fact and renewed.unit = promise.unit and renewed.stage in ('pledged', 'committed')
            and renewed.amount >= reach.amount and rung(renewed.stage) <= rung(promise.stage))
    qualify row_number() over (partition by promise.fact order by rung(promise.stage), reach.amount desc, reach.stage) = 1
),
shared as (
    select reached.above as fact
    from reached
    join edge on edge.fact = reached.fact and edge.above <> reached.above
    where reached.above in (select fact from over)
      and (edge.above, reached.above) not in (select (fact, above) from under)
      and (reached.above, edge.above) not in (select (fact, above) from under)
)
select over.id, figure_key(report.quantity) as key,
       'more came under ' || over.id || ' than was promised' as message,
       case when coalesce(over.comparator, '=') = '=' then '' else over.comparator || ' ' end
           || short(over.promised) || ' ' || over.unit as expected,
       short(over.amount) || ' ' || over.unit || ' ' || over.stage || ' in '
           || span((select list(fact order by until, fact) from reached
                    where reached.above = over.fact and reached.stage = over.stage and reached.unit = over.unit)) as found,
       short(over.amount - over.promised) || ' ' || over.unit || ' more than promised' as difference,
       'nothing, where more was given; else see whether two entries are one, and which promise each fulfils' as remedy
from over
join book.report as report on report.id = over.id
where over.fact not in (select fact from shared)
  and over.fact not in (select under.fact from under where under.above in (select fact from over))
  and over.amount > over.promised + greatest(
      leeway(over.promised, figure_slack(report.quantity, report.quantity_slack, report.amount_slack), over.comparator),
      case when over.fact in (select above from exchanged) then over.promised / 20 else 0 end)
