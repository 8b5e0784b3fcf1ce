-- evidence: TODO.
-- one row per: TODO
-- reads: entries
select null as id, null as origins, null as contradicts, null as weakest, null as rests_on from entries where false
