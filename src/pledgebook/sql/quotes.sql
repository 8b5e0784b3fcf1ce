-- quotes: rates against the euro of the currencies that the tracker has no money in.
-- Run once, when the tracker is compiled, before rates.sql; it fills book.quote.
-- one row per: currency and day on which it was quoted
-- reads: quoted (place of the table in the order, rate_table, currency, against, day, rate), book.money, book.setting
-- rule: only what one table alone quotes, against the euro alone and by the day: then its rate of a day
--   is the last one before it, and nothing has to be worked out before somebody asks for it
select currency, day, rate as per_hub, rate_table
from quoted
where currency in (
    select currency
    from quoted
    where currency not in (select currency from book.money union all select base from book.setting)
    group by currency
    having min(rate_table) = max(rate_table) and bool_and(against = 'EUR' and day is not null))
