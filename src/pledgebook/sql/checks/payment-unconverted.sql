-- payment-unconverted: money paid toward a promise in another currency, without a rate that leads to it.
-- one row per: offending payment, at the first of the promises that it stands under
-- reads: reached, reach, fact, book.report
-- only where: from reach join fact on fact.fact = reach.fact where reach.unit <> fact.unit
-- key: where in the entry the finding stands
-- rule: both are money, and no table has rates of the day of the payment for both; then nothing of it
--   counts toward the promise, which looks as if it had not been kept. What is given in kind has no rate
select entry.id, 'amount' as key,
       'no rate of ' || strftime(rate_day_of(entry.since, entry.until, entry.known), '%Y-%m-%d')
           || ' leads from ' || paid.unit || ' to ' || promise.unit || ', so nothing of it counts toward the promise' as message,
       promise.unit || ', the currency of ' || promise.id || ', or a rate' as expected,
       short(paid.amount) || ' ' || paid.unit as found, '' as difference,
       'put the rates of the day into rates.csv: table,currency,against,day,rate,source' as remedy
from reached as paid
join fact as promise on promise.fact = paid.above and promise.unit <> paid.unit
join fact as payment on payment.fact = paid.fact and payment.stage = paid.stage
join book.report as entry on entry.id = payment.id and entry.quantity is null and entry.currency = paid.unit
join book.report as promised on promised.id = promise.id and promised.quantity is null and promised.currency = promise.unit
where promise.stage in ('pledged', 'committed') and paid.stage <> 'pledged'
qualify row_number() over (partition by entry.id order by promise.since, promise.id) = 1
