"""changes: what changed since a day?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

CHANGES = Question(
    name="changes",
    help="What changed since a day?",
    filters=("who", "via", "since", "until"),
    columns={
        "id": "The entry that changed, or is new.",
        "kind": "Its kind.",
        "change": (
            "new, revised (corrected, or a level that a later one replaces), withdrawn (also "
            "cancelled or lapsed), frozen, released, open; of a condition met, breached, waived, "
            "lapsed or open; judged (a line of links.csv)."
        ),
        "before": "The figure or the word before; null where there was none.",
        "after": "The figure or the word since.",
        "known": (
            "The day from which it holds; --since and --until include their day. A judgement "
            "counts on the day on which it was recorded."
        ),
        "rests_on": "The entry and what changed it.",
    },
    sql="""
select id, kind, change, before, after, known, rests_on
from changes
where is_asked_who(who) and is_asked_via(via) and is_asked_between(known, known)
order by known nulls last, id, change, before, after
""",
)


def changes(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What changed since a day?

    Rows as in sql/views/changes.sql, columns as in `CHANGES`; null is unknown, never zero.
    """
    return CHANGES.ask(moment, filters)
