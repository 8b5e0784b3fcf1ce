-- mandates: TODO.
-- one row per: TODO
-- reads: entries
select null as id, null as body, null as symbol, null as adopted, null as expires, null as yes, null as no, null as abstain, null as absent, null as carried, null as rests_on from entries where false
