"""could_pass: who could block a mandate?

`--via` narrows the votes and stances to those on one activity, on what it is part of and on what it
took over from.
"""

from datetime import date
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class CouldPassRow(NamedTuple):
    """A member of a body, and its latest word."""

    member: Annotated[str, "A member of the body in that year; `--who` narrows to it."]
    last_vote: Annotated[
        str | None, "How it voted last, and on what; null where no vote of it is known."
    ]
    stance: Annotated[
        str | None, "Its latest position on what the mandates are about; null where none is known."
    ]
    verdict: Annotated[
        str,
        "pass where its latest word is a yes or supports; at risk where it is a no, opposes, "
        "declines, is critical or sceptical; unknown where nothing is known or it keeps both "
        "ways open, as by an abstention. Never a probability.",
    ]
    rests_on: Annotated[list[str], "The vote and the position."]
    body: Annotated[str, "The body."]
    year: Annotated[
        int,
        "The year whose members these are: that of the day asked; without one the newest with "
        "a decision. Of a year that the table of members lacks: the permanent ones.",
    ]
    is_permanent: Annotated[bool, "Whether its negative vote blocks."]
    since: Annotated[date | None, "The day of the word that the verdict follows."]
    outcome: Annotated[
        str,
        "Of the whole body, the same in each row: pass with nine or more members that pass and "
        "no permanent one at risk; at risk where a permanent member is, or where fewer than "
        "nine could still say yes; else unknown.",
    ]


COULD_PASS = Question(
    name="could_pass",
    help="Who could block a mandate?",
    row=CouldPassRow,
    filters=("who", "via"),
    sql="""
select member, last_vote, stance, verdict, rests_on, body, year, is_permanent, since, outcome
from could_pass
where is_asked_who(member)
order by body, not is_permanent, member
""",
)


def could_pass(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Who could block a mandate?

    Rows as in sql/views/could_pass.sql, columns as in `CouldPassRow`; null is unknown, never zero.
    """
    return COULD_PASS.ask(moment, filters)
