-- statement: every statement that is known on the day, of whatever kind, in one shape.
-- one row per: known statement, whether or not a later one corrects it
-- reads: corrected, book.origin, source, book.ask, book.pledge, book.commitment, book.disbursement, book.delivery, book.use, book.total, book.need, book.condition, book.mandate, book.position, book.status, book.event, book.cases, book.indicator, book.control
-- kept: no: each reader takes the columns it needs
-- who: who says, gives, asks, decides or counts; what: of an indicator its series
-- amount, unit: the quantity and its noun or, where there is none, the money; slack: the rounding of it
-- word: what it says where it gives no figure: a state, a stance, a symbol, a stage, a result
-- is_live: whether no later entry corrects it; origin: the telling that its source goes back to
-- trust: 1 (grade A) to 4 (grade D); what has neither quote nor cell is trusted no more than C
with united as (
    select 'pledge' as kind, 'pledged' as stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.pledge
    union all by name
    select 'commitment' as kind, 'committed' as stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.commitment
    union all by name
    select 'disbursement' as kind, 'disbursed' as stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.disbursement
    union all by name
    select 'delivery' as kind, 'delivered' as stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.delivery
    union all by name
    select 'use' as kind, 'used' as stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.use
    union all by name
    select 'ask' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator
    from book.ask
    union all by name
    select 'total' as kind, stage, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator, measure
    from book.total
    union all by name
    select 'need' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, via, what, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, comparator
    from book.need
    union all by name
    select 'condition' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, who, whom, what, type as word
    from book.condition
    union all by name
    select 'mandate' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, body as who, what, symbol as word
    from book.mandate
    union all by name
    select 'position' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, who, what, about, stance as word
    from book.position
    union all by name
    select 'status' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, coalesce(quantity, amount) as amount, case when quantity is not null then unit else currency end as unit,
           figure_slack(quantity, quantity_slack, amount_slack) as slack, quantity is null and amount is not null as is_money, about, coalesce(state, stage) as word
    from book.status
    union all by name
    select 'event' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, who, whom, what, about
    from book.event
    union all by name
    select 'case' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, what, quantity as amount, unit, quantity_slack as slack, comparator, stage as word
    from book.cases
    union all by name
    select 'indicator' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known,
           who, whom, coalesce(series, what) as what, quantity as amount, unit, quantity_slack as slack, comparator, measure
    from book.indicator
    union all by name
    select 'control' as kind, id, source, quote, cell, speaker, venue, place, date, since, until, known, who, whom, what, about, result as word
    from book.control
)
select united.*, corrected.id is null as is_live, coalesce(origin.origin, united.source) as origin, source.grade,
       trust_of(united.quote, united.cell, source.grade) as trust
from united
left join corrected on corrected.id = united.id
left join book.origin as origin on origin.source = united.source
left join source on source.id = united.source
where is_known(united.known)
