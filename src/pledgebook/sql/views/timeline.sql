-- timeline: what happened and what was said, day by day.
-- one row per: fact, on its first day; what several entries report is one row
-- reads: fact, ask, total, need, mandate, position, status, event, cases, control, joined, source
-- date: EDTF, as written; text: one line, in the words of the fields
with said as (
    select id, 'ask' as kind, date, since, until, known,
           concat_ws(' ', who, 'asks', array_to_string(whom, ', ') || ':', what) as text
    from ask
    union all
    select id, 'total' as kind, date, since, until, known,
           concat_ws(' ', who || ':', 'total', stage, 'for ' || array_to_string(whom, ', ') || ':', comparator_word(comparator),
                     coalesce(figure(coalesce(quantity, amount), coalesce(case when quantity is not null then unit end, currency)),
                              'no figure')) as text
    from total
    union all
    select id, 'need' as kind, date, since, until, known,
           concat_ws(' ', who, 'states a need:', what,
                     figure(coalesce(quantity, amount), coalesce(case when quantity is not null then unit end, currency))) as text
    from need
    union all
    select id, 'mandate' as kind, coalesce(adopted, date) as date, coalesce(adopted_since, since) as since,
           coalesce(adopted_until, until) as until, known,
           concat_ws(' ', body, 'decides', symbol, 'on', array_to_string(about, ', '), 'until ' || expires) as text
    from mandate
    union all
    select position.id, 'position' as kind, position.date, position.since, position.until, position.known,
           concat_ws(' ', coalesce(position.who, source.publisher, source.host), stance_word(stance), array_to_string(about, ', '),
                     '(' || what || ')') as text
    from position
    left join source on source.id = position.source
    union all
    select id, 'status' as kind, date, since, until, known,
           concat_ws(' ', array_to_string(about, ', ') || ':', coalesce(state, stage), 'with ' || holder) as text
    from status
    union all
    select id, 'event' as kind, date, since, until, known,
           concat_ws(' ', who || coalesce(' with ' || array_to_string(whom, ', '), '') || ':', coalesce(what, array_to_string(about, ', '), 'event')) as text
    from event
    union all
    select id, 'case' as kind, date, since, until, known,
           concat_ws(' ', 'case', what, 'in ' || jurisdiction, stage) as text
    from cases
    union all
    select id, 'control' as kind, date, since, until, known,
           concat_ws(' ', who, type, array_to_string(whom, ', ') || ':', coalesce(result, 'unknown')) as text
    from control
),
gathered as (
    select coalesce(joined.fact, said.id) as fact, said.kind,
           list(said.id order by said.known, said.id) as reports
    from said
    left join joined on joined.id = said.id
    group by coalesce(joined.fact, said.id), said.kind
),
firsts as (
    select said.id, said.kind, said.date, said.since, said.until, said.known, said.text, gathered.reports
    from gathered
    join said on said.id = gathered.reports[1] and said.kind = gathered.kind
),
supported as (
    select fact.id, fact.kind, coalesce(report.date, '') as date, fact.since, fact.until, fact.known,
           concat_ws(' ', fact.who, support_word(fact.kind, fact.firm), figure(fact.amount, fact.unit), fact.what,
                     'to ' || array_to_string(fact.whom, ', '), 'via ' || fact.via) as text,
           fact.reports
    from fact
    left join entries as report on report.id = fact.id
)
select date, kind, id, text, since, until, known, reports as rests_on
from firsts
union all
select date, kind, id, text, since, until, known, reports as rests_on
from supported
