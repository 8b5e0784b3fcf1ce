"""evidence: how well do we know?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

EVIDENCE = Question(
    name="evidence",
    help="How well do we know?",
    filters=(),
    columns={
        "id": "TODO.",
        "origins": "TODO.",
        "contradicts": "TODO.",
        "weakest": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select id, origins, contradicts, weakest, rests_on
from evidence
order by id
""",
)


def evidence(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How well do we know?

    Rows as in sql/views/evidence.sql, columns as in `EVIDENCE`; null is unknown, never zero.
    """
    return EVIDENCE.ask(moment, filters)
