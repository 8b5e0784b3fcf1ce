-- counted: what each fact adds to a sum: increments add, a level stands for what it replaces (R1).
-- one row per: fact and stage that may be added
-- reads: fact, levelled
-- kept: no: it is `fact` without a few rows
-- amount: for a level or a cumulative figure only what the increments up to its day leave unexplained
-- is_stated: whether the amount is the rest of a level and not an increment
select fact.fact, fact.stage, fact.kind, fact.id, fact.who, fact.whom, fact.via, fact.what,
       coalesce(levelled.rest, fact.amount) as amount,
       fact.unit, fact.value, fact.value_unit, fact.firm, fact.fiscal_since, fact.since,
       fact.until, fact.known, fact.is_trusted, fact.reports,
       levelled.fact is not null as is_stated
from fact
left join levelled on levelled.fact = fact.fact and levelled.stage = fact.stage
where fact.measure = 'increment' or levelled.fact is not null or fact.amount is null
   or not fact.is_trusted
