-- changes: what came to be known, and what it changed.
-- one row per: change and the entry that changed; in the order of `known` they tell the history
-- reads: statement, joined, condition, condition_word, book.judgement
-- change: new (a statement that corrects nothing and changes no state), revised (a correction, or a
--   level that replaces an earlier one of its series), withdrawn (a promise or an ask withdrawn,
--   cancelled or lapsed), frozen, released, open; of a condition met, breached, waived, lapsed or open;
--   judged (a line of links.csv)
-- before, after: figures or words; before is null where there was nothing
-- known: the day from which the change holds: a state no sooner than it happened, a judgement from the
--   day on which it was recorded
-- rests_on: the entry and what changed it
with said as (
    select statement.id, statement.kind, statement.stage, statement.who, statement.whom, statement.via, statement.what,
           statement.place, statement.unit, statement.amount, statement.measure, statement.about, statement.word,
           statement.until, statement.known, statement.trust, statement.is_live, coalesce(joined.fact, statement.id) as fact,
           case
               when statement.amount is null then coalesce(statement.word, statement.what, 'no figure')
               else concat_ws(' ', case when statement.kind = 'status' then statement.word end,
                              comparator_word(statement.comparator), short(statement.amount), statement.unit)
           end as words
    from statement
    left join joined on joined.id = statement.id
),
corrections as (
    select judgement.entry as id, judgement.other, judgement.known
    from book.judgement as judgement
    join said as later on later.id = judgement.entry
    join said as earlier on earlier.id = judgement.other
    where judgement.judgement = 'corrects' and is_known(judgement.known)
      -- a correction that was known before what it corrects is the first word about it
      and not coalesce(later.known < earlier.known, false)
),
-- each level against the latest of its series that was known before it
levels as (
    select id, kind, stage, fact, words, amount, known,
           hash(kind, stage, who, list_sort(whom), via, what, place, unit) as series,
           concat(until, '|', known, '|', id) as turn
    from said
    where measure in ('level', 'cumulative') and amount is not null and trust < 4
),
followed as (
    select *, max(turn) over (partition by series order by known nulls last, turn rows between unbounded preceding and 1 preceding) as latest
    from levels
),
replaced as (
    select later.id, later.kind, earlier.words as before, later.words as after, later.known, earlier.id as other
    from followed as later
    join levels as earlier on earlier.series = later.series and earlier.turn = later.latest
    where later.turn > later.latest and later.fact <> earlier.fact and later.amount <> earlier.amount
      and later.id not in (select id from corrections)
),
-- the words about promises and asks, and about conditions; of each the one before
stated as (
    select distinct on (thing.fact, status.id) thing.id, thing.kind, thing.fact, status.word as state, status.words as after,
           greatest(status.known, status.until) as known, status.id as decided_by, thing.words as first,
           concat(coalesce(status.until, date '0001-01-01'), '|', status.known, '|', status.id) as turn
    from (select *, unnest(about) as target from said where kind = 'status' and is_live) as status
    join said as thing on thing.id = status.target
    where thing.kind in ('ask', 'pledge', 'commitment', 'disbursement', 'delivery', 'use', 'total')
      and status.word in ('withdrawn', 'cancelled', 'lapsed', 'frozen', 'released', 'open')
      and coalesce(status.until, date '0001-01-01') <= as_of()
    order by thing.fact, status.id, thing.id
),
hinged as (
    select word.id, 'condition' as kind, word.fact, word.state, word.state as after,
           greatest(word.known, word.since, condition.known) as known, word.decided_by, 'open' as first,
           concat(coalesce(word.since, date '0001-01-01'), '|', word.known, '|', word.decided_by) as turn
    from condition_word as word
    join condition on condition.id = word.id
    where word.id in (select min(id) from condition_word group by fact)
),
turned as (
    select *,
           arg_max(state, turn) over past as state_then, arg_max(after, turn) over past as after_then,
           arg_max(decided_by, turn) over past as decided_then
    from (select * from stated union all select * from hinged) as word
    window past as (partition by kind = 'condition', fact order by known nulls last, turn rows unbounded preceding)
),
compared as (
    select *,
           coalesce(lag(state_then) over (partition by kind = 'condition', fact order by known nulls last, turn), 'open') as state_before,
           coalesce(lag(after_then) over (partition by kind = 'condition', fact order by known nulls last, turn), first) as before
    from turned
),
decided as (
    select id, kind,
           case when kind <> 'condition' and state_then in ('withdrawn', 'cancelled', 'lapsed') then 'withdrawn' else state_then end as change,
           before, after_then as after, known, decided_then as decided_by
    from compared
    where state_then <> state_before and not (kind <> 'condition' and state_then = 'released' and state_before = 'open')
)
select said.id, said.kind, said.who, said.via, 'new' as change, null as before, said.words as after, said.known, [said.id] as rests_on
from said
where said.id not in (select id from corrections)
  and said.id not in (select id from replaced)
  and (said.kind <> 'status' or said.id not in (select decided_by from decided))
union all
select later.id, later.kind, later.who, later.via, 'revised' as change, earlier.words as before, later.words as after,
       corrections.known, list_sort([later.id, earlier.id]) as rests_on
from corrections
join said as later on later.id = corrections.id
join said as earlier on earlier.id = corrections.other
union all
select replaced.id, replaced.kind, said.who, said.via, 'revised' as change, replaced.before, replaced.after, replaced.known,
       list_sort([replaced.id, replaced.other]) as rests_on
from replaced
join said on said.id = replaced.id
union all
select decided.id, decided.kind, said.who, said.via, decided.change, decided.before, decided.after, decided.known,
       list_sort(list_distinct([decided.id, decided.decided_by])) as rests_on
from decided
join said on said.id = decided.id
union all
select judgement.entry as id, said.kind, said.who, said.via, 'judged' as change, null as before,
       replace(judgement.judgement, '_', ' ') || case judgement.judgement when 'same' then ' as ' when 'different' then ' from ' else ' ' end
           || judgement.other as after,
       try_cast(judgement.day as date) as known, list_sort([judgement.entry, judgement.other]) as rests_on
from book.judgement as judgement
join said on said.id = judgement.entry
where is_known(judgement.known) and is_known(try_cast(judgement.day as date))
