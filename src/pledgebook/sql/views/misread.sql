-- misread: stated totals that are a thousand or a million times their items, or they of it.
-- one row per: total whose items add up to it in another unit of counting
-- reads: reconciled
-- factor: what one item has to be multiplied by; below 1 where the items are too large
-- would_be: what the items add up to then; nothing is changed
select reconciled.id, scale.factor, scale.word, reconciled.itemised * scale.factor as would_be, reconciled.stated,
       reconciled.unit, reconciled.itemised, reconciled.slack, reconciled.rests_on
from reconciled
join (values (1000.0, 'a thousand times'), (1000000.0, 'a million times'),
             (0.001, 'a thousandth of'), (0.000001, 'a millionth of')) as scale (factor, word)
  on abs(reconciled.itemised * scale.factor - reconciled.stated) <= greatest(reconciled.slack, abs(reconciled.stated) / 100)
where reconciled.position = 1
  and reconciled.verdict in ('short', 'over')
  and reconciled.comparator in ('=', '~')
  and reconciled.stated <> 0 and reconciled.itemised <> 0
