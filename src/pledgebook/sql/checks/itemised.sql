-- itemised: stated totals whose entries add up to less, or to more.
-- one row per: offending total
-- finds: total-short, total-over
-- reads: reconciled, total, misread
-- key: where in the entry the finding stands
select 'total-' || reconciled.verdict as rule, reconciled.id,
       figure_key(total.quantity) as key,
       'the entries behind ' || reconciled.id
           || case reconciled.verdict when 'short' then ' stop short of its total' else ' exceed its total' end as message,
       case when reconciled.comparator = '=' then '' else reconciled.comparator || ' ' end
           || concat_ws(', ', short(reconciled.stated) || ' ' || reconciled.unit, reconciled.stage, reconciled.reading,
                        'covers ' || array_to_string(total.covers, ', ')) as expected,
       short(reconciled.itemised) || ' ' || reconciled.unit || ' ' || reconciled.basis || ' in ' || span(reconciled.rests_on)
           || case when reconciled.stage = 'spent' and reconciled.basis = 'committed' then ' (no payment in scope)' else '' end as found,
       short(abs(reconciled.unexplained)) || ' ' || reconciled.unit
           || case reconciled.verdict when 'short' then ' unexplained' else ' more than stated' end as difference,
       case reconciled.verdict when 'short' then 'add the entries that are missing, or see what was counted'
           else 'see what was counted, and whether two entries are one' end || ': pledgebook show totals' as remedy
from reconciled
join total on total.id = reconciled.id
where reconciled.position = 1 and reconciled.verdict in ('short', 'over')
  and reconciled.id not in (select id from misread)
