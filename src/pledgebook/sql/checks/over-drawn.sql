-- over-drawn: promises from which more old money is taken, or of which more is a part, than they hold (R3).
-- one row per: promise or payment of which others are a part or on which they draw
-- reads: edge, reached, fact, exchanged, book.report
-- only where: from edge where relation <> 'toward'
-- key: where in the entry the finding stands
-- rule: promises that draw on a promise are held against it, and a part against a whole of its own
--   stage; each chain once, in the unit of the larger figure. "at least" has no limit, money that was
--   converted may be five per cent off, and what stands in two larger figures may be of the other
with inside as (
    select fact, above, relation
    from edge
    where relation <> 'toward'
    qualify count(*) over (partition by fact) = 1
),
taken as (
    select inside.above, inside.relation, reached.stage, reached.unit, sum(reached.amount) as amount,
           list(reached.fact order by reached.until, reached.fact) as facts
    from inside
    join reached on reached.fact = inside.fact and reached.above = inside.above
    group by inside.above, inside.relation, reached.stage, reached.unit
),
held as (
    select whole.id, whole.amount, whole.unit, whole.comparator, taken.relation, taken.stage, taken.amount as taken, taken.facts,
           report.quantity is null as is_money,
           greatest(leeway(whole.amount, figure_slack(report.quantity, report.quantity_slack, report.amount_slack),
                           whole.comparator),
                    case when whole.fact in (select above from exchanged) then whole.amount / 20 else 0 end) as slack,
           row_number() over (partition by whole.id order by taken.amount desc, taken.relation, taken.stage) as place
    from taken
    join fact as whole
      on whole.fact = taken.above and whole.unit = taken.unit
     and (whole.stage = taken.stage
          or (taken.relation = 'draws_on' and whole.stage in ('pledged', 'committed') and taken.stage in ('pledged', 'committed')))
    join book.report as report on report.id = whole.id
    where taken.amount > whole.amount and whole.is_trusted and coalesce(whole.comparator, '=') <> '>'
)
select id, case when is_money then 'amount' else 'quantity' end as key,
       case relation when 'draws_on' then 'more is taken from ' || id || ' than it holds'
            else 'the parts of ' || id || ' add up to more than it' end as message,
       'at most ' || short(amount) || ' ' || unit as expected,
       short(taken) || ' ' || unit || ' ' || stage || ' in ' || span(facts) as found,
       short(taken - amount) || ' ' || unit || ' more' as difference,
       case relation when 'draws_on' then 'see which of them is new money, and take draws_on out there'
            else 'see which of them is no part of it, or whether two are one' end as remedy
from held
where place = 1 and taken > amount + slack
