-- fund_frozen: how much of a fund is frozen: paid in, not spent, and under a freeze that stands.
-- one row per: fund and unit that a freeze is about; 0 where it was lifted
-- reads: freezing, flow, fund_sum, under, book.actor_line
-- rule: a freeze is about a payment into the fund or a promise that it fulfils, about somebody's
--   payments, or about the fund: then about the payments of the one who froze or, where that one gave
--   nothing, about all. Frozen is what is left of them: paid in, less what was spent of that payer's
--   money by name, less its part of what was spent by no name; at most what the status says
-- is_estimated: what was spent by no name was shared out by what each had paid in
with kin as (
    select actor as one, ancestor as other from book.actor_line
    union
    select ancestor, actor from book.actor_line
),
paid_in as (
    select receiver as fund, unit, fact, coalesce(funder, provider) as payer, provider, amount
    from flow
    where stage = 'disbursed' and is_held and not is_shared and amount is not null
),
payers as (
    select fund, unit, payer, sum(amount) as paid from paid_in group by fund, unit, payer
),
-- what was spent of one payer's money, by name: of a state that paid through several offices, one
spent as (
    select out.fact, out.provider as fund, out.unit, any_value(out.amount) as amount,
           min(payers.payer) filter (where payers.payer = out.payer) as own, min(payers.payer) as near
    from flow as out
    join payers on payers.fund = out.provider and payers.unit = out.unit
    join kin on kin.one = out.payer and kin.other = payers.payer
    where out.stage = 'disbursed' and out.passes_on and out.payer is not null
    group by out.fact, out.provider, out.unit
),
spent_of as (
    select fund, unit, coalesce(own, near) as payer, sum(amount) as amount
    from spent
    group by fund, unit, coalesce(own, near)
),
by_no_name as (
    select fund_sum.fund, fund_sum.unit,
           fund_sum.received - coalesce(fund_sum.through, 0) as received,
           greatest(fund_sum.spent - coalesce(fund_sum.through, 0) - coalesce(named.amount, 0), 0) as spent
    from fund_sum
    left join (select fund, unit, sum(amount) as amount from spent_of group by fund, unit) as named
      on named.fund = fund_sum.fund and named.unit = fund_sum.unit
),
left_over as (
    select payers.fund, payers.unit, payers.payer,
           greatest(payers.paid - coalesce(spent_of.amount, 0)
                    - coalesce(round(by_no_name.spent::double * payers.paid::double / nullif(by_no_name.received, 0)::double)::decimal(38, 6), 0),
                    0) as unspent,
           coalesce(by_no_name.spent > 0 and payers.paid < by_no_name.received, false) as is_estimated
    from payers
    left join spent_of on spent_of.fund = payers.fund and spent_of.unit = payers.unit and spent_of.payer = payers.payer
    left join by_no_name on by_no_name.fund = payers.fund and by_no_name.unit = payers.unit
),
meant as (
    select freezing.target, paid_in.fund, paid_in.unit, paid_in.fact
    from freezing
    join paid_in on paid_in.fact = freezing.target
    union
    select freezing.target, paid_in.fund, paid_in.unit, paid_in.fact
    from freezing
    join under on under.above = freezing.target
    join paid_in on paid_in.fact = under.fact
    union
    select freezing.target, paid_in.fund, paid_in.unit, paid_in.fact
    from freezing
    join book.actor_line as line on line.ancestor = freezing.target
    join paid_in on paid_in.payer = line.actor or paid_in.provider = line.actor
    where freezing.target not in (select fund from fund_sum)
    union
    select freezing.target, paid_in.fund, paid_in.unit, paid_in.fact
    from freezing
    join paid_in on paid_in.fund = freezing.target
    join kin on kin.one = freezing.who and kin.other = paid_in.payer
),
parts as (
    select meant.target, meant.fund, meant.unit, paid_in.payer,
           least(sum(paid_in.amount), any_value(left_over.unspent)) as amount,
           bool_or(left_over.is_estimated) as is_estimated
    from meant
    join paid_in on paid_in.fact = meant.fact and paid_in.fund = meant.fund and paid_in.unit = meant.unit
    join left_over on left_over.fund = meant.fund and left_over.unit = meant.unit and left_over.payer = paid_in.payer
    group by meant.target, meant.fund, meant.unit, paid_in.payer
),
pieces as (
    select parts.fund, parts.unit, freezing.target, freezing.id, freezing.lifted_by, freezing.is_lifted,
           case when freezing.is_lifted then 0
                when freezing.unit = parts.unit then least(freezing.amount - coalesce(freezing.lifted, 0), sum(parts.amount))
                when freezing.lifted_unit = parts.unit then greatest(sum(parts.amount) - freezing.lifted, 0)
                else sum(parts.amount) end as amount,
           bool_or(parts.is_estimated) as is_estimated, false as is_whole
    from parts
    join freezing on freezing.target = parts.target
    group by parts.fund, parts.unit, freezing.target, freezing.id, freezing.lifted_by, freezing.is_lifted,
             freezing.unit, freezing.amount, freezing.lifted, freezing.lifted_unit
    union all
    -- of the whole fund; a figure that was said stands even where nothing is known to have come in
    select fund_sum.fund, fund_sum.unit, freezing.target, freezing.id, freezing.lifted_by, freezing.is_lifted,
           case when freezing.is_lifted then 0
                else least(freezing.amount - coalesce(freezing.lifted, 0), fund_sum.received - coalesce(fund_sum.spent, 0)
                     - case when freezing.amount is null and freezing.lifted_unit = fund_sum.unit then freezing.lifted else 0 end)
           end as amount,
           false as is_estimated, true as is_whole
    from freezing
    join fund_sum on fund_sum.fund = freezing.target and fund_sum.unit = coalesce(freezing.unit, fund_sum.unit)
    where freezing.target not in (select target from parts)
),
-- two freezes of one payment freeze it once
bounds as (
    select parts.fund, parts.unit, sum(parts.amount) as amount
    from (
        select parts.fund, parts.unit, parts.payer, least(sum(distinct_fact.amount), any_value(left_over.unspent)) as amount
        from (select distinct fund, unit, payer from parts) as parts
        join (
            select distinct paid_in.fund, paid_in.unit, paid_in.payer, paid_in.fact, paid_in.amount
            from meant
            join freezing on freezing.target = meant.target and not freezing.is_lifted
            join paid_in on paid_in.fact = meant.fact and paid_in.fund = meant.fund and paid_in.unit = meant.unit
        ) as distinct_fact
          on distinct_fact.fund = parts.fund and distinct_fact.unit = parts.unit and distinct_fact.payer = parts.payer
        join left_over on left_over.fund = parts.fund and left_over.unit = parts.unit and left_over.payer = parts.payer
        group by parts.fund, parts.unit, parts.payer
    ) as parts
    group by parts.fund, parts.unit
)
select pieces.fund, pieces.unit,
       greatest(least(
           sum(pieces.amount),
           case when bool_or(pieces.is_whole) then any_value(fund_sum.received - coalesce(fund_sum.spent, 0))
                else any_value(bounds.amount) end), 0) as frozen,
       bool_or(pieces.is_estimated) as is_estimated,
       list_sort(list_distinct(list_concat(list(pieces.id), flatten(list(pieces.lifted_by))))) as rests_on
from pieces
left join bounds on bounds.fund = pieces.fund and bounds.unit = pieces.unit
left join fund_sum on fund_sum.fund = pieces.fund and fund_sum.unit = pieces.unit
group by pieces.fund, pieces.unit
