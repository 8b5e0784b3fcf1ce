-- case_state: where each case stands, by the latest word about it.
-- one row per: case; reports of one case that are joined are one
-- reads: cases, status, joined
-- id: the report of it that became known first
-- stage, holder: each of the latest entry that names it, the case itself or a status about it
-- since: the day from which it is at that stage
-- quantity, unit, comparator: how many people it is about, as said; never who
-- history: every stage and holder with its day and entry, oldest first
with named as (
    select cases.id, cases.known, coalesce(joined.fact, cases.id) as fact
    from cases
    left join joined on joined.id = cases.id
),
first as (
    select fact, min_by(id, (known, id)) as id, list_sort(list(id)) as reports from named group by fact
),
said as (
    select first.id as case_id, cases.id, cases.stage, cases.holder, cases.quantity, cases.unit, cases.comparator,
           cases.until as day, cases.known, 0 as turn
    from cases
    join named on named.id = cases.id
    join first on first.fact = named.fact
    union all by name
    select distinct first.id as case_id, status.id, coalesce(status.stage, status.state) as stage, status.holder,
           status.quantity, status.unit, null as comparator, status.until as day, status.known, 1 as turn
    from (select *, unnest(about) as target from status) as status
    left join joined on joined.id = status.target
    join first on first.fact = coalesce(joined.fact, status.target)
),
dated as (
    select *, (coalesce(day, date '0001-01-01'), coalesce(known, date '0001-01-01'), turn, id) as place
    from said
    where coalesce(day, date '0001-01-01') <= as_of()
),
latest as (
    select case_id,
           max_by(stage, place) filter (where stage is not null) as stage,
           max_by(day, place) filter (where stage is not null) as since,
           max_by(id, place) filter (where stage is not null) as staged_by,
           max_by(holder, place) filter (where holder is not null) as holder,
           max_by(id, place) filter (where holder is not null) as held_by,
           max_by(quantity, place) filter (where quantity is not null) as quantity,
           max_by(unit, place) filter (where quantity is not null) as unit,
           nullif(max_by(coalesce(comparator, '='), place) filter (where quantity is not null), '=') as comparator,
           max_by(id, place) filter (where quantity is not null) as counted_by,
           list(coalesce(strftime(day, '%Y-%m-%d') || ': ', '') || concat_ws(', ', stage, holder) || ' (' || id || ')'
                order by place) filter (where stage is not null or holder is not null) as history
    from dated
    group by case_id
)
select latest.case_id as id, latest.stage, latest.holder, latest.since, own.what, own.jurisdiction,
       latest.quantity, latest.unit, latest.comparator, coalesce(latest.history, []) as history,
       list_sort(list_distinct(first.reports || list_filter(
           [latest.staged_by, latest.held_by, latest.counted_by], lambda one: one is not null))) as rests_on
from latest
join first on first.id = latest.case_id
join cases as own on own.id = latest.case_id
