-- kept: what fulfils a pledge, draws on it or is part of it, at any remove.
-- one row per: fact under a pledge
-- reads: under, fact
-- stored: yes
select distinct under.fact
from under
where under.above in (select fact from fact where stage = 'pledged')
