-- could_pass: TODO.
-- one row per: TODO
-- reads: entries
select null as member, null as last_vote, null as stance, null as verdict, null as rests_on from entries where false
