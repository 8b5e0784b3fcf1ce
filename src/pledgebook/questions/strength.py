"""strength: how strong is each force, against its ceiling and what was pledged?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

STRENGTH = Question(
    name="strength",
    help="How strong is each force, against its ceiling and what was pledged?",
    filters=("via", "unit", "since", "until"),
    columns={
        "activity": "The mission, force or unit that people are sent to.",
        "date": "The day from which the row holds, up to the next row of the force.",
        "present": (
            "How many people are there: arrivals less departures since the latest stated level; "
            "null where it is unknown, and while more left than is known to have come."
        ),
        "pledged": "People promised to it that count on the day; null where no promise is known.",
        "ceiling": "The most that its mandate, or else the activity, allows on the day.",
        "reading": "lowest or highest, where reports of one arrival differ; null where they agree.",
        "unit": "The noun of its figures; people where they use several.",
        "basis": "itemised, or stated where a stated level is part of it.",
        "parts": (
            "Who sent how many, each itemised, stated or derived; the rest is what no "
            "contributor is named for."
        ),
        "mandate": "The mandate that sets the ceiling; null where the activity does.",
        "rests_on": "The arrivals, departures, levels, promises and the mandate behind the row.",
    },
    sql="""
select activity, date, present, pledged, ceiling, reading, unit, basis, parts, mandate, rests_on
from strength
where is_asked_via(activity) and is_asked_unit(unit) and is_asked_between(date, date)
order by activity, date, reading desc
""",
)


def strength(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How strong is each force, against its ceiling and what was pledged?

    Rows as in sql/views/strength.sql, columns as in `STRENGTH`; null is unknown, never zero.
    """
    return STRENGTH.ask(moment, filters)
