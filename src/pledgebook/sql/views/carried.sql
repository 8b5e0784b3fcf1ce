-- carried: the decisions that were adopted and not voted down.
-- one row per: decision and activity that it authorises
-- reads: mandates
-- about: the activity; since: the day of adoption; known: the day from which it is known
-- rule: an expired mandate is still one that was carried: it met what waited on it
select id, unnest(about) as about, adopted_until as since, known
from mandates
where carried and adopted_until <= as_of()
