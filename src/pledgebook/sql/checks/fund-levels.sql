-- fund-levels: two sums that are stated of one fund and one day and exclude each other.
-- one row per: the later one of two such totals
-- finds: level-conflict
-- reads: fund_level, total, parted
-- only where: from (select 1 from fund_level where is_level group by fund, stage, unit, until having count(*) > 1)
-- key: where in the entry the finding stands
-- rule: levels and cumulative figures of one stage, unit and measure, said of the same provider, or of none
with paired as (
    select later.id, total.quantity is null as is_money, later.fund, later.stated, later.unit, later.until,
           earlier.id as other, earlier.stated as other_stated
    from fund_level as later
    join fund_level as earlier
      on earlier.fund = later.fund and earlier.stage = later.stage and earlier.unit = later.unit and earlier.until = later.until
     and (earlier.known, earlier.id) < (later.known, later.id)
    join total on total.id = later.id
    join total as other
      on other.id = earlier.id and other.measure = total.measure
     and other.who is not distinct from total.who and other.what is not distinct from total.what
    left join parted on parted.id = later.id and parted.other = earlier.id
    where later.is_level and earlier.is_level and parted.id is null
      and excludes(later.stated - later.slack, case when coalesce(total.comparator, '=') <> '>' then later.stated + later.slack end,
                   earlier.stated - earlier.slack, case when coalesce(other.comparator, '=') <> '>' then earlier.stated + earlier.slack end)
    qualify row_number() over (partition by later.id order by earlier.known, earlier.id) = 1
)
select 'level-conflict' as rule, id, case when is_money then 'amount' else 'quantity' end as key,
       id || ' and ' || other || ' say two things of ' || fund || ' on one day' as message,
       short(other_stated) || ' ' || unit || ' (' || other || ')' as expected, short(stated) || ' ' || unit || ' (' || id || ')' as found,
       short(abs(stated - other_stated)) || ' ' || unit || ' on ' || strftime(until, '%Y-%m-%d') as difference,
       'see both sources; one of the two is shown until a line of links.csv says corrects, same or different' as remedy
from paired
