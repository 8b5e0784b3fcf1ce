-- alike: pairs of entries that report one fact: judged the same, corrected, copied, or of one event.
-- one row per: entry and other, in both directions
-- reads: book.judgement, copied, coincident
-- stored: yes
with pair as (
    select entry, other from book.judgement
    where judgement in ('same', 'corrects') and is_known(known)
    union
    select entry, other from copied
    union
    select entry, other from coincident
)
select entry, other from pair
union
select other as entry, entry as other from pair
