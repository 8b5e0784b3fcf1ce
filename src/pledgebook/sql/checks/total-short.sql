-- total-short: the entries behind a stated total add up to less.
-- one row per: offending total
-- reads: reconciled, total
-- key: where in the entry the finding stands
select reconciled.id, case when total.quantity is null then 'amount' else 'quantity' end as key,
       reconciled.stage, reconciled.stated, reconciled.unit, reconciled.comparator, reconciled.reading,
       total.covers, reconciled.basis, reconciled.itemised, reconciled.unexplained, reconciled.rests_on
from reconciled
join total on total.id = reconciled.id
where reconciled.position = 1 and reconciled.verdict = 'short'
