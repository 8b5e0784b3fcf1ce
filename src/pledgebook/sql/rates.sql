-- rates: what a currency was worth on each day on which the tracker's money was promised or moved.
-- Run once, when the tracker is compiled, over the rates of the tables in use; it fills book.rate.
-- one row per: currency and day
-- reads: quoted (place of the table in the order, rate_table, currency, against, day, rate), book.money, book.quote
-- not here: the currencies of book.quote, which are looked up where --in asks for one
-- hub: the currency in which worths are compared: the euro or, where nothing leads there, what the
--   rate is quoted against; two currencies of one day convert where they have the same hub
-- per_hub: how much of the currency one unit of the hub buys
-- rate_day: the day of that rate, at most 31 days earlier; null where it holds on any day
-- rate_table: the tables that it comes from; null for the hub itself
-- is_used: whether the tracker has money in it; the other currencies can only be asked for
-- rule: the first table in order that has a rate counts; a rate against another currency leads to
--   the euro through that one
with wanted as (
    select distinct day
    from (select unnest([since, until, known]) as day from book.money)
    where day is not null
),
used as (
    select distinct currency from book.money
),
near as (
    select *
    from quoted
    where (day is null or day between (select min(day) - 31 from wanted) and (select max(day) from wanted))
      and currency not in (select currency from book.quote)
      and against not in (select currency from book.quote)
),
pairs as (
    select distinct place, rate_table, currency, against from near
),
-- each table's rate of each pair: the last one before the day, and the one that is fixed
available as (
    select pairs.place, pairs.rate_table, pairs.currency, pairs.against, wanted.day,
           near.day as rate_day, near.rate
    from pairs
    cross join wanted
    asof join near
      on near.place = pairs.place and near.currency = pairs.currency
     and near.against = pairs.against and near.day <= wanted.day
    where wanted.day - near.day <= 31
    union all
    select near.place, near.rate_table, near.currency, near.against, wanted.day,
           cast(null as date) as rate_day, near.rate
    from near
    cross join wanted
    where near.day is null
),
to_euro as (
    select currency, day, unnest(arg_min(
               {'place': place, 'per_hub': rate, 'rate_day': rate_day, 'rate_table': rate_table},
               2 * place + (rate_day is null)::integer))
    from available
    where against = 'EUR'
    group by currency, day
),
through as (
    select available.place, available.currency, available.day,
           available.rate * to_euro.per_hub as per_hub,
           least(available.rate_day, to_euro.rate_day) as rate_day,
           both_tables(available.rate_table, to_euro.rate_table) as rate_table
    from available
    join to_euro on to_euro.currency = available.against and to_euro.day = available.day
    where available.currency <> 'EUR'
    qualify row_number() over (
        partition by available.currency, available.day
        order by available.place, available.rate_day is null, available.against) = 1
),
european as (
    select to_euro.currency, to_euro.day, 'EUR' as hub, to_euro.per_hub, to_euro.rate_day, to_euro.rate_table
    from to_euro
    left join through using (currency, day)
    where through.place is null or to_euro.place <= through.place
    union all
    select through.currency, through.day, 'EUR', through.per_hub, through.rate_day, through.rate_table
    from through
    left join to_euro using (currency, day)
    where to_euro.place is null or through.place < to_euro.place
    union all
    select 'EUR', day, 'EUR', 1, null, null from wanted
),
-- what does not lead to the euro on that day, such as gourdes where they have a rate in dollars and
-- dollars have none: the hub is what most currencies are quoted against
hubs as (
    select against as hub, count(distinct currency) as others
    from pairs
    where against <> 'EUR'
    group by against
),
elsewhere as (
    select place, currency, day, against as hub, rate as per_hub, rate_day, rate_table
    from available
    where against <> 'EUR'
    union all
    select distinct 0, against, day, against, 1, cast(null as date), null
    from available
    where against <> 'EUR'
),
other as (
    select elsewhere.currency, elsewhere.day, hub, elsewhere.per_hub, elsewhere.rate_day, elsewhere.rate_table
    from elsewhere
    join hubs using (hub)
    anti join european using (currency, day)
    qualify row_number() over (
        partition by elsewhere.currency, elsewhere.day
        order by hubs.others desc, hub, elsewhere.place, elsewhere.rate_day is null) = 1
)
select rated.*, currency in (select currency from used) as is_used
from (
    select * from european
    union all
    select * from other
) as rated
