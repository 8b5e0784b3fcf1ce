-- edge_to_ask: which fact of support answers which ask.
-- one row per: fact and ask
-- reads: reported, ask, joined
-- stored: yes
with named as (
    select distinct fact, unnest(toward) as target
    from reported
)
select distinct named.fact, ask.id as ask
from named
join ask on ask.id = named.target
