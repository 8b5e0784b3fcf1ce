"""needs: how much was said to be needed, and how much of it is covered?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

NEEDS = Question(
    name="needs",
    help="How much was said to be needed, and how much of it is covered?",
    filters=("who", "whom", "via", "unit", "currency"),
    columns={
        "id": "The need.",
        "who": "The body that states it.",
        "whom": "Who is in need.",
        "via": "The activity that it is the need of.",
        "what": "What is needed.",
        "stated": "How much; null where no figure was said.",
        "unit": "The currency or the noun counted.",
        "covered": (
            "What was committed, paid or delivered via its activity, each chain once; null where "
            "nothing is known."
        ),
        "gap": "stated - covered; null where either is unknown.",
        "known": "The day from which it is known.",
        "rate": "With --in: what one unit of its own currency is worth; null without a rate.",
        "rate_day": "The day of that rate; null where the table has one for all days.",
        "rate_table": "The rate tables that it comes from.",
        "rests_on": "The need and what covers it.",
    },
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

    Rows as in sql/views/needs.sql, columns as in `NEEDS`; null is unknown, never zero.
    """
    return NEEDS.ask(moment, filters)
