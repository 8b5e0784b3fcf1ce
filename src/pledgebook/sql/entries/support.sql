-- support: every live report of help given or promised, whatever its stage.
-- one row per: entry of kind pledge, commitment, disbursement, delivery or use
-- reads: pledge, commitment, disbursement, delivery, use, source
-- kept: no: `reported` keeps it
-- stage: the rung of the ladder that its kind stands on
-- amount, unit: the quantity and its noun or, where there is none, the money and its currency
-- value, value_unit: for what is given in kind, the money it is said to be worth; never summed with money
-- firm: how firm the wording is, from 1 (implied) to 7 (done)
-- trust: 1 (grade A) to 4 (grade D); what has neither quote nor cell is trusted no more than C
-- is_dated: whether it has days of its own or of its fiscal year
with united as (
    select 'pledge' as kind, 'pledged' as stage, coalesce(strength, 'promised') as strength,
           id, source, quote, cell, who, whom, via, what, amount, currency, quantity, unit, comparator,
           coalesce(measure, 'increment') as measure, condition, due, due_until, expires, expires_until,
           toward, draws_on, part_of, fiscal_year, fiscal_since, since, until, known
    from pledge
    union all by name
    select 'commitment' as kind, 'committed' as stage, coalesce(strength, 'signed') as strength,
           id, source, quote, cell, who, whom, via, what, amount, currency, quantity, unit, comparator,
           coalesce(measure, 'increment') as measure, condition, due, due_until, expires, expires_until,
           toward, draws_on, part_of, fiscal_year, fiscal_since, since, until, known
    from commitment
    union all by name
    select 'disbursement' as kind, 'disbursed' as stage, coalesce(strength, 'done') as strength,
           id, source, quote, cell, who, whom, via, what, amount, currency, quantity, unit, comparator,
           coalesce(measure, 'increment') as measure, condition, due, due_until, expires, expires_until,
           toward, draws_on, part_of, fiscal_year, fiscal_since, since, until, known
    from disbursement
    union all by name
    select 'delivery' as kind, 'delivered' as stage, coalesce(strength, 'done') as strength,
           id, source, quote, cell, who, whom, via, what, amount, currency, quantity, unit, comparator,
           coalesce(measure, 'increment') as measure, condition, due, due_until, expires, expires_until,
           toward, draws_on, part_of, fiscal_year, fiscal_since, since, until, known
    from delivery
    union all by name
    select 'use' as kind, 'used' as stage, coalesce(strength, 'done') as strength,
           id, source, quote, cell, who, whom, via, what, amount, currency, quantity, unit, comparator,
           coalesce(measure, 'increment') as measure, condition, due, due_until, expires, expires_until,
           toward, draws_on, part_of, fiscal_year, fiscal_since, since, until, known
    from use
)
select united.kind, united.stage, united.id, united.source, united.who, united.whom, united.via,
       united.what,
       coalesce(united.quantity, united.amount) as amount,
       case when united.quantity is not null then united.unit else united.currency end as unit,
       case when united.quantity is not null then united.amount end as value,
       case when united.quantity is not null then united.currency end as value_unit,
       united.comparator, united.measure, united.strength, firmness(united.strength) as firm,
       united.condition, united.due, united.due_until, united.expires, united.expires_until,
       united.toward, united.draws_on, united.part_of, united.fiscal_year, united.fiscal_since,
       united.since, united.until, united.known,
       case
           when united.quote is null and united.cell is null then greatest(distrust(source.grade), 3.0)
           else distrust(source.grade)
       end as trust
from united
left join source on source.id = united.source
