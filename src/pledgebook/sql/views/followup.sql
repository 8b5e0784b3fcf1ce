-- followup: TODO.
-- one row per: TODO
-- reads: entries
select null as ask, null as who, null as promised, null as delivered, null as after_30, null as after_90, null as after_365, null as rests_on from entries where false
