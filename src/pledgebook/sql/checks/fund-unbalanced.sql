-- fund-unbalanced: a fund has spent more than it is known to have received.
-- one row per: fund and unit
-- reads: fund_sum, flow, activity
-- only where: from (select who from book.disbursement where who in (select unnest(whom) from book.disbursement) or who in (select id from book.activity) or coalesce(quantity, amount) < 0 union all select who from book.total where stage = 'spent')
-- key: where in the entry the finding stands
-- rule: only where something is known to have come in, every payment into it has a figure, and no money of
--   another currency lies there: what nobody knows is no error. What came to it and to others together
--   may all have been for it. Whoever is no activity has money of its own, and is held only to what
--   an entry says it passed on: at the payment that is too much
with suspect as (
    select fund, unit, received, spent,
           received + coalesce(shared, 0)
               + case when received = received_level then coalesce(received_slack, 0) else 0 end as most,
           case when spent = spent_level then coalesce(spent_slack, 0) else 0 end as slack
    from fund_sum
    where received is not null
      and fund not in (
          select receiver from flow
          where stage = 'disbursed' and receiver is not null and amount is null)
      and not exists (
          select 1 from fund_sum as other
          where other.fund = fund_sum.fund and other.unit <> fund_sum.unit
            and other.received > coalesce(other.spent, 0))
),
grown as (
    select provider as fund, unit, reports[1] as id,
           sum(amount) over (partition by provider, unit order by until nulls last, known, fact rows unbounded preceding) as spent
    from flow
    where stage = 'disbursed' and passes_on and payer is not null
      and provider not in (select id from activity)
),
broken as (
    select suspect.fund, suspect.unit, suspect.received, suspect.spent, suspect.fund as id, 'id' as key
    from suspect
    where suspect.fund in (select id from activity) and suspect.spent - suspect.slack > suspect.most
    union all
    select suspect.fund, suspect.unit, any_value(suspect.received) as received, max(grown.spent) as spent,
           arg_min(grown.id, grown.spent) as id, 'amount' as key
    from suspect
    join grown on grown.fund = suspect.fund and grown.unit = suspect.unit
    where grown.spent > suspect.most
    group by suspect.fund, suspect.unit
)
select id, key, fund || ' has spent more than it is known to have received' as message,
       'at most what was received: ' || short(received) || ' ' || unit as expected,
       'spent ' || short(spent) || ' ' || unit || ', received ' || short(received) || ' ' || unit as found,
       short(spent - received) || ' ' || unit || ' more than came in' as difference,
       'add what came in, join two reports of one payment, or see what was counted: pledgebook show funds' as remedy
from broken
