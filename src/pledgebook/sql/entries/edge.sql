-- edge: which fact stands directly under which: it fulfils it, draws on it, or is part of it.
-- one row per: fact, fact above it and relation
-- reads: reported, joined, book.judgement
-- stored: yes
-- relation: toward, draws_on or part_of
-- above: the fact of a live entry of support; what is not known yet is above nothing
with named as (
    select fact, is_joined, unnest(as_set(toward)) as target, 'toward' as relation
    from reported
    where toward is not null
    union all
    select fact, is_joined, unnest(as_set(draws_on)) as target, 'draws_on' as relation
    from reported
    where draws_on is not null
    union all
    select fact, is_joined, part_of as target, 'part_of' as relation
    from reported
    where part_of is not null
    union all
    select reported.fact, true as is_joined, judgement.other as target, judgement.judgement as relation
    from book.judgement as judgement
    left join joined on joined.id = judgement.entry
    join (select distinct fact from reported) as reported on reported.fact = coalesce(joined.fact, judgement.entry)
    where judgement.judgement in ('draws_on', 'part_of') and is_known(judgement.known)
),
resolved as (
    -- a target that was corrected leads to the fact that its correction reports
    select named.fact, coalesce(joined.fact, named.target) as above, named.relation,
           named.is_joined or joined.fact is not null as is_joined
    from named
    left join joined on joined.id = named.target
),
standing as (
    select resolved.fact, resolved.above, resolved.relation, resolved.is_joined
    from resolved
    where resolved.fact <> resolved.above
      and resolved.above in (select fact from reported)
)
-- only what several entries report can be named twice
select fact, above, relation from standing where not is_joined
union all
select distinct fact, above, relation from standing where is_joined
