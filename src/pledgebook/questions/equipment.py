"""equipment: what equipment came, and what of it works?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

EQUIPMENT = Question(
    name="equipment",
    help="What equipment came, and what of it works?",
    filters=(),
    columns={
        "what": "TODO.",
        "whom": "TODO.",
        "pledged": "TODO.",
        "delivered": "TODO.",
        "in_use": "TODO.",
        "lost": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select what, whom, pledged, delivered, in_use, lost, rests_on
from equipment
order by what
""",
)


def equipment(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What equipment came, and what of it works?

    Rows as in sql/views/equipment.sql, columns as in `EQUIPMENT`; null is unknown, never zero.
    """
    return EQUIPMENT.ask(moment, filters)
