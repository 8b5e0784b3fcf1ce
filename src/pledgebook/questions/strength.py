"""strength: how strong is each force, against its ceiling and what was pledged?"""

import datetime
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class StrengthRow(NamedTuple):
    """A force from one day on, up to its next row."""

    activity: Annotated[str, "The mission, force or unit that people are sent to."]
    date: Annotated[
        datetime.date, "The day from which the row holds, up to the next row of the force."
    ]
    present: Annotated[
        Decimal | None,
        "How many people are there: arrivals less departures since the latest stated level; "
        "null where it is unknown, and while more left than is known to have come.",
    ]
    pledged: Annotated[
        Decimal | None,
        "People promised to it that count on the day; null where no promise is known.",
    ]
    ceiling: Annotated[
        Decimal | None, "The most that its mandate, or else the activity, allows on the day."
    ]
    reading: Annotated[
        str | None, "lowest or highest, where reports of one arrival differ; null where they agree."
    ]
    unit: Annotated[str, "The noun of its figures; people where they use several."]
    basis: Annotated[str | None, "itemised, or stated where a stated level is part of it."]
    parts: Annotated[
        list[str] | None,
        "Who sent how many, each itemised, stated or derived; the rest is what no "
        "contributor is named for.",
    ]
    mandate: Annotated[
        str | None, "The mandate that sets the ceiling; null where the activity does."
    ]
    rests_on: Annotated[
        list[str], "The arrivals, departures, levels, promises and the mandate behind the row."
    ]


STRENGTH = Question(
    name="strength",
    help="How strong is each force, against its ceiling and what was pledged?",
    row=StrengthRow,
    filters=("via", "unit", "since", "until"),
    sql="""
select activity, date, present, pledged, ceiling, reading, unit, basis, parts, mandate, rests_on
from strength
where is_asked_via(activity) and is_asked_unit(unit) and is_asked_between(date, date)
order by activity, date, reading desc
""",
)


def strength(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How strong is each force, against its ceiling and what was pledged?

    Rows as in sql/views/strength.sql, columns as in `StrengthRow`; null is unknown, never zero.
    """
    return STRENGTH.ask(moment, filters)
