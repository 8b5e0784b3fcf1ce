"""changes: what changed since a day?"""

from datetime import date
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class ChangesRow(NamedTuple):
    """One change to one entry."""

    id: Annotated[str, "The entry that changed, or is new."]
    kind: Annotated[str, "Its kind."]
    change: Annotated[
        str,
        "new, revised (corrected, or a level that a later one replaces), withdrawn (also "
        "cancelled or lapsed), frozen, released, open; of a condition met, breached, waived, "
        "lapsed or open; judged (a line of links.csv).",
    ]
    before: Annotated[str | None, "The figure or the word before; null where there was none."]
    after: Annotated[str, "The figure or the word since."]
    known: Annotated[
        date | None,
        "The day from which it holds; --since and --until include their day. A judgement "
        "counts on the day on which it was recorded.",
    ]
    rests_on: Annotated[list[str], "The entry and what changed it."]


CHANGES = Question(
    name="changes",
    help="What changed since a day?",
    row=ChangesRow,
    filters=("who", "via", "since", "until"),
    sql="""
select id, kind, change, before, after, known, rests_on
from changes
where is_asked_who(who) and is_asked_via(via) and is_asked_between(known, known)
order by known nulls last, id, change, before, after
""",
)


def changes(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What changed since a day?

    Rows as in sql/views/changes.sql, columns as in `ChangesRow`; null is unknown, never zero.
    """
    return CHANGES.ask(moment, filters)
