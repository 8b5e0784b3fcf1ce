-- traced: who paid originally what a hand passed on to its last receiver.
-- one row per: step of the last mile that passes on, and who paid; null where nobody is known to have
-- reads: flow
-- origin: who paid; amount: its part; the parts of a step add up to the step
-- is_estimated: no entry says whose money it is, so the step is split by what each had given the hand
--   up to that day, through at most four hands, in whole units, the last part with the rest
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
grown as (
    select hand, stage, unit, payer, is_origin, day,
           sum(amount) over (partition by hand, stage, unit, payer, is_origin order by day) as amount
    from given
),
payers as (
    select distinct hand, stage, unit, payer, is_origin from given
),
-- each hand on each day on which its payers are asked for
asked as (
    select distinct hand, stage, unit, day from outgoing
    union
    select payers.payer, asked.stage, asked.unit, asked.day
    from asked
    join payers on payers.hand = asked.hand and payers.stage = asked.stage and payers.unit = asked.unit
    where not payers.is_origin
),
composed as materialized (
    select wanted.hand, wanted.stage, wanted.unit, wanted.day, wanted.payer, wanted.is_origin,
           grown.amount::double / sum(grown.amount::double) over (
               partition by wanted.hand, wanted.stage, wanted.unit, wanted.day
           ) as share
    from (
        select asked.*, payers.payer, payers.is_origin
        from asked
        join payers on payers.hand = asked.hand and payers.stage = asked.stage and payers.unit = asked.unit
    ) as wanted
    asof join grown
      on grown.hand = wanted.hand and grown.stage = wanted.stage and grown.unit = wanted.unit
     and grown.payer = wanted.payer and grown.is_origin = wanted.is_origin and grown.day <= wanted.day
    where grown.amount > 0
),
split as (
    select fact, stage, unit, day, hand as last, hand, false as is_origin, 1.0::double as share, 0 as hands
    from outgoing
    union all
    select split.fact, split.stage, split.unit, split.day, split.last, composed.payer, composed.is_origin,
           sum(split.share * composed.share), split.hands + 1
    from split
    join composed
      on composed.hand = split.hand and composed.stage = split.stage
     and composed.unit = split.unit and composed.day = split.day
    -- what came back to the hand it left is no payment
    where not split.is_origin and split.hands < 4 and composed.payer <> split.last
    group by split.fact, split.stage, split.unit, split.day, split.last, composed.payer, composed.is_origin, split.hands
),
ended as (
    select split.fact, split.stage, case when split.is_origin then split.hand end as origin,
           sum(split.share) as share, max(split.hands) as hands
    from split
    left join (select distinct hand, stage, unit, day from composed) as further
      on not split.is_origin and further.hand = split.hand and further.stage = split.stage
     and further.unit = split.unit and further.day = split.day
    where split.is_origin or split.hands = 4 or further.hand is null
    group by all
),
summed as (
    select fact, stage, origin, hands > 0 as is_estimated,
           round(sum(share) over (partition by fact, stage order by origin nulls last)
                 / sum(share) over (partition by fact, stage), 12) as upto,
           lead(true) over (partition by fact, stage order by origin nulls last) is null as is_last
    from ended
),
placed as (
    select outgoing.fact, outgoing.stage, summed.origin, coalesce(summed.is_estimated, false) as is_estimated,
           case when coalesce(summed.is_last, true) then outgoing.amount
                else round(outgoing.amount::double * summed.upto)::decimal(38, 6) end as upto
    from outgoing
    left join summed on summed.fact = outgoing.fact and summed.stage = outgoing.stage
)
select fact, stage, payer as origin, amount, false as is_estimated
from flow
where passes_on and not is_held and payer is not null
union all
select fact, stage, origin,
       upto - lag(upto, 1, 0) over (partition by fact, stage order by origin nulls last) as amount,
       is_estimated
from placed
