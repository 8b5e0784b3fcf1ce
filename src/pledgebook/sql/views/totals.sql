-- totals: does a stated sum hold against its items?
-- one row per: stated total, in its first reading
-- reads: reconciled, rival, claim, rate
-- kept: no: it reads what the question sets
-- stated, itemised, new_money, unexplained: in unit; null is unknown, never zero
-- readings: every reading with its own result, the one in use first
-- rivals: other totals about the same thing, kept beside this one
-- rests_on: the items; empty while none is known; reports: the entries that state the total
-- own_unit: the unit in which it was stated. All sums and the verdict are made in it and, where --in asks
--   for a currency, converted at the total's own day (rate, rate_day, rate_table): a rate makes no hole
with rated as (
    select claim.fact, claim.unit as own_unit, rate.unit, rate.rate, rate.rate_day, rate.rate_table
    from claim
    left join rate
      on rate.currency = claim.unit and rate.day = rate_day_of(claim.since, claim.until, claim.known)
),
beside as (
    select reconciled.fact,
           list({'reading': reading, 'itemised': at_rate(itemised, rated.rate),
                 'unexplained': at_rate(stated, rated.rate) - at_rate(stated - unexplained, rated.rate),
                 'verdict': verdict, 'rests_on': rests_on} order by position) as readings
    from reconciled
    join rated on rated.fact = reconciled.fact
    group by reconciled.fact
),
rivalled as (
    select fact, list(rival order by known, rival) as rivals
    from rival
    group by fact
)
select reconciled.id, reconciled.who, reconciled.whom, reconciled.via, reconciled.what,
       reconciled.stage, at_rate(reconciled.stated, rated.rate) as stated, reconciled.comparator,
       coalesce(rated.unit, reconciled.unit) as unit, rated.own_unit, reconciled.basis,
       at_rate(reconciled.itemised, rated.rate) as itemised,
       at_rate(reconciled.new_money, rated.rate) as new_money,
       -- the difference of what is shown, so that the row adds up to the cent
       at_rate(reconciled.stated, rated.rate)
           - at_rate(reconciled.stated - reconciled.unexplained, rated.rate) as unexplained,
       reconciled.verdict,
       reconciled.reading, beside.readings, coalesce(rivalled.rivals, []) as rivals,
       reconciled.said_on, reconciled.known, rated.rate, rated.rate_day, rated.rate_table,
       reconciled.reports, reconciled.rests_on
from reconciled
join beside on beside.fact = reconciled.fact
join rated on rated.fact = reconciled.fact
left join rivalled on rivalled.fact = reconciled.fact
where reconciled.position = 1
