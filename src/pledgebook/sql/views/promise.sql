-- promise: every pledge, and every commitment that fulfils no pledge, with what became of it.
-- one row per: fact that promises
-- reads: fact, levelled, kept, edge, under, reach, condition_state, status, joined
-- amount: as promised, in unit; counted: what it adds to a sum (of a level, what no increment explains)
-- is_stated: a level of which the increments explain only a part, or nothing
-- is_counted: whether it enters a sum; is_current: no later level replaced it
-- reached: money counts as delivered when paid; paid and delivered are never added
-- outstanding: of what it adds, never negative; null where the promise has no figure
-- state: withdrawn, expired, delivered, waits, weak, overdue or live: the first that is true
-- is_old: its money is that of another promise that counts
-- decided_by, ended_by: the entries that decided its conditions and its end
with recursive promised as (
    -- only what decides its state; what it says of itself is joined at the end
    select fact.fact, fact.stage, fact.amount, fact.unit, fact.firm, fact.condition, fact.due_until,
           fact.expires_until, fact.is_trusted,
           case when fact.measure = 'increment' or fact.amount is null or not fact.is_trusted then fact.amount
                else levelled.rest end as counts,
           fact.measure = 'increment' or fact.amount is null or not fact.is_trusted
               or levelled.fact is not null as is_counted,
           levelled.fact is not null as is_stated
    from fact
    left join levelled on levelled.fact = fact.fact and levelled.stage = fact.stage
    where fact.stage = 'pledged'
       or (fact.stage = 'committed'
           and fact.fact not in (select fact from kept)
           and fact.fact not in (select fact from fact where stage = 'pledged'))
),
arrived as (
    select fact, unit,
           max(amount) filter (where stage in ('disbursed', 'delivered', 'used')) as reached,
           max(last) filter (where stage in ('disbursed', 'delivered', 'used')) as last
    from reach
    group by fact, unit
),
climbed as (
    select fact, max(rung(stage)) as highest
    from reach
    where stage <> 'pledged'
    group by fact
),
waiting as (
    select promised.fact,
           bool_or(coalesce(condition_state.state, 'open') not in ('met', 'waived')) as is_waiting,
           list_sort(list_distinct(list(condition_state.decided_by) filter (where condition_state.decided_by is not null))) as decided_by
    from (select fact, unnest(condition) as condition from promised) as promised
    left join condition_state on condition_state.id = promised.condition
    group by promised.fact
),
ended as (
    select fact, state, id
    from (
        select fact.fact, status.state, status.id,
               row_number() over (partition by fact.fact order by status.until desc nulls last, status.known desc, status.id desc) as place
        from (select id, state, until, known, unnest(about) as target from status) as status
        left join joined on joined.id = status.target
        join (select distinct fact from promised) as fact on fact.fact = coalesce(joined.fact, status.target)
        where status.state in ('withdrawn', 'cancelled', 'lapsed', 'open', 'released')
          and coalesce(status.until, date '0001-01-01') <= as_of()
    ) as ranked
    where place = 1
),
-- a pledge that fulfils an earlier one says it more firmly, and is not a second promise; one that
-- waits, has ended or is not trusted says nothing
toward as (
    select fact, above
    from edge
    where relation = 'toward' and fact in (select fact from promised where stage = 'pledged')
    union
    select toward.fact, edge.above
    from toward
    join edge on edge.fact = toward.above and edge.relation = 'toward'
),
renewed as (
    select toward.above as fact, max(later.firm) as firm
    from toward
    join promised as later on later.fact = toward.fact and later.stage = 'pledged' and later.is_trusted
    left join waiting on waiting.fact = later.fact
    left join ended on ended.fact = later.fact
    where not coalesce(waiting.is_waiting, false)
      and coalesce(ended.state, 'open') not in ('withdrawn', 'cancelled', 'lapsed')
      and coalesce(later.expires_until >= this_day(), true)
    group by toward.above
),
judged as (
    select promised.*, arrived.reached, arrived.last,
           greatest(coalesce(climbed.highest, 1), rung(promised.stage)) as highest,
           waiting.decided_by, ended.id as ended_by,
           case
               when ended.state in ('withdrawn', 'cancelled') then 'withdrawn'
               when ended.state = 'lapsed' then 'expired'
               when arrived.reached >= promised.amount then 'delivered'
               when promised.expires_until < this_day() then 'expired'
               when waiting.is_waiting then 'waits'
               when greatest(promised.firm, coalesce(renewed.firm, 0)) < weakest_counted()
                    and coalesce(climbed.highest, 1) = 1 then 'weak'
               when promised.due_until < this_day() then 'overdue'
               else 'live'
           end as state
    from promised
    left join arrived on arrived.fact = promised.fact and arrived.unit = promised.unit
    left join climbed on climbed.fact = promised.fact
    left join renewed on renewed.fact = promised.fact
    left join waiting on waiting.fact = promised.fact
    left join ended on ended.fact = promised.fact
),
-- what a promise takes its money from, at any remove
taken as (
    select fact, above from edge where relation in ('draws_on', 'part_of')
    union
    select edge.fact, under.above
    from edge
    join under on under.fact = edge.above
    where edge.relation in ('draws_on', 'part_of')
),
old as (
    select taken.fact
    from taken
    join judged on judged.fact = taken.above
    where judged.is_trusted and judged.state in ('live', 'overdue', 'delivered')
    union
    select fact from edge where relation = 'toward'
)
select judged.fact, judged.stage as kind_stage, fact.id, fact.who, fact.whom, fact.via,
       fact.what, judged.amount, judged.unit, judged.firm,
       case when judged.is_counted and judged.is_trusted and old.fact is null then judged.counts end as counted,
       judged.is_counted and judged.is_trusted and old.fact is null as is_counted,
       judged.is_counted as is_current, judged.is_stated,
       ['pledged', 'committed', 'disbursed', 'delivered', 'used'][judged.highest] as stage,
       judged.state, fact.due, judged.due_until, fact.since, fact.until, fact.known, judged.condition,
       case
           when judged.amount is null then null
           when judged.state in ('withdrawn', 'expired') then 0
           else greatest(judged.counts - coalesce(judged.reached, 0), 0)
       end as outstanding,
       judged.reached, judged.last, old.fact is not null as is_old, fact.reports,
       judged.decided_by, judged.ended_by
from judged
join fact on fact.fact = judged.fact and fact.stage = judged.stage
left join old on old.fact = judged.fact
