-- reported: every live report of support with the fact that it reports.
-- one row per: live entry of support
-- reads: support, joined
-- kept: no: `fact` keeps what it needs
-- fact: the same for all reports of one thing; is_joined: whether it has more reports than this
select support.*, coalesce(joined.fact, support.id) as fact, joined.fact is not null as is_joined
from support
left join joined on joined.id = support.id
