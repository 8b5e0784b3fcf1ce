"""could_pass: who could block a mandate?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

COULD_PASS = Question(
    name="could_pass",
    help="Who could block a mandate?",
    filters=(),
    columns={
        "member": "TODO.",
        "last_vote": "TODO.",
        "stance": "TODO.",
        "verdict": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select member, last_vote, stance, verdict, rests_on
from could_pass
order by member
""",
)


def could_pass(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who could block a mandate?

    Rows as in sql/views/could_pass.sql, columns as in `COULD_PASS`; null is unknown, never zero.
    """
    return COULD_PASS.ask(moment, filters)
