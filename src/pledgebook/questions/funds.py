"""funds: what does each fund hold?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class FundsLevel(NamedTuple):
    """A stated level of a fund beside its entries, in its own unit."""

    id: Annotated[str, "The total that states it."]
    stage: Annotated[str, "pledged, received or spent."]
    stated: Annotated[Decimal | None, "The figure that was said, in own_unit."]
    itemised: Annotated[Decimal | None, "What the entries add up to; null while none is known."]
    unexplained: Annotated[Decimal | None, "stated - itemised, where none is known all of it."]


class FundsRow(NamedTuple):
    """A fund, or another hand that passes money on, and a currency."""

    activity: Annotated[str, "The fund, the account, or whoever else holds money to pass it on."]
    unit: Annotated[str | None, "The currency (ISO 4217); null where no figure is known."]
    pledged: Annotated[Decimal | None, "What was promised to it; null where nothing is known."]
    received: Annotated[Decimal | None, "What was paid into it, or passed through it."]
    spent: Annotated[
        Decimal | None, "What it paid out, or what passed through it to somebody else."
    ]
    frozen: Annotated[
        Decimal | None,
        "What was paid in, is not spent, and stands under a freeze; 0 where the freeze was "
        "lifted, null where none is known.",
    ]
    balance: Annotated[Decimal | None, "received - spent; null where one of them is not known."]
    basis: Annotated[str, "stated where a level says more than its entries explain, else itemised."]
    rests_on: Annotated[list[str], "The ids of the entries and totals behind the row."]
    type: Annotated[str | None, "What it is: fund, account, mission, multilateral ..."]
    committed: Annotated[Decimal | None, "What was committed to it."]
    unexplained: Annotated[
        Decimal | None,
        "The stated level of what was received, less what its entries add up to; null where "
        "no level was stated.",
    ]
    levels: Annotated[
        list[FundsLevel],
        "The latest stated level of each stage, with what the entries explain of it.",
    ]
    rivals: Annotated[list[str], "Other totals of the same stage and day that say something else."]
    frozen_is_estimated: Annotated[
        bool,
        "Whether money that was spent in nobody's name was shared out by what each had paid in.",
    ]
    through: Annotated[
        Decimal | None, "The part of received and of spent that passed through to somebody else."
    ]
    shared: Annotated[
        Decimal | None, "What came to several receivers, this one among them: in no sum."
    ]
    unknown: Annotated[int, "How many payments have no figure."]
    own_unit: Annotated[str | None, "The unit in which it is kept; `levels` are in it."]
    rate: Annotated[
        Decimal | None,
        "With --in: what a unit of own_unit was worth; null where nothing was converted.",
    ]
    rate_day: Annotated[
        date | None, "The day of that rate: the last on which anything of the fund is told."
    ]
    rate_table: Annotated[str | None, "The table that it stands in."]


FUNDS = Question(
    name="funds",
    help="What does each fund hold?",
    row=FundsRow,
    filters=("via", "unit", "currency"),
    sql="""
select activity, unit, pledged, received, spent, frozen, balance, basis, rests_on, type, committed,
       unexplained, levels, rivals, frozen_is_estimated, through, shared, unknown, own_unit,
       rate, rate_day, rate_table
from funds
where is_asked_via(activity) and is_asked_own_unit(own_unit) and is_asked_shown_unit(unit)
order by activity, unit nulls last, own_unit
""",
)


def funds(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What does each fund hold?

    Rows as in sql/views/funds.sql, columns as in `FundsRow`; null is unknown, never zero.
    """
    return FUNDS.ask(moment, filters)
