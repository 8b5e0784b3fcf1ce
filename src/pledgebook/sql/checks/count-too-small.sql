-- count-too-small: a count of people below five for one place and a month: they could be recognised.
-- one row per: offending indicator
-- reads: counted_indicator, book.people
-- only where: from book.indicator where quantity > 0 and quantity < 5
-- key: where in the entry the finding stands
select item.id, 'quantity' as key,
       'people could be recognised by so small a count' as message,
       'five or more, for one place and a month or less' as expected,
       figure(item.amount, item.unit) || ', ' || item.place || ', ' || item.period as found,
       'write quantity = "< 5 ' || item.unit || '", or give the count of a department or of a year' as remedy,
       '' as difference
from counted_indicator as item
where (strip_accents(split_part(item.unit, ' ', -1)) in (select noun from book.people)
       or strip_accents(lower(split_part(coalesce(item.series, item.what), ' ', -1))) in (select noun from book.people))
  and item.place is not null and item.amount > 0 and item.amount < 5
  and item.until - item.since <= 30
