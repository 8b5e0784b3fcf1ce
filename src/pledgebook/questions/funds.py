"""funds: what does each fund hold?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

FUNDS = Question(
    name="funds",
    help="What does each fund hold?",
    filters=("via", "unit", "currency"),
    columns={
        "activity": "The fund, the account, or whoever else holds money to pass it on.",
        "unit": "The currency (ISO 4217); null where no figure is known.",
        "pledged": "What was promised to it; null where nothing is known.",
        "received": "What was paid into it, or passed through it.",
        "spent": "What it paid out, or what passed through it to somebody else.",
        "frozen": (
            "What was paid in, is not spent, and stands under a freeze; 0 where the freeze was "
            "lifted, null where none is known."
        ),
        "balance": "received - spent; null where one of them is not known.",
        "basis": "stated where a level says more than its entries explain, else itemised.",
        "rests_on": "The ids of the entries and totals behind the row.",
        "type": "What it is: fund, account, mission, multilateral ...",
        "committed": "What was committed to it.",
        "unexplained": (
            "The stated level of what was received, less what its entries add up to; null where "
            "no level was stated."
        ),
        "levels": "The latest stated level of each stage, with what the entries explain of it.",
        "rivals": "Other totals of the same stage and day that say something else.",
        "frozen_is_estimated": (
            "Whether money that was spent in nobody's name was shared out by what each had paid in."
        ),
        "through": "The part of received and of spent that passed through to somebody else.",
        "shared": "What came to several receivers, this one among them: in no sum.",
        "unknown": "How many payments have no figure.",
        "own_unit": "The unit in which it is kept; `levels` are in it.",
        "rate": "With --in: what a unit of own_unit was worth; null where nothing was converted.",
        "rate_day": "The day of that rate: the last on which anything of the fund is told.",
        "rate_table": "The table that it stands in.",
    },
    sql="""
select activity, unit, pledged, received, spent, frozen, balance, basis, rests_on, type, committed,
       unexplained, levels, rivals, frozen_is_estimated, through, shared, unknown, own_unit,
       rate, rate_day, rate_table
from funds
where is_asked_via(activity) and is_asked_own_unit(own_unit) and is_asked_shown_unit(unit)
order by activity, unit nulls last
""",
)


def funds(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What does each fund hold?

    Rows as in sql/views/funds.sql, columns as in `FUNDS`; null is unknown, never zero.
    """
    return FUNDS.ask(moment, filters)
