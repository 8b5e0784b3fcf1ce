-- freezing: which money somebody said is frozen, and how much of it was set free again.
-- one row per: thing that a status `frozen` is about, by the latest of them
-- reads: status, joined
-- target: the entry, activity or actor whose money it is; who: who brought it about
-- amount, unit: as the status says; null where it freezes all
-- lifted, lifted_unit: what was released or waived since; null where all or none was
-- is_lifted: whether all was
with said as (
    select status.id, status.state, status.who, status.amount, status.currency as unit,
           coalesce(joined.fact, status.target) as target,
           (coalesce(status.until, date '0001-01-01'), status.known, status.id) as turn
    from (select id, state, who, amount, currency, until, known, unnest(about) as target from status) as status
    left join joined on joined.id = status.target
    where status.state in ('frozen', 'released', 'waived')
      and coalesce(status.until, date '0001-01-01') <= as_of()
),
latest as (
    select target, max(turn) as turn from said where state = 'frozen' group by target
)
select said.target, said.id, said.who, said.amount, said.unit,
       sum(lifted.amount) as lifted, min(lifted.unit) as lifted_unit,
       coalesce(bool_or(lifted.amount is null) filter (where lifted.id is not null), false)
           or coalesce(sum(lifted.amount) >= said.amount, false) as is_lifted,
       coalesce(list_sort(list(lifted.id) filter (where lifted.id is not null)), []) as lifted_by
from said
join latest on latest.target = said.target and latest.turn = said.turn
left join said as lifted
  on lifted.target = said.target and lifted.state <> 'frozen' and lifted.turn > said.turn
group by said.target, said.id, said.who, said.amount, said.unit
