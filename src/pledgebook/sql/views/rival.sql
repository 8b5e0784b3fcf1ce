-- rival: two stated totals of the same thing that are not the same statement.
-- one row per: total and rival
-- reads: reconciled, claim, kin
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
received as (
    select fact, stage, unit, unnest(whom) as whom from used
),
-- the receivers are kin or, where neither total names one, both are about one activity or one thing
touching as (
    select one.fact, other.fact as rival
    from received as one
    join kin on kin.one = one.whom
    join received as other on other.whom = kin.other and other.stage = one.stage and other.unit = one.unit
    union
    select one.fact, other.fact
    from used as one
    join used as other on other.via = one.via and other.stage = one.stage and other.unit = one.unit
    where one.whom is null and other.whom is null
    union
    select one.fact, other.fact
    from used as one
    join used as other on other.what = one.what and other.stage = one.stage and other.unit = one.unit
    where one.whom is null and other.whom is null
)
select touching.fact, other.id as rival, other.known
from touching
join used as one on one.fact = touching.fact
join used as other on other.fact = touching.rival
left join kin on kin.one = one.who and kin.other = other.who
where touching.fact <> touching.rival
  -- the providers are kin, or neither total names one
  and (kin.one is not null or (one.who is null and other.who is null))
  and (one.covers is null or other.covers is null or list_has_any(one.covers, other.covers))
  and (one.via is null or other.via is null or one.via = other.via)
  and (one.what is null or other.what is null or one.what = other.what)
  and (one.until is null or other.since is null or other.since <= one.until)
  and (other.until is null or one.since is null or one.since <= other.until)
  and (one.measure = 'increment' or other.measure = 'increment' or one.said_on = other.said_on)
