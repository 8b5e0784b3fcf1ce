"""equipment: what equipment came, and what of it works?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

EQUIPMENT = Question(
    name="equipment",
    help="What equipment came, and what of it works?",
    filters=("whom", "unit"),
    columns={
        "what": "The thing, in the book's words; its unit where the book has none.",
        "whom": "The receivers, or the activity through which it passes.",
        "pledged": "How many are promised and count.",
        "delivered": "How many came; null where nothing is known, never zero.",
        "in_use": "How many are said to work in the field, less those lost of them.",
        "lost": "How many were lost.",
        "unit": "The noun counted; null where no number is known.",
        "ordered": "How many are committed: ordered, contracted, signed for.",
        "outstanding": "Promised and not delivered, promise by promise.",
        "valued_in_kind": (
            "What the delivered things are said to be worth; it was never paid, and two currencies "
            "are never added."
        ),
        "value_unit": "The currency of that value, or the currencies where they are several.",
        "rests_on": "The promises, orders, deliveries, uses and losses.",
    },
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

    Rows as in sql/views/equipment.sql, columns as in `EQUIPMENT`; null is unknown, never zero.
    """
    return EQUIPMENT.ask(moment, filters)
