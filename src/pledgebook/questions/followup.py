"""followup: what followed an ask, after 30, 90 and 365 days?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

FOLLOWUP = Question(
    name="followup",
    help="What followed an ask, after 30, 90 and 365 days?",
    filters=(),
    columns={
        "ask": "TODO.",
        "who": "TODO.",
        "promised": "TODO.",
        "delivered": "TODO.",
        "after_30": "TODO.",
        "after_90": "TODO.",
        "after_365": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select ask, who, promised, delivered, after_30, after_90, after_365, rests_on
from followup
order by ask
""",
)


def followup(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What followed an ask, after 30, 90 and 365 days?

    Rows as in sql/views/followup.sql, columns as in `FOLLOWUP`; null is unknown, never zero.
    """
    return FOLLOWUP.ask(moment, filters)
