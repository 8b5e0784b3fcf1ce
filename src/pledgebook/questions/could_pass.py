"""could_pass: who could block a mandate?

`--via` narrows the votes and stances to those on one activity, on what it is part of and on what it
took over from.
"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

COULD_PASS = Question(
    name="could_pass",
    help="Who could block a mandate?",
    filters=("who", "via"),
    columns={
        "member": "A member of the body in that year; `--who` narrows to it.",
        "last_vote": "How it voted last, and on what; null where no vote of it is known.",
        "stance": "Its latest position on what the mandates are about; null where none is known.",
        "verdict": (
            "pass where its latest word is a yes or supports; at risk where it is a no, opposes, "
            "declines, is critical or sceptical; unknown where nothing is known or it keeps both "
            "ways open, as by an abstention. Never a probability."
        ),
        "rests_on": "The vote and the position.",
        "body": "The body.",
        "year": (
            "The year whose members these are: that of the day asked; without one the newest with "
            "a decision. Of a year that the table of members lacks: the permanent ones."
        ),
        "is_permanent": "Whether its negative vote blocks.",
        "since": "The day of the word that the verdict follows.",
        "outcome": (
            "Of the whole body, the same in each row: pass with nine or more members that pass and "
            "no permanent one at risk; at risk where a permanent member is, or where fewer than "
            "nine could still say yes; else unknown."
        ),
    },
    sql="""
select member, last_vote, stance, verdict, rests_on, body, year, is_permanent, since, outcome
from could_pass
where is_asked_who(member)
order by body, not is_permanent, member
""",
)


def could_pass(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who could block a mandate?

    Rows as in sql/views/could_pass.sql, columns as in `COULD_PASS`; null is unknown, never zero.
    """
    return COULD_PASS.ask(moment, filters)
