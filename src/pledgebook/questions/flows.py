"""flows: where did the money go, hand by hand?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

FLOWS = Question(
    name="flows",
    help="Where did the money go, hand by hand?",
    filters=(),
    columns={
        "provider": "TODO.",
        "receiver": "TODO.",
        "via": "TODO.",
        "stage": "TODO.",
        "unit": "TODO.",
        "amount": "TODO.",
        "cut": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select provider, receiver, via, stage, unit, amount, cut, rests_on
from flows
order by provider
""",
)


def flows(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Where did the money go, hand by hand?

    Rows as in sql/views/flows.sql, columns as in `FLOWS`; null is unknown, never zero.
    """
    return FLOWS.ask(moment, filters)
