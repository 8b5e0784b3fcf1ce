-- joined: entries that report one fact with others.
-- one row per: entry that is joined to another as of the day; all other entries are facts of their own
-- reads: alike
-- stored: yes
-- fact: the first id, in the alphabet, among all that are joined at any remove
with recursive named (id, fact) using key (id) as (
    select entry as id, min(least(entry, other)) as fact
    from alike
    group by entry
    union
    select alike.entry as id, min(named.fact) as fact
    from named
    join alike on alike.other = named.id
    join recurring.named as present on present.id = alike.entry
    where named.fact < present.fact
    group by alike.entry
)
select id, fact from named
