"""indicators: what was counted on the ground?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class IndicatorsRow(NamedTuple):
    """A count on the ground, of one place and one time."""

    series: Annotated[
        str | None, "The series, such as kidnappings; each counter and source is one of its own."
    ]
    place: Annotated[str | None, "Where it was counted."]
    period: Annotated[str | None, "The time that was counted, as written."]
    value: Annotated[Decimal | None, "The count; null where no figure was given, never zero."]
    unit: Annotated[str | None, "The noun counted."]
    who: Annotated[str | None, "Who counted."]
    source: Annotated[str, "The source that says it."]
    comparator: Annotated[str | None, "How the figure is meant: =, >, <, ~ (about) or up to."]
    measure: Annotated[str, "level or cumulative for a count that does not add up over time."]
    since: Annotated[date | None, "The first day that was counted."]
    until: Annotated[date | None, "The last day that was counted."]
    is_used: Annotated[bool, "false where a better report of the same count stands in its place."]
    rivals: Annotated[list[str], "Other reports of the same count with another figure."]
    known: Annotated[date | None, "The day from which it is known."]
    rests_on: Annotated[list[str], "The entry."]


INDICATORS = Question(
    name="indicators",
    help="What was counted on the ground?",
    row=IndicatorsRow,
    filters=("who", "whom", "unit", "since", "until"),
    sql="""
select series, place, period, value, unit, who, source, comparator, measure, since, until, is_used,
       rivals, known, rests_on
from indicators
where is_asked_who(who) and is_asked_whom(whom) and is_asked_unit(unit)
  and is_asked_between(since, until)
order by series, who nulls first, place nulls first, since nulls first, until, source, id
""",
)


def indicators(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What was counted on the ground?

    Rows as in sql/views/indicators.sql, columns as in `IndicatorsRow`; null is unknown, never zero.
    """
    return INDICATORS.ask(moment, filters)
