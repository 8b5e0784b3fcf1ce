-- over-ceiling: more people are promised or present than the mandate allows.
-- one row per: day on which a force comes to stand above its ceiling, and stated total of promises above it
-- reads: strength_day, force_part, force_whole, force_pledged, ceiling_set, claim, activity, mandate, book.people
-- only where: from (select ceiling from book.mandate union all select ceiling from book.activity) where ceiling is not null
-- key: where in the entry the finding stands
with standing as (
    select force, day, lowest, pledged, ceiling, mandate, unit,
           coalesce(lowest > ceiling, false) as is_present_over, coalesce(pledged > ceiling, false) as is_pledged_over
    from strength_day
),
before as (
    select *, coalesce(lag(is_present_over) over day_of, false) as was_present_over,
           coalesce(lag(is_pledged_over) over day_of, false) as was_pledged_over
    from standing
    window day_of as (partition by force order by day)
),
-- what happened on the day: the arrival or level, the promise, else the mandate that allows fewer
cause as (
    select force, day, 'present' as word, max(reports[-1]) as id
    from (select force, day, reports from force_part union all select force, day, reports from force_whole)
    group by force, day
    union all
    select force, since, 'pledged', max(id) from force_pledged group by force, since
),
crossed as (
    select force, day, lowest as people, 'present' as word, ceiling, mandate, unit
    from before where is_present_over and not was_present_over
    union all
    select force, day, pledged, 'pledged', ceiling, mandate, unit
    from before where is_pledged_over and not was_pledged_over
),
-- what somebody says is promised in all
stated as (
    select claim.id, force.id as force, claim.until as day, claim.stated as people, force.ceiling, claim.unit,
           case when claim.comparator = '=' then '' else claim.comparator || ' ' end as comparator
    from (select *, unnest(list_distinct(list_append(coalesce(whom, []), via))) as about from claim) as claim
    join activity as force on force.id = claim.about
    join book.people as people
      on people.noun = strip_accents(split_part(claim.unit, ' ', -1)) and people.role <> 'harmed'
    where claim.stage in ('pledged', 'committed') and claim.trust < 4.0
),
placed as (
    select coalesce(cause.id, crossed.mandate) as id, case when cause.id is null then 'ceiling' else 'quantity' end as key,
           crossed.force, crossed.day, crossed.people, crossed.word, crossed.ceiling, crossed.mandate, crossed.unit,
           '' as comparator
    from crossed
    left join cause on cause.force = crossed.force and cause.day = crossed.day and cause.word = crossed.word
    where coalesce(cause.id, crossed.mandate) is not null
    union all
    select stated.id, 'quantity', stated.force, stated.day, stated.people, 'pledged',
           coalesce(max_by(ceiling_set.ceiling, (ceiling_set.since, ceiling_set.id)), stated.ceiling) as ceiling,
           max_by(ceiling_set.id, (ceiling_set.since, ceiling_set.id)) as mandate, stated.unit, stated.comparator
    from stated
    left join ceiling_set
      on ceiling_set.force = stated.force and ceiling_set.since <= stated.day
     and coalesce(ceiling_set.until >= stated.day, true)
    group by stated.id, stated.force, stated.day, stated.people, stated.ceiling, stated.unit, stated.comparator
)
select placed.id, placed.key,
       'more people are ' || placed.word || ' than ' || placed.force || ' may have' as message,
       short(placed.ceiling) || ' ('
           || coalesce(regexp_replace(mandate.symbol, ' \(\d{4}\)$', ''), placed.mandate, 'the ceiling of ' || placed.force)
           || ')' as expected,
       placed.comparator || short(placed.people) || ' ' || placed.unit || ' ' || placed.word || ', '
           || strftime(placed.day, '%Y-%m-%d') as found,
       short(placed.people - placed.ceiling) || ' ' || placed.unit || ' more than the ceiling' as difference,
       'see whether all of it stands at once: pledgebook show strength --via ' || placed.force as remedy
from placed
left join mandate on mandate.id = placed.mandate
where placed.people > placed.ceiling
