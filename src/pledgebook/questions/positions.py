"""positions: who thinks what of an ask, a promise, an actor or an activity?"""

from datetime import date
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class PositionsRow(NamedTuple):
    """A stance that was taken."""

    id: Annotated[str, "The position."]
    who: Annotated[str, "Whose stance it is; where the entry names nobody, the publisher's."]
    about: Annotated[list[str], "What it is about."]
    stance: Annotated[
        str,
        "supports, supports_if, reviewing, sceptical, critical, opposes, declines or abstained.",
    ]
    what: Annotated[str | None, "The aspect that it is about."]
    since: Annotated[date | None, "The day on which it was taken."]
    known: Annotated[date | None, "The day from which it is known."]
    rests_on: Annotated[list[str], "The entry."]


POSITIONS = Question(
    name="positions",
    help="Who thinks what of an ask, a promise, an actor or an activity?",
    row=PositionsRow,
    filters=("who", "since", "until"),
    sql="""
select id, who, about, stance, what, since, known, rests_on
from positions
where is_asked_who(who) and is_asked_between(since, since)
order by since nulls last, id
""",
)


def positions(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who thinks what of an ask, a promise, an actor or an activity?

    Rows as in sql/views/positions.sql, columns as in `PositionsRow`; null is unknown, never zero.
    """
    return POSITIONS.ask(moment, filters)
