-- mandates: what each body decided, by which votes, and until when it stands.
-- one row per: decision, however many live mandates report it (judged the same, or corrected)
-- reads: mandate, joined, source, status, book.council, book.resolution
-- yes, no, abstain, absent: who voted so; null where they are not known, empty where nobody did
-- yes_count ...: how many; they stand where the names are not known
-- is_derived: whether yes was worked out: the members of that year without those named otherwise
-- carried: in a body with seats nine yes and no negative vote of a permanent member, unless the
--   matter is procedural; an abstention or an absence is no veto (Charter, Article 27). Elsewhere
--   what was adopted, unless it was voted down. Null where that is not known, or is still to come
-- state: not yet adopted, not carried, unknown, ended (by a status), not yet in force, expired or in
--   force, on the day on which is asked; null without one
-- rule: who is in no list voted yes, where anything is told of the vote; where nothing is, only the
--   table of resolutions may say that all did
with seated as (
    select body, year, list(member order by member) as members
    from book.council
    group by body, year
),
body as (
    -- permanent members are the same in every year, and so is the number of seats
    select body, list_distinct(list(member) filter (where is_permanent)) as permanent,
           count(*) // count(distinct year) as seats
    from book.council
    group by body
),
told as (
    select mandate.*, coalesce(joined.fact, mandate.id) as fact,
           -- a day that is only that of the source is not the day of the vote
           coalesce(mandate.adopted, case when mandate.date is distinct from source.date then mandate.date end) as voted,
           coalesce(mandate.adopted_since, mandate.since) as voted_since,
           coalesce(mandate.adopted_until, mandate.until) as voted_until,
           coalesce(len(mandate.yes), mandate.yes_count) as told_yes,
           coalesce(len(mandate.no), mandate.no_count) as told_no,
           coalesce(len(mandate.abstain), mandate.abstain_count) as told_abstain,
           coalesce(len(mandate.absent), mandate.absent_count) as told_absent,
           trust_of(mandate.quote, mandate.cell, source.grade) as trust
    from mandate
    left join joined on joined.id = mandate.id
    left join source on source.id = mandate.source
),
ranked as (
    select *, coalesce(told_yes, told_no, told_abstain, told_absent) is null as is_silent,
           row_number() over (
               partition by fact
               order by coalesce(told_yes, told_no, told_abstain, told_absent) is null, trust, known, id
           ) as turn
    from told
),
gathered as (
    select fact, list(id order by id) as reports, min(known) as known,
           list_sort(list_distinct(flatten(list(about)))) as about
    from told
    group by fact
),
counted as (
    select ranked.* exclude (about, known), gathered.about, gathered.known, gathered.reports,
           body.permanent, body.seats, seated.members,
           coalesce(ranked.told_no, 0) + coalesce(ranked.told_abstain, 0) + coalesce(ranked.told_absent, 0) as withheld,
           body.seats is not null and (not ranked.is_silent or coalesce(resolution.yes = body.seats, false)) as is_told
    from ranked
    join gathered on gathered.fact = ranked.fact
    left join body on body.body = ranked.body
    left join seated
      on seated.body = ranked.body
     and seated.year = year(ranked.voted_since) and seated.year = year(ranked.voted_until)
    left join book.resolution as resolution
      on resolution.body = ranked.body and resolution.number = resolution_number(ranked.symbol)
    where ranked.turn = 1
),
whole as (
    -- whether every seat is told of: then who is in no list is nobody
    select *, is_told and coalesce(told_yes + withheld = seats, true) as is_whole
    from counted
),
numbered as (
    select * replace (
               coalesce(told_yes, case when is_told then greatest(seats - withheld, 0) end) as yes_count,
               coalesce(told_no, case when is_whole then 0 end) as no_count,
               coalesce(told_abstain, case when is_whole then 0 end) as abstain_count,
               coalesce(told_absent, case when is_whole then 0 end) as absent_count)
    from whole
),
named as (
    select * replace (
               coalesce(no, case when no_count = 0 then [] end) as no,
               coalesce(abstain, case when abstain_count = 0 then [] end) as abstain,
               coalesce(absent, case when absent_count = 0 then [] end) as absent)
    from numbered
),
derived as (
    select * replace (
               coalesce(yes, case
                   when yes_count = 0 then []
                   when len(members) - len(no) - len(abstain) - len(absent) = yes_count
                   then list_filter(members, lambda member: not list_contains(list_concat(no, abstain, absent), member))
               end) as yes),
           yes is not null as is_named
    from named
),
judged as (
    select *,
           case
               when list_has_any(coalesce(no, []), permanent) then true
               when len(no) = no_count or coalesce(no_count, 0) = 0 then false
               when list_has_all(list_concat(coalesce(yes, []), coalesce(abstain, []), coalesce(absent, [])), permanent) then false
           end as is_vetoed
    from derived
),
ended as (
    select coalesce(joined.fact, status.target) as fact,
           max_by(status.id, (status.until, status.known, status.id)) as id
    from (select id, state, until, known, unnest(about) as target from status) as status
    left join joined on joined.id = status.target
    where status.state in ('ended', 'withdrawn', 'cancelled', 'lapsed')
      and coalesce(status.until, date '0001-01-01') <= coalesce(this_day(), as_of())
    group by all
),
decided as (
    select judged.*, ended.id as ended_by,
           case
               when voted_until > as_of() then null
               when seats is null then coalesce(no_count, 0) = 0 or yes_count > no_count
               when is_silent then true
               else yes_count >= 9 and (coalesce(procedural = 'yes', false) or not is_vetoed)
           end as carried
    from judged
    left join ended on ended.fact = judged.fact
),
dated as (
    select *,
           case
               when this_day() is null then null
               when voted_since > this_day() then 'not yet adopted'
               when not carried then 'not carried'
               when carried is null then 'unknown'
               when ended_by is not null then 'ended'
               when coalesce(starts_since, voted_since) > this_day() then 'not yet in force'
               when expires_until < this_day() then 'expired'
               else 'in force'
           end as state
    from decided
)
select id, body, symbol, voted as adopted, voted_since as adopted_since, voted_until as adopted_until,
       expires, expires_until,
       list_sort(yes) as yes, list_sort(no) as no, list_sort(abstain) as abstain, list_sort(absent) as absent,
       yes_count, no_count, abstain_count, absent_count,
       case when yes_count is null then null
            when is_named or told_yes = 0 then false
            else yes is not null or told_yes is null end as is_derived,
       carried, about, what, starts, coalesce(starts_since, voted_since) as starts_since, ceiling, ceiling_unit, state,
       case when state in ('in force', 'not yet in force') then expires_until - this_day() end as days_left,
       fact, known, reports,
       case when ended_by is null then reports else list_sort(list_append(reports, ended_by)) end as rests_on
from dated
