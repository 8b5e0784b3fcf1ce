-- force_figure: every figure that says how many people came to a force, are there, or are promised to it.
-- one row per: force and fact or stated total about its people
-- reads: fact, reported, claim, total, joined, activity, book.people, book.actor_line
-- force: the activity that they are with (whom or via): a mission, a force, a unit, or one without a type
-- stage: delivered (came), used (serve there) or pledged, committed (promised)
-- contributor: who sent them; an office stands for the actor it is part of where that one sent people
--   too; null for a figure of the whole force
-- role: police, military or civilian; null for a contributor whose figures do not all tell it, or tell
--   but one: its people are then kept together
-- day: the last day on which it can have happened, or the day it was said where that is earlier
-- lowest, highest: the least and the most among the reports of the one fact
with force as (
    select id from activity where coalesce(type, 'force') in ('mission', 'force', 'unit')
),
said as (
    select fact.fact, fact.id, fact.stage, fact.who, fact.measure, fact.amount, fact.unit, people.role,
           greatest(fact.since, least(fact.until, fact.known)) as day, fact.reports,
           unnest(list_distinct(list_append(coalesce(fact.whom, []), fact.via))) as force
    from fact
    join book.people as people on people.noun = strip_accents(split_part(fact.unit, ' ', -1))
    where fact.stage in ('pledged', 'committed', 'delivered', 'used')
      and fact.is_trusted and fact.amount is not null and people.role <> 'harmed'
    union all by name
    -- a total that says "up to" or "fewer than" does not say how many are there
    select claim.fact, claim.id, claim.stage, claim.who, claim.measure, claim.stated as amount, claim.unit,
           people.role, greatest(claim.since, least(claim.until, claim.known)) as day, claim.reports,
           unnest(list_distinct(list_append(coalesce(claim.whom, []), claim.via))) as force
    from claim
    join book.people as people on people.noun = strip_accents(split_part(claim.unit, ' ', -1))
    where claim.stage in ('delivered', 'used') and claim.measure = 'level'
      and claim.trust < 4.0 and claim.stated is not null and claim.comparator not in ('<', 'up to')
      and people.role <> 'harmed'
),
reported_figure as (
    select fact, min(amount) as lowest, max(amount) as highest
    from (
        select fact, amount, unit from reported where is_joined and trust < 4.0
        union all
        select joined.fact, total.quantity as amount, total.unit
        from total
        join joined on joined.id = total.id
    ) as report
    join book.people as people on people.noun = strip_accents(split_part(report.unit, ' ', -1))
    group by fact
),
placed as (
    select said.*, coalesce(reported_figure.lowest, said.amount) as lowest,
           coalesce(reported_figure.highest, said.amount) as highest
    from said
    join force on force.id = said.force
    left join reported_figure on reported_figure.fact = said.fact
),
sender as (
    select distinct force, who from placed where who is not null and who <> force
),
-- an actor with few above it stands near the top of its line
height as (
    select actor, count(*) as above from book.actor_line group by actor
),
headed as (
    select sender.force, sender.who, arg_min(upper.who, height.above) as contributor
    from sender
    join book.actor_line as line on line.actor = sender.who
    join sender as upper on upper.force = sender.force and upper.who = line.ancestor
    join height on height.actor = upper.who
    group by sender.force, sender.who
),
told as (
    select headed.force, headed.contributor,
           count(distinct placed.role) > 1 and not bool_or(placed.role = 'people') as is_told
    from headed
    join placed on placed.force = headed.force and placed.who = headed.who
    group by headed.force, headed.contributor
)
select placed.force, placed.stage, placed.fact, placed.id, placed.who, headed.contributor,
       case when told.is_told then placed.role end as role,
       placed.measure, placed.day, placed.lowest, placed.highest, placed.unit, placed.reports
from placed
left join headed on headed.force = placed.force and headed.who = placed.who
left join told on told.force = headed.force and told.contributor = headed.contributor
where placed.day <= as_of()
