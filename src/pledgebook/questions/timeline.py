"""timeline: what happened, and what was said, day by day?"""

import datetime
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class TimelineRow(NamedTuple):
    """A thing that happened or was said."""

    date: Annotated[str | None, "The day, as written (EDTF)."]
    kind: Annotated[str, "The kind of entry."]
    id: Annotated[str, "The entry; what several entries report is one row."]
    text: Annotated[str, "One line of words."]
    known: Annotated[datetime.date | None, "The day from which it is known."]
    rests_on: Annotated[list[str], "All entries that report it."]


TIMELINE = Question(
    name="timeline",
    help="What happened, and what was said, day by day?",
    row=TimelineRow,
    filters=("since", "until"),
    sql="""
select date, kind, id, text, known, rests_on
from timeline
where is_asked_between(since, until)
order by since nulls last, until nulls last, kind, id
""",
)


def timeline(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What happened, and what was said, day by day?

    Rows as in sql/views/timeline.sql, columns as in `TimelineRow`; null is unknown, never zero.
    """
    return TIMELINE.ask(moment, filters)
