-- equipment: TODO.
-- one row per: TODO
-- reads: entries
select null as what, null as whom, null as pledged, null as delivered, null as in_use, null as lost, null as rests_on from entries where false
