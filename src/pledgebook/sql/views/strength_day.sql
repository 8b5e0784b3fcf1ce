-- strength_day: how many people are in each force, against what was promised to it and what it may have.
-- one row per: force and day on which any of these changes
-- reads: force_stock, force_pledged, force_figure, force_left, ceiling_set, activity
-- lowest, highest: the number present where the fewest came and the most left, and the reverse; null is
--   unknown, never zero, and what is authorised or promised is never present
-- is_counted: whether anybody came, left or was counted by then; whole_day: the day of the stated level of
--   the whole force that is in use
-- pledged: people promised to it that count on the day; null where nobody ever promised any
-- ceiling: of the latest mandate of the day that sets one, else of the activity; mandate: which
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
promised as (
    select force, day, sum(sum(amount)) over (partition by force order by day) as pledged
    from (
        select force, since as day, amount from force_pledged
        union all
        select force, until, -amount from force_pledged where until is not null
    )
    group by force, day
),
allowed as (
    select day_of.force, day_of.day, max_by(ceiling_set.ceiling, (ceiling_set.since, ceiling_set.id)) as ceiling,
           max_by(ceiling_set.id, (ceiling_set.since, ceiling_set.id)) as mandate
    from day_of
    join ceiling_set on ceiling_set.force = day_of.force and ceiling_set.since <= day_of.day
    where coalesce(ceiling_set.until >= day_of.day, true)
    group by day_of.force, day_of.day
),
noun as (
    select force, case when count(distinct unit) = 1 then min(unit) else 'people' end as unit
    from (select force, unit from force_figure union all select force, unit from force_left)
    group by force
),
gathered as (
    select day_of.force, day_of.day, day_of.is_moved, low.force is not null as is_counted,
           low.present as lowest, high.present as highest, low.whole_day, promised.pledged,
           coalesce(allowed.ceiling, activity.ceiling) as ceiling, allowed.mandate,
           coalesce(noun.unit, activity.ceiling_unit, 'people') as unit
    from day_of
    join activity on activity.id = day_of.force
    asof left join (from force_stock where reading = 'lowest') as low
      on low.force = day_of.force and day_of.day >= low.day
    asof left join (from force_stock where reading = 'highest') as high
      on high.force = day_of.force and day_of.day >= high.day
    asof left join promised on promised.force = day_of.force and day_of.day >= promised.day
    left join allowed on allowed.force = day_of.force and allowed.day = day_of.day
    left join noun on noun.force = day_of.force
),
changed as (
    select *, ceiling is distinct from lag(ceiling) over (partition by force order by day) as is_new_ceiling
    from gathered
)
select force, day, is_counted, lowest, highest, whole_day, pledged, ceiling, mandate, unit
from changed
where is_moved or is_new_ceiling
