"""changes: what changed since a day?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

CHANGES = Question(
    name="changes",
    help="What changed since a day?",
    filters=(),
    columns={
        "id": "TODO.",
        "kind": "TODO.",
        "change": "TODO.",
        "before": "TODO.",
        "after": "TODO.",
        "known": "TODO.",
    },
    sql="""
select id, kind, change, before, after, known
from changes
order by id
""",
)


def changes(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What changed since a day?

    Rows as in sql/views/changes.sql, columns as in `CHANGES`; null is unknown, never zero.
    """
    return CHANGES.ask(moment, filters)
