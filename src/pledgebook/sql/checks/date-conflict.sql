-- date-conflict: two days that cannot both be right.
-- one row per: entry and field with a day that another day contradicts
-- reads: mandate, mandates, status, entries, source, joined, parted, book.activity, book.resolution
-- only where: from (select id from book.mandate union all select id from joined union all select id from book.status where state in ('began', 'ended') union all select id from book.activity where ends_until < starts_since)
-- key: where in the entry the finding stands
-- rule: days are compared as intervals, so "2019" and 2019-10-15 agree. A statement whose day is that
--   of its source may be later than what it tells of, and is held against it only where it is earlier
with decision as (
    select mandate.*, joined.fact,
           regexp_replace(lower(mandate.symbol), '\s', '', 'g') as plain_symbol,
           resolution_number(mandate.symbol) as number,
           list_sort(mandate.about)::varchar as subjects
    from mandate
    left join joined on joined.id = mandate.id
),
-- reports of one decision: judged the same; of one body and with one symbol; or of one body, about the
-- same and adopted on the same day, where neither has a symbol
grouped as (
    select id, 'fact ' || fact as decision from decision where fact is not null
    union all
    select id, body || ' ' || case when body in (select body from book.resolution) then coalesce(number::varchar, plain_symbol) else plain_symbol end
    from decision
    where symbol is not null
    union all
    select id, concat_ws(' ', body, 'on', subjects, adopted) from decision where symbol is null
),
turn as (
    select status.id, status.known, status.state, status.about as activity, status.date as day, status.since, status.until,
           status.date is not distinct from source.date as is_assumed
    from (select id, known, state, date, since, until, source, unnest(about) as about from status
          where state in ('began', 'ended')) as status
    left join source on source.id = status.source
),
-- what is told of one thing: days of which all have to agree
told as (
    select grouped.decision as thing, id, known, 'adopted' as key, 'two days on which one decision was adopted' as message,
           adopted as day, adopted_since as since, adopted_until as until
    from decision
    join grouped using (id)
    where adopted is not null
    union all
    select grouped.decision, id, known, 'expires', 'two days on which one decision expires', expires, expires_since, expires_until
    from decision
    join grouped using (id)
    where expires is not null
    union all
    select joined.fact, entries.id, entries.known, 'date', 'two days for one fact', entries.date, entries.since, entries.until
    from entries
    join joined on joined.id = entries.id
    left join source on source.id = entries.source
    where entries.kind <> 'mandate' and entries.date is distinct from source.date
    union all
    select activity, id, known, 'date', 'two days on which ' || activity || ' ' || state, day, since, until
    from turn
    where not is_assumed
),
-- each held against those that were known before it
heard as (
    select *,
           arg_min(struct_pack(id, day, since, until), until) over before as first,
           arg_max(struct_pack(id, day, since, until), since) over before as last
    from told
    window before as (partition by thing, key, message order by known, id rows between unbounded preceding and 1 preceding)
),
pair as (
    select id, key, message, day, since, until, case when since > first.until then first else last end as other,
           'see both sources; correct one by a line in links.csv, or judge the two different there' as remedy
    from heard
    union all
    select turn.id, 'date', 'two days on which ' || turn.activity || ' ' || turn.state, turn.day,
           case when not turn.is_assumed then turn.since end, turn.until,
           struct_pack(id := activity.id, day := activity.day, since := activity.since, until := activity.until),
           'see both sources, and mend the day that is wrong'
    from turn
    join (
        select id, 'began' as state, starts as day, starts_since as since, starts_until as until from book.activity
        union all
        select id, 'ended' as state, ends as day, ends_since as since, ends_until as until from book.activity
    ) as activity on activity.id = turn.activity and activity.state = turn.state
    union all
    select mandate.id, 'adopted', 'two days on which ' || mandate.symbol || ' was adopted', mandate.adopted, mandate.adopted_since, mandate.adopted_until,
           struct_pack(id := 'the table of resolutions', day := resolution.adopted::varchar, since := resolution.adopted, until := resolution.adopted),
           'see the source, and mend the day or the symbol'
    from mandate
    join book.resolution as resolution
      on resolution.body = mandate.body and resolution.number = resolution_number(mandate.symbol)
    where mandate.adopted is not null
),
at_odds as (
    select pair.id, pair.key, pair.message, pair.day, pair.other, pair.remedy,
           case when pair.since > pair.other.until then pair.since - pair.other.until
                else pair.other.since - pair.until end as days,
           case
               when year(pair.since) > year(pair.other.until) or year(pair.until) < year(pair.other.since) then 'year'
               when date_trunc('month', pair.since) > date_trunc('month', pair.other.until)
                    or date_trunc('month', pair.until) < date_trunc('month', pair.other.since) then 'month'
               else 'day'
           end as part,
           row_number() over (partition by pair.id, pair.key order by pair.message, pair.other.id) as number
    from pair
    left join parted as judged on judged.id = pair.id and judged.other = pair.other.id
    where judged.id is null
      and (pair.since > pair.other.until or pair.until < pair.other.since)
),
covered as (
    -- the last decision may name no last day: then the end is open
    select activity, min(starts_since) as since, arg_min(id, (starts_since, id)) as first,
           case when bool_and(expires_until is not null or starts_since < latest) then max(expires_until) end as until,
           arg_max(id, (expires_until, id)) filter (where expires_until is not null) as last
    from (
        select *, max(starts_since) over (partition by activity) as latest
        from (select id, starts_since, expires_until, unnest(about) as activity from mandates where carried)
    )
    group by activity
)
select id, key, message, other.day || ', says ' || other.id as expected, day || ', says ' || id as found,
       'the ' || part || ' differs: ' || in_days(days) || ' apart' as difference,
       remedy
from at_odds
where number = 1
union all
select id, 'expires', id || ' expires before it ' || case when starts is null then 'is adopted' else 'starts' end,
       'a last day on or after ' || coalesce(starts, adopted), expires,
       in_days(coalesce(starts_since, adopted_since) - expires_until) || ' before', 'see the source, and mend the day that is wrong'
from mandate
where expires_until < coalesce(starts_since, adopted_since)
union all
select id, 'ends', id || ' ends before it starts', 'a last day on or after ' || starts, ends,
       in_days(starts_since - ends_until) || ' before', 'see the source, and mend the day that is wrong'
from book.activity
where ends_until < starts_since
union all
select activity.id, 'starts', activity.id || ' starts before anything authorises it',
       'a first day on or after ' || covered.since || ', that of ' || covered.first, activity.starts,
       in_days(covered.since - activity.starts_until) || ' before', 'add the mandate that covers it, or mend the day that is wrong'
from book.activity as activity
join covered on covered.activity = activity.id
where activity.starts_until < covered.since and activity.ends is not null
union all
select activity.id, 'ends', activity.id || ' ends after its last mandate',
       'a last day up to ' || covered.until || ', that of ' || covered.last, activity.ends,
       in_days(activity.ends_since - covered.until) || ' after', 'add the mandate that covers it, or mend the day that is wrong'
from book.activity as activity
join covered on covered.activity = activity.id
where activity.ends_since > covered.until
