-- needs: how much was said to be needed, and how much of it is covered.
-- one row per: live need
-- reads: need, item, under, book.activity_line, rate
-- kept: no: it reads what the question sets
-- covered: what was committed, paid or delivered via the need's activity, each chain once, within its
--   period; null where the need names no activity or nothing is known (unknown is not zero)
-- gap: stated - covered; null where either is unknown
-- own_unit: the unit in which it was stated; covered is summed in it and, where --in asks for a
--   currency, all three are converted at the need's own day: a rate makes no gap
with stated as (
    select id, who, whom, via, what, coalesce(quantity, amount) as stated,
           case when quantity is not null then unit else currency end as unit,
           period_since, period_until, since, until, known
    from need
),
matched as (
    select distinct stated.id, item.fact, item.stage, item.amount, item.reports
    from stated
    join book.activity_line as line on line.ancestor = stated.via
    join item on item.via = line.activity and item.unit = stated.unit
    where item.stage in ('committed', 'disbursed', 'delivered')
      and (stated.period_since is null or item.since >= stated.period_since)
      and (stated.period_until is null or item.until <= stated.period_until)
),
topmost as (
    select matched.*
    from matched
    where not exists (
        select 1
        from under
        join matched as upper on upper.fact = under.above
        where under.fact = matched.fact and upper.id = matched.id)
      and not exists (
        select 1 from matched as earlier
        where earlier.id = matched.id and earlier.fact = matched.fact
          and rung(earlier.stage) < rung(matched.stage))
),
summed as (
    select id, sum(amount) as covered, flatten(list(reports)) as items
    from topmost
    group by id
)
select stated.id, stated.who, stated.whom, stated.via, stated.what,
       at_rate(stated.stated, rate.rate) as stated, coalesce(rate.unit, stated.unit) as unit, stated.unit as own_unit,
       at_rate(summed.covered, rate.rate) as covered,
       at_rate(stated.stated, rate.rate) - at_rate(summed.covered, rate.rate) as gap,
       stated.since, stated.known, rate.rate, rate.rate_day, rate.rate_table,
       list_concat([stated.id], list_sort(list_distinct(coalesce(summed.items, [])))) as rests_on
from stated
left join summed on summed.id = stated.id
left join rate
  on rate.currency = stated.unit and rate.day = rate_day_of(stated.since, stated.until, stated.known)
