-- reconciled: a stated total beside the entries it covers, and the rest that nobody itemised.
-- one row per: total and reading; position 1 is in use, the others stand beside it
-- reads: claim, book.reading, scoped, item, edge, under
-- stated, itemised, unexplained: in unit; never converted, never across units
-- basis: the stage summed; `spent` means what was paid or, where nothing was, what was committed
-- itemised: null while nothing is known to fall under the total (unknown is not zero)
-- new_money: the part of itemised that draws on no older promise
-- unexplained: stated - itemised; negative = more itemised than stated; null = open
-- verdict: open (no item, no figure, or a fiscal year missing), holds, short (a rest), over (an excess)
-- rests_on: ids of the items, in the order they became known
with staged as (
    select claim.fact,
           case
               when claim.stage = 'spent' and bool_or(scoped.stage = 'disbursed') then 'disbursed'
               when claim.stage = 'spent' then 'committed'
               when claim.stage = 'received' then 'disbursed'
               else claim.stage
           end as basis
    from claim
    join scoped on scoped.total = claim.fact
    group by claim.fact, claim.stage
),
read_in as (
    select claim.fact, reading.position, reading.reading, reading.years, reading.since, reading.until
    from claim
    join book.reading as reading on reading.id = claim.id
),
taken as (
    select read_in.fact as total, read_in.position, item.*
    from read_in
    join staged on staged.fact = read_in.fact
    join scoped on scoped.total = read_in.fact and scoped.stage = staged.basis
    join item on item.fact = scoped.fact and item.stage = scoped.stage
    where case
              when read_in.years is not null then list_contains(read_in.years, item.fiscal_since)
              else (read_in.since is null or item.since >= read_in.since)
               and (read_in.until is null or item.until <= read_in.until)
          end
),
-- of two items of which one stands under the other only the upper one is added
hidden as (
    select distinct lower.total, lower.position, lower.fact
    from taken as lower
    join under on under.fact = lower.fact
    join taken as upper
      on upper.total = lower.total and upper.position = lower.position and upper.fact = under.above
),
summed as (
    select taken.total as fact, taken.position,
           sum(taken.amount) filter (where hidden.fact is null) as itemised,
           sum(taken.amount) filter (where hidden.fact is null
               and taken.fact not in (select fact from edge where relation = 'draws_on')) as new_money,
           count(distinct taken.fiscal_since) as years_found,
           coalesce(flatten(list(taken.reports order by taken.known, taken.id) filter (where hidden.fact is null)), []) as rests_on
    from taken
    left join hidden
      on hidden.total = taken.total and hidden.position = taken.position and hidden.fact = taken.fact
    group by taken.total, taken.position
),
compared as (
    select claim.fact, claim.id, claim.who, claim.whom, claim.via, claim.what, claim.stage,
           claim.stated, claim.comparator, claim.unit, claim.slack, claim.known, claim.reports,
           claim.measure, claim.until as said_on,
           read_in.reading, read_in.position, read_in.since, read_in.until, staged.basis,
           summed.itemised, coalesce(summed.new_money, case when summed.itemised is not null then 0 end) as new_money,
           case
               when read_in.years is null or summed.years_found = len(read_in.years)
               then claim.stated - summed.itemised
           end as unexplained,
           coalesce(summed.rests_on, []) as rests_on
    from claim
    join read_in on read_in.fact = claim.fact
    left join staged on staged.fact = claim.fact
    left join summed on summed.fact = claim.fact and summed.position = read_in.position
)
select fact, id, who, whom, via, what, stage, reading, position, since, until, said_on, measure, known,
       stated, comparator, unit, slack, basis, itemised, new_money, unexplained,
       case
           when unexplained is null then 'open'
           when comparator in ('=', '~') and abs(unexplained) <= slack then 'holds'
           when comparator in ('<', 'up to') and unexplained >= 0 then 'holds'
           when comparator = '>' and unexplained < 0 then 'holds'
           when comparator = '>' or unexplained > 0 then 'short'
           else 'over'
       end as verdict,
       reports, rests_on
from compared
