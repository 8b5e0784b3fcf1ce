-- pledges: every promise on the books, and what became of it.
-- one row per: promise (a pledge, or a commitment that fulfils no pledge); a level that a later one replaced is left out
-- reads: promise, promise_basis, reached, exchanged, rate
-- kept: no: it reads what the question sets
-- id: the best report of it; reports: all of them
-- basis: stated for a level, of which only what no increment explains is outstanding (R1)
-- outstanding: promised - delivered, in unit, never negative; null where the figure is not known
-- state: live, weak, waits, overdue, delivered, withdrawn or expired
-- note: for an overdue promise what is and is not known, with care (R11)
-- own_unit: the unit in which it was promised; amount and outstanding are in it unless --in asks for
--   another currency: then they are converted at the promise's day (rate, rate_day, rate_table)
-- converted: what fulfils it in another currency, and at which rate it counts here; null where nothing does
with other_money as (
    select above as fact, list(words order by day, fact, stage) as converted
    from exchanged
    where (above, fact, stage) in (select (above, fact, stage) from reached)
    group by above
)
select promise.id, promise.who, promise.whom, promise.via, promise.what,
       at_rate(promise.amount, rate.rate) as amount, coalesce(rate.unit, promise.unit) as unit, promise.unit as own_unit,
       ['implied', 'considered', 'prepared', 'promised', 'notified', 'signed', 'done'][promise.firm] as strength,
       case when promise.is_stated then 'stated' else 'itemised' end as basis,
       promise.stage, promise.state, promise.due, at_rate(promise.outstanding, rate.rate) as outstanding,
       case
           when promise.state = 'overdue' then
               'due ' || promise.due || '; no evidence of delivery since '
               || coalesce(strftime(promise.last, '%Y-%m-%d'), strftime(promise.since, '%Y-%m-%d'), 'then')
       end as note,
       promise.since as promised_on, promise.known, other_money.converted,
       rate.rate, rate.rate_day, rate.rate_table, promise.reports, promise_basis.rests_on
from promise
join promise_basis on promise_basis.fact = promise.fact
left join other_money on other_money.fact = promise.fact
left join rate
  on rate.currency = promise.unit and rate.day = rate_day_of(promise.since, promise.until, promise.known)
where promise.is_current
