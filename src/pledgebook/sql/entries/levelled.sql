-- levelled: what the latest level of each series adds beside its increments (R1).
-- one row per: level or cumulative figure that no later one of the same who, whom, via, what and unit replaced
-- reads: fact
-- stored: yes
-- rest: what the increments up to its day leave unexplained, never negative
with series as (
    select fact, stage, who, as_set(whom) as whom, via, what, unit, measure, amount, until, known
    from fact
    where amount is not null and is_trusted
),
latest as (
    select *
    from series
    where measure <> 'increment'
    qualify row_number() over (
        partition by stage, who, whom, via, what, unit order by until desc nulls last, known desc, fact desc
    ) = 1
)
select latest.fact, latest.stage,
       greatest(latest.amount - coalesce(sum(increment.amount), 0), 0) as rest
from latest
left join series as increment
  on increment.measure = 'increment'
 and increment.stage = latest.stage
 and increment.who is not distinct from latest.who
 and increment.whom is not distinct from latest.whom
 and increment.via is not distinct from latest.via
 and increment.what is not distinct from latest.what
 and increment.unit is not distinct from latest.unit
 and increment.until <= latest.until
group by latest.fact, latest.stage, latest.amount
