"""conditions: which promises wait on what?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

CONDITIONS = Question(
    name="conditions",
    help="Which promises wait on what?",
    filters=(),
    columns={
        "id": "The condition.",
        "pledge": "The promise that waits on it; null where none names it.",
        "type": "What has to move: a mandate, a court, a treaty ...",
        "about": "The activity or entry that it is about.",
        "state": "open, met, breached, waived or lapsed.",
        "since": "The day of the entry that decided it; null while none did.",
        "rests_on": "The condition and what decided it.",
    },
    sql="""
select id, pledge, type, about, state, since, rests_on
from conditions
order by id, pledge nulls last
""",
)


def conditions(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Which promises wait on what?

    Rows as in sql/views/conditions.sql, columns as in `CONDITIONS`; null is unknown, never zero.
    """
    return CONDITIONS.ask(moment, filters)
