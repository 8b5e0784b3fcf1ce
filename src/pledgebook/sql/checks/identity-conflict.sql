-- identity-conflict: two sources name different people for one step of a case; no name is kept.
-- one row per: the later of two statuses that a person judged to be about different people
-- reads: status, cases, parted
-- only where: from book.judgement where judgement = 'different'
-- key: where in the entry the finding stands; never at its quote, in which the name may stand
with step as (
    select status.id, status.source, status.known, lower(trim(coalesce(status.stage, status.state))) as stage,
           unnest(status.about) as target
    from status
)
select distinct later.id, 'about' as key,
       'two sources name different people for one step of ' || later.target as message,
       'one account of the step' as expected,
       earlier.id || ' and ' || later.id || ', judged different' as found,
       '' as difference,
       'keep counts and stages only, and leave the step out until one of the two is corrected' as remedy
from step as later
join parted on parted.id = later.id
join step as earlier
  on earlier.id = parted.other
 and earlier.target = later.target
 and earlier.stage = later.stage
 and earlier.source <> later.source
 and (earlier.known, earlier.id) < (later.known, later.id)
where later.target in (select id from cases)
