-- scoped: which items a stated total is about.
-- one row per: total and item
-- reads: claim, item, under, joined, scoped_count, book.actor_line, book.activity_line
-- stage: the rung that the item has reached; a total of what was `spent` takes what was paid and
--   what was committed, a total of what was `received` what was paid
-- rule: `covers` names activities (entries via them) or promises (the promise itself, and what
--   fulfils it or draws on it at any remove); without it the total is about the same provider or
--   its offices, the same receiver or its parts, and the same via, what and unit where it names them;
--   a total of what was `counted` is about indicators: see scoped_count
with wanted as (
    select claim.fact as total, claim.unit, claim.who, claim.whom, claim.via, claim.what,
           unnest(case claim.stage
                      when 'spent' then ['disbursed', 'committed']
                      when 'received' then ['disbursed']
                      else [claim.stage]
                  end) as stage,
           claim.covers
    from claim
),
covered as (
    select total, unit, stage, unnest(covers) as target
    from wanted
    where covers is not null
),
placed as (
    select covered.total, covered.stage, item.fact
    from covered
    join book.activity_line as line on line.ancestor = covered.target
    join item on item.via = line.activity and item.stage = covered.stage and item.unit = covered.unit
    union
    select covered.total, covered.stage, item.fact
    from covered
    left join joined on joined.id = covered.target
    join item
      on item.fact = coalesce(joined.fact, covered.target)
     and item.stage = covered.stage and item.unit = covered.unit
    union
    select covered.total, covered.stage, item.fact
    from covered
    left join joined on joined.id = covered.target
    join under on under.above = coalesce(joined.fact, covered.target)
    join item on item.fact = under.fact and item.stage = covered.stage and item.unit = covered.unit
    union
    select wanted.total, wanted.stage, item.fact
    from wanted
    join book.actor_line as provider on provider.ancestor = wanted.who
    join item on item.who = provider.actor and item.stage = wanted.stage and item.unit = wanted.unit
    where wanted.covers is null and wanted.stage <> 'counted'
      and (wanted.via is null or item.via in (select activity from book.activity_line where ancestor = wanted.via))
      and (wanted.what is null or item.what is null or item.what = wanted.what)
      and (wanted.whom is null or list_has_any(wanted.whom, item.whom) or exists (
              select 1 from book.actor_line as receiver
              where list_contains(item.whom, receiver.actor) and list_contains(wanted.whom, receiver.ancestor)))
    union
    -- a total that names no provider is about all of them
    select wanted.total, wanted.stage, item.fact
    from wanted
    join item on item.stage = wanted.stage and item.unit = wanted.unit
    where wanted.covers is null and wanted.who is null and wanted.stage <> 'counted'
      and (wanted.whom is not null or wanted.via is not null)
      and (wanted.via is null or item.via in (select activity from book.activity_line where ancestor = wanted.via))
      and (wanted.what is null or item.what is null or item.what = wanted.what)
      and (wanted.whom is null or list_has_any(wanted.whom, item.whom) or exists (
              select 1 from book.actor_line as receiver
              where list_contains(item.whom, receiver.actor) and list_contains(wanted.whom, receiver.ancestor)))
    union
    select total, 'counted', fact from scoped_count
)
select total, stage, fact from placed
