-- conditions: which promises wait on what.
-- one row per: condition and promise that names it; a condition that no promise names has none
-- reads: condition, condition_state, promise
-- state: open, met, breached, waived or lapsed; since: the day of the entry that decided it
-- rests_on: the condition and what decided it
with hanging as (
    select id, unnest(condition) as condition
    from promise
)
select condition.id, hanging.id as pledge, condition.type, condition.about, condition.who, condition.whom,
       condition_state.state, condition_state.since,
       case when condition_state.decided_by is null or condition_state.decided_by = condition.id then [condition.id]
            else [condition.id, condition_state.decided_by] end as rests_on
from condition
join condition_state on condition_state.id = condition.id
left join hanging on hanging.condition = condition.id
