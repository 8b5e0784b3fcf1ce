"""mandates: what did each body decide, by which votes, and when does it lapse?"""

from __future__ import annotations

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question

MANDATES = Question(
    name="mandates",
    help="What did each body decide, by which votes, and when does it lapse?",
    filters=("who", "via", "since", "until"),
    columns={
        "id": "The decision; where several entries report it, the best of them.",
        "body": "The body that decided; `--who` narrows to it.",
        "symbol": "Its symbol, as written.",
        "adopted": "The day of the vote, as written; `--since` and `--until` narrow to it.",
        "expires": "The last day for which it authorises, as written.",
        "yes": "Who voted yes, as named or worked out; null where neither can be.",
        "no": "Who voted no; empty where nobody did, null where it is not known.",
        "abstain": "Who abstained; empty where nobody did, null where it is not known.",
        "absent": "Who took no part; empty where nobody did not, null where it is not known.",
        "carried": (
            "Whether it was adopted: in a body with seats nine yes and no negative vote of a "
            "permanent member, where the matter is not procedural. Null where that is not known."
        ),
        "rests_on": "The entries that report it, and the status that ended it.",
        "state": (
            "On the day asked: in force, expired, not yet in force, not yet adopted, not carried, "
            "ended (by a status) or unknown; null without a day."
        ),
        "days_left": "The days from the day asked to the last one; null where it is not in force.",
        "about": "The activities that it authorises; `--via` narrows to one.",
        "yes_count": "How many voted yes; it stands where they are not named.",
        "no_count": "How many voted no.",
        "abstain_count": "How many abstained.",
        "absent_count": "How many took no part.",
        "is_derived": (
            "Whether yes was worked out: the members of that year without those who voted "
            "otherwise; false where the source names or counts them."
        ),
        "starts": "The first day for which it authorises, as written.",
        "ceiling": "The largest number of people it allows, in `ceiling_unit`.",
        "ceiling_unit": "The noun of that number.",
    },
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

    Rows as in sql/views/mandates.sql, columns as in `MANDATES`; null is unknown, never zero.
    """
    return MANDATES.ask(moment, filters)
