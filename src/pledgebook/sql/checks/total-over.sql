-- total-over: the entries behind a stated total add up to more.
-- one row per: offending total
-- reads: reconciled, total, misread
-- key: where in the entry the finding stands
select reconciled.id, case when total.quantity is null then 'amount' else 'quantity' end as key,
       'the entries behind ' || reconciled.id || ' exceed its total' as message,
       case when reconciled.comparator = '=' then '' else reconciled.comparator || ' ' end
           || concat_ws(', ', short(reconciled.stated) || ' ' || reconciled.unit, reconciled.stage, reconciled.reading,
                        'covers ' || array_to_string(total.covers, ', ')) as expected,
       short(reconciled.itemised) || ' ' || reconciled.unit || ' ' || reconciled.basis || ' in ' || span(reconciled.rests_on)
           || case when reconciled.stage = 'spent' and reconciled.basis = 'committed' then ' (no payment in scope)' else '' end as found,
       short(abs(reconciled.unexplained)) || ' ' || reconciled.unit || ' more than stated' as difference,
       'see what was counted, and whether two entries are one: pledgebook show totals' as remedy
from reconciled
join total on total.id = reconciled.id
where reconciled.position = 1 and reconciled.verdict = 'over'
  and reconciled.id not in (select id from misread)
