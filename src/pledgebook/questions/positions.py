"""positions: who thinks what of an ask, a promise, an actor or an activity?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

POSITIONS = Question(
    name="positions",
    help="Who thinks what of an ask, a promise, an actor or an activity?",
    filters=("who", "since", "until"),
    columns={
        "id": "The position.",
        "who": "Whose stance it is; where the entry names nobody, the publisher's.",
        "about": "What it is about.",
        "stance": (
            "supports, supports_if, reviewing, sceptical, critical, opposes, declines or abstained."
        ),
        "what": "The aspect that it is about.",
        "since": "The day on which it was taken.",
        "known": "The day from which it is known.",
        "rests_on": "The entry.",
    },
    sql="""
select id, who, about, stance, what, since, known, rests_on
from positions
where is_asked_who(who) and is_asked_between(since, since)
order by since nulls last, id
""",
)


def positions(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who thinks what of an ask, a promise, an actor or an activity?

    Rows as in sql/views/positions.sql, columns as in `POSITIONS`; null is unknown, never zero.
    """
    return POSITIONS.ask(moment, filters)
