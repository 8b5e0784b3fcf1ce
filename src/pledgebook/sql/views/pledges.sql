-- pledges: every promise on the books, and what became of it.
-- one row per: promise (a pledge, or a commitment that fulfils no pledge); a level that a later one replaced is left out
-- reads: promise, promise_basis
-- id: the best report of it; reports: all of them
-- basis: stated for a level, of which only what no increment explains is outstanding (R1)
-- outstanding: promised - delivered, in unit, never negative; null where the figure is not known
-- state: live, weak, waits, overdue, delivered, withdrawn or expired
-- note: for an overdue promise what is and is not known, with care (R11)
select promise.id, promise.who, promise.whom, via, what, amount, unit,
       ['implied', 'considered', 'prepared', 'promised', 'notified', 'signed', 'done'][firm] as strength,
       case when is_stated then 'stated' else 'itemised' end as basis,
       stage, state, due, outstanding,
       case
           when state = 'overdue' then
               'due ' || due || '; no evidence of delivery since '
               || coalesce(strftime(last, '%Y-%m-%d'), strftime(since, '%Y-%m-%d'), 'then')
       end as note,
       since as promised_on, known, promise.reports, promise_basis.rests_on
from promise
join promise_basis on promise_basis.fact = promise.fact
where promise.is_current
