-- condition_state: what has become of each condition, and which entry decided it.
-- one row per: live condition
-- reads: condition, condition_word, joined
-- state: open, met, breached, waived or lapsed: the latest word known on the day
-- since: the day of that word; null while open and nothing was ever said
-- decided_by: the entry that decided it; null while none did
with ranked as (
    select id, state, since, decided_by,
           row_number() over (partition by id order by since desc nulls last, known desc, decided_by desc) as place
    from condition_word
)
select condition.id, coalesce(joined.fact, condition.id) as fact, coalesce(ranked.state, 'open') as state,
       ranked.since, ranked.decided_by
from condition
left join joined on joined.id = condition.id
left join ranked on ranked.id = condition.id and ranked.place = 1
