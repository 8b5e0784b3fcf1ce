"""followup: what followed an ask, after 30, 90 and 365 days?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

_AFTER = "How much of that had come {} days after the ask; null until that day has passed."

FOLLOWUP = Question(
    name="followup",
    help="What followed an ask, after 30, 90 and 365 days?",
    filters=("who", "unit", "since", "until", "currency"),
    columns={
        "ask": "The ask.",
        "who": "Who answered it, or was asked and did not; null where nobody was named.",
        "promised": (
            "What it promised toward the ask, where that counts; 0 where it only promised what "
            "does not, null where it promised nothing known."
        ),
        "delivered": (
            "What was paid or delivered of it, of each answer the larger and never the sum; null "
            "where nothing is known to have come."
        ),
        "after_30": _AFTER.format(30),
        "after_90": _AFTER.format(90),
        "after_365": _AFTER.format(365),
        "rests_on": "The ask, what answers it, and what came of that.",
        "unit": "The currency (ISO 4217) or the noun counted; null where no figure is known.",
        "weak": "What it promised in weaker words than those that count.",
        "conditional": "What it promised and what waits for a condition.",
        "asked_by": "Who asked.",
        "asked_on": "The day of the ask.",
        "what": "What was asked.",
        "known": "The day from which the ask is known.",
        "rates": "With --in: the rates that were used; null where none was.",
    },
    sql="""
select ask, who, promised, delivered, after_30, after_90, after_365, rests_on, unit, weak,
       conditional, asked_by, asked_on, what, known, rates
from followup
where is_asked_who(who) and is_asked_shown_unit(unit) and is_asked_between(asked_on, asked_on)
order by asked_on nulls last, ask, who nulls last, unit nulls last
""",
)


def followup(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What followed an ask, after 30, 90 and 365 days?

    Rows as in sql/views/followup.sql, columns as in `FOLLOWUP`; null is unknown, never zero.
    """
    return FOLLOWUP.ask(moment, filters)
