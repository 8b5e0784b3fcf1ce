-- promise_basis: the entries that a promise rests on.
-- one row per: fact that promises
-- reads: promise, reached, counted
-- rests_on: its reports, then what fulfils it and what decided its conditions and its end
with fulfilled as (
    select reached.above as fact, flatten(list(counted.reports)) as rests_on
    from reached
    join counted on counted.fact = reached.fact and counted.stage = reached.stage
    where reached.stage <> 'pledged'
    group by reached.above
)
select promise.fact,
       list_concat(
           promise.reports,
           list_filter(
               list_sort(list_distinct(list_concat(
                   coalesce(fulfilled.rests_on, []), coalesce(promise.decided_by, []),
                   case when promise.ended_by is null then [] else [promise.ended_by] end))),
               lambda id: not list_contains(promise.reports, id))) as rests_on
from promise
left join fulfilled on fulfilled.fact = promise.fact
