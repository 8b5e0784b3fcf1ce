"""conditions: which promises wait on what?"""

from datetime import date
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class ConditionsRow(NamedTuple):
    """A condition and one promise that waits on it."""

    id: Annotated[str, "The condition."]
    pledge: Annotated[str | None, "The promise that waits on it; null where none names it."]
    type: Annotated[str, "What has to move: a mandate, a court, a treaty ..."]
    about: Annotated[list[str] | None, "The activity or entry that it is about."]
    state: Annotated[str, "open, met, breached, waived or lapsed."]
    since: Annotated[date | None, "The day of the entry that decided it; null while none did."]
    rests_on: Annotated[list[str], "The condition and what decided it."]


CONDITIONS = Question(
    name="conditions",
    help="Which promises wait on what?",
    row=ConditionsRow,
    filters=(),
    sql="""
select id, pledge, type, about, state, since, rests_on
from conditions
order by id, pledge nulls last
""",
)


def conditions(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Which promises wait on what?

    Rows as in sql/views/conditions.sql, columns as in `ConditionsRow`; null is unknown, never zero.
    """
    return CONDITIONS.ask(moment, filters)
