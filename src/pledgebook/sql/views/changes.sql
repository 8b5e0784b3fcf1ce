-- changes: TODO.
-- one row per: TODO
-- reads: entries
select null as id, null as kind, null as change, null as before, null as after, null as known from entries where false
