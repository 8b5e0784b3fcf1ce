-- unit-suspect: a stated total is a thousand or a million times its items, or they of it.
-- one row per: offending total
-- reads: misread, total
-- only where: from book.total
-- key: where in the entry the finding stands
select misread.id, figure_key(total.quantity) as key,
       misread.id || ' is ' || misread.word || ' what its entries add up to' as message,
       short(misread.stated) || ' ' || misread.unit as expected,
       short(misread.itemised) || ' ' || misread.unit || ' in ' || span(misread.rests_on) as found,
       short(misread.would_be) || ' ' || misread.unit || ' once each entry is '
           || case when misread.factor > 1 then 'multiplied by ' || format('{:,}', misread.factor::bigint)
                   else 'divided by ' || format('{:,}', (1 / misread.factor)::bigint) end as difference,
       'look at the heading of the table ("in thousands", "in millions") and write the entries, or the total, in that unit' as remedy
from misread
join total on total.id = misread.id
