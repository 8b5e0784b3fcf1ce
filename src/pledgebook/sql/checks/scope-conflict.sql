-- scope-conflict: one figure is given for two scopes.
-- one row per: total of the wider scope, and total of the narrower one with the same figure
-- reads: claim, statement, total, kin, book.actor_line
-- only where: from (select stage from book.total where coalesce(quantity, amount) is not null group by stage, coalesce(quantity, amount), coalesce(case when quantity is not null then unit end, currency) having min(source) <> max(source) and count(who) > 0 and (count(who) < count(*) or min(who) <> max(who)))
-- key: where in the entry the finding stands
-- rule: two sources state one sum of one stage and unit, for the same activity or the same receiver;
--   one of them gives it for a provider, the other for more than that one: for an actor that it is part
--   of, or for nobody in particular. Nothing is merged.
with summed as (
    select claim.id, claim.fact, claim.who, claim.whom, claim.via, claim.stage, claim.stated, claim.unit, claim.slack,
           claim.known, statement.source, statement.origin
    from claim
    join statement on statement.id = claim.id
    where claim.stated is not null and claim.comparator in ('=', '~')
),
received as (
    select id, unnest(whom) as whom from summed
),
paired as (
    select wide.id, wide.via, narrow.id as other, narrow.via as other_via
    from summed as wide
    join summed as narrow
      on narrow.stage = wide.stage and narrow.unit = wide.unit and narrow.stated = wide.stated
     and narrow.origin <> wide.origin and narrow.fact <> wide.fact
    where narrow.who is not null
      and (wide.who is null
           or (wide.who <> narrow.who
               and exists (select 1 from book.actor_line as line where line.actor = narrow.who and line.ancestor = wide.who)))
)
select paired.id, figure_key(total.quantity) as key,
       'one sum is given for ' || coalesce(wide.who, 'all providers') || ' and for ' || narrow.who as message,
       short(narrow.stated) || ' ' || narrow.unit || ' ' || narrow.stage || ' by ' || narrow.who || ' in ' || narrow.id as expected,
       short(wide.stated) || ' ' || wide.unit || ' ' || wide.stage || ' by ' || coalesce(wide.who, 'nobody named') || ' in ' || wide.id as found,
       '' as difference,
       'see which of the two the sources mean, and write who; both are kept apart' as remedy
from paired
join summed as wide on wide.id = paired.id
join summed as narrow on narrow.id = paired.other
join total on total.id = paired.id
where paired.via = paired.other_via
   or ((paired.via is null or paired.other_via is null) and exists (
          select 1
          from received as one
          join kin on kin.one = one.whom
          join received as other on other.whom = kin.other and other.id = paired.other
          where one.id = paired.id))
