-- totals: does a stated sum hold against its items?
-- one row per: stated total, in its first reading
-- reads: reconciled, rival
-- stated, itemised, new_money, unexplained: in unit; null is unknown, never zero
-- readings: every reading with its own result, the one in use first
-- rivals: other totals about the same thing, kept beside this one
-- rests_on: the items; empty while none is known; reports: the entries that state the total
with beside as (
    select fact,
           list({'reading': reading, 'itemised': itemised, 'unexplained': unexplained,
                 'verdict': verdict, 'rests_on': rests_on} order by position) as readings
    from reconciled
    group by fact
),
rivalled as (
    select fact, list(rival order by known, rival) as rivals
    from rival
    group by fact
)
select reconciled.id, reconciled.who, reconciled.whom, reconciled.via, reconciled.what,
       reconciled.stage, reconciled.stated, reconciled.comparator, reconciled.unit, reconciled.basis,
       reconciled.itemised, reconciled.new_money, reconciled.unexplained, reconciled.verdict,
       reconciled.reading, beside.readings, coalesce(rivalled.rivals, []) as rivals,
       reconciled.said_on, reconciled.known, reconciled.reports, reconciled.rests_on
from reconciled
join beside on beside.fact = reconciled.fact
left join rivalled on rivalled.fact = reconciled.fact
where reconciled.position = 1
