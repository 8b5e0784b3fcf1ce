-- condition_word: every word that decides a condition: a status, a carried vote, a day that has come.
-- one row per: live condition and word about it that counts on the day
-- reads: condition, status, carried, joined
-- fact: the condition, however many reports there are of it
-- state: open, met, breached, waived or lapsed
-- since: the day of the word; known: the day from which it is known; decided_by: the entry that says it
-- rule: a mandate meets only a condition of type mandate about the same activity and no other
with named as (
    select condition.id, condition.type, condition.about, condition.expires_until,
           condition.due_until, coalesce(joined.fact, condition.id) as fact
    from condition
    left join joined on joined.id = condition.id
),
said as (
    select named.id, named.fact, status.state, status.until as since, status.known, status.id as decided_by
    from (select id, state, until, known, unnest(about) as target from status) as status
    left join joined on joined.id = status.target
    join named on named.fact = coalesce(joined.fact, status.target)
    where status.state in ('open', 'met', 'breached', 'waived', 'lapsed', 'cancelled')
      and coalesce(status.until, date '0001-01-01') <= as_of()
    union all
    select named.id, named.fact, 'met' as state, carried.since, carried.known, carried.id as decided_by
    from (select id, fact, unnest(about) as activity from named where type = 'mandate') as named
    join carried on carried.about = named.activity
    union all
    select id, fact, 'met' as state, due_until as since, due_until as known, id as decided_by
    from named
    where type = 'date' and due_until <= this_day()
    union all
    select id, fact, 'lapsed' as state, expires_until as since, expires_until as known, id as decided_by
    from named
    where expires_until < this_day()
)
select id, fact, case state when 'cancelled' then 'lapsed' else state end as state, since, known, decided_by
from said
