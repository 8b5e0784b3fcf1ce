-- overdue: a promise past the day by which it was due, of which nothing shows that it was kept (R11).
-- one row per: promise with such a day that is not kept, withdrawn or waiting
-- reads: promise, fact
-- holds: after a day
-- only where: from fact where due_until is not null
-- key: where in the entry the finding stands
-- since, until: the finding holds after the first and up to the second of these days; without the
--   second it has no end
-- rule: never "broken": only a source can say that. A promise that expires is overdue no more
select promise.id, 'due' as key,
       case when promise.last is not null then 'no evidence of delivery since ' || strftime(promise.last, '%Y-%m-%d')
            when promise.since is not null then 'no evidence of delivery since it was promised, ' || strftime(promise.since, '%Y-%m-%d')
            else 'no evidence of delivery' end as message,
       'delivered by ' || promise.due as expected,
       coalesce(short(promise.outstanding) || ' of ' || short(promise.amount) || ' ' || promise.unit || ' outstanding', 'nothing is known to have come') as found,
       '' as difference,
       'add what came, a later day, or a status that says what became of it' as remedy,
       promise.due_until as since, fact.expires_until as until
from promise
join fact on fact.fact = promise.fact and fact.stage = promise.kind_stage
where promise.state = 'live' and promise.is_current and promise.due_until is not null
