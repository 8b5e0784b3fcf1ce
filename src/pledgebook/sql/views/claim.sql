-- claim: every stated total with its figure in one unit, joined with the reports that repeat it.
-- one row per: fact that is a total
-- reads: total, joined, source
-- stated, unit: the quantity or, where there is none, the money; null where no figure was said
-- slack: the rounding that the wording allows; reports: all entries that say it
-- place_named: the place that it is about; trust: 1 (grade A) to 4 (grade D)
with united as (
    select total.id, total.who, total.whom, total.via, total.what, total.stage, total.covers,
           coalesce(total.quantity, total.amount) as stated,
           coalesce(case when total.quantity is not null then total.unit end, total.currency) as unit,
           coalesce(case when total.quantity is not null then total.quantity_slack end, total.amount_slack) as slack,
           coalesce(total.comparator, '=') as comparator, total.measure, total.since, total.until, total.known,
           total.place as place_named,
           trust_of(total.quote, total.cell, source.grade) as trust,
           coalesce(joined.fact, total.id) as fact
    from total
    left join source on source.id = total.source
    left join joined on joined.id = total.id
),
ranked as (
    select united.*,
           -- only a report that says what the total covers can be checked
           row_number() over (
               partition by fact order by stated is null, covers is null, trust, known, id
           ) as place
    from united
),
gathered as (
    select fact, list(id order by known, id) as reports
    from united
    group by fact
)
select ranked.fact, ranked.id, ranked.who, ranked.whom, ranked.via, ranked.what, ranked.stage,
       ranked.covers, ranked.stated, ranked.unit,
       -- "about" forgives five per cent, whether the figure or the field says so
       case when ranked.comparator = '~' then greatest(ranked.slack, abs(ranked.stated) / 20) else ranked.slack end as slack,
       ranked.comparator, ranked.measure, ranked.since, ranked.until, ranked.known, ranked.place_named, ranked.trust,
       gathered.reports
from ranked
join gathered on gathered.fact = ranked.fact
where ranked.place = 1
