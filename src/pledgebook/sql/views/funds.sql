-- funds: what came into each fund, what left it, and what lies in it.
-- one row per: fund, account or other hand that passes on, and unit
-- reads: fund_sum, fund_frozen, fund_level, activity, actor, rate
-- kept: no: it reads what the question sets
-- pledged, committed, received, spent: see `fund_sum`; null where nothing is known
-- balance: received - spent; null where one of them is not known
-- basis: stated where one of the figures is a level of which the entries explain only a part (R1)
-- unexplained: of what was received, the level less what the entries add up to; null without a level
-- own_unit: the unit in which it is kept; with --in the whole row is converted at one day, the last of
--   which anything of it is told, so that in - out = balance still holds; its levels stay in own_unit
-- levels: each level in use beside its entries; rivals: other totals of the same thing on the same day
with said as (
    select fund, unit,
           list({'id': id, 'stage': stage, 'stated': stated} order by stage) filter (where place = 1) as levels
    from fund_level
    group by fund, unit
),
rivalled as (
    select other.fund, other.unit, list_sort(list_distinct(list(other.id))) as rivals
    from fund_level as used
    join fund_level as other
      on other.fund = used.fund and other.stage = used.stage and other.unit = used.unit
    where used.place = 1 and other.stated <> used.stated and other.id <> used.id
      and (not other.is_level or other.until is not distinct from used.until)
    group by other.fund, other.unit
)
select fund_sum.fund as activity, coalesce(activity.type, actor.type) as type, coalesce(rate.unit, fund_sum.unit) as unit, fund_sum.unit as own_unit,
       at_rate(fund_sum.pledged, rate.rate) as pledged, at_rate(fund_sum.committed, rate.rate) as committed,
       at_rate(fund_sum.received, rate.rate) as received, at_rate(fund_sum.spent, rate.rate) as spent,
       at_rate(fund_frozen.frozen, rate.rate) as frozen,
       coalesce(fund_frozen.is_estimated, false) as frozen_is_estimated,
       at_rate(fund_sum.received, rate.rate) - at_rate(fund_sum.spent, rate.rate) as balance,
       case when fund_sum.is_stated then 'stated' else 'itemised' end as basis,
       at_rate(fund_sum.received_level - coalesce(fund_sum.received_itemised, 0), rate.rate) as unexplained,
       coalesce(list_transform(said.levels, lambda level: {
           'id': level.id, 'stage': level.stage, 'stated': level.stated,
           'itemised': case level.stage when 'pledged' then fund_sum.pledged_itemised
                                        when 'received' then fund_sum.received_itemised
                                        else fund_sum.spent_itemised end,
           'unexplained': level.stated - coalesce(
               case level.stage when 'pledged' then fund_sum.pledged_itemised
                                when 'received' then fund_sum.received_itemised
                                else fund_sum.spent_itemised end, 0)}), []) as levels,
       coalesce(rivalled.rivals, []) as rivals,
       at_rate(fund_sum.through, rate.rate) as through, at_rate(fund_sum.shared, rate.rate) as shared, fund_sum.unknown,
       rate.rate, rate.rate_day, rate.rate_table,
       list_sort(list_distinct(list_concat(fund_sum.rests_on, coalesce(fund_frozen.rests_on, [])))) as rests_on
from fund_sum
left join fund_frozen on fund_frozen.fund = fund_sum.fund and fund_frozen.unit = fund_sum.unit
left join said on said.fund = fund_sum.fund and said.unit = fund_sum.unit
left join rivalled on rivalled.fund = fund_sum.fund and rivalled.unit = fund_sum.unit
left join activity on activity.id = fund_sum.fund
left join actor on actor.id = fund_sum.fund
left join rate on rate.currency = fund_sum.unit and rate.day = fund_sum.day
