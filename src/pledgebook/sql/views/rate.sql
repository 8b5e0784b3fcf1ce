-- rate: what a unit of each currency is worth in the currency that the question asks for (--in).
-- one row per: currency and day on which money was promised or moved; none where --in asks for nothing
-- reads: book.rate, book.quote, book.price
-- kept: no: it reads what the question sets
-- unit: the currency asked for, as it was asked: USD, or USD@2021 in the prices of that year
-- rate: null never; rate_day: the day of the rate, before `day` where that has none; null where the
--   table holds one rate for all days; rate_table: null where nothing had to be converted
-- words: the rate as a line of text, for answers that are sums: "CAD 2024-02-22 0.741825147079 ecb-daily";
--   null where nothing had to be converted
-- use: `left join rate on rate.currency = x.unit and rate.day = rate_day_of(x.since, x.until, x.known)`,
--   then at_rate(x.amount, rate.rate) and coalesce(rate.unit, x.unit): what has no rate stays as it is.
--   Convert each amount alone and sum afterwards: then the sum of what is shown is the sum shown.
with asked as (
    select day, hub, per_hub, rate_day, rate_table from book.rate where currency = asked_currency()
    union all
    -- a currency that the tracker has no money in
    select wanted.day, 'EUR' as hub, quote.per_hub, quote.day as rate_day, quote.rate_table
    from (select day from book.rate where currency = 'EUR') as wanted
    asof join (from book.quote where currency = asked_currency()) as quote on quote.day <= wanted.day
    where wanted.day - quote.day <= 31
),
priced as (
    select own.currency, own.day, own.currency = asked_currency() as is_asked,
           least(own.rate_day, asked.rate_day) as rate_day, both_tables(own.rate_table, asked.rate_table) as rate_table,
           cross_rate(own.per_hub, asked.per_hub * coalesce(wanted_prices.price / prices.price, 1)) as rate,
           'prices ' || prices.year || ' to ' || wanted_prices.year as price_words
    from book.rate as own
    join asked on asked.day = own.day and asked.hub = own.hub
    left join book.price as wanted_prices
      on wanted_prices.currency = asked_currency() and wanted_prices.year = asked_year()
    left join book.price as prices
      on prices.currency = asked_currency() and prices.year = year(own.day)
    where own.is_used and (asked_year() is null or (wanted_prices.price is not null and prices.price is not null))
),
told as (
    select currency, day, rate, case when not is_asked then rate_day end as rate_day,
           nullif(concat_ws(', ', case when not is_asked then rate_table end, price_words), '') as rate_table
    from priced
    where rate > 0
)
select currency, day, getvariable('currency') as unit, rate, rate_day, rate_table,
       case when rate_table is not null then
           concat_ws(' ', currency, strftime(rate_day, '%Y-%m-%d'), rate_figure(rate), rate_table) end as words
from told
