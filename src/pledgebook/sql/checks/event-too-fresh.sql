-- event-too-fresh: an event of the last 72 hours, or one that is still to come, with its place.
-- one row per: offending entry, while it is still to come and in the days after it
-- reads: placed
-- holds: after a day
-- key: where in the entry the finding stands
-- since, until: the finding holds after the first and up to the second of these days; without the
--   first it holds from the first day on
with dated as (
    select id, since, until, coalesce(date, strftime(until, '%Y-%m-%d')) || ', ' || place as found
    from placed
    where until is not null
),
said as (
    select id, 'what is still to come stands here with its place' as message, found, until as last,
           cast(null as date) as since, since - 1 as until
    from dated
    where since is not null
    union all
    select id, 'what happened in the last 72 hours stands here with its place', found, until,
           since - 1, until + 3
    from dated
)
select id, 'place' as key, message,
       'a place only with what ended more than 72 hours ago' as expected,
       found,
       '' as difference,
       'leave the place out until ' || strftime(last + 4, '%Y-%m-%d') as remedy,
       since, until::date as until
from said
