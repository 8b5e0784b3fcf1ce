-- expired-but-counted: what was paid, delivered or signed after the end of the promise that it is counted toward.
-- one row per: offending entry, and stated level that counts a promise which had ended
-- reads: reached, under, fact, reconciled, claim, source, book.report
-- only where: from (select 1 from reached join fact on fact.fact = reached.above where fact.expires_until is not null and reached.until > fact.expires_until union all select 1 from total where measure = 'level' and stage in ('pledged', 'committed') and until > (select min(expires_until) from fact))
-- key: where in the entry the finding stands
-- rule: all promises above it had ended, by all their reports, and its day is its own: one that is only
--   that of its source may be later than what it tells of. A level says what is promised now; any other
--   sum may count what has ended since
with late as (
    select distinct reached.fact, reached.stage
    from reached
    join fact on fact.fact = reached.above and fact.stage in ('pledged', 'committed')
    where reached.until > fact.expires_until and reached.stage in ('committed', 'disbursed', 'delivered')
),
came as (
    select fact.fact, fact.stage, fact.id, min(report.since) as since, arg_min(report.date, (report.since, report.id)) as date
    from (select *, unnest(reports) as report from fact where (fact, stage) in (select (fact, stage) from late)) as fact
    join book.report as report on report.id = fact.report
    left join source on source.id = report.source
    group by fact.fact, fact.stage, fact.id
    having bool_and(report.fiscal_year is not null or report.date is distinct from source.date)
),
ended as (
    select late.fact, late.stage, max(report.expires_until) as day, arg_max(report.id, (report.expires_until, report.id)) as promise
    from late
    join under on under.fact = late.fact
    join (select fact, stage, unnest(reports) as report from fact where stage in ('pledged', 'committed')) as fact
      on fact.fact = under.above
    join book.report as report on report.id = fact.report
    group by late.fact, late.stage
    -- a report that names no end leaves it to the others of its promise
    having count(distinct fact.fact) filter (where report.expires_until is not null) = count(distinct fact.fact)
),
stated as (
    select claim.id, claim.until, promise.id as promise, promise.expires_until as day, promise.amount, promise.unit
    from (select id, unnest(rests_on) as item from reconciled where position = 1 and stage in ('pledged', 'committed')) as reconciled
    join claim on claim.id = reconciled.id and claim.measure = 'level'
    join fact as promise on list_contains(promise.reports, reconciled.item) and promise.expires_until < claim.until
    where promise.stage in ('pledged', 'committed')
)
select came.id, 'date' as key,
       'this was ' || case came.stage when 'committed' then 'signed' else came.stage end || ' after the promise had expired' as message,
       'a day up to ' || ended.day || ', the end of ' || ended.promise as expected, came.date as found,
       in_days(came.since - ended.day) || ' after' as difference,
       'add the entry that renewed the promise, or see which promise it fulfils' as remedy
from came
join ended on ended.fact = came.fact and ended.stage = came.stage
where came.since > ended.day
union all
select id, 'date', 'this level counts what had expired by its day',
       'promises that stand on ' || strftime(min(until), '%Y-%m-%d'),
       string_agg(promise || ', expired ' || day, '; ' order by day, promise) filter (where place <= 3)
           || case when count(*) > 3 then '; and ' || format('{:,}', count(*) - 3) || ' more' else '' end,
       coalesce(short(sum(amount)) || ' ' || any_value(unit), ''),
       'see whether the source counts them still, and add what renewed them'
from (select *, row_number() over (partition by id order by day, promise) as place from stated)
group by id
