-- joined: entries that report one fact with others: judged the same, corrected, copied, or of one event.
-- one row per: entry that is joined to another as of the day; all other entries are facts of their own
-- reads: book.judgement, copied, coincident
-- fact: the first id, in the alphabet, among all that are joined at any remove
with recursive pair as (
    select entry, other from book.judgement
    where judgement in ('same', 'corrects') and is_known(known)
    union
    select entry, other from copied
    union
    select entry, other from coincident
),
edge as (
    select entry as one, other from pair
    union
    select other as one, entry as other from pair
),
named (id, fact) using key (id) as (
    select one as id, min(least(one, other)) as fact
    from edge
    group by one
    union
    select edge.one as id, min(named.fact) as fact
    from named
    join edge on edge.other = named.id
    join recurring.named as present on present.id = edge.one
    where named.fact < present.fact
    group by edge.one
)
select id, fact from named
