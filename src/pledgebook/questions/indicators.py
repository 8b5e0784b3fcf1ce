"""indicators: what was counted on the ground?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

INDICATORS = Question(
    name="indicators",
    help="What was counted on the ground?",
    filters=("who", "whom", "unit", "since", "until"),
    columns={
        "series": "The series, such as kidnappings; each counter and source is one of its own.",
        "place": "Where it was counted.",
        "period": "The time that was counted, as written.",
        "value": "The count; null where no figure was given, never zero.",
        "unit": "The noun counted.",
        "who": "Who counted.",
        "source": "The source that says it.",
        "comparator": "How the figure is meant: =, >, <, ~ (about) or up to.",
        "measure": "level or cumulative for a count that does not add up over time.",
        "since": "The first day that was counted.",
        "until": "The last day that was counted.",
        "is_used": "false where a better report of the same count stands in its place.",
        "rivals": "Other reports of the same count with another figure.",
        "known": "The day from which it is known.",
        "rests_on": "The entry.",
    },
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

    Rows as in sql/views/indicators.sql, columns as in `INDICATORS`; null is unknown, never zero.
    """
    return INDICATORS.ask(moment, filters)
