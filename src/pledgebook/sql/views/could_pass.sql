-- could_pass: who could block a mandate, member by member; never a probability.
-- one row per: body with seats and member in the year of the day on which is asked
-- reads: mandates, position, ask, condition, book.activity, book.activity_line, book.actor_line, book.council
-- kept: no: it reads the filter `via`
-- year: that year; without a day the newest with a decision of the body, else the newest with seats.
--   Of a year whose elected members are not known only the permanent ones have a row
-- last_vote: how the member voted last; stance: its latest position on what the mandates are about
-- verdict: pass where the later of the two is a yes or supports, at risk where it is a no, opposes,
--   declines, is critical or sceptical; else unknown, as after an abstention. On one day the vote counts
-- outcome: of the whole body: at risk where a permanent member is, or where fewer than nine could
--   still say yes; pass where nine or more pass and none of the permanent is at risk; else unknown
-- since: the day of the word that the verdict follows
-- rule: with `via` only the votes and stances on that activity, on what it is part of, and on what it
--   took over from
with recursive earlier as (
    -- each activity with all that it is part of, and all that had led to one of these
    select activity, ancestor as earlier from book.activity_line
    union
    select earlier.activity, line.ancestor as earlier
    from earlier
    join book.activity as former on former.successor = earlier.earlier
    join book.activity_line as line on line.activity = former.id
),
decision as (
    select mandates.*, unnest(about) as activity
    from mandates
    where adopted_until is null or adopted_until <= coalesce(this_day(), as_of())
),
-- what the body decides about: with `via` that activity, else all that it decided or was to decide on
matter as (
    select body, activity from decision where getvariable('via') is null
    union
    select council.body, condition.activity
    from (select type, unnest(about) as activity from condition) as condition
    cross join (select distinct body from book.council) as council
    where condition.type = 'mandate' and getvariable('via') is null
    union
    select body, getvariable('via') as activity from book.council where getvariable('via') is not null
),
scope as (
    select distinct matter.body, earlier.earlier as activity
    from matter
    join earlier on earlier.activity = matter.activity
),
ballot as (
    select distinct decision.body, decision.id, coalesce(decision.symbol, decision.id) as symbol,
           decision.adopted_until as since, decision.known, decision.yes, decision.no, decision.abstain,
           decision.absent
    from decision
    join scope on scope.body = decision.body and scope.activity = decision.activity
),
cast_votes as (
    select body, id, symbol, since, known, 'yes' as vote, unnest(yes) as member from ballot
    union all
    select body, id, symbol, since, known, 'no', unnest(no) from ballot
    union all
    select body, id, symbol, since, known, 'abstained', unnest(abstain) from ballot
    union all
    select body, id, symbol, since, known, 'absent', unnest(absent) from ballot
),
last_vote as (
    select body, member, max_by(struct_pack(id, vote, symbol, since), (since, known, id)) as last
    from cast_votes
    group by body, member
),
-- what a stance may be about: the activities, the decisions on them, and the conditions and asks that
-- name one of these
topic as (
    select body, activity as topic from scope
    union
    select scope.body, decision_report.report
    from (select body, activity, unnest(reports) as report from decision) as decision_report
    join scope on scope.body = decision_report.body and scope.activity = decision_report.activity
    union
    select scope.body, condition.id
    from (select id, type, unnest(about) as activity from condition) as condition
    join scope on scope.activity = condition.activity
    where condition.type = 'mandate'
),
asked as (
    select id, unnest(list_append(coalesce(about, []), via)) as target from ask
),
heard as (
    select body, topic from topic
    union
    select topic.body, asked.id
    from asked
    join topic on topic.topic = asked.target
),
last_stance as (
    select heard.body, line.ancestor as member,
           max_by(struct_pack(id := position.id, stance := position.stance, since := position.until),
                  (coalesce(position.until, date '0001-01-01'), position.known, position.id)) as last
    from (select id, who, stance, until, known, unnest(about) as target from position) as position
    join heard on heard.topic = position.target
    join book.actor_line as line on line.actor = position.who
    where coalesce(position.until, date '0001-01-01') <= coalesce(this_day(), as_of())
    group by heard.body, line.ancestor
),
asked_year as (
    select council.body,
           coalesce(year(this_day()::date),
                    max(council.year) filter (where council.year in (select year(adopted_until) from decision where decision.body = council.body)),
                    max(council.year)) as year
    from book.council as council
    group by council.body
),
seated as (
    select asked_year.body, asked_year.year, council.member, council.is_permanent
    from asked_year
    join book.council as council on council.body = asked_year.body and council.year = asked_year.year
    union
    -- permanent members are the same in every year
    select asked_year.body, asked_year.year, council.member, true
    from asked_year
    join book.council as council on council.body = asked_year.body and council.is_permanent
),
body as (
    select body, count(*) // count(distinct year) as seats from book.council group by body
),
spoken as (
    select seated.*, body.seats, vote.last as vote, stance.last as stance,
           case
               when vote.last is null then stance.last.stance
               when stance.last is null or coalesce(stance.last.since, date '0001-01-01') <= coalesce(vote.last.since, date '0001-01-01') then vote.last.vote
               else stance.last.stance
           end as word
    from seated
    join body on body.body = seated.body
    left join last_vote as vote on vote.body = seated.body and vote.member = seated.member
    left join last_stance as stance on stance.body = seated.body and stance.member = seated.member
),
judged as (
    select *,
           case
               when word in ('yes', 'supports') then 'pass'
               when word in ('no', 'opposes', 'declines', 'critical', 'sceptical') then 'at risk'
               else 'unknown'
           end as verdict
    from spoken
),
counted as (
    select body,
           count(*) filter (where verdict = 'pass') as passing,
           count(*) filter (where verdict = 'at risk') as at_risk,
           bool_or(is_permanent and verdict = 'at risk') as may_be_vetoed
    from judged
    group by body
)
select judged.member, judged.vote.vote || ' ' || judged.vote.symbol as last_vote,
       judged.stance.stance as stance, judged.verdict,
       list_sort(list_filter([judged.vote.id, judged.stance.id], lambda id: id is not null)) as rests_on,
       judged.body, judged.year, judged.is_permanent,
       greatest(judged.vote.since, judged.stance.since) as since,
       case
           when counted.may_be_vetoed or judged.seats - counted.at_risk < 9 then 'at risk'
           when counted.passing >= 9 then 'pass'
           else 'unknown'
       end as outcome
from judged
join counted on counted.body = judged.body
