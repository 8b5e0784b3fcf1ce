-- traced: who paid originally what a hand passed on to its last receiver.
-- one row per: step of the last mile that passes on, and who paid; null where nobody is known to have
-- reads: flow
-- origin: who paid, or the fund that did where several had filled it; amount: its part
-- is_estimated: no entry says whose money it is, so the step is split by what each had given the hand
--   up to that day, in whole units, the last part with the rest: the parts add up to the step. A hand
--   that only one ever filled stands for that one, through at most four hands
with recursive outgoing as (
    select fact, stage, unit, provider as hand, coalesce(until, date '9999-12-31') as day, amount
    from flow
    where passes_on and not is_held and payer is null
),
-- what passed through a fund to somebody else did not stay in it
given as (
    select receiver as hand, stage, unit, coalesce(payer, provider) as payer, payer is not null as is_origin,
           coalesce(until, date '0001-01-01') as day, sum(amount) as amount
    from flow
    where is_held and not is_shared and amount is not null
    group by all
),
sole as (
    select hand, stage, unit, min(payer) as payer, bool_and(is_origin) as is_origin
    from given
    group by hand, stage, unit
    having min(payer) = max(payer)
),
climbed as (
    select hand, stage, unit, payer, is_origin, 1 as hands from sole
    union all
    select climbed.hand, climbed.stage, climbed.unit, sole.payer, sole.is_origin, climbed.hands + 1
    from climbed
    join sole on sole.hand = climbed.payer and sole.stage = climbed.stage and sole.unit = climbed.unit
    where not climbed.is_origin and climbed.hands < 4
),
-- money that only goes round was paid by nobody
filled as (
    select hand, stage, unit, case when bool_or(is_origin) or max(hands) < 4 then arg_max(payer, hands) end as payer
    from climbed
    group by hand, stage, unit
),
paid as (
    select given.hand, given.stage, given.unit, given.day,
           case when given.is_origin or filled.hand is null then given.payer else filled.payer end as payer,
           sum(given.amount) as amount
    from given
    left join filled on filled.hand = given.payer and filled.stage = given.stage and filled.unit = given.unit
    group by all
),
grown as (
    select hand, stage, unit, payer, day,
           sum(amount) over (partition by hand, stage, unit, payer order by day) as amount
    from paid
    -- what came back to the hand it left is no payment
    where payer <> hand
),
composed as (
    select wanted.hand, wanted.stage, wanted.unit, wanted.day, wanted.payer,
           sum(grown.amount) over (of_day order by wanted.payer)::double / (sum(grown.amount) over of_day)::double as upto,
           lead(true) over (of_day order by wanted.payer) is null as is_last
    from (
        select asked.hand, asked.stage, asked.unit, asked.day, payers.payer
        from (select distinct hand, stage, unit, day from outgoing) as asked
        join (select distinct hand, stage, unit, payer from grown) as payers
          on payers.hand = asked.hand and payers.stage = asked.stage and payers.unit = asked.unit
    ) as wanted
    asof join grown
      on grown.hand = wanted.hand and grown.stage = wanted.stage and grown.unit = wanted.unit
     and grown.payer = wanted.payer and grown.day <= wanted.day
    where grown.amount > 0
    window of_day as (partition by wanted.hand, wanted.stage, wanted.unit, wanted.day)
),
placed as (
    select outgoing.fact, outgoing.stage, composed.payer as origin, composed.payer is not null as is_estimated,
           case when coalesce(composed.is_last, true) then outgoing.amount
                else round(outgoing.amount::double * composed.upto)::decimal(38, 6) end as upto
    from outgoing
    left join composed
      on composed.hand = outgoing.hand and composed.stage = outgoing.stage
     and composed.unit = outgoing.unit and composed.day = outgoing.day
)
select fact, stage, payer as origin, amount, false as is_estimated
from flow
where passes_on and not is_held and payer is not null
union all
select fact, stage, origin, upto - lag(upto, 1, 0) over (partition by fact, stage order by origin) as amount, is_estimated
from placed
