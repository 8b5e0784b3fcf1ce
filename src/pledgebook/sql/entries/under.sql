-- under: which fact stands under which, at any remove.
-- one row per: fact and fact above it
-- reads: edge
-- stored: yes
with recursive climbed (fact, above) as (
    select fact, above from edge
    union
    select climbed.fact, edge.above
    from climbed
    join edge on edge.fact = climbed.above
    where edge.above <> climbed.fact
)
select fact, above from climbed
