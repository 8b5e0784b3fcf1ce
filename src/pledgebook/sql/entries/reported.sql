-- reported: every live report of support with the fact that it reports.
-- one row per: live entry of support
-- reads: support, joined
-- fact: the same for all reports of one thing
select support.*, coalesce(joined.fact, support.id) as fact
from support
left join joined on joined.id = support.id
