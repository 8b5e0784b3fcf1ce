-- ceiling_set: how many people the mandates of an activity allow, and when.
-- one row per: carried mandate that sets a ceiling, and activity
-- reads: carried, mandate
-- since, until: the time for which it authorises; an open end is null
select carried.about as force, mandate.id, coalesce(mandate.symbol, mandate.id) as symbol,
       mandate.ceiling, mandate.ceiling_unit as unit,
       coalesce(mandate.starts_since, carried.since) as since, mandate.expires_until as until
from carried
join mandate on mandate.id = carried.id
where mandate.ceiling is not null
