"""cases: where does each case stand?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

CASES = Question(
    name="cases",
    help="Where does each case stand?",
    filters=(),
    columns={
        "id": "TODO.",
        "stage": "TODO.",
        "holder": "TODO.",
        "since": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select id, stage, holder, since, rests_on
from case_state
order by id
""",
)


def cases(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Where does each case stand?

    Rows as in sql/views/case_state.sql, columns as in `CASES`; null is unknown, never zero.
    """
    return CASES.ask(moment, filters)
