-- support: every live report of help given or promised, whatever its stage.
-- one row per: entry of kind pledge, commitment, disbursement, delivery or use
-- reads: report, source
-- kept: no: `fact` keeps what it needs
-- stage: the rung of the ladder that its kind stands on
-- amount, unit: the quantity and its noun or, where there is none, the money and its currency
-- value, value_unit: for what is given in kind, the money it is said to be worth; never summed with money
-- strength, firm: how firm the wording is, from 1 (implied) to 7 (done); unsaid, a pledge counts as
--   promised, a commitment as signed, all else as done
-- trust: 1 (grade A) to 4 (grade D); what has neither quote nor cell is trusted no more than C
select report.kind,
       case report.kind when 'pledge' then 'pledged' when 'commitment' then 'committed'
           when 'disbursement' then 'disbursed' when 'delivery' then 'delivered' else 'used' end as stage,
       report.id, report.source, report.who, report.whom, report.via, report.what, report.funder,
       coalesce(report.quantity, report.amount) as amount,
       case when report.quantity is not null then report.unit else report.currency end as unit,
       case when report.quantity is not null then report.amount end as value,
       case when report.quantity is not null then report.currency end as value_unit,
       report.comparator, coalesce(report.measure, 'increment') as measure,
       coalesce(report.strength, unsaid_strength(report.kind)) as strength,
       firmness(coalesce(report.strength, unsaid_strength(report.kind))) as firm,
       report.condition, report.due, report.due_until, report.expires, report.expires_until,
       report.toward, report.draws_on, report.part_of, report.fiscal_year, report.fiscal_since,
       report.since, report.until, report.known,
       trust_of(report.quote, report.cell, source.grade) as trust
from report
left join source on source.id = report.source
