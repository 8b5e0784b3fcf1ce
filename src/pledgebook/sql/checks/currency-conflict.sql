-- currency-conflict: one figure that two sources give in two currencies: one of them misread the sign.
-- one row per: report that says what an earlier one says, in another currency
-- reads: report, total, book.judgement, joined
-- only where: from (select min(currency) as one, max(currency) as other from (select currency from book.report union all select currency from book.total)) where one <> other
-- key: where in the entry the finding stands
-- rule: the same kind and provider, a receiver or an activity in common, the same figure within its
--   rounding, at most 31 days between them; what a person judged to be the same, or different, is settled
with said as (
    select id, kind, source, who, whom, via, amount, currency, amount_slack, until, known from report
    union all
    select id, 'total ' || stage as kind, source, who, whom, via, amount, currency, amount_slack, until, known from total
),
-- figures that may be one lie in one step of five per cent or in the next, and so do their days in
-- one month or the next
stepped as (
    select *, floor(ln(amount) * 20)::integer as step, (until - date '1900-01-01') // 32 as month
    from said
    where amount > 0 and who is not null and until is not null
),
-- two numbers that are the same or neighbours have the same half, or the same half once one is added
near as (
    select id, currency,
           unnest([hash(kind, who, step // 2, month // 2, 1), hash(kind, who, step // 2, (month + 1) // 2, 2),
                   hash(kind, who, (step + 1) // 2, month // 2, 3), hash(kind, who, (step + 1) // 2, (month + 1) // 2, 4)]) as spot
    from stepped
),
mixed as (
    select spot from near group by spot having min(currency) <> max(currency)
),
likely as (
    select * from stepped where id in (select id from near semi join mixed using (spot))
),
-- of very many equal figures the first ones are enough to find the odd one
first_ones as (
    select *
    from likely
    qualify row_number() over (partition by kind, who, step, month, currency order by known, id) <= 50
),
later_ones as (
    select *, unnest([month - 1, month, month + 1]) as near_month
    from (select *, unnest([step - 1, step, step + 1]) as near_step from likely)
),
paired as (
    select later.id, earlier.id as other, later.amount, later.currency, later.until,
           earlier.amount as other_amount, earlier.currency as other_currency, earlier.until as other_until,
           row_number() over (partition by later.id order by earlier.known, earlier.id) as place
    from later_ones as later
    join first_ones as earlier
      on earlier.kind = later.kind and earlier.who = later.who
     and earlier.step = later.near_step and earlier.month = later.near_month
    where earlier.currency <> later.currency and earlier.source <> later.source
      and (earlier.known, earlier.id) < (later.known, later.id)
      and abs(earlier.amount - later.amount) <= greatest(earlier.amount_slack, later.amount_slack)
      and abs(earlier.until - later.until) <= 31
      and (list_has_any(earlier.whom, later.whom) or earlier.via = later.via)
)
select paired.id, 'amount' as key,
       paired.id || ' and ' || paired.other || ' give one figure in two currencies' as message,
       short(paired.other_amount) || ' ' || paired.other_currency || ' (' || paired.other || ', ' || paired.other_until || ')' as expected,
       short(paired.amount) || ' ' || paired.currency || ' (' || paired.id || ', ' || paired.until || ')' as found,
       '' as difference,
       'see which currency each source means; both are kept until links.csv says same, different or corrects' as remedy
from paired
left join joined as one on one.id = paired.id
left join joined as other on other.id = paired.other
where paired.place = 1
  and coalesce(one.fact, paired.id) <> coalesce(other.fact, paired.other)
  and not exists (
      select 1 from book.judgement as judgement
      where judgement.judgement = 'different'
        and ((judgement.entry = paired.id and judgement.other = paired.other)
             or (judgement.entry = paired.other and judgement.other = paired.id)))
