"""cases: where does each case stand?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

CASES = Question(
    name="cases",
    help="Where does each case stand?",
    columns={
        "id": "The case.",
        "stage": "The stage it has reached, by the latest word known on the day.",
        "holder": "The office that holds it; never a person's name.",
        "since": "The day from which it is at that stage.",
        "jurisdiction": "The state whose law applies.",
        "what": "What it is about.",
        "quantity": "How many people it is about, as said; whoever is not convicted is innocent.",
        "unit": "The noun of that number.",
        "comparator": "How the number is meant: =, >, <, ~ (about) or up to.",
        "history": "Every stage and holder with its day and entry, oldest first.",
        "rests_on": "The case, and what decided its stage, holder and number.",
    },
    sql="""
select id, stage, holder, since, jurisdiction, what, quantity, unit, comparator, history, rests_on
from case_state
order by id
""",
)


def cases(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Where does each case stand?

    Rows as in sql/views/case_state.sql, columns as in `CASES`; null is unknown, never zero.
    """
    return CASES.ask(moment, filters)
