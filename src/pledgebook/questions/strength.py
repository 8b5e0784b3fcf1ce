"""strength: how strong is each force, against its ceiling and what was pledged?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

STRENGTH = Question(
    name="strength",
    help="How strong is each force, against its ceiling and what was pledged?",
    filters=(),
    columns={
        "activity": "TODO.",
        "date": "TODO.",
        "present": "TODO.",
        "pledged": "TODO.",
        "ceiling": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select activity, date, present, pledged, ceiling, rests_on
from strength
order by activity
""",
)


def strength(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How strong is each force, against its ceiling and what was pledged?

    Rows as in sql/views/strength.sql, columns as in `STRENGTH`; null is unknown, never zero.
    """
    return STRENGTH.ask(moment, filters)
