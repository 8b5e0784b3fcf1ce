-- placed: every statement that says where it happened.
-- one row per: statement with a place that is known on the day
-- reads: entries
select id, date, since, until, place
from entries
where place is not null
