-- evidence: how well each statement is known: by whom it is told, and who says otherwise.
-- one row per: live statement
-- reads: statement, joined, contradiction
-- origins: how many independent tellings report its fact; copies of one telling are one (R10)
-- contradicts: the live entries that cannot be right where this one is
-- weakest: the worst grade among the reports; null where one of them has none and none has grade D
-- rests_on: the live reports of its fact, this one among them, of a crowd the first thousand; reports: how many
with told as (
    select statement.*, joined.fact
    from statement
    left join joined on joined.id = statement.id
    where statement.is_live
),
gathered as (
    select fact, list_sort(list(id))[:1000] as rests_on, count(*) as reports, count(distinct origin) as origins, max(trust) as trust
    from told
    where fact is not null
    group by fact
),
opposed as (
    select id, list_sort(list(distinct other)) as contradicts
    from contradiction
    group by id
)
select told.id, told.kind, told.who, told.what, told.amount, told.unit,
       coalesce(gathered.origins, 1) as origins, coalesce(gathered.reports, 1) as reports,
       coalesce(opposed.contradicts, []) as contradicts,
       case coalesce(gathered.trust, told.trust) when 1 then 'A' when 2 then 'B' when 3 then 'C' when 4 then 'D' end as weakest,
       told.grade, told.source, told.speaker, told.venue, told.known, told.quote,
       coalesce(gathered.rests_on, [told.id]) as rests_on
from told
left join gathered on gathered.fact = told.fact
left join opposed on opposed.id = told.id
