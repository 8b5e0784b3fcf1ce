"""asks: who asked whom for what, and what did each answer?"""

from datetime import date
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class AsksRow(NamedTuple):
    """An ask and one actor that was asked."""

    id: Annotated[str, "The ask."]
    who: Annotated[str, "Who asks."]
    whom: Annotated[str | None, "The one actor asked that this row is about."]
    what: Annotated[str | None, "What is asked."]
    answer: Annotated[str, "none, reviewing, yes, yes_if, no or lapsed."]
    since: Annotated[date | None, "The day of that answer; null while there is none."]
    asked_on: Annotated[date | None, "The day of the ask."]
    known: Annotated[date | None, "The day from which the ask is known."]
    rests_on: Annotated[list[str], "The ask and what answered it."]


ASKS = Question(
    name="asks",
    help="Who asked whom for what, and what did each answer?",
    row=AsksRow,
    filters=("who", "whom", "since", "until"),
    sql="""
select id, who, whom, what, answer, since, asked_on, known, rests_on
from asks
where is_asked_who(who) and is_asked_whom(case when whom is not null then [whom] end)
  and is_asked_between(asked_on, asked_on)
order by asked_on nulls last, id, whom
""",
)


def asks(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who asked whom for what, and what did each answer?

    Rows as in sql/views/asks.sql, columns as in `AsksRow`; null is unknown, never zero.
    """
    return ASKS.ask(moment, filters)
