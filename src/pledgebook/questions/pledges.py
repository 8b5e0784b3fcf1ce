"""pledges: which promises are on the books, and what became of each?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

PLEDGES = Question(
    name="pledges",
    help="Which promises are on the books, and what became of each?",
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    columns={
        "id": "The promise: a pledge, or a commitment that fulfils no known pledge.",
        "who": "The provider.",
        "whom": "The receivers.",
        "via": "The activity through which it passes.",
        "what": "What is promised.",
        "amount": "How much; null where no figure is known.",
        "unit": "The currency or the noun counted.",
        "strength": "The firmest wording among its reports.",
        "basis": "stated for a level, of which only what no increment explains is outstanding.",
        "stage": (
            "The highest stage that is evidenced: pledged, committed, disbursed, delivered or used."
        ),
        "state": "live, weak, waits, overdue, delivered, withdrawn or expired.",
        "due": "The day by which it is promised, as written.",
        "outstanding": ("What has not been delivered, in unit; null where the figure is unknown."),
        "note": "For an overdue promise: since when there is no evidence of delivery.",
        "known": "The day from which it is known.",
        "converted": (
            "What fulfils it in another currency, and the rate at which it counts here (R7); null "
            "where nothing does."
        ),
        "rate": "With --in: what one unit of its own currency is worth; null without a rate.",
        "rate_day": "The day of that rate; null where the table has one for all days.",
        "rate_table": "The rate tables that it comes from.",
        "reports": "All entries that report this promise.",
        "rests_on": "The reports, what fulfils it, and what decided its conditions.",
    },
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

    Rows as in sql/views/pledges.sql, columns as in `PLEDGES`; null is unknown, never zero.
    """
    return PLEDGES.ask(moment, filters)
