-- followup: what followed an ask: who promised what toward it, and what had come after 30, 90 and 365 days.
-- one row per: ask, actor who answered it and unit; and one without figures per actor asked who did not
-- reads: ask, joined, edge_to_ask, under, counted, fact, promise, exchanged, rate, book.actor_line
-- kept: no: it reads what the question sets
-- money: what came in another currency than the answer counts in that of the answer (see exchanged); with
--   --in each amount is converted at its own day; rates: the rates of --in
-- promised, weak, conditional: as in `promises`; null where the actor promised nothing known
-- delivered: what was paid or delivered of it, of each answer the larger and never the sum; null
--   where nothing is known to have come (unknown is not zero)
-- after_30, after_90, after_365: how much of that had come by then; null while that day is not over
with rated as materialized (
    select * from rate
),
one_ask as (
    select coalesce(joined.fact, ask.id) as ask_fact, min(ask.id) as ask, arg_min(ask.who, ask.id) as asked_by,
           arg_min(ask.what, ask.id) as what, min(ask.until) as asked_on, min(ask.known) as known,
           list_sort(list(ask.id)) as reports
    from ask
    left join joined on joined.id = ask.id
    group by coalesce(joined.fact, ask.id)
),
answer as (
    select distinct one_ask.ask, one_ask.asked_on, edge_to_ask.fact
    from edge_to_ask
    left join joined on joined.id = edge_to_ask.ask
    join one_ask on one_ask.ask_fact = coalesce(joined.fact, edge_to_ask.ask)
),
-- an answer that fulfils another answer to the same ask is a part of that one
root as (
    select answer.ask, answer.asked_on, answer.fact, min(fact.who) as who, min(fact.since) as since
    from answer
    join fact on fact.fact = answer.fact
    where not exists (
        select 1
        from under
        join answer as upper on upper.fact = under.above
        where under.fact = answer.fact and upper.ask = answer.ask)
    group by answer.ask, answer.asked_on, answer.fact
),
-- what fulfils several answers counts once: under the one that came first
came as (
    select tree.ask, tree.asked_on, tree.root, tree.who, counted.fact, counted.stage,
           coalesce(rate.unit, exchanged.unit, counted.unit) as unit,
           case when rate.rate is null then coalesce(exchanged.amount, counted.amount)
                else at_rate(counted.amount, rate.rate) end as amount,
           counted.until, counted.reports, rate.words
    from (
        select ask, asked_on, root, who, fact,
               row_number() over (partition by ask, fact order by since nulls last, root) as place
        from (
            select ask, asked_on, fact as root, who, since, fact from root
            union all
            select root.ask, root.asked_on, root.fact as root, root.who, root.since, under.fact
            from root
            join under on under.above = root.fact
        ) as every
    ) as tree
    join counted on counted.fact = tree.fact
    left join exchanged
      on exchanged.above = tree.root and exchanged.fact = counted.fact and exchanged.stage = counted.stage
    left join rated as rate
      on rate.currency = counted.unit and rate.day = rate_day_of(counted.since, counted.until, counted.known)
    where tree.place = 1 and counted.is_trusted and counted.stage in ('disbursed', 'delivered', 'used')
),
hidden as (
    select distinct lower.ask, lower.fact, lower.stage
    from came as lower
    join under on under.fact = lower.fact
    join came as upper
      on upper.ask = lower.ask and upper.fact = under.above and upper.stage = lower.stage
     and upper.unit is not distinct from lower.unit
),
staged as (
    select came.ask, came.root, came.who, came.unit, came.stage, sum(came.amount) as amount,
           sum(came.amount) filter (where came.until <= came.asked_on + 30) as after_30,
           sum(came.amount) filter (where came.until <= came.asked_on + 90) as after_90,
           sum(came.amount) filter (where came.until <= came.asked_on + 365) as after_365,
           flatten(list(came.reports)) as reports, list(came.words) filter (where came.words is not null) as rates
    from came
    left join hidden on hidden.ask = came.ask and hidden.fact = came.fact and hidden.stage = came.stage
    where hidden.fact is null
    group by came.ask, came.root, came.who, came.unit, came.stage
),
larger as (
    select ask, root, who, unit, max(amount) as amount, max(after_30) as after_30,
           max(after_90) as after_90, max(after_365) as after_365, flatten(list(reports)) as reports,
           flatten(list(rates) filter (where rates is not null)) as rates
    from staged
    group by ask, root, who, unit
),
delivered as (
    select ask, who, unit, sum(amount) as delivered, coalesce(sum(after_30), 0) as after_30,
           coalesce(sum(after_90), 0) as after_90, coalesce(sum(after_365), 0) as after_365,
           flatten(list(reports)) as reports, flatten(list(rates) filter (where rates is not null)) as rates
    from larger
    group by ask, who, unit
),
promised as (
    select answer.ask, promise.who, coalesce(rate.unit, promise.unit) as unit,
           case when count(*) filter (where promise.is_counted) = 0 then null
                when count(*) filter (where promise.is_counted and promise.state in ('live', 'overdue', 'delivered')) = 0 then 0
                else sum(at_rate(promise.counted, rate.rate)) filter (where promise.state in ('live', 'overdue', 'delivered')) end as promised,
           sum(at_rate(promise.counted, rate.rate)) filter (where promise.state = 'weak') as weak,
           sum(at_rate(promise.counted, rate.rate)) filter (where promise.state = 'waits') as conditional,
           flatten(list(promise.reports)) as reports,
           list(rate.words) filter (where rate.words is not null) as rates
    from answer
    join promise on promise.fact = answer.fact
    left join rated as rate
      on rate.currency = promise.unit and rate.day = rate_day_of(promise.since, promise.until, promise.known)
    where promise.is_current
    group by answer.ask, promise.who, coalesce(rate.unit, promise.unit)
),
answered as (
    select ask, who, unit from promised
    union
    select ask, who, unit from delivered
    union
    -- an answer that neither promises nor delivers, such as one that a later level replaced
    select root.ask, root.who, null as unit
    from root
    where not exists (select 1 from promised where promised.ask = root.ask and promised.who = root.who)
      and not exists (select 1 from delivered where delivered.ask = root.ask and delivered.who = root.who)
),
silent as (
    select one_ask.ask, asked.whom as who
    from (
        select distinct coalesce(joined.fact, ask.id) as ask_fact, unnest(coalesce(ask.whom, [null])) as whom
        from ask
        left join joined on joined.id = ask.id
    ) as asked
    join one_ask on one_ask.ask_fact = asked.ask_fact
    where not exists (select 1 from answered where answered.ask = one_ask.ask and asked.whom is null)
      and not exists (
        select 1
        from answered
        join book.actor_line as line on line.actor = answered.who
        where answered.ask = one_ask.ask and line.ancestor = asked.whom)
),
rows as (
    select ask, who, unit from answered
    union all
    select ask, who, null as unit from silent
)
select rows.ask, rows.who, rows.unit, promised.promised, promised.weak, promised.conditional,
       delivered.delivered,
       case when one_ask.asked_on + 30 <= least(this_day(), as_of()) and delivered.delivered is not null
            then delivered.after_30 end as after_30,
       case when one_ask.asked_on + 90 <= least(this_day(), as_of()) and delivered.delivered is not null
            then delivered.after_90 end as after_90,
       case when one_ask.asked_on + 365 <= least(this_day(), as_of()) and delivered.delivered is not null
            then delivered.after_365 end as after_365,
       one_ask.asked_by, one_ask.asked_on, one_ask.what, one_ask.known,
       nullif(list_sort(list_distinct(list_concat(coalesce(promised.rates, []), coalesce(delivered.rates, [])))), []) as rates,
       list_sort(list_distinct(list_concat(
           one_ask.reports, coalesce(promised.reports, []), coalesce(delivered.reports, [])))) as rests_on
from rows
join one_ask on one_ask.ask = rows.ask
left join promised
  on promised.ask = rows.ask and promised.who = rows.who and promised.unit is not distinct from rows.unit
left join delivered
  on delivered.ask = rows.ask and delivered.who = rows.who and delivered.unit is not distinct from rows.unit
