-- copied: copies of one telling, joined to the copy that is named first (R10).
-- one row per: entry that repeats, in another source of the same origin, what that one says
-- reads: support, total, book.origin
-- entry, other: the two entries; two equal tranches in one source stay two
with said as (
    select id, source, kind, who, whom, via, what, amount, unit, fiscal_year,
           null as stage, null as period
    from support
    union all
    select id, source, 'total' as kind, who, whom, via, what, coalesce(quantity, amount) as amount,
           coalesce(unit, currency) as unit, fiscal_year, stage, period
    from total
),
-- only sources that share their origin with another can hold copies
shared as (
    select source, origin
    from book.origin
    where origin in (select origin from book.origin group by origin having count(*) > 1)
),
numbered as (
    select said.id, shared.origin,
           hash(said.kind, said.who, said.whom, said.via, said.what, said.amount, said.unit,
                said.fiscal_year, said.stage, said.period) as statement,
           row_number() over (
               partition by said.source, said.kind, said.who, said.whom, said.via, said.what,
                            said.amount, said.unit, said.fiscal_year, said.stage, said.period
               order by said.id
           ) as turn
    from said
    join shared on shared.source = said.source
    where said.amount is not null
),
first as (
    select origin, statement, turn, min(id) as id
    from numbered
    group by origin, statement, turn
)
select numbered.id as entry, first.id as other
from numbered
join first
  on first.origin = numbered.origin
 and first.statement = numbered.statement
 and first.turn = numbered.turn
where numbered.id <> first.id
