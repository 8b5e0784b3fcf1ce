-- asks: who asked whom for what, and what each answered.
-- one row per: ask and actor asked
-- reads: ask, position, promise, edge_to_ask, status, actor, book.actor_line, joined
-- answer: none, reviewing, yes, yes_if, no or lapsed: the latest word of the one asked, or of its offices
--   or, of a group such as "partners", of whoever answers and was not asked by name
-- since: the day of that word; null while there is none
with asked as (
    select ask.id, ask.who, unnest(coalesce(ask.whom, [null])) as whom, ask.what, ask.since as asked_on,
           ask.expires_until, ask.known, coalesce(joined.fact, ask.id) as fact
    from ask
    left join joined on joined.id = ask.id
),
-- what was promised toward an ask, by one who was asked or for a group
promised as (
    select edge_to_ask.ask as id, edge_to_ask.fact, promise.who
    from edge_to_ask
    join promise on promise.fact = edge_to_ask.fact
),
by_name as (
    select asked.id, asked.whom, promised.fact
    from asked
    join promised on promised.id = asked.id
    join book.actor_line as line on line.actor = promised.who and line.ancestor = asked.whom
),
answered as (
    select id, whom, fact from by_name
    union all
    select asked.id, asked.whom, promised.fact
    from asked
    join actor as party on party.id = asked.whom and party.type = 'group'
    join promised on promised.id = asked.id
    where (promised.id, promised.fact) not in (select (id, fact) from by_name)
),
said as (
    select asked.id, asked.whom,
           case position.stance
               when 'supports' then 'yes'
               when 'supports_if' then 'yes_if'
               when 'reviewing' then 'reviewing'
               when 'declines' then 'no'
               when 'opposes' then 'no'
           end as answer,
           position.until as since, position.known, [position.id] as rests_on
    from asked
    join (select id, who, stance, until, known, unnest(about) as target from position) as position
      on position.target = asked.id
    join book.actor_line as line on line.actor = position.who and line.ancestor = asked.whom
    where position.stance in ('supports', 'supports_if', 'reviewing', 'declines', 'opposes')
    union all
    select answered.id, answered.whom,
           case promise.state
               when 'waits' then 'yes_if'
               when 'weak' then 'reviewing'
               when 'withdrawn' then 'no'
               when 'expired' then 'lapsed'
               else 'yes'
           end as answer,
           promise.since, promise.known, promise.reports as rests_on
    from answered
    join promise on promise.fact = answered.fact
    union all
    select asked.id, asked.whom, 'lapsed' as answer, status.until as since, status.known, [status.id] as rests_on
    from asked
    join (select id, state, until, known, unnest(about) as target from status) as status
      on status.target = asked.id
    where status.state in ('lapsed', 'withdrawn', 'cancelled')
),
ranked as (
    select said.*,
           row_number() over (
               partition by id, whom order by since desc nulls last, known desc, rests_on desc
           ) as place
    from said
)
select asked.id, asked.who, asked.whom, asked.what,
       coalesce(ranked.answer, case when asked.expires_until < this_day() then 'lapsed' end, 'none') as answer,
       ranked.since, asked.asked_on, asked.known,
       list_concat([asked.id], coalesce(ranked.rests_on, [])) as rests_on
from asked
left join ranked
  on ranked.id = asked.id and ranked.whom is not distinct from asked.whom and ranked.place = 1
