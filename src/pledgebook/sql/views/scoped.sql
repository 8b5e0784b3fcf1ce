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
-- a total without `covers` is looked up by its receivers or, where it names none, by its provider
-- or its activity; whatever else it names must fit as well
asked as (
    select * from wanted where covers is null and stage <> 'counted'
),
received as (
    select item.fact, item.stage, item.unit, line.ancestor
    from (select fact, stage, unit, unnest(whom) as receiver from item) as item
    join book.actor_line as line on line.actor = item.receiver
),
looked_up as (
    select asked.total, asked.stage, received.fact
    from (select total, stage, unit, unnest(whom) as receiver from asked) as asked
    join received
      on received.ancestor = asked.receiver and received.stage = asked.stage and received.unit = asked.unit
    union
    select asked.total, asked.stage, item.fact
    from asked
    join book.actor_line as line on line.ancestor = asked.who
    join item on item.who = line.actor and item.stage = asked.stage and item.unit = asked.unit
    where asked.whom is null
    union
    select asked.total, asked.stage, item.fact
    from asked
    join book.activity_line as line on line.ancestor = asked.via
    join item on item.via = line.activity and item.stage = asked.stage and item.unit = asked.unit
    where asked.whom is null and asked.who is null
),
found as (
    select looked_up.total, looked_up.stage, looked_up.fact
    from looked_up
    join asked on asked.total = looked_up.total and asked.stage = looked_up.stage
    join item on item.fact = looked_up.fact and item.stage = looked_up.stage
    left join book.actor_line as provider on provider.actor = item.who and provider.ancestor = asked.who
    left join book.activity_line as passage on passage.activity = item.via and passage.ancestor = asked.via
    where (asked.who is null or provider.actor is not null)
      and (asked.via is null or passage.activity is not null)
      and (asked.what is null or item.what is null or item.what = asked.what)
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
    select total, stage, fact from found
    union
    select total, 'counted', fact from scoped_count
)
select total, stage, fact from placed
