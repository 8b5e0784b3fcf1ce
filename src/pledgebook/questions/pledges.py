"""pledges: which promises are on the books, and what became of each?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class PledgesRow(NamedTuple):
    """A promise on the books, and what became of it."""

    id: Annotated[str, "The promise: a pledge, or a commitment that fulfils no known pledge."]
    who: Annotated[str, "The provider."]
    whom: Annotated[list[str] | None, "The receivers."]
    via: Annotated[str | None, "The activity through which it passes."]
    what: Annotated[str | None, "What is promised."]
    amount: Annotated[Decimal | None, "How much; null where no figure is known."]
    unit: Annotated[str | None, "The currency or the noun counted."]
    strength: Annotated[str, "The firmest wording among its reports."]
    basis: Annotated[
        str, "stated for a level, of which only what no increment explains is outstanding."
    ]
    stage: Annotated[
        str,
        "The highest stage that is evidenced: pledged, committed, disbursed, delivered or used.",
    ]
    state: Annotated[str, "live, weak, waits, overdue, delivered, withdrawn or expired."]
    due: Annotated[str | None, "The day by which it is promised, as written."]
    outstanding: Annotated[
        Decimal | None, "What has not been delivered, in unit; null where the figure is unknown."
    ]
    note: Annotated[
        str | None, "For an overdue promise: since when there is no evidence of delivery."
    ]
    known: Annotated[date | None, "The day from which it is known."]
    converted: Annotated[
        list[str] | None,
        "What fulfils it in another currency, and the rate at which it counts here (R7); null "
        "where nothing does.",
    ]
    rate: Annotated[
        Decimal | None,
        "With --in: what one unit of its own currency is worth; null without a rate.",
    ]
    rate_day: Annotated[
        date | None, "The day of that rate; null where the table has one for all days."
    ]
    rate_table: Annotated[str | None, "The rate tables that it comes from."]
    reports: Annotated[list[str], "All entries that report this promise."]
    rests_on: Annotated[list[str], "The reports, what fulfils it, and what decided its conditions."]


PLEDGES = Question(
    name="pledges",
    help="Which promises are on the books, and what became of each?",
    row=PledgesRow,
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    sql="""
select id, who, whom, via, what, amount, unit, strength, basis, stage, state, due, outstanding,
       note, known, converted, rate, rate_day, rate_table, reports, rests_on
from pledges
where is_asked_who(who) and is_asked_whom(whom) and is_asked_via(via) and is_asked_unit(own_unit)
  and is_asked_between(promised_on, promised_on)
order by promised_on nulls last, id
""",
)


def pledges(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Which promises are on the books, and what became of each?

    Rows as in sql/views/pledges.sql, columns as in `PledgesRow`; null is unknown, never zero.
    """
    return PLEDGES.ask(moment, filters)
