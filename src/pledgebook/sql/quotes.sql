-- quotes: rates against the euro of the currencies that the tracker has no money in.
-- Run once, when the tracker is compiled, before rates.sql; it fills book.quote.
-- one row per: currency and day on which it was quoted, as far as the tracker's days reach
-- reads: quoted (place of the table in the order, rate_table, currency, against, day, rate), book.setting
-- rule: only what one table alone quotes, against the euro alone and by the day: then its rate of a day
--   is the last one before it, and nothing has to be worked out before somebody asks for it
with money as (
    select currency, since, until, known from book.report
    union all select currency, since, until, known from book.total
    union all select currency, since, until, known from book.need
    union all select currency, since, until, known from book.ask
    union all select currency, since, until, known from book.status
),
span as (
    select least(min(since), min(until), min(known)) - 31 as since, greatest(max(since), max(until), max(known)) as until
    from money
    where currency is not null
),
plain as (
    select currency
    from quoted
    where currency not in (select currency from money where currency is not null union all select base from book.setting)
    group by currency
    having min(rate_table) = max(rate_table) and bool_and(against = 'EUR' and day is not null)
)
select quoted.currency, quoted.day, quoted.rate as per_hub, quoted.rate_table
from quoted
join span on quoted.day between span.since and span.until
where quoted.currency in (select currency from plain)
