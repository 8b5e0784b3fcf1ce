-- strength: how many people are in each force, against what was promised to it and what it may have.
-- one row per: force and day on which any of these changes; two where the reports of one fact differ
-- reads: force_part, force_whole, force_stock, force_pledged, force_figure, force_left, ceiling_set, activity
-- date: the day from which the row holds, up to the next row
-- reading: lowest or highest, where reports differ; null where they agree
-- present: arrivals less departures since the latest stated level; null is unknown, never zero, and
--   what is authorised or promised is never present
-- pledged: people promised to it that count on the day; ceiling: of the latest mandate of the day that
--   sets one, else of the activity; mandate: which
-- basis: itemised, or stated where a stated level is in it (R1); parts: the same by contributor, where
--   "rest" is what no contributor is named for
-- unit: the noun where all figures share one, else people
with days as (
    select force, day, true as is_moved from force_stock
    union
    select force, since, true from force_pledged
    union
    select force, until, true from force_pledged where until is not null
    union
    select force, since, false from ceiling_set
    union
    select force, until + 1, false from ceiling_set where until < this_day()
),
day_of as (
    select force, day, bool_or(is_moved) as is_moved from days where day <= as_of() group by force, day
),
counted as (
    select day_of.force, day_of.day, day_of.is_moved, low.present as lowest, high.present as highest,
           low.whole_day, low.force is not null as is_counted
    from day_of
    asof left join (from force_stock where reading = 'lowest') as low
      on low.force = day_of.force and day_of.day >= low.day
    asof left join (from force_stock where reading = 'highest') as high
      on high.force = day_of.force and day_of.day >= high.day
),
allowed as (
    select day_of.force, day_of.day, max_by(ceiling_set.ceiling, (ceiling_set.since, ceiling_set.id)) as ceiling,
           max_by(ceiling_set.id, (ceiling_set.since, ceiling_set.id)) as mandate
    from day_of
    join ceiling_set on ceiling_set.force = day_of.force and ceiling_set.since <= day_of.day
    where coalesce(ceiling_set.until >= day_of.day, true)
    group by day_of.force, day_of.day
),
promised as (
    -- once there were promises, none is a zero that is known
    select day_of.force, day_of.day,
           coalesce(sum(pledged.amount) filter (where coalesce(pledged.until > day_of.day, true)), 0) as pledged,
           flatten(list(pledged.reports) filter (where coalesce(pledged.until > day_of.day, true))) as reports
    from day_of
    join force_pledged as pledged on pledged.force = day_of.force and pledged.since <= day_of.day
    group by day_of.force, day_of.day
),
-- each part holds from its day up to its next
part as (
    select *, lead(day) over (partition by force, contributor, role, reading order by day) as next_day
    from force_part
),
standing as (
    select counted.force, counted.day, part.reading,
           -- what came before a stated whole is replaced by it
           flatten(list(part.reports) filter (where coalesce(part.next_level > counted.day, true)
               and coalesce(part.day > counted.whole_day
                            or (part.day = counted.whole_day and part.basis <> 'itemised'), true))) as reports,
           bool_or(part.basis <> 'itemised') filter (where coalesce(part.next_day > counted.day, true)) as is_stated,
           sum(part.present) filter (where part.contributor is not null and coalesce(part.next_day > counted.day, true)) as named,
           list(concat_ws(' ', part.contributor, part.role, short(part.present), part.basis)
                order by part.contributor, part.role) filter (
                    where part.contributor is not null and part.present <> 0
                      and coalesce(part.next_day > counted.day, true)) as parts
    from counted
    join part on part.force = counted.force and part.day <= counted.day
    group by counted.force, counted.day, part.reading
),
noun as (
    select force, case when count(distinct unit) = 1 then min(unit) else 'people' end as unit
    from (select force, unit from force_figure union all select force, unit from force_left)
    group by force
),
gathered as (
    select counted.force, counted.day, counted.is_moved, counted.is_counted, counted.lowest, counted.highest,
           reading.name as reading,
           case reading.name when 'lowest' then counted.lowest else counted.highest end as present,
           counted.whole_day, promised.pledged, coalesce(allowed.ceiling, activity.ceiling) as ceiling, allowed.mandate,
           coalesce(noun.unit, activity.ceiling_unit, 'people') as unit,
           standing.is_stated, standing.named, standing.parts,
           list_sort(list_distinct(
               coalesce(standing.reports, []) || coalesce(whole.reports, []) || coalesce(promised.reports, [])
               || case when allowed.mandate is null then [] else [allowed.mandate] end)) as rests_on
    from counted
    cross join (values ('lowest'), ('highest')) as reading (name)
    join activity on activity.id = counted.force
    left join allowed on allowed.force = counted.force and allowed.day = counted.day
    left join promised on promised.force = counted.force and promised.day = counted.day
    left join standing
      on standing.force = counted.force and standing.day = counted.day and standing.reading = reading.name
    left join force_whole as whole on whole.force = counted.force and whole.day = counted.whole_day
    left join noun on noun.force = counted.force
),
changed as (
    select *, ceiling is distinct from lag(ceiling) over (partition by force, reading order by day) as is_new_ceiling
    from gathered
)
select force as activity, day as date, present, pledged, ceiling,
       case when lowest is distinct from highest then reading end as reading, unit,
       case when is_counted then case when whole_day is not null or is_stated then 'stated' else 'itemised' end end as basis,
       case
           when present is null then null
           when present = coalesce(named, 0) then coalesce(parts, [])
           else coalesce(parts, []) || ['rest ' || short(present - coalesce(named, 0)) || ' derived']
       end as parts,
       mandate, rests_on
from changed
where (is_moved or is_new_ceiling) and (reading = 'lowest' or lowest is distinct from highest)
