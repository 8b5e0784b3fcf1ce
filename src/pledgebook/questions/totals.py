"""totals: does a stated sum hold against the entries it is about?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class TotalsReading(NamedTuple):
    """A total in one of the periods that it may mean."""

    reading: Annotated[str | None, "The period, as the entry writes it; null where it names none."]
    itemised: Annotated[Decimal | None, "What the known entries of that period add up to, in unit."]
    unexplained: Annotated[Decimal | None, "stated - itemised; null while open."]
    verdict: Annotated[str, "holds, short, over or open."]
    rests_on: Annotated[list[str], "The items of that period."]


class TotalsRow(NamedTuple):
    """A stated total beside its items."""

    id: Annotated[str, "The stated total."]
    who: Annotated[str | None, "The provider that it is about."]
    whom: Annotated[list[str] | None, "The receivers."]
    stage: Annotated[str, "The stage that it sums."]
    stated: Annotated[Decimal | None, "The figure that was said; null where none was."]
    comparator: Annotated[str, "How it was meant: =, >, <, ~ (about) or up to."]
    unit: Annotated[str | None, "The currency or the noun counted."]
    itemised: Annotated[
        Decimal | None,
        "What the known entries add up to, in the reading in use; null while none is known.",
    ]
    unexplained: Annotated[
        Decimal | None,
        "stated - itemised: what nobody has itemised; negative where the items exceed it; "
        "null while open.",
    ]
    verdict: Annotated[str, "holds, short, over or open."]
    reading: Annotated[str | None, "The period in use."]
    basis: Annotated[str | None, "The stage that was summed."]
    new_money: Annotated[Decimal | None, "The part of itemised that draws on no older promise."]
    readings: Annotated[
        list[TotalsReading],
        "Every reading with its own itemised, unexplained, verdict and rests_on; the one in "
        "use first.",
    ]
    rivals: Annotated[list[str], "Other totals about the same thing."]
    said_on: Annotated[date | None, "The day on which it was said."]
    known: Annotated[date | None, "The day from which it is known."]
    rate: Annotated[
        Decimal | None,
        "With --in: what one unit of its own currency is worth; null without a rate.",
    ]
    rate_day: Annotated[
        date | None, "The day of that rate; null where the table has one for all days."
    ]
    rate_table: Annotated[str | None, "The rate tables that it comes from."]
    reports: Annotated[list[str], "All entries that state this total."]
    rests_on: Annotated[list[str], "The items, in the order they became known."]


TOTALS = Question(
    name="totals",
    help="Does a stated sum hold against the entries it is about?",
    row=TotalsRow,
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    sql="""
select id, who, whom, stage, stated, comparator, unit, itemised, unexplained, verdict, reading,
       basis, new_money, readings, rivals, said_on, known, rate, rate_day, rate_table, reports,
       rests_on
from totals
where is_asked_who(who) and is_asked_whom(whom) and is_asked_via(via) and is_asked_unit(own_unit)
  and is_asked_between(said_on, said_on)
order by said_on nulls last, id
""",
)


def totals(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Does a stated sum hold against the entries it is about?

    Rows as in sql/views/totals.sql, columns as in `TotalsRow`; null is unknown, never zero.
    """
    return TOTALS.ask(moment, filters)
