-- rival: two stated totals of the same thing that are not the same statement.
-- one row per: total and rival
-- reads: reconciled, claim, book.actor_line
-- rule: the same provider or one that is part of the other, likewise the receiver, the same stage and
--   unit, no other via or what, nothing else covered, and periods that overlap; levels of different
--   days are a series
with used as (
    select reconciled.fact, reconciled.id, reconciled.who, reconciled.whom, reconciled.via,
           reconciled.what, reconciled.stage, reconciled.unit, reconciled.since, reconciled.until,
           reconciled.said_on, reconciled.known, claim.covers,
           coalesce(reconciled.measure, 'increment') as measure
    from reconciled
    join claim on claim.fact = reconciled.fact
    where reconciled.position = 1
),
kin as (
    select actor as one, ancestor as other from book.actor_line
    union
    select ancestor, actor from book.actor_line
),
-- the providers are kin, or neither total names one
paired as (
    select one.fact as one, other.fact as other
    from used as one
    join kin on kin.one = one.who
    join used as other on other.who = kin.other and other.stage = one.stage and other.unit = one.unit
    union all
    select one.fact, other.fact
    from used as one
    join used as other on other.stage = one.stage and other.unit = one.unit
    where one.who is null and other.who is null
),
alike as (
    select one.fact, other.fact as rival, other.id, other.known,
           one.whom is null and other.whom is null and (one.via = other.via or one.what = other.what) as is_about_no_one
    from paired
    join used as one on one.fact = paired.one
    join used as other on other.fact = paired.other
    where one.fact <> other.fact
      and (one.covers is null or other.covers is null or list_has_any(one.covers, other.covers))
      and (one.via is null or other.via is null or one.via = other.via)
      and (one.what is null or other.what is null or one.what = other.what)
      and (one.until is null or other.since is null or other.since <= one.until)
      and (other.until is null or one.since is null or one.since <= other.until)
      and (one.measure = 'increment' or other.measure = 'increment' or one.said_on = other.said_on)
),
received as (
    select fact, unnest(whom) as whom from used
)
select distinct alike.fact, alike.id as rival, alike.known
from alike
join received as one on one.fact = alike.fact
join kin on kin.one = one.whom
join received as other on other.fact = alike.rival and other.whom = kin.other
union
select fact, id as rival, known from alike where is_about_no_one
