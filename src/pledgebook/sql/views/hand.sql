-- hand: who holds what others gave, to pass it on.
-- one row per: hand, stage and unit
-- reads: handed, activity, actor, book.actor_line
-- is_fund: an activity of type fund or account; is_activity: an activity, which has nothing of its own
-- rule: a fund or account always is one; any other activity where it gives; anybody else but a state
--   where it both receives and gives at that stage in that unit. A state has money of its own: it
--   passes on only what an entry says it passes on (see `flow`), and so does a person in office
with gives as (
    select distinct provider as hand, stage, unit
    from handed
    where not is_internal and funder is distinct from provider
),
receives as (
    select distinct receivers[1] as hand, stage, unit
    from handed
    where not is_internal and not is_shared and receiver is not null
    union
    select distinct unnest(receivers) as hand, stage, unit
    from handed
    where is_shared
),
stated as (
    select distinct line.actor
    from book.actor_line as line
    left join actor on actor.id = line.ancestor
    where (actor.id is null and line.ancestor not in (select id from activity))
       or actor.type in ('government', 'person') or actor.iso is not null
),
held as (
    select hand, stage, unit from gives
    union
    select hand, stage, unit from receives
    union
    select distinct through as hand, stage, unit from handed where through is not null
)
select held.hand, held.stage, held.unit, activity.type in ('fund', 'account') as is_fund, true as is_activity
from held
join activity on activity.id = held.hand
where activity.type in ('fund', 'account')
   or exists (
       select 1 from gives
       where gives.hand = held.hand and gives.stage = held.stage and gives.unit is not distinct from held.unit)
union all
select gives.hand, gives.stage, gives.unit, false as is_fund, false as is_activity
from gives
join receives
  on receives.hand = gives.hand and receives.stage = gives.stage and receives.unit is not distinct from gives.unit
where gives.hand not in (select id from activity)
  and gives.hand not in (select actor from stated)
