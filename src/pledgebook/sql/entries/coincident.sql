-- coincident: reports of one event by several sources, joined even where their figures differ.
-- one row per: report that joins an event which another source reported as well
-- reads: support, copied, parted
-- stored: yes
-- entry, other: the two reports; `fact` says which of them counts
-- rule: a delivery, a use or a disbursement that two sources report for one full day, with the same
--   who, whom (as a set), via, what, unit, fiscal year and measure, is one event; two reports of one
--   source stay two. The source with the most reports of such a day leads (of equals the first by
--   id). Each report of another source joins the leader's report of the same figure, the first by id
--   with the first; what is left joins the leader's reports that this source has not joined yet, the
--   largest with the largest. A copy stays with what it copies.
with happened as (
    select id, source, amount, known,
           hash(kind, who, as_set(whom), via, what, unit, fiscal_year, measure, since) as event
    from support
    where kind in ('delivery', 'use', 'disbursement') and since = until
),
-- most days are told by one source, and need no comparing
told as (
    select id, source, amount, known, event
    from happened
    where event in (select event from happened group by event having min(source) <> max(source))
      and id not in (select entry from copied)
),
counted_out as (
    select id, source, amount, known, event,
           row_number() over (partition by event, source, amount order by id) as turn,
           count(*) over (partition by event, source) as reports
    from told
),
led as (
    select *, source = first_value(source) over (partition by event order by reports desc, source) as is_leader
    from counted_out
),
alike as (
    select follower.id, follower.event, follower.source, leader.id as slot
    from led as follower
    join led as leader
      on leader.event = follower.event
     and leader.amount is not distinct from follower.amount
     and leader.turn = follower.turn
     and leader.is_leader
    where not follower.is_leader
),
left_over as (
    select id, event, source,
           row_number() over (partition by event, source order by amount desc nulls last, id) as place
    from led
    where not is_leader and id not in (select id from alike)
),
free as (
    select leader.id as slot, follower.event, follower.source,
           row_number() over (
               partition by follower.event, follower.source order by leader.amount desc nulls last, leader.id
           ) as place
    from (select distinct event, source from left_over) as follower
    join led as leader on leader.event = follower.event and leader.is_leader
    left join alike
      on alike.event = follower.event and alike.source = follower.source and alike.slot = leader.id
    where alike.id is null
),
placed as (
    select id, slot from alike
    union all
    select left_over.id, free.slot
    from left_over
    join free
      on free.event = left_over.event and free.source = left_over.source and free.place = left_over.place
    union all
    select id, id as slot from led where is_leader
),
ranked as (
    select placed.id, placed.slot,
           row_number() over (partition by placed.slot order by led.known nulls last, placed.id) as place
    from placed
    join led on led.id = placed.id
),
-- a judgement about a copy is one about what it copies
different as (
    select coalesce(one.other, parted.id) as id, coalesce(another.other, parted.other) as other
    from parted
    left join copied as one on one.entry = parted.id
    left join copied as another on another.entry = parted.other
),
kept as (
    select id, slot, row_number() over (partition by slot order by place) as place
    from ranked
    where id not in (
        select later.id
        from different
        join ranked as later on later.id = different.id
        join ranked as earlier
          on earlier.id = different.other and earlier.slot = later.slot and earlier.place < later.place)
)
select report.id as entry, first.id as other
from kept as report
join kept as first on first.slot = report.slot and first.place = 1
where report.place > 1
