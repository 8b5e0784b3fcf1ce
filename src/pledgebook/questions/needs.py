"""needs: how much was said to be needed, and how much of it is covered?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class NeedsRow(NamedTuple):
    """A need that was stated, and what covers it."""

    id: Annotated[str, "The need."]
    who: Annotated[str, "The body that states it."]
    whom: Annotated[list[str] | None, "Who is in need."]
    via: Annotated[str | None, "The activity that it is the need of."]
    what: Annotated[str | None, "What is needed."]
    stated: Annotated[Decimal | None, "How much; null where no figure was said."]
    unit: Annotated[str | None, "The currency or the noun counted."]
    covered: Annotated[
        Decimal | None,
        "What was committed, paid or delivered via its activity, each chain once; null where "
        "nothing is known.",
    ]
    gap: Annotated[Decimal | None, "stated - covered; null where either is unknown."]
    known: Annotated[date | None, "The day from which it is known."]
    rate: Annotated[
        Decimal | None,
        "With --in: what one unit of its own currency is worth; null without a rate.",
    ]
    rate_day: Annotated[
        date | None, "The day of that rate; null where the table has one for all days."
    ]
    rate_table: Annotated[str | None, "The rate tables that it comes from."]
    rests_on: Annotated[list[str], "The need and what covers it."]


NEEDS = Question(
    name="needs",
    help="How much was said to be needed, and how much of it is covered?",
    row=NeedsRow,
    filters=("who", "whom", "via", "unit", "currency"),
    sql="""
select id, who, whom, via, what, stated, unit, covered, gap, known, rate, rate_day, rate_table,
       rests_on
from needs
where is_asked_who(who) and is_asked_whom(whom) and is_asked_via(via) and is_asked_unit(own_unit)
order by since nulls last, id
""",
)


def needs(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How much was said to be needed, and how much of it is covered?

    Rows as in sql/views/needs.sql, columns as in `NeedsRow`; null is unknown, never zero.
    """
    return NEEDS.ask(moment, filters)
