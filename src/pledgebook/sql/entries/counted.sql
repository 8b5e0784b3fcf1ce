-- counted: what each fact adds to a sum: increments add, a level stands for what it replaces (R1).
-- one row per: fact and stage that may be added
-- reads: fact
-- amount: for a level or a cumulative figure only what the increments up to its day leave unexplained
-- is_stated: whether the amount is the rest of a level and not an increment
with latest as (
    select fact, stage, who, whom, via, what, unit, amount, until,
           row_number() over (
               partition by stage, who, list_sort(whom), via, what, unit
               order by until desc nulls last, known desc, fact desc
           ) as place
    from fact
    where measure <> 'increment' and amount is not null and is_trusted
),
explained as (
    select latest.fact, latest.stage, latest.amount - coalesce(sum(increment.amount), 0) as rest
    from latest
    left join fact as increment
      on increment.measure = 'increment'
     and increment.is_trusted
     and increment.stage = latest.stage
     and increment.who is not distinct from latest.who
     and list_sort(increment.whom) is not distinct from list_sort(latest.whom)
     and increment.via is not distinct from latest.via
     and increment.what is not distinct from latest.what
     and increment.unit is not distinct from latest.unit
     and increment.until <= latest.until
    where latest.place = 1
    group by latest.fact, latest.stage, latest.amount
)
select fact.fact, fact.stage, fact.kind, fact.id, fact.who, fact.whom, fact.via, fact.what,
       case when explained.fact is null then fact.amount else greatest(explained.rest, 0) end as amount,
       fact.unit, fact.firm, fact.fiscal_year, fact.fiscal_since, fact.since, fact.until, fact.known,
       fact.trust, fact.is_trusted, fact.reports, explained.fact is not null as is_stated
from fact
left join explained on explained.fact = fact.fact and explained.stage = fact.stage
where fact.measure = 'increment' or explained.fact is not null or fact.amount is null
   or not fact.is_trusted
