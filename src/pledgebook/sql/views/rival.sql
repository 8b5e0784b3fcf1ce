-- rival: two stated totals of the same thing that are not the same statement.
-- one row per: total and rival
-- reads: reconciled, book.actor_line
-- rule: the same provider or one that is part of the other, likewise the receiver, the same stage and
--   unit, no other via or what, and periods that overlap; levels of different days are a series
with used as (
    select fact, id, who, whom, via, what, stage, unit, since, until, said_on, measure, known
    from reconciled
    where position = 1
)
select one.fact, other.id as rival, other.known
from used as one
join used as other
  on other.fact <> one.fact
 and other.stage = one.stage
 and other.unit = one.unit
where (one.who = other.who
       or exists (select 1 from book.actor_line as line where line.actor = one.who and line.ancestor = other.who)
       or exists (select 1 from book.actor_line as line where line.actor = other.who and line.ancestor = one.who)
       or (one.who is null and other.who is null))
  and (list_has_any(one.whom, other.whom)
       or exists (select 1 from book.actor_line as line where list_contains(one.whom, line.actor) and list_contains(other.whom, line.ancestor))
       or exists (select 1 from book.actor_line as line where list_contains(other.whom, line.actor) and list_contains(one.whom, line.ancestor))
       or (one.whom is null and other.whom is null and (one.via = other.via or one.what = other.what)))
  and (one.via is null or other.via is null or one.via = other.via)
  and (one.what is null or other.what is null or one.what = other.what)
  and (one.until is null or other.since is null or other.since <= one.until)
  and (other.until is null or one.since is null or one.since <= other.until)
  and (coalesce(one.measure, 'increment') = 'increment' or coalesce(other.measure, 'increment') = 'increment'
       or one.said_on = other.said_on)
