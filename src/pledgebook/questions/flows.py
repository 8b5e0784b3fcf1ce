"""flows: where did the money go, hand by hand?"""

from decimal import Decimal
from typing import Annotated, NamedTuple

import pyarrow as pa

from pledgebook.engine import Moment
from pledgebook.questions.question import Filters, Question


class FlowsRow(NamedTuple):
    """A sum that passed from one hand to the next, in one of the cuts."""

    provider: Annotated[str | None, "Who gave it on; null for the fallback."]
    receiver: Annotated[
        str | None,
        "Who received it: a fund, for what passed through it; several names, joined by a "
        "comma, where it was shared; null where nobody is named.",
    ]
    via: Annotated[str | None, "The activity through which it passed, as the entry says."]
    stage: Annotated[str, "committed, disbursed or delivered; unlike stages are never added."]
    unit: Annotated[
        str | None, "The currency (ISO 4217) or the noun counted; null where no figure is known."
    ]
    amount: Annotated[
        Decimal | None, "The sum of the entries; null where none of them has a figure."
    ]
    cut: Annotated[
        str,
        "origin (new money), channel (into hands that pass it on) or last_mile (to receivers "
        "that do not): three counts of the same money, never added to each other. Beside "
        "them internal (from an actor to a part of it, or back) and iati_fallback (IATI's "
        "formula: disbursements + expenditures - incoming).",
    ]
    rests_on: Annotated[list[str], "The ids of the entries behind the row."]
    origin: Annotated[
        str | None,
        "Who paid it originally, or the fund that did where several had filled it; null where "
        "nobody is known to have.",
    ]
    is_estimated: Annotated[
        bool,
        "Whether no entry says who paid, so that it is split by what each payer had given up "
        "to that day; the parts add up to the whole.",
    ]
    is_shared: Annotated[bool, "Whether it went to several receivers at once: it stands here once."]
    unknown: Annotated[int, "How many of the entries have no figure."]
    rates: Annotated[list[str] | None, "With --in: the rates that were used; null where none was."]


FLOWS = Question(
    name="flows",
    help="Where did the money go, hand by hand?",
    row=FlowsRow,
    filters=("who", "whom", "via", "unit", "since", "until", "currency"),
    sql="""
select provider, receiver, via, stage, unit, amount, cut, rests_on, origin, is_estimated, is_shared,
       unknown, rates
from flows
where is_asked_shown_unit(unit)
order by list_position(['origin', 'channel', 'last_mile', 'internal', 'iati_fallback'], cut),
         rung(stage), unit nulls last, provider, receiver nulls last, via nulls last,
         origin nulls last, is_estimated, is_shared
""",
)


def flows(moment: Moment, filters: Filters | None = None) -> pa.Table:
    """Where did the money go, hand by hand?

    Rows as in sql/views/flows.sql, columns as in `FlowsRow`; null is unknown, never zero.
    """
    return FLOWS.ask(moment, filters)
