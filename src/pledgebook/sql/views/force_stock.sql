-- force_stock: how many people are in a force after each day on which some came, left or were counted.
-- one row per: force, day and reading
-- reads: force_part, force_whole
-- rule: arrivals add, departures and losses take away. A stated level of the whole force replaces all
--   that was counted up to its day; what comes or goes later changes it, and a later level of one
--   contributor changes it by the difference to what was counted of that contributor, unless the
--   whole had held that difference already: it was more, or less, than all contributors together
-- reading: lowest or highest, of the reports of each fact
-- present: null from the day on which more left than is known to have come: unknown, never negative
-- over: by how many more left than came, on the day on which that begins; gone: how many left of
--   whom; short_of: the contributor whose people they are, null where it is the force
-- whole_day: the day of the stated level of the whole that is in use; null while none was stated
with stepped as (
    select force, reading, contributor, day, moved, gone, present,
           present - coalesce(lag(present) over part, 0) as grown,
           gone - coalesce(lag(gone) over part, 0) as gone_grown
    from force_part
    window part as (partition by force, reading, contributor, role order by day)
),
daily as (
    select force, reading, day, sum(grown) as grown, sum(moved) as moved, sum(gone_grown) as gone,
           -- people of one contributor may be missing in what is counted, but not in a whole
           min(present) filter (where contributor is not null and present < 0) as least,
           min_by(contributor, present) filter (where contributor is not null and present < 0) as short_of,
           min_by(gone, present) filter (where contributor is not null and present < 0) as short_gone
    from stepped
    group by force, reading, day
    union all
    select force, reading.name as reading, day, 0, 0, 0, null, null, null
    from force_whole
    cross join (values ('lowest'), ('highest')) as reading (name)
),
run as (
    select daily.force, daily.reading, daily.day, max(whole.day) over so_far as whole_day,
           sum(daily.grown) over so_far as counted, sum(daily.moved) over so_far as moved,
           sum(daily.gone) over so_far as gone, daily.least, daily.short_of, daily.short_gone
    from (
        select force, reading, day, sum(grown) as grown, sum(moved) as moved, sum(gone) as gone, min(least) as least,
               min(short_of) as short_of, min(short_gone) as short_gone
        from daily
        group by force, reading, day
    ) as daily
    left join force_whole as whole on whole.force = daily.force and whole.day = daily.day
    window so_far as (partition by daily.force, daily.reading order by daily.day)
),
based as (
    select run.force, run.reading, run.day, run.whole_day, run.counted, run.least, run.short_of, run.short_gone,
           run.gone - coalesce(base.gone, 0) as gone,
           case run.reading when 'lowest' then whole.lowest else whole.highest end as said,
           base.counted as counted_then, run.moved - base.moved as moved
    from run
    left join run as base
      on base.force = run.force and base.reading = run.reading and base.day = run.whole_day
    left join force_whole as whole on whole.force = run.force and whole.day = run.whole_day
),
compared as (
    select *, said - counted_then as held, counted - counted_then - moved as levelled from based
),
summed as (
    select *,
           case
               when whole_day is null then counted
               else said + moved + levelled - greatest(least(levelled, greatest(held, 0)), least(held, 0))
           end as sum
    from compared
),
judged as (
    select *,
           sum < 0 as is_over, whole_day is null and least < 0 as is_short,
           bool_or(sum < 0 or (whole_day is null and least < 0)) over (
               partition by force, reading, whole_day order by day) as is_unknown
    from summed
)
select force, reading, day, whole_day, case when is_unknown then null else sum end as present,
       case
           when coalesce(lag(is_unknown) over (partition by force, reading, whole_day order by day), false) then null
           when is_over then -sum
           when is_short then -least
       end as over,
       case when is_over then gone when is_short then short_gone end as gone,
       case when not is_over and is_short then short_of end as short_of
from judged
