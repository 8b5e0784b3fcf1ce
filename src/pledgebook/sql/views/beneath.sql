-- beneath: what stands under a fact, at each stage, its money in the currency of the fact above it (R7).
-- one row per: fact above, fact and stage, of those that may be added
-- reads: under, counted, fact, book.rate
-- amount, unit: money in another currency than the fact above converted at its own last day; as it is
--   reported where no table has a rate, and for unlike units
-- own_amount, own_unit: as reported; day: the day at whose rate it is converted
-- rate, rate_day, rate_table: how it was converted; null where it was not
with placed as (
    select under.above, under.fact, counted.stage, counted.unit, counted.amount, counted.until,
           rate_day_of(counted.since, counted.until, counted.known) as day
    from under
    join counted on counted.fact = under.fact
    where counted.is_trusted
),
-- of a fact that is reported at several stages the lowest says what was promised
upper as (
    select fact, arg_min(unit, rung(stage)) as unit
    from fact
    where fact in (select above from under) and unit is not null
    group by fact
),
unlike as (
    select placed.above, placed.fact, placed.stage, upper.unit, cross_rate(own.per_hub, wanted.per_hub) as rate,
           least(own.rate_day, wanted.rate_day) as rate_day,
           both_tables(own.rate_table, wanted.rate_table) as rate_table
    from placed
    join upper on upper.fact = placed.above and upper.unit <> placed.unit
    join book.rate as own on own.currency = placed.unit and own.day = placed.day
    join book.rate as wanted on wanted.currency = upper.unit and wanted.day = placed.day and wanted.hub = own.hub
)
select placed.above, placed.fact, placed.stage, coalesce(unlike.unit, placed.unit) as unit,
       at_rate(placed.amount, unlike.rate) as amount, placed.until,
       placed.amount as own_amount, placed.unit as own_unit, placed.day,
       unlike.rate, unlike.rate_day, unlike.rate_table
from placed
left join unlike
  on unlike.above = placed.above and unlike.fact = placed.fact and unlike.stage = placed.stage
 and unlike.rate > 0
