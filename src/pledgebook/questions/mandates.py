"""mandates: what did each body decide, by which votes, and when does it lapse?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

MANDATES = Question(
    name="mandates",
    help="What did each body decide, by which votes, and when does it lapse?",
    filters=(),
    columns={
        "id": "TODO.",
        "body": "TODO.",
        "symbol": "TODO.",
        "adopted": "TODO.",
        "expires": "TODO.",
        "yes": "TODO.",
        "no": "TODO.",
        "abstain": "TODO.",
        "absent": "TODO.",
        "carried": "TODO.",
        "rests_on": "TODO.",
    },
    sql="""
select id, body, symbol, adopted, expires, yes, no, abstain, absent, carried, rests_on
from mandates
order by id
""",
)


def mandates(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What did each body decide, by which votes, and when does it lapse?

    Rows as in sql/views/mandates.sql, columns as in `MANDATES`; null is unknown, never zero.
    """
    return MANDATES.ask(moment, filters)
