-- indicators: what was counted on the ground; each source is a series of its own.
-- one row per: live indicator
-- reads: counted_indicator
-- series: the series, else what was counted; place: where, else the place or body counted
-- value: in unit; null where no figure was given, never zero
-- is_used: false for a report that another report of the same count outranks; rivals: those reports of the
--   count that give another figure
select coalesce(series, what) as series, coalesce(place, array_to_string(whom, ', ')) as place, period,
       amount as value, unit, who, source, what, comparator, measure, since, until, known, is_used, rivals, whom, id,
       [id] as rests_on
from counted_indicator
