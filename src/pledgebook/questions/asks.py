"""asks: who asked whom for what, and what did each answer?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

ASKS = Question(
    name="asks",
    help="Who asked whom for what, and what did each answer?",
    filters=("who", "whom", "since", "until"),
    columns={
        "id": "The ask.",
        "who": "Who asks.",
        "whom": "The one actor asked that this row is about.",
        "what": "What is asked.",
        "answer": "none, reviewing, yes, yes_if, no or lapsed.",
        "since": "The day of that answer; null while there is none.",
        "asked_on": "The day of the ask.",
        "known": "The day from which the ask is known.",
        "rests_on": "The ask and what answered it.",
    },
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

    Rows as in sql/views/asks.sql, columns as in `ASKS`; null is unknown, never zero.
    """
    return ASKS.ask(moment, filters)
