-- exchanged: money that stands under a fact in another currency, in the currency of that fact (R7).
-- one row per: fact above, fact and stage whose money was converted; what no table has a rate for is none
-- reads: under, counted, fact, book.rate
-- stored: yes
-- amount, unit: converted at its own last day, to the cent
-- own_amount, own_unit: as reported; day: the day at whose rate it was converted
-- rate, rate_day, rate_table: what one unit of own_unit was worth, and where that stands
-- words: all of it as a line of text
with unlike as (
    select distinct under.above, under.fact
    from under
    join fact as upper on upper.fact = under.above
    join fact as lower on lower.fact = under.fact and lower.unit <> upper.unit
),
-- of a fact that is reported at several stages the lowest says what was promised
upper as (
    select fact, arg_min(unit, rung(stage)) as unit
    from fact
    where fact in (select above from unlike) and unit is not null
    group by fact
),
paid as (
    select unlike.above, counted.fact, counted.stage, upper.unit, counted.amount as own_amount, counted.unit as own_unit,
           rate_day_of(counted.since, counted.until, counted.known) as day
    from unlike
    join upper on upper.fact = unlike.above
    join counted on counted.fact = unlike.fact and counted.unit <> upper.unit
    where counted.is_trusted
),
rated as (
    select paid.*, cross_rate(own.per_hub, wanted.per_hub) as rate, least(own.rate_day, wanted.rate_day) as rate_day,
           both_tables(own.rate_table, wanted.rate_table) as rate_table
    from paid
    join book.rate as own on own.currency = paid.own_unit and own.day = paid.day
    join book.rate as wanted on wanted.currency = paid.unit and wanted.day = paid.day and wanted.hub = own.hub
)
select above, fact, stage, unit, at_rate(own_amount, rate) as amount, own_amount, own_unit, day, rate, rate_day, rate_table,
       figure(own_amount, own_unit) || ' at ' || rate_figure(rate)
           || ' (' || concat_ws(', ', rate_table, strftime(rate_day, '%Y-%m-%d')) || ')' as words
from rated
where rate > 0
