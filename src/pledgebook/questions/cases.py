"""cases: where does each case stand?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class CasesRow(NamedTuple):
    """A case before an office or a court, and where it stands."""

    id: Annotated[str, "The case."]
    stage: Annotated[str | None, "The stage it has reached, by the latest word known on the day."]
    holder: Annotated[str | None, "The office that holds it; never a person's name."]
    since: Annotated[date | None, "The day from which it is at that stage."]
    jurisdiction: Annotated[str | None, "The state whose law applies."]
    what: Annotated[str | None, "What it is about."]
    quantity: Annotated[
        Decimal | None,
        "How many people it is about, as said; whoever is not convicted is innocent.",
    ]
    unit: Annotated[str | None, "The noun of that number."]
    comparator: Annotated[str | None, "How the number is meant: =, >, <, ~ (about) or up to."]
    history: Annotated[list[str], "Every stage and holder with its day and entry, oldest first."]
    rests_on: Annotated[list[str], "The case, and what decided its stage, holder and number."]


CASES = Question(
    name="cases",
    help="Where does each case stand?",
    row=CasesRow,
    sql="""
select id, stage, holder, since, jurisdiction, what, quantity, unit, comparator, history, rests_on
from case_state
order by id
""",
)


def cases(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Where does each case stand?

    Rows as in sql/views/case_state.sql, columns as in `CasesRow`; null is unknown, never zero.
    """
    return CASES.ask(moment, filters)
