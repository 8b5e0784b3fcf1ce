-- flow: each step from hand to hand, and whether it passes on what others gave.
-- one row per: fact and stage of `handed` that is no second report of the same step
-- reads: handed, hand, under, kin
-- passes_on: its provider passes on what others gave, so it is not new
-- is_held: its receiver holds it to pass it on, so it is not the last mile
-- payer: who paid originally, where an entry says so or the provider gives of its own; else null
-- rule: a fund, an activity and an organisation that both receives and gives pass on all that they
--   give, but what names themselves as funder. A state passes on only what names as funder somebody
--   who gave to it, or stands under (toward, draws_on, part_of) what somebody gave to it.
--   Of two steps of one stage and unit of which one stands under the other only the upper one stays,
--   unless the lower one is the next hand
with outward as (
    select handed.*, hand.hand is not null and (hand.is_activity or handed.funder is distinct from handed.provider) as is_pooled
    from handed
    left join hand
      on hand.hand = handed.provider and hand.stage = handed.stage and hand.unit is not distinct from handed.unit
    where not handed.is_internal
),
-- what stands under another step at the same stage and in the same unit
below as (
    select lower.fact, lower.stage, lower.provider, lower.is_pooled, lower.receivers,
           upper.fact as above, upper.provider as upper_provider, upper.receivers as upper_receivers,
           coalesce(upper.funder, upper.provider) as upper_payer,
           not upper.is_shared and lower.provider <> upper.provider
               and lower.provider in (upper.receiver, upper.through) as is_next_hand
    from under
    join outward as lower on lower.fact = under.fact
    join outward as upper
      on upper.fact = under.above and upper.stage = lower.stage and upper.unit is not distinct from lower.unit
),
-- what a state received and, as an entry says, passed on
passed as (
    select fact, stage, above from below where is_next_hand and not is_pooled
    union
    select lower.fact, lower.stage, upper.fact as above
    from outward as lower
    join outward as upper
      on upper.receiver = lower.provider and upper.stage = lower.stage
     and upper.unit is not distinct from lower.unit and not upper.is_shared
    join kin on kin.one = lower.funder and kin.other = coalesce(upper.funder, upper.provider)
    where not lower.is_pooled and lower.funder <> lower.provider
),
classified as (
    select outward.*,
           outward.is_pooled or onward.fact is not null as passes_on,
           case when outward.is_shared then len(outward.receivers) = shared.hands
                else held.hand is not null or kept.above is not null
           end as is_held
    from outward
    left join (select distinct fact, stage from passed) as onward
      on onward.fact = outward.fact and onward.stage = outward.stage
    left join (select distinct above, stage from passed) as kept
      on kept.above = outward.fact and kept.stage = outward.stage
    left join hand as held
      on held.hand = outward.receiver and held.stage = outward.stage and held.unit is not distinct from outward.unit
    left join (
        select parts.fact, parts.stage, count(hand.hand) as hands
        from (select fact, stage, unit, unnest(receivers) as receiver from outward where is_shared) as parts
        join hand
          on hand.hand = parts.receiver and hand.stage = parts.stage and hand.unit is not distinct from parts.unit
        group by parts.fact, parts.stage
    ) as shared
      on shared.fact = outward.fact and shared.stage = outward.stage
),
-- who paid what a step stands under, where that is one and the same
linked as (
    select below.fact, below.stage, min(below.upper_payer) as payer
    from below
    join classified as upper on upper.fact = below.above and upper.stage = below.stage
    where below.is_next_hand
    group by below.fact, below.stage
    having count(distinct below.upper_payer) = 1 and bool_and(not upper.passes_on or upper.funder is not null)
),
hidden as (
    select distinct below.fact, below.stage
    from below
    join classified as lower on lower.fact = below.fact and lower.stage = below.stage
    where not lower.passes_on
       or below.provider = below.upper_provider
       or list_has_any(below.receivers, below.upper_receivers)
)
select classified.fact, classified.stage, classified.provider, classified.funder, classified.receivers,
       classified.receiver, classified.via, classified.through, classified.is_shared,
       classified.passes_on, coalesce(classified.is_held, false) as is_held,
       case when classified.funder is not null and (classified.funder <> classified.provider or not classified.passes_on)
                then classified.funder
            when not classified.passes_on then classified.provider
            else linked.payer
       end as payer,
       classified.unit, classified.amount, classified.since, classified.until, classified.known, classified.reports
from classified
left join linked on linked.fact = classified.fact and linked.stage = classified.stage
left join hidden on hidden.fact = classified.fact and hidden.stage = classified.stage
where hidden.fact is null
