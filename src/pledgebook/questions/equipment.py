"""equipment: what equipment came, and what of it works?"""

from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class EquipmentRow(NamedTuple):
    """A kind of thing and those who receive it."""

    what: Annotated[str | None, "The thing, in the book's words; its unit where the book has none."]
    whom: Annotated[list[str] | None, "The receivers, or the activity through which it passes."]
    pledged: Annotated[Decimal | None, "How many are promised and count."]
    delivered: Annotated[Decimal | None, "How many came; null where nothing is known, never zero."]
    in_use: Annotated[
        Decimal | None, "How many are said to work in the field, less those lost of them."
    ]
    lost: Annotated[Decimal | None, "How many were lost."]
    unit: Annotated[str | None, "The noun counted; null where no number is known."]
    ordered: Annotated[Decimal | None, "How many are committed: ordered, contracted, signed for."]
    outstanding: Annotated[Decimal | None, "Promised and not delivered, promise by promise."]
    valued_in_kind: Annotated[
        Decimal | None,
        "What the delivered things are said to be worth; it was never paid, and two currencies "
        "are never added.",
    ]
    value_unit: Annotated[
        str | None, "The currency of that value, or the currencies where they are several."
    ]
    rests_on: Annotated[list[str], "The promises, orders, deliveries, uses and losses."]


EQUIPMENT = Question(
    name="equipment",
    help="What equipment came, and what of it works?",
    row=EquipmentRow,
    filters=("whom", "unit"),
    sql="""
select what, whom, pledged, delivered, in_use, lost, unit, ordered, outstanding, valued_in_kind,
       value_unit, rests_on
from equipment
where is_asked_whom(whom) and is_asked_unit(unit)
order by name, whom nulls last, unit nulls last
""",
)


def equipment(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What equipment came, and what of it works?

    Rows as in sql/views/equipment.sql, columns as in `EquipmentRow`; null is unknown, never zero.
    """
    return EQUIPMENT.ask(moment, filters)
