-- force_whole: how many people somebody said a whole force has.
-- one row per: force and day
-- reads: force_figure
-- lowest, highest: the least and the most that was said of that day
select force, day, min(lowest) as lowest, max(highest) as highest,
       list_sort(list_distinct(flatten(list(reports)))) as reports
from force_figure
where measure = 'level' and stage in ('delivered', 'used') and contributor is null
group by force, day
