"""funds: what does each fund hold?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

FUNDS = Question(
    name="funds",
    help="What does each fund hold?",
    filters=(),
    columns={
        "activity": "TODO.",
        "unit": "TODO.",
        "pledged": "TODO.",
        "received": "TODO.",
        "spent": "TODO.",
        "frozen": "TODO.",
        "balance": "TODO.",
        "basis": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select activity, unit, pledged, received, spent, frozen, balance, basis, rests_on
from funds
order by activity
""",
)


def funds(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What does each fund hold?

    Rows as in sql/views/funds.sql, columns as in `FUNDS`; null is unknown, never zero.
    """
    return FUNDS.ask(moment, filters)
