-- rate-missing: money in a currency from which no rate leads to the tracker's base currency.
-- one row per: currency, at the first of its entries that cannot be converted
-- reads: pledge, commitment, disbursement, delivery, use, total, need, ask, book.rate, book.setting
-- key: where in the entry the finding stands
-- rule: where all money is in one currency there is nothing to convert
with money as (
    select id, currency, since, until, known from pledge where currency is not null
    union all select id, currency, since, until, known from commitment where currency is not null
    union all select id, currency, since, until, known from disbursement where currency is not null
    union all select id, currency, since, until, known from delivery where currency is not null
    union all select id, currency, since, until, known from use where currency is not null
    union all select id, currency, since, until, known from total where currency is not null
    union all select id, currency, since, until, known from need where currency is not null
    union all select id, currency, since, until, known from ask where currency is not null
),
unrated as (
    select money.id, money.currency, money.known, setting.base,
           rate_day_of(money.since, money.until, money.known) as day
    from money
    cross join book.setting as setting
    left join book.rate as own
      on own.currency = money.currency and own.day = rate_day_of(money.since, money.until, money.known)
    left join book.rate as based
      on based.currency = setting.base and based.day = own.day and based.hub = own.hub
    where money.currency <> setting.base and based.currency is null
      and (select count(distinct currency) from money) > 1
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
