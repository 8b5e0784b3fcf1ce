"""The first part of the oracle: what books say, and which reports tell of one fact (R9, R10)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oracle import Oracle

Entry = dict[str, object]
Link = tuple[str, str, str]
Row = dict[str, object]
Pair = tuple[str, str]

UNDECIDED = "undecided"
"""Stands in a cell of which the pages do not say what it must be."""

STAGES = {
    "pledge": "pledged",
    "commitment": "committed",
    "disbursement": "disbursed",
    "delivery": "delivered",
    "use": "used",
}
EVENTS = ("disbursement", "delivery", "use")
"""The kinds of support that happened on a day."""
LADDER = list(STAGES.values())
STRENGTHS = ["implied", "considered", "prepared", "promised", "notified", "signed", "done"]
UNSAID = {"pledge": "promised", "commitment": "signed"}
"""The strength of a kind that says none; the others are done."""


def listed(value: object) -> list[str]:
    """A field that holds one name or several, as a list."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def days(text: object) -> tuple[date, date]:
    """The first and the last day of "2021", "2021-03", "2021-03-05" or an interval of them."""
    first, _, last = str(text).partition("/")
    if last:
        return days(first)[0], days(last)[1]
    parts = [int(part) for part in first.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, monthrange(*parts)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def fiscal_year(text: str, starts: int) -> tuple[date, date]:
    """FY2021 of a calendar that starts in that month and is named by the year of its end."""
    year = int(text.removeprefix("FY"))
    if starts == 1:
        return date(year, 1, 1), date(year, 12, 31)
    end = starts - 1
    return date(year - 1, starts, 1), date(year, end, monthrange(year, end)[1])


def figure(entry: Entry) -> tuple[Decimal, str, Decimal, str] | None:
    """Amount, unit, slack and comparator; the quantity is the figure where both are there."""
    text = entry.get("quantity") or entry.get("amount")
    if text is None:
        return None
    match = re.fullmatch(r"(~|>|<|up to)? ?([0-9]+(?:\.[0-9]+)?)(M|k)? (.+)", str(text))
    assert match, text
    said, digits, letter, unit = match.groups()
    scale = {"M": 10**6, "k": 10**3}.get(letter, 1)
    decimals = len(digits.partition(".")[2])
    comparator = said or str(entry.get("comparator") or "=")
    amount = Decimal(digits) * scale
    slack = Decimal(5) * scale / 10 ** (decimals + 1)
    if comparator == "~":
        slack = max(slack, amount / 20)
    return amount, unit, slack, comparator


def told_once(reports: list[Entry], apart: set[frozenset[str]], oracle: Oracle) -> Iterator[Pair]:
    """Pairs of reports of one event of support: two sources of different origin tell of it.

    They agree on the full day and on all but the figure. Two reports of one source stay two: of
    each source those with the same figure are one event, then the largest of what is left with the
    largest of what another source has left, and so on. `apart` are the pairs that a judgement
    says are different.
    """
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for entry in sorted(reports, key=lambda one: str(one["id"])):
        since, until = oracle.happened(entry)
        if entry["kind"] in EVENTS and since == until:
            unit = (figure(entry) or (None, None))[1]
            said = [entry.get(name) for name in ("who", "via", "what", "measure", "fiscal_year")]
            key = (entry["kind"], since, unit, tuple(sorted(set(listed(entry.get("whom"))))), *said)
            alike.setdefault(key, []).append(entry)
    for entries in alike.values():
        entries.sort(key=lambda one: -(figure(one) or (Decimal(0),))[0])
        events = _events([[one] for one in entries], apart, oracle, is_equal=True)
        for event in _events(events, apart, oracle, is_equal=False):
            yield from combinations([str(one["id"]) for one in event], 2)


def _events(
    groups: list[list[Entry]], apart: set[frozenset[str]], oracle: Oracle, is_equal: bool
) -> list[list[Entry]]:
    """Each group joined to the first that no source of its own tells of."""
    events: list[list[Entry]] = []
    for group in groups:
        origins = {oracle.origin(one) for one in group}
        amount = (figure(group[0]) or (None,))[0]
        for event in events:
            is_alike = not is_equal or amount == (figure(event[0]) or (None,))[0]
            if is_alike and not origins & {oracle.origin(one) for one in event}:
                pairs = {frozenset((str(a["id"]), str(b["id"]))) for a in group for b in event}
                if not pairs & apart:
                    event += group
                else:
                    events.append(group)
                break
        else:
            events.append(group)
    return events


class Fact:
    """What all reports of one thing report, as it stands on the day.

    They are joined by `same` and `corrects`, or are reports of one event.
    """

    def __init__(self, reports: list[Entry], replaced: list[Entry], oracle: Oracle) -> None:
        self.kind = str(reports[0]["kind"])
        self.members = {str(entry["id"]) for entry in [*reports, *replaced]}
        self.stage = STAGES.get(self.kind, "")
        best = min(
            reports,
            key=lambda entry: (
                figure(entry) is None,
                oracle.grade(entry),
                oracle.known(entry),
                str(entry["id"]),
            ),
        )
        self.best = best
        self.id = str(best["id"])
        self.grade = oracle.grade(best)
        self.amount, self.unit, self.slack, self.comparator = figure(best) or (None,) * 3 + ("=",)
        self.since, self.until = oracle.happened(best)
        self.known = min(oracle.known(one) for one in reports)
        self.order = (self.until, oracle.known(best), self.id)
        self.who = best.get("who")
        self.whom = listed(best.get("whom"))
        self.via = best.get("via")
        self.what = best.get("what")
        self.measure = best.get("measure") or "increment"
        said = [str(one.get("strength") or UNSAID.get(self.kind, "done")) for one in reports]
        self.strength = max(said, key=STRENGTHS.index)
        self.conditions = sorted({name for one in reports for name in listed(one.get("condition"))})
        self.edges = {
            relation: {name for one in reports for name in listed(one.get(relation))}
            for relation in ("toward", "draws_on", "part_of")
        }
        self.value: Decimal | None = self.amount
        """What of the amount enters sums (R1)."""

    @property
    def is_current(self) -> bool:
        """Whether it may be evidence: not of grade D, and no level that a later one replaced."""
        return self.grade != "D" and (self.amount is None or self.value is not None)

    @property
    def counts(self) -> bool:
        """Whether it may enter a sum: it has a figure, and its grade is not D."""
        return self.value is not None and self.grade != "D"
