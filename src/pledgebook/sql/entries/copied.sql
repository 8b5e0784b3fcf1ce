-- copied: copies of one telling, joined to the copy that was known first (R10).
-- one row per: entry that repeats, in another source of the same origin, what that one says
-- reads: support, total, parted, book.origin
-- stored: yes
-- entry, other: the two entries; two equal tranches in one source stay two
-- rule: of two copies that a person judged different the one known later is no copy
with said as (
    select id, source, kind, who, whom, via, what, amount, unit, fiscal_year,
           null as stage, null as period, known
    from support
    union all
    select id, source, 'total' as kind, who, whom, via, what, coalesce(quantity, amount) as amount,
           coalesce(unit, currency) as unit, fiscal_year, stage, period, known
    from total
),
-- only sources that share their origin with another can hold copies
shared as (
    select source, origin
    from book.origin
    where origin in (select origin from book.origin group by origin having count(*) > 1)
),
told as (
    select said.id, said.source, said.known, shared.origin,
           hash(said.kind, said.who, list_sort(said.whom), said.via, said.what, said.amount, said.unit,
                said.fiscal_year, said.stage, said.period) as statement
    from said
    join shared on shared.source = said.source
    where said.amount is not null
),
numbered as (
    select id, known, origin, statement,
           row_number() over (partition by source, statement order by id) as turn
    from told
),
ranked as (
    select id, origin, statement, turn,
           row_number() over (partition by origin, statement, turn order by known nulls last, id) as place
    from numbered
),
kept as (
    select id, origin, statement, turn, place
    from ranked
    where id not in (
        select later.id
        from parted
        join ranked as later on later.id = parted.id
        join ranked as earlier
          on earlier.id = parted.other
         and earlier.origin = later.origin
         and earlier.statement = later.statement
         and earlier.turn = later.turn
         and earlier.place < later.place)
)
select copy.id as entry, first.id as other
from kept as copy
join kept as first
  on first.origin = copy.origin
 and first.statement = copy.statement
 and first.turn = copy.turn
 and first.place = 1
where copy.place > 1
