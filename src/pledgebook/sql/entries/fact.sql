-- fact: one thing promised or done, however many reports there are of it.
-- one row per: fact and stage
-- reads: reported
-- stored: yes
-- reports: the ids of all its live reports, in the order they became known
-- amount, unit, who ...: as its best report says (best grade, then known first)
-- firm: the firmest wording among its reports; condition: all conditions that any report names
-- is_trusted: false where its figure is only in grade D: then it moves no sum
with ranked as (
    select reported.*,
           row_number() over (
               partition by fact, stage
               order by amount is null, trust, known, id
           ) as place
    from reported
    where is_joined
),
gathered as (
    select fact, stage,
           list(id order by known, id) as reports,
           max(firm) as firm,
           list_sort(list_distinct(flatten(list(condition) filter (where condition is not null)))) as condition,
           min(known) as known
    from reported
    where is_joined
    group by fact, stage
)
-- most facts have one report, and need no comparing
select fact, stage, kind, id, who, whom, via, what, amount, unit, value, value_unit, comparator,
       measure, firm, condition, due, due_until, expires_until, fiscal_since,
       since, until, known, trust < 4.0 as is_trusted, [id] as reports
from reported
where not is_joined
union all
select ranked.fact, ranked.stage, ranked.kind, ranked.id, ranked.who, ranked.whom, ranked.via,
       ranked.what, ranked.amount, ranked.unit, ranked.value, ranked.value_unit, ranked.comparator,
       ranked.measure, gathered.firm, gathered.condition, ranked.due, ranked.due_until,
       ranked.expires_until, ranked.fiscal_since,
       ranked.since, ranked.until, gathered.known, ranked.trust < 4.0 as is_trusted,
       gathered.reports
from ranked
join gathered on gathered.fact = ranked.fact and gathered.stage = ranked.stage
where ranked.place = 1
