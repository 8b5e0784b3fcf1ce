-- contradiction: two live statements that cannot both be right.
-- one row per: statement, other statement and what they differ in, in both directions
-- reads: statement, joined, source, total, indicator, book.reading
-- differs: figure, currency, what or days
-- rule: reports of one fact contradict where their figures differ beyond both roundings, their money
--   has two currencies, they name two things, or their own days cannot agree. Totals contradict where
--   the figures of one scope (who, whom, via, what, stage, unit, measure) and one period, or one day
--   where none is given, exclude each other; so do the counts of two sources. Another period is a
--   rival and no contradiction. Of more than a thousand statements of one scope none is compared.
with figured as (
    select statement.id, statement.kind, statement.source, statement.stage, statement.who, statement.whom,
           statement.via, statement.what, statement.place, statement.unit, statement.is_money, statement.date,
           statement.since, statement.until, coalesce(statement.measure, 'increment') as measure,
           joined.fact,
           case when statement.comparator in ('<', 'up to') then null
                else statement.amount - leeway(statement.amount, statement.slack, statement.comparator) end as low,
           case when statement.comparator = '>' then null
                else statement.amount + leeway(statement.amount, statement.slack, statement.comparator) end as high,
           statement.amount is not null as has_figure
    from statement
    left join joined on joined.id = statement.id
    where statement.is_live
),
-- reports of one fact; a day that is its source's is no day of its own
reports as (
    select figured.*, lower(strip_accents(trim(figured.what))) as thing,
           figured.kind not in ('total', 'need', 'indicator')
               and (figured.since, figured.until) is distinct from (source.date_since, source.date_until) as has_day,
           split_part(figured.date, '/', 1) as first_day, split_part(figured.date, '/', 2) as last_day
    from figured
    left join source on source.id = figured.source
    where figured.fact is not null
    qualify count(*) over (partition by figured.fact) <= 1000
),
of_one_fact as (
    select one.id, other.id as other,
           case
               when one.unit = other.unit and excludes(one.low, one.high, other.low, other.high) then 'figure'
               when one.is_money and other.is_money and one.unit <> other.unit then 'currency'
               when one.thing <> other.thing then 'what'
               when one.has_day and other.has_day and (
                       one.since > other.until or other.since > one.until
                       or (one.last_day <> '' and other.last_day <> '' and (
                           disagree(one.first_day, other.first_day) or disagree(one.last_day, other.last_day))))
                   then 'days'
           end as differs
    from reports as one
    join reports as other on other.fact = one.fact and other.kind = one.kind and other.id <> one.id
),
-- what a sum is about: the period it is read in or, where it has none, its day
claimed as (
    select figured.*,
           hash(figured.who, list_sort(figured.whom), figured.via, figured.what, figured.stage, figured.unit, figured.measure,
                reading.years, reading.since,
                case when reading.years is null and reading.since is null and reading.until is null then figured.since end,
                case when reading.years is null then coalesce(reading.until, figured.until) end) as scope
    from figured
    join book.reading as reading on reading.id = figured.id and reading.position = 1
    where figured.kind = 'total' and figured.has_figure
),
counted_in as (
    select figured.*,
           hash(figured.who, list_sort(figured.whom), figured.what, figured.place, figured.unit, figured.measure,
                coalesce(indicator.period_since, figured.since), coalesce(indicator.period_until, figured.until)) as scope
    from figured
    join indicator on indicator.id = figured.id
    where figured.has_figure
),
scoped as (
    select id, source, fact, scope, low, high, false as is_count from claimed
    union all
    select id, source, fact, scope, low, high, true as is_count from counted_in
),
bounded as (
    select * from scoped qualify count(*) over (partition by is_count, scope) between 2 and 1000
),
of_one_scope as (
    select one.id, other.id as other, 'figure' as differs
    from bounded as one
    join bounded as other on other.scope = one.scope and other.is_count = one.is_count and other.id <> one.id
    where excludes(one.low, one.high, other.low, other.high)
      and (not one.is_count or one.source <> other.source)
)
select id, other, differs from of_one_fact where differs is not null
union
select id, other, differs from of_one_scope
