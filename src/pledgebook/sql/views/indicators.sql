-- indicators: TODO.
-- one row per: TODO
-- reads: entries
select null as series, null as place, null as period, null as value, null as unit, null as rests_on from entries where false
