"""evidence: how well do we know?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

EVIDENCE = Question(
    name="evidence",
    help="How well do we know?",
    filters=("who", "since", "until"),
    columns={
        "id": "The statement: support, an ask, a total, a need, an event, a count ...",
        "origins": (
            "How many independent tellings report the same fact; copies of one story are one."
        ),
        "contradicts": (
            "The entries that cannot be right where this one is: another figure, currency, thing "
            "or day of the same fact, another sum for the same scope and day."
        ),
        "weakest": (
            "The worst grade among the reports; null where one of them is ungraded and none is D."
        ),
        "rests_on": "The live reports of the same fact, this one among them.",
        "reports": "How many they are.",
        "kind": "The kind of the statement.",
        "who": "Who gives, asks, decides or counts.",
        "what": "What is meant; of an indicator its series.",
        "amount": "Its figure, in unit; null where it gives none.",
        "unit": "The currency (ISO 4217) or the noun counted.",
        "source": "The source that says it.",
        "grade": "The grade of that source; null where it has none.",
        "speaker": "Who said it: an office, or the class of an unnamed speaker.",
        "venue": "Where it was said, such as a hearing.",
        "known": "The day from which it is known.",
        "quote": "The words it rests on.",
    },
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

    Rows as in sql/views/evidence.sql, columns as in `EVIDENCE`; null is unknown, never zero.
    """
    return EVIDENCE.ask(moment, filters)
