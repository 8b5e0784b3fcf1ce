-- strength: TODO.
-- one row per: TODO
-- reads: entries
select null as activity, null as date, null as present, null as pledged, null as ceiling, null as rests_on from entries where false
