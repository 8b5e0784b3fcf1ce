-- force_pledged: the people promised to a force, and from when to when each promise counts.
-- one row per: force and promise of people that counts at some time
-- reads: force_figure, promise, fact, condition_state, status
-- rule: a promise counts from the day on which it was made and its conditions were met, until it is
--   withdrawn or expires, or a later level of the same contributor replaces it (R1); a commitment that
--   fulfils a pledge is no second promise, and what is worded too weakly does not count
-- until: the first day on which it counts no more; null while it counts
with hanging as (
    select promise.fact, max(condition_state.since) as met,
           bool_and(coalesce(condition_state.state, 'open') in ('met', 'waived')) as is_met
    from (select fact, unnest(condition) as condition from promise) as promise
    left join condition_state on condition_state.id = promise.condition
    group by promise.fact
),
counting as (
    select figure.force, figure.contributor, figure.role, promise.id, figure.measure,
           greatest(figure.day, hanging.met) as since, promise.amount, promise.reports,
           case when promise.state in ('withdrawn', 'expired') then coalesce(status.until, fact.expires_until + 1) end as ended
    from promise
    join force_figure as figure on figure.fact = promise.fact and figure.stage = promise.kind_stage
    join fact on fact.fact = promise.fact and fact.stage = promise.kind_stage
    left join hanging on hanging.fact = promise.fact
    left join status on status.id = promise.ended_by
    where not promise.is_old
      and case
              when promise.state in ('withdrawn', 'expired') then
                  promise.firm >= weakest_counted() and coalesce(hanging.is_met, true)
              else promise.state not in ('waits', 'weak')
          end
)
select force, contributor, id, since, amount, reports,
       least(ended,
             case when measure = 'increment' then min(since) filter (where measure <> 'increment') over same_or_later
                  else min(since) filter (where measure <> 'increment') over later end) as until
from counting
window later as (
           partition by force, contributor, role order by since groups between 1 following and unbounded following),
       same_or_later as (
           partition by force, contributor, role order by since groups between current row and unbounded following)
