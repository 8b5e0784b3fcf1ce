-- condition_state: what has become of each condition, and which entry decided it.
-- one row per: live condition
-- reads: condition, condition_word, joined
-- state: open, met, breached, waived or lapsed: the latest word known on the day
-- since: the day from which it has been so: that of the first of the last words that agree, so that a
--   mandate that is renewed has met its condition once; null while open and nothing was ever said
-- decided_by: the entry that says that first word; null while none does
with ranked as (
    select id, state, since, decided_by,
           row_number() over latest_first as place,
           first_value(state) over latest_first as last_state
    from condition_word
    window latest_first as (partition by id order by since desc nulls last, known desc, decided_by desc)
),
agreeing as (
    select *
    from ranked
    qualify count(*) filter (where state <> last_state) over (partition by id order by place) = 0
),
first as (
    select id, state, since, decided_by from agreeing
    qualify row_number() over (partition by id order by place desc) = 1
)
select condition.id, coalesce(joined.fact, condition.id) as fact, coalesce(first.state, 'open') as state,
       first.since, first.decided_by
from condition
left join joined on joined.id = condition.id
left join first on first.id = condition.id
