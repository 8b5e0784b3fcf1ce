"""timeline: what happened, and what was said, day by day?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

TIMELINE = Question(
    name="timeline",
    help="What happened, and what was said, day by day?",
    filters=("since", "until"),
    columns={
        "date": "The day, as written (EDTF).",
        "kind": "The kind of entry.",
        "id": "The entry; what several entries report is one row.",
        "text": "One line of words.",
        "known": "The day from which it is known.",
        "rests_on": "All entries that report it.",
    },
    sql="""
select date, kind, id, text, known, rests_on
from timeline
where is_asked_between(since, until)
order by since nulls last, until nulls last, kind, id
""",
)


def timeline(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What happened, and what was said, day by day?

    Rows as in sql/views/timeline.sql, columns as in `TIMELINE`; null is unknown, never zero.
    """
    return TIMELINE.ask(moment, filters)
