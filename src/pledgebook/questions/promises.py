"""promises: who promised what, and how much of it came?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

PROMISES = Question(
    name="promises",
    help="Who promised what, and how much of it came?",
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    columns={
        "who": "The provider.",
        "unit": "The currency (ISO 4217) or the noun counted; null where no figure is known.",
        "pledged": (
            "Promises that count: worded as promised or firmer, with no unmet condition; 0 where "
            "there are none."
        ),
        "weak": "Promises that are worded more weakly than that.",
        "conditional": "Promises that wait for a condition.",
        "committed": "What of these promises was committed; null where nothing is known.",
        "disbursed": "What of them was paid.",
        "delivered": "What of them was delivered.",
        "outstanding": (
            "Promised and not delivered (money counts as delivered when paid), promise by "
            "promise, never negative."
        ),
        "unpromised": (
            "What was committed, paid or delivered without a known promise: the largest of these."
        ),
        "unpromised_stage": "Which of these: committed, disbursed or delivered.",
        "unknown": "How many promises have no figure.",
        "basis": "stated where a level stands for more than its increments explain, else itemised.",
        "converted": (
            "What counts in this currency and was reported in another, and its rate (R7); null "
            "where nothing was."
        ),
        "rates": "With --in: the rates that were used; null where none was.",
        "rests_on": "The ids of the entries behind the row.",
    },
    sql="""
select who, unit, pledged, weak, conditional, committed, disbursed, delivered, outstanding,
       unpromised, unpromised_stage, unknown, basis, converted, rates, rests_on
from promises
where is_asked_who(who) and is_asked_shown_unit(unit)
order by who, unit nulls last
""",
)


def promises(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who promised what, and how much of it came?

    Rows as in sql/views/promises.sql, columns as in `PROMISES`; null is unknown, never zero.
    """
    return PROMISES.ask(moment, filters)
