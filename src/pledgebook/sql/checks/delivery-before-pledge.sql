-- delivery-before-pledge: a payment or delivery that lies before the promise that it is said to fulfil.
-- one row per: offending payment, delivery or use
-- reads: reached, under, fact, source, book.report
-- only where: from reached join fact on fact.fact = reached.above where reached.until < fact.since and reached.stage in ('disbursed', 'delivered', 'used')
-- key: where in the entry the finding stands
-- rule: it lies before the first of all promises that it stands under, by all reports of both. A promise
--   that gives no day of its own may be older than its source: where one source tells of the promise
--   and of what came, that is no finding
with early as (
    select distinct reached.fact, reached.stage
    from reached
    join fact on fact.fact = reached.above and fact.stage in ('pledged', 'committed')
    where reached.until < fact.since and reached.stage in ('disbursed', 'delivered', 'used')
),
came as (
    select fact.fact, fact.stage, fact.id, max(report.until) as until, arg_max(report.date, (report.until, report.id)) as date,
           list(report.source) as sources
    from (select *, unnest(reports) as report from fact where (fact, stage) in (select (fact, stage) from early)) as fact
    join book.report as report on report.id = fact.report
    group by fact.fact, fact.stage, fact.id
),
promised as (
    select early.fact, min(report.since) as since,
           arg_min(struct_pack(id := report.id, date := report.date, source := report.source,
                               has_day := report.date is distinct from source.date), (report.since, report.id)) as first
    from (select distinct fact from early) as early
    join under on under.fact = early.fact
    join (select fact, unnest(reports) as report from fact where stage in ('pledged', 'committed')) as fact on fact.fact = under.above
    join book.report as report on report.id = fact.report
    left join source on source.id = report.source
    group by early.fact
)
select came.id, 'date' as key, 'this was ' || came.stage || ' before it was promised' as message,
       'a day on or after ' || promised.first.date || ', that of ' || promised.first.id as expected, came.date as found,
       in_days(promised.since - came.until) || ' before' as difference,
       'see which promise it fulfils; a promise that is older than its source needs a day of its own' as remedy
from came
join promised on promised.fact = came.fact
where came.until < promised.since
  and (promised.first.has_day or not list_contains(came.sources, promised.first.source))
