-- handed: every fact that may be added, as a step from one hand to the next (R2).
-- one row per: fact and stage, of what was committed, paid or delivered; a promise moves nothing yet
-- reads: counted, reported, activity, commitment, disbursement, delivery, kin
-- provider: who gives it on; funder: whose money it is, where the entry names it
-- receivers: all who receive it but the provider itself; receiver: the one, or their names in a row
-- through: the fund or account that it passes on its way to somebody else
-- is_shared: it has several receivers, and nobody said who gets how much
-- is_internal: it stays within the provider: from a state to its own office, from an office to its state
with named as (
    select id, funder, known from disbursement where funder is not null
    union all
    select id, funder, known from delivery where funder is not null
    union all
    select id, funder, known from commitment where funder is not null
),
paid as (
    select reported.fact, reported.stage, arg_min(named.funder, (named.known, named.id)) as funder
    from named
    join reported on reported.id = named.id
    group by reported.fact, reported.stage
),
added as (
    select fact, stage, who, whom, via, unit, amount, since, until, known, reports
    from counted
    where is_trusted and stage in ('committed', 'disbursed', 'delivered')
),
fund as (
    select id from activity where type in ('fund', 'account')
),
placed as (
    select added.fact, added.stage, added.who as provider, paid.funder,
           -- what is paid to a fund or account and nobody else is named stops there
           case when added.whom is null and fund.id <> added.who then [fund.id]
                when len(added.whom) = 1 then added.whom
                else list_sort(list_distinct(list_filter(added.whom, lambda one: one <> added.who)))
           end as receivers,
           added.via, fund.id as fund, added.unit, added.amount, added.since, added.until, added.known,
           added.reports
    from added
    left join fund on fund.id = added.via
    left join paid on paid.fact = added.fact and paid.stage = added.stage
)
select placed.fact, placed.stage, placed.provider, placed.funder, placed.receivers,
       case when len(placed.receivers) = 1 then placed.receivers[1]
            else nullif(array_to_string(placed.receivers, ', '), '') end as receiver,
       placed.via,
       case when placed.fund <> placed.provider and placed.receivers <> [placed.fund] then placed.fund end as through,
       coalesce(len(placed.receivers) > 1, false) as is_shared,
       kin.one is not null as is_internal,
       placed.unit, placed.amount, placed.since, placed.until, placed.known, placed.reports
from placed
left join kin
  on kin.one = placed.provider and len(placed.receivers) = 1 and kin.other = placed.receivers[1]
