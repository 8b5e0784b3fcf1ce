-- rate-missing: money in a currency from which no rate leads to the tracker's base currency.
-- one row per: currency, at the first of its entries that cannot be converted
-- reads: report, total, need, ask, book.rate, book.setting
-- only where: from (select min(currency) as one, max(currency) as other from (select currency from book.report union all select currency from book.total union all select currency from book.need union all select currency from book.ask)) where one <> other
-- key: where in the entry the finding stands
-- rule: where all money is in one currency there is nothing to convert
with money as (
    select id, currency, since, until, known from report where currency is not null
    union all select id, currency, since, until, known from total where currency is not null
    union all select id, currency, since, until, known from need where currency is not null
    union all select id, currency, since, until, known from ask where currency is not null
),
rated as (
    select own.currency, own.day
    from book.rate as own
    join book.rate as based on based.day = own.day and based.hub = own.hub
    where based.currency = (select base from book.setting)
),
unrated as (
    select money.id, money.currency, money.known, setting.base,
           rate_day_of(money.since, money.until, money.known) as day
    from money
    cross join book.setting as setting
    left join rated
      on rated.currency = money.currency and rated.day = rate_day_of(money.since, money.until, money.known)
    where money.currency <> setting.base and rated.currency is null
      and (select min(currency) <> max(currency) from money)
)
select arg_min(id, (known, id)) as id, 'amount' as key,
       'no rate leads from ' || currency || ' to ' || base || ', the base currency; these amounts stay in ' || currency as message,
       'a rate of the day, or of at most 31 days before' as expected,
       format('{:,}', count(*)) || case when count(*) = 1 then ' amount' else ' amounts' end || ' in ' || currency
           || case when min(day) = max(day) then ', of ' || min(day)
                   when min(day) is not null then ', from ' || min(day) || ' to ' || max(day) else '' end as found,
       '' as difference,
       'put its rates into rates.csv: table,currency,against,day,rate,source' as remedy
from unrated
group by currency, base
