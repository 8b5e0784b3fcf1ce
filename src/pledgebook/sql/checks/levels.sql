-- levels: figures that say how much there is, held against each other and against what adds up beside them (R1).
-- one row per: offending level, and series in which a figure does not say whether it adds
-- finds: level-conflict, level-exceeded, measure-missing
-- reads: fact, levelled, parted, book.report, book.people
-- only where: from fact where measure <> 'increment'
-- key: where in the entry the finding stands
-- level-conflict: two levels of one series and one day that exclude each other
-- level-exceeded: the increments up to the day of the latest level add up to more than it; people come and go
-- measure-missing: beside a level of its series a figure that says no measure; it was read as an increment
with series as (
    select fact.fact, fact.id, fact.stage, fact.unit, fact.measure, fact.amount, fact.since, fact.until, fact.known, fact.comparator,
           hash(fact.stage, fact.who, list_sort(fact.whom), fact.via, fact.what, fact.unit) as series
    from fact
    where fact.amount is not null and fact.is_trusted
),
levels as (
    select series.*, report.quantity is null as is_money,
           leeway(series.amount, figure_slack(report.quantity, report.quantity_slack, report.amount_slack), series.comparator) as slack
    from series
    join book.report as report on report.id = series.id
    where series.measure <> 'increment'
),
latest as (
    -- a cumulative figure of a time counts from its first day
    select levels.*, case when levels.measure = 'cumulative' and levels.since < levels.until then levels.since else date '0001-01-01' end as start
    from levels join levelled on levelled.fact = levels.fact and levelled.stage = levels.stage
),
-- the increments of a series that has a level
beside as (
    select latest.id, count(*) filter (where report.measure is null) as unsaid,
           arg_min(added.id, (added.until, added.id)) filter (where report.measure is null) as first_unsaid,
           arg_min(report.quantity is null, (added.until, added.id)) filter (where report.measure is null) as is_money,
           sum(added.amount) filter (where added.until <= latest.until and added.since >= latest.start) as amount,
           list(added.id order by added.until, added.id) filter (where added.until <= latest.until and added.since >= latest.start) as ids
    from latest
    join series as added on added.series = latest.series and added.measure = 'increment'
    join book.report as report on report.id = added.id
    group by latest.id
),
paired as (
    select later.id, later.is_money, later.amount, later.unit, later.until, earlier.id as other, earlier.amount as other_amount
    from levels as later
    join levels as earlier
      on earlier.series = later.series and earlier.measure = later.measure and earlier.until = later.until
     and (earlier.known, earlier.id) < (later.known, later.id)
    where later.amount <> earlier.amount
      and excludes(
          case when later.comparator in ('<', 'up to') then null else later.amount - later.slack end,
          case when later.comparator = '>' then null else later.amount + later.slack end,
          case when earlier.comparator in ('<', 'up to') then null else earlier.amount - earlier.slack end,
          case when earlier.comparator = '>' then null else earlier.amount + earlier.slack end)
)
select 'level-conflict' as rule, paired.id, case when paired.is_money then 'amount' else 'quantity' end as key,
       paired.id || ' and ' || paired.other || ' give two levels for one day' as message,
       short(paired.other_amount) || ' ' || paired.unit || ' (' || paired.other || ')' as expected,
       short(paired.amount) || ' ' || paired.unit || ' (' || paired.id || ')' as found,
       short(abs(paired.amount - paired.other_amount)) || ' ' || paired.unit || ' on ' || strftime(paired.until, '%Y-%m-%d') as difference,
       'see both sources; one of the two is shown until a line of links.csv says corrects, same or different' as remedy
from paired
where (paired.id, paired.other) not in (select (id, other) from parted)
qualify row_number() over (partition by paired.id order by paired.other) = 1
union all
select 'level-exceeded', latest.id, case when latest.is_money then 'amount' else 'quantity' end,
       'what was added up to this day is more than the ' || case latest.measure when 'level' then 'level' else 'cumulative figure' end,
       case when coalesce(latest.comparator, '=') = '=' then '' else latest.comparator || ' ' end
           || short(latest.amount) || ' ' || latest.unit || ', ' || latest.measure || ' on ' || strftime(latest.until, '%Y-%m-%d'),
       short(beside.amount) || ' ' || latest.unit || ' in ' || span(beside.ids),
       short(beside.amount - latest.amount) || ' ' || latest.unit || ' more than the ' || latest.measure,
       'see whether two increments are one, and whether something was taken back; the increments are what is shown'
from latest
join beside on beside.id = latest.id
where beside.amount > latest.amount + latest.slack and coalesce(latest.comparator, '=') <> '>'
  and not (latest.stage in ('delivered', 'used')
           and strip_accents(split_part(latest.unit, ' ', -1)) in (select noun from book.people))
union all
select 'measure-missing', beside.first_unsaid, case when beside.is_money then 'amount' else 'quantity' end,
       'this figure stands beside the ' || case latest.measure when 'level' then 'level ' else 'cumulative figure ' end
           || latest.id || ' and does not say whether it adds',
       'measure = "increment", "level" or "cumulative"',
       case when beside.unsaid = 1 then '1 figure' else format('{:,}', beside.unsaid) || ' figures' end || ' without a measure: added, as increments are',
       '', 'see the source, and write its measure'
from beside
join latest on latest.id = beside.id
where beside.first_unsaid is not null
