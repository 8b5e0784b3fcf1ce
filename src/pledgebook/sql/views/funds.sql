-- funds: TODO.
-- one row per: TODO
-- reads: entries
select null as activity, null as unit, null as pledged, null as received, null as spent, null as frozen, null as balance, null as basis, null as rests_on from entries where false
