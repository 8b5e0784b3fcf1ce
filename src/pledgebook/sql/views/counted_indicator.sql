-- counted_indicator: every count on the ground, and which of several reports of one count is used.
-- one row per: live indicator
-- reads: indicator, source, joined
-- fact: the same for reports that are judged to be one, or of which one corrects the other
-- count: the same for all reports of one count: the same counter, series, what, place, receivers, days
--   and unit, from different sources; two equal counts in one source stay two. Without a counter each
--   source is a series of its own, so that series of different counters are never merged
-- is_used: whether it is the report in use: the best grade, then the one known first
-- is_best: whether it is the best report of its fact
-- rivals: the other reports of the count that give another figure, in the order they became known
-- since, until: the days that were counted
with said as (
    select indicator.id, indicator.source, indicator.who, indicator.whom, indicator.series, indicator.what,
           indicator.place, indicator.quantity as amount, indicator.unit, indicator.comparator,
           coalesce(indicator.measure, 'increment') as measure, indicator.known,
           coalesce(indicator.period, indicator.date) as period,
           case when indicator.period is null then indicator.since else indicator.period_since end as since,
           case when indicator.period is null then indicator.until else indicator.period_until end as until,
           trust_of(indicator.quote, indicator.cell, source.grade) as trust,
           coalesce(joined.fact, indicator.id) as fact
    from indicator
    left join source on source.id = indicator.source
    left join joined on joined.id = indicator.id
),
keyed as (
    select said.*,
           hash(coalesce(who, 'source ' || source), lower(series), lower(what), lower(place), list_sort(whom),
                since, until, unit, measure) as statement
    from said
),
numbered as (
    select keyed.*, row_number() over (partition by source, statement order by id) as turn from keyed
),
grouped as (
    -- reports judged to be one are one count, whatever they say
    select numbered.*, min(fact) over (partition by statement, turn) as alike from numbered
),
counted as (
    select grouped.*, min(alike) over (partition by fact) as count from grouped
),
ranked as (
    select counted.*,
           row_number() over (partition by count order by trust >= 4.0, amount is null, trust, known, id) as place_in_count,
           row_number() over (partition by fact order by amount is null, trust, known, id) as place_in_fact
    from counted
),
gathered as (
    select count, list(struct_pack(id := id, amount := amount) order by known, id) as told, count(distinct amount) as figures
    from ranked
    group by count
)
select ranked.id, ranked.fact, ranked.count, ranked.source, ranked.who, ranked.whom, ranked.series, ranked.what,
       ranked.place, ranked.period, ranked.since, ranked.until, ranked.amount, ranked.unit, ranked.comparator,
       ranked.measure, ranked.known, ranked.trust, ranked.place_in_count = 1 as is_used,
       ranked.place_in_fact = 1 as is_best,
       case when gathered.figures < 2 then []
            else list_transform(list_filter(gathered.told, lambda one: one.amount <> ranked.amount), lambda one: one.id)
       end as rivals
from ranked
join gathered on gathered.count = ranked.count
