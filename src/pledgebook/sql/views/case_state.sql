-- case_state: TODO.
-- one row per: TODO
-- reads: entries
select null as id, null as stage, null as holder, null as since, null as rests_on from entries where false
