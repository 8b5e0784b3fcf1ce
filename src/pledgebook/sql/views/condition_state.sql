-- condition_state: what has become of each condition, and which entry decided it.
-- one row per: live condition
-- reads: condition, status, carried, joined
-- state: open, met, breached, waived or lapsed: the latest word known on the day
-- since: the day of that word; null while open and nothing was ever said
-- decided_by: the entry that decided it; null while none did
-- rule: a mandate meets only a condition of type mandate about the same activity and no other
with named as (
    select condition.id, condition.type, condition.about, condition.expires_until,
           condition.due_until, coalesce(joined.fact, condition.id) as fact
    from condition
    left join joined on joined.id = condition.id
),
said as (
    select named.id, status.state, status.until as since, status.known, status.id as decided_by
    from (select id, state, until, known, unnest(about) as target from status) as status
    left join joined on joined.id = status.target
    join named on named.fact = coalesce(joined.fact, status.target)
    where status.state in ('open', 'met', 'breached', 'waived', 'lapsed', 'cancelled')
      and coalesce(status.until, date '0001-01-01') <= as_of()
    union all
    select named.id, 'met' as state, carried.since, carried.known, carried.id as decided_by
    from (select id, fact, unnest(about) as activity from named where type = 'mandate') as named
    join carried on carried.about = named.activity
    union all
    select id, 'met' as state, due_until as since, due_until as known, id as decided_by
    from named
    where type = 'date' and due_until <= this_day()
    union all
    select id, 'lapsed' as state, expires_until as since, expires_until as known, id as decided_by
    from named
    where expires_until < this_day()
),
ranked as (
    select id, state, since, decided_by,
           row_number() over (partition by id order by since desc nulls last, known desc, decided_by desc) as place
    from said
)
select named.id, named.fact,
       case ranked.state when 'cancelled' then 'lapsed' else coalesce(ranked.state, 'open') end as state,
       ranked.since, ranked.decided_by
from named
left join ranked on ranked.id = named.id and ranked.place = 1
