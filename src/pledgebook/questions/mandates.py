"""mandates: what did each body decide, by which votes, and when does it lapse?"""

from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class MandatesRow(NamedTuple):
    """A decision of a body, and how its members voted."""

    id: Annotated[str, "The decision; where several entries report it, the best of them."]
    body: Annotated[str, "The body that decided; `--who` narrows to it."]
    symbol: Annotated[str | None, "Its symbol, as written."]
    adopted: Annotated[
        str | None, "The day of the vote, as written; `--since` and `--until` narrow to it."
    ]
    expires: Annotated[str | None, "The last day for which it authorises, as written."]
    yes: Annotated[
        list[str] | None, "Who voted yes, as named or worked out; null where neither can be."
    ]
    no: Annotated[
        list[str] | None, "Who voted no; empty where nobody did, null where it is not known."
    ]
    abstain: Annotated[
        list[str] | None, "Who abstained; empty where nobody did, null where it is not known."
    ]
    absent: Annotated[
        list[str] | None,
        "Who took no part; empty where nobody did not, null where it is not known.",
    ]
    carried: Annotated[
        bool | None,
        "Whether it was adopted: in a body with seats nine yes and no negative vote of a "
        "permanent member, where the matter is not procedural. Null where that is not known.",
    ]
    rests_on: Annotated[list[str], "The entries that report it, and the status that ended it."]
    state: Annotated[
        str | None,
        "On the day asked: in force, expired, not yet in force, not yet adopted, not carried, "
        "ended (by a status) or unknown; null without a day.",
    ]
    days_left: Annotated[
        int | None, "The days from the day asked to the last one; null where it is not in force."
    ]
    about: Annotated[list[str], "The activities that it authorises; `--via` narrows to one."]
    yes_count: Annotated[int | None, "How many voted yes; it stands where they are not named."]
    no_count: Annotated[int | None, "How many voted no."]
    abstain_count: Annotated[int | None, "How many abstained."]
    absent_count: Annotated[int | None, "How many took no part."]
    is_derived: Annotated[
        bool,
        "Whether yes was worked out: the members of that year without those who voted "
        "otherwise; false where the source names or counts them.",
    ]
    starts: Annotated[str | None, "The first day for which it authorises, as written."]
    ceiling: Annotated[Decimal | None, "The largest number of people it allows, in `ceiling_unit`."]
    ceiling_unit: Annotated[str | None, "The noun of that number."]


MANDATES = Question(
    name="mandates",
    help="What did each body decide, by which votes, and when does it lapse?",
    row=MandatesRow,
    filters=("who", "via", "since", "until"),
    sql="""
select id, body, symbol, adopted, expires, yes, no, abstain, absent, carried, rests_on, state,
       days_left, about, yes_count, no_count, abstain_count, absent_count, is_derived, starts,
       ceiling, ceiling_unit
from mandates
where is_asked_who(body) and is_asked_between(adopted_since, adopted_until)
  and (getvariable('via') is null or list_contains(about, getvariable('via')))
order by adopted_since nulls last, id
""",
)


def mandates(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """What did each body decide, by which votes, and when does it lapse?

    Rows as in sql/views/mandates.sql, columns as in `MandatesRow`; null is unknown, never zero.
    """
    return MANDATES.ask(moment, filters)
