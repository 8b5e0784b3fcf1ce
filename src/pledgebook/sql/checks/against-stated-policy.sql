-- against-stated-policy: money or goods of a sort that their provider had said it would not give.
-- one row per: position that declines or opposes, and later entry of support that does it all the same
-- reads: position, statement, book.actor_line, book.activity_line
-- only where: from book.position where stance in ('declines', 'opposes')
-- key: where in the entry the finding stands
-- rule: the later entry is of the same actor or its offices; its `what` holds the position's `what` as
--   whole words; and where the position is about actors or activities, it goes to one of them or to
--   their parts. Both quotes stand in the finding; whether it is a change of mind is for people to say.
with line as (
    select actor as one, ancestor from book.actor_line
    union
    select activity, ancestor from book.activity_line
),
refused as (
    select position.id, position.who, position.until, position.date, position.about, position.quote,
           ' ' || trim(regexp_replace(lower(strip_accents(position.what)), '[^\w]+', ' ', 'g')) || ' ' as words
    from position
    where position.stance in ('declines', 'opposes') and position.who is not null and position.what is not null
),
-- only what one of these actors gave is looked at
office as (
    select refused.id, line.actor
    from refused
    join book.actor_line as line on line.ancestor = refused.who
),
aimed as (
    select refused.id, target
    from (select id, unnest(about) as target from refused) as refused
    where target in (select ancestor from line)
),
given as (
    select statement.id, statement.kind, statement.who, statement.whom, statement.via, statement.since, statement.date,
           statement.quote, statement.amount, statement.unit,
           ' ' || trim(regexp_replace(lower(strip_accents(statement.what)), '[^\w]+', ' ', 'g')) || ' ' as words
    from statement
    where statement.is_live and statement.what is not null and statement.who in (select actor from office)
      and statement.kind in ('pledge', 'commitment', 'disbursement', 'delivery')
),
broken as (
    select refused.id as position, given.id
    from refused
    join office on office.id = refused.id
    join given
      on given.who = office.actor
     and given.since > refused.until
     and contains(given.words, refused.words)
    where trim(refused.words) <> ''
      and (refused.id not in (select id from aimed) or exists (
          select 1
          from aimed
          join line on line.ancestor = aimed.target
          where aimed.id = refused.id and (line.one = given.via or list_contains(given.whom, line.one))))
)
select broken.id, 'what' as key,
       'in ' || refused.date || ' ' || refused.who || ' had said that it would not' as message,
       refused.id || ': ' || cited(refused.quote) as expected,
       given.id || ': ' || coalesce(cited(given.quote), short(given.amount) || ' ' || given.unit, given.kind) as found,
       '' as difference,
       'nothing, where the policy has changed; else see whether both are about one thing' as remedy
from broken
join refused on refused.id = broken.position
join given on given.id = broken.id
