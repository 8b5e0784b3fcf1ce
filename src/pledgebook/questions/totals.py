"""totals: does a stated sum hold against the entries it is about?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

TOTALS = Question(
    name="totals",
    help="Does a stated sum hold against the entries it is about?",
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    columns={
        "id": "The stated total.",
        "who": "The provider that it is about.",
        "whom": "The receivers.",
        "stage": "The stage that it sums.",
        "stated": "The figure that was said; null where none was.",
        "comparator": "How it was meant: =, >, <, ~ (about) or up to.",
        "unit": "The currency or the noun counted.",
        "itemised": (
            "What the known entries add up to, in the reading in use; null while none is known."
        ),
        "unexplained": (
            "stated - itemised: what nobody has itemised; negative where the items exceed it; "
            "null while open."
        ),
        "verdict": "holds, short, over or open.",
        "reading": "The period in use.",
        "basis": "The stage that was summed.",
        "new_money": "The part of itemised that draws on no older promise.",
        "readings": (
            "Every reading with its own itemised, unexplained, verdict and rests_on; the one in "
            "use first."
        ),
        "rivals": "Other totals about the same thing.",
        "said_on": "The day on which it was said.",
        "known": "The day from which it is known.",
        "rate": "With --in: what one unit of its own currency is worth; null without a rate.",
        "rate_day": "The day of that rate; null where the table has one for all days.",
        "rate_table": "The rate tables that it comes from.",
        "reports": "All entries that state this total.",
        "rests_on": "The items, in the order they became known.",
    },
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

    Rows as in sql/views/totals.sql, columns as in `TOTALS`; null is unknown, never zero.
    """
    return TOTALS.ask(moment, filters)
