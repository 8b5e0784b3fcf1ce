"""indicators: what was counted on the ground?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

INDICATORS = Question(
    name="indicators",
    help="What was counted on the ground?",
    filters=(),
    columns={
        "series": "TODO.",
        "place": "TODO.",
        "period": "TODO.",
        "value": "TODO.",
        "unit": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select series, place, period, value, unit, rests_on
from indicators
order by series
""",
)


def indicators(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What was counted on the ground?

    Rows as in sql/views/indicators.sql, columns as in `INDICATORS`; null is unknown, never zero.
    """
    return INDICATORS.ask(moment, filters)
