-- force_part: how many people of one contributor are in a force after each day on which that changes.
-- one row per: force, contributor, role, day and reading
-- reads: force_figure, force_left, force_whole
-- contributor: null for departures of which nobody says whose people left
-- reading: lowest, where the fewest came and the most left, and highest
-- present: the latest stated level, and what came and left after its day; where none was stated, all
--   that came and left; negative where more left than is known to have come
-- basis: itemised, stated (a level is in it) or derived: a level that nobody stated, namely what the levels
--   of all the other contributors leave of a stated whole of the same day, for the only one without
-- moved: what came and left on the day; gone: how many left since the level
-- reports: the entries of the day; next_level: the day of the next level, from which the row counts no more
with moved as (
    select force, contributor, role, day, measure = 'level' as is_level, lowest, highest,
           0 as left_lowest, 0 as left_highest, reports
    from force_figure
    where contributor is not null
      and case measure when 'increment' then stage = 'delivered'
                       when 'level' then stage in ('delivered', 'used') else false end
    union all
    -- of an arrival that left whole as many left as came
    select force, contributor, role, day, false as is_level,
           case when arrival is null then -highest else -lowest end as lowest,
           case when arrival is null then -lowest else -highest end as highest,
           case when arrival is null then highest else lowest end as left_lowest,
           case when arrival is null then lowest else highest end as left_highest, reports
    from force_left
),
dated as (
    select force, contributor, role, day, case when bool_or(is_level) then 'stated' end as level,
           min(lowest) filter (where is_level) as level_lowest, max(highest) filter (where is_level) as level_highest,
           coalesce(sum(lowest) filter (where not is_level), 0) as moved_lowest,
           coalesce(sum(highest) filter (where not is_level), 0) as moved_highest,
           sum(left_lowest) as left_lowest, sum(left_highest) as left_highest,
           list_sort(list_distinct(flatten(coalesce(list(reports) filter (where is_level), list(reports))))) as reports
    from moved
    group by force, contributor, role, day
),
-- beside a stated whole: who has sent people, and whose number was stated for the same day
beside as (
    select whole.force, whole.day, dated.contributor, max(dated.role) as role,
           count(distinct dated.role) as roles, bool_or(dated.day = whole.day and dated.level is not null) as is_told,
           sum(dated.level_lowest) filter (where dated.day = whole.day) as lowest,
           sum(dated.level_highest) filter (where dated.day = whole.day) as highest,
           flatten(list(dated.reports) filter (where dated.day = whole.day and dated.level is not null)) as reports
    from force_whole as whole
    join dated on dated.force = whole.force and dated.contributor is not null and dated.day <= whole.day
    group by whole.force, whole.day, dated.contributor
),
derived as (
    select beside.force, min(beside.contributor) filter (where not beside.is_told) as contributor,
           max(beside.role) filter (where not beside.is_told) as role, beside.day,
           any_value(whole.lowest) - sum(beside.lowest) filter (where beside.is_told) as level_lowest,
           any_value(whole.highest) - sum(beside.highest) filter (where beside.is_told) as level_highest,
           list_sort(list_distinct(any_value(whole.reports)
               || flatten(list(beside.reports) filter (where beside.is_told)))) as reports
    from beside
    join force_whole as whole on whole.force = beside.force and whole.day = beside.day
    group by beside.force, beside.day
    having count(*) filter (where not beside.is_told) = 1 and count(*) filter (where beside.is_told) >= 1
       and max(beside.roles) filter (where not beside.is_told) < 2
),
levelled as (
    select force, contributor, role, day,
           coalesce(dated.level, case when derived.day is not null then 'derived' end) as level,
           coalesce(dated.level_lowest, derived.level_lowest) as level_lowest,
           coalesce(dated.level_highest, derived.level_highest) as level_highest,
           coalesce(dated.moved_lowest, 0) as moved_lowest, coalesce(dated.moved_highest, 0) as moved_highest,
           coalesce(dated.left_lowest, 0) as left_lowest, coalesce(dated.left_highest, 0) as left_highest,
           coalesce(derived.reports, dated.reports) as reports
    from dated
    full join (from derived where level_lowest >= 0 and level_highest >= 0) as derived
        using (force, contributor, role, day)
),
read as (
    select force, contributor, role, day, reading.name as reading, level,
           case reading.name when 'lowest' then level_lowest else level_highest end as stated,
           case reading.name when 'lowest' then moved_lowest else moved_highest end as moved,
           case reading.name when 'lowest' then left_lowest else left_highest end as gone,
           reports,
           count(level) over (
               partition by force, contributor, role, reading.name order by day) as turn
    from levelled
    cross join (values ('lowest'), ('highest')) as reading (name)
)
select force, contributor, role, day, reading, moved, reports,
       sum(coalesce(stated, moved)) over since as present,
       sum(case when level is null then gone else 0 end) over since as gone,
       coalesce(max(level) over since, 'itemised') as basis,
       min(day) filter (where level is not null) over (
           partition by force, contributor, role, reading order by day
           groups between 1 following and unbounded following) as next_level
from read
window since as (partition by force, contributor, role, reading, turn order by day)
