-- flows: TODO.
-- one row per: TODO
-- reads: entries
select null as provider, null as receiver, null as via, null as stage, null as unit, null as amount, null as cut, null as rests_on from entries where false
