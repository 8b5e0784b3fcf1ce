-- event-too-fresh: an event of the last 72 hours, or one that is still to come, with its place.
-- one row per: offending entry
-- reads: entries
-- asked: on a day
-- key: where in the entry the finding stands
select id, 'place' as key,
       case when since > this_day() then 'what is still to come stands here with its place'
            else 'what happened in the last 72 hours stands here with its place' end as message,
       'a place only with what ended more than 72 hours ago' as expected,
       coalesce(date, strftime(until, '%Y-%m-%d')) || ', ' || place as found,
       '' as difference,
       'leave the place out until ' || strftime(until + 4, '%Y-%m-%d') as remedy
from entries
where place is not null and until >= this_day()::date - 3
