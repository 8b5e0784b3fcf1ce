-- equipment_lost: the things that were lost.
-- one row per: loss and group of things, with the fact that it is about
-- reads: equipment_fact, status, joined, activity, book.people
-- rule: a status lost with a quantity about a delivery, a use or a promise of things; without one, all
--   of it. About an activity it is of the things of that unit that the activity has, where they are
--   of one sort, and else of things that are known by nothing but their unit
-- fact, stage: what it is about; null where that is an activity
with said as (
    select coalesce(joined.fact, status.id) as loss, status.id, status.quantity, status.unit,
           greatest(status.since, least(status.until, status.known)) as day, unnest(status.about) as target
    from status
    left join joined on joined.id = status.id
    where status.state = 'lost' and coalesce(status.until, date '0001-01-01') <= as_of()
      and (status.unit is null
           or strip_accents(split_part(status.unit, ' ', -1)) not in (select noun from book.people))
),
kept as (
    select holder, unit, min(name) as name, min(what) as what, min(whom) as whom,
           count(distinct (name, whom)) as sorts
    from (
        select distinct name, what, whom, unit, unnest(list_distinct(list_append(coalesce(whom, []), via))) as holder
        from equipment_fact
        where unit is not null
    )
    group by holder, unit
),
aimed as (
    select said.loss, said.id, said.day, thing.fact, thing.stage, thing.name, thing.what, thing.whom,
           coalesce(said.unit, thing.unit) as unit, coalesce(said.quantity, thing.amount) as lost,
           said.quantity is null as is_whole
    from said
    left join joined on joined.id = said.target
    join equipment_fact as thing
      on thing.fact = coalesce(joined.fact, said.target)
     and (said.unit is null or thing.unit is null or thing.unit = said.unit)
    union all by name
    select said.loss, said.id, said.day, null as fact, null as stage, coalesce(kept.name, said.unit) as name,
           coalesce(kept.what, said.unit) as what, coalesce(kept.whom, [activity.id]) as whom, said.unit,
           said.quantity as lost, false as is_whole
    from said
    join activity on activity.id = said.target
    left join kept on kept.holder = activity.id and kept.unit = said.unit and kept.sorts = 1
    where said.quantity is not null
),
-- one loss that is about a delivery and its use is one; reports of one loss are one
ranked as (
    select aimed.*,
           row_number() over (
               partition by loss, name, whom, unit, case when is_whole then fact end
               order by fact is null, id, fact) as place
    from aimed
)
select loss, id, day, fact, stage, name, what, whom, unit, lost from ranked where place = 1
