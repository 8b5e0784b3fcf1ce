"""evidence: how well do we know?"""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class EvidenceRow(NamedTuple):
    """A statement, and how well it is known."""

    id: Annotated[str, "The statement: support, an ask, a total, a need, an event, a count ..."]
    origins: Annotated[
        int, "How many independent tellings report the same fact; copies of one story are one."
    ]
    contradicts: Annotated[
        list[str],
        "The entries that cannot be right where this one is: another figure, currency, thing "
        "or day of the same fact, another sum for the same scope and day.",
    ]
    weakest: Annotated[
        str | None,
        "The worst grade among the reports; null where one of them is ungraded and none is D.",
    ]
    rests_on: Annotated[list[str], "The live reports of the same fact, this one among them."]
    reports: Annotated[int, "How many they are."]
    kind: Annotated[str, "The kind of the statement."]
    who: Annotated[str | None, "Who gives, asks, decides or counts."]
    what: Annotated[str | None, "What is meant; of an indicator its series."]
    amount: Annotated[Decimal | None, "Its figure, in unit; null where it gives none."]
    unit: Annotated[str | None, "The currency (ISO 4217) or the noun counted."]
    source: Annotated[str, "The source that says it."]
    grade: Annotated[str | None, "The grade of that source; null where it has none."]
    speaker: Annotated[str | None, "Who said it: an office, or the class of an unnamed speaker."]
    venue: Annotated[str | None, "Where it was said, such as a hearing."]
    known: Annotated[date | None, "The day from which it is known."]
    quote: Annotated[str | None, "The words it rests on."]


EVIDENCE = Question(
    name="evidence",
    help="How well do we know?",
    row=EvidenceRow,
    filters=("who", "since", "until"),
    sql="""
select id, origins, contradicts, weakest, rests_on, reports, kind, who, what, amount, unit, source,
       grade, speaker, venue, known, quote
from evidence
where is_asked_who(who) and is_asked_between(known, known)
order by id
""",
)


def evidence(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """How well do we know?

    Rows as in sql/views/evidence.sql, columns as in `EvidenceRow`; null is unknown, never zero.
    """
    return EVIDENCE.ask(moment, filters)
