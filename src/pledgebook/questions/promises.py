"""promises: who promised what, and how much of it came?"""

from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class PromisesRow(NamedTuple):
    """A provider and a unit, and what became of its promises."""

    who: Annotated[str, "The provider."]
    unit: Annotated[
        str | None, "The currency (ISO 4217) or the noun counted; null where no figure is known."
    ]
    pledged: Annotated[
        Decimal | None,
        "Promises that count: worded as promised or firmer, with no unmet condition; 0 where "
        "there are none.",
    ]
    weak: Annotated[Decimal | None, "Promises that are worded more weakly than that."]
    conditional: Annotated[Decimal | None, "Promises that wait for a condition."]
    committed: Annotated[
        Decimal | None, "What of these promises was committed; null where nothing is known."
    ]
    disbursed: Annotated[Decimal | None, "What of them was paid."]
    delivered: Annotated[Decimal | None, "What of them was delivered."]
    outstanding: Annotated[
        Decimal | None,
        "Promised and not delivered (money counts as delivered when paid), promise by "
        "promise, never negative.",
    ]
    unpromised: Annotated[
        Decimal | None,
        "What was committed, paid or delivered without a known promise: the largest of these.",
    ]
    unpromised_stage: Annotated[str | None, "Which of these: committed, disbursed or delivered."]
    unknown: Annotated[int, "How many promises have no figure."]
    basis: Annotated[
        str, "stated where a level stands for more than its increments explain, else itemised."
    ]
    converted: Annotated[
        list[str] | None,
        "What counts in this currency and was reported in another, and its rate (R7); null "
        "where nothing was.",
    ]
    rates: Annotated[list[str] | None, "With --in: the rates that were used; null where none was."]
    rests_on: Annotated[list[str], "The ids of the entries behind the row."]


PROMISES = Question(
    name="promises",
    help="Who promised what, and how much of it came?",
    row=PromisesRow,
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
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

    Rows as in sql/views/promises.sql, columns as in `PromisesRow`; null is unknown, never zero.
    """
    return PROMISES.ask(moment, filters)
