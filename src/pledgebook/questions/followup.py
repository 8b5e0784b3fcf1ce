"""followup: what followed an ask, after 30, 90 and 365 days?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

_AFTER = "How much of that had come {} days after the ask; null until that day has passed."


class FollowupRow(NamedTuple):
    """An ask, one actor that answered or was asked, and a unit."""

    ask: Annotated[str, "The ask."]
    who: Annotated[
        str | None, "Who answered it, or was asked and did not; null where nobody was named."
    ]
    promised: Annotated[
        Decimal | None,
        "What it promised toward the ask, where that counts; 0 where it only promised what "
        "does not, null where it promised nothing known.",
    ]
    delivered: Annotated[
        Decimal | None,
        "What was paid or delivered of it, of each answer the larger and never the sum; null "
        "where nothing is known to have come.",
    ]
    after_30: Annotated[Decimal | None, _AFTER.format(30)]
    after_90: Annotated[Decimal | None, _AFTER.format(90)]
    after_365: Annotated[Decimal | None, _AFTER.format(365)]
    rests_on: Annotated[list[str], "The ask, what answers it, and what came of that."]
    unit: Annotated[
        str | None, "The currency (ISO 4217) or the noun counted; null where no figure is known."
    ]
    weak: Annotated[Decimal | None, "What it promised in weaker words than those that count."]
    conditional: Annotated[Decimal | None, "What it promised and what waits for a condition."]
    asked_by: Annotated[str, "Who asked."]
    asked_on: Annotated[date | None, "The day of the ask."]
    what: Annotated[str | None, "What was asked."]
    known: Annotated[date | None, "The day from which the ask is known."]
    rates: Annotated[list[str] | None, "With --in: the rates that were used; null where none was."]


FOLLOWUP = Question(
    name="followup",
    help="What followed an ask, after 30, 90 and 365 days?",
    row=FollowupRow,
    filters=("who", "unit", "since", "until", "currency"),
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

    Rows as in sql/views/followup.sql, columns as in `FollowupRow`; null is unknown, never zero.
    """
    return FOLLOWUP.ask(moment, filters)
