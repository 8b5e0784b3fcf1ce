-- edge: which fact stands directly under which: it fulfils it, draws on it, or is part of it.
-- one row per: fact, fact above it and relation
-- reads: reported, joined, book.judgement
-- relation: toward, draws_on or part_of
-- above: the fact of a live entry of support; what is not known yet is above nothing
with named as (
    select fact, unnest(toward) as target, 'toward' as relation from reported
    union all
    select fact, unnest(draws_on) as target, 'draws_on' as relation from reported
    union all
    select fact, part_of as target, 'part_of' as relation from reported where part_of is not null
    union all
    select coalesce(joined.fact, judgement.entry) as fact, judgement.other as target, judgement.judgement as relation
    from book.judgement as judgement
    left join joined on joined.id = judgement.entry
    where judgement.judgement in ('draws_on', 'part_of') and is_known(judgement.known)
),
resolved as (
    -- a target that was corrected leads to the fact that its correction reports
    select named.fact, coalesce(joined.fact, named.target) as above, named.relation
    from named
    left join joined on joined.id = named.target
)
select distinct resolved.fact, resolved.above, resolved.relation
from resolved
where resolved.fact <> resolved.above
  and resolved.fact in (select fact from reported)
  and resolved.above in (select fact from reported)
