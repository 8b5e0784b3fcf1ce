"""What was told: after it happened, and once.

A statement is known from the day on which it was said, and what has happened has happened by then.
One statement of one source stands in one entry; the same words under two ids count twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pledgebook.books.entries import Entries
from pledgebook.books.references import targets_of
from pledgebook.entry import Columns
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import KINDS

Pair = tuple[str, str]
"""Two ids, the first in the alphabet first."""

# it is tomorrow in the east when a paper of the west is printed
_FORGIVEN = timedelta(days=1)

# what may lie ahead: a need and a condition by their nature
_AHEAD = ("need", "condition")
_PLANNED = ("planned", "invited", "cancelled")
_SAID_NOT_DONE = ("ask", "pledge", "commitment")
_PROMISED_SUMS = ("pledged", "committed", "requested", "appropriated")

# one statement may be told in the same words and yet differ in these
_BESIDE = frozenset({"id", "file", "line", "note", "sensitivity", "known_assumed"})


def check_told(
    entries: Entries, corrected: Collection[str], settled: Collection[Pair]
) -> Iterator[Finding]:
    """What lies after the day on which it was said, and what one source says in two entries.

    `corrected` are the entries that a later one corrects, `settled` the pairs that a person judged
    to be the same or different: nothing is found in those.
    """
    for name, rows in entries.columns.items():
        if KINDS[name].is_statement:
            if name not in _AHEAD:
                yield from _told_ahead(rows, entries, corrected)
            yield from _told_twice(rows, corrected, settled)


def _told_ahead(rows: Columns, entries: Entries, corrected: Collection[str]) -> Iterator[Finding]:
    days = zip(rows.values["since"], rows.values["known"], strict=True)
    late = [i for i, (day, known) in enumerate(days) if known and day and day > known]  # type: ignore[operator]  # days by construction
    if not late:
        return
    planned = _planned(entries)
    for i in late:
        day, known = rows.values["since"][i], rows.values["known"][i]
        assert isinstance(day, date)
        assert isinstance(known, date)
        id = rows.ids[i]
        if day - known <= _FORGIVEN or id in corrected or id in planned or _is_plan(rows, i):
            continue
        days_after = (day - known).days
        flaw = Flaw(
            "event-after-source",
            f"this {rows.kind} lies after the day on which it was said",
            expected=f"a day up to {known}",
            found=str(rows.values["date"][i]),
            difference=f"{days_after:,} days after it was said",
            remedy=_remedy(rows.kind),
        )
        yield flaw.at(rows.paragraphs[i].spot("date"), id)


def _planned(entries: Entries) -> set[str]:
    """What a status says is only planned."""
    statuses = entries.columns.get("status")
    if statuses is None:
        return set()
    pairs = zip(statuses.values["state"], statuses.values["about"], strict=True)
    return {target for state, about in pairs if state in _PLANNED for target in targets_of(about)}


def _is_plan(rows: Columns, i: int) -> bool:
    """Whether the day of an entry may lie ahead: promises are made for years to come."""
    values = rows.values
    if "fiscal_year" in values and values["fiscal_year"][i] is not None:
        return True
    if rows.kind == "status":
        return values["state"][i] in (*_PLANNED, "open")
    return rows.kind == "total" and values["stage"][i] in _PROMISED_SUMS


def _remedy(kind: str) -> str:
    if kind in _SAID_NOT_DONE:
        return "write the day on which it was said; the day by which it is promised is due"
    if kind == "event":
        return "mend the day; where it is only planned, add a status that says so"
    return "see the source, and mend the day of the entry or that of the source"


def _told_twice(
    rows: Columns, corrected: Collection[str], settled: Collection[Pair]
) -> Iterator[Finding]:
    quotes = [quote for quote in rows.values["quote"] if quote is not None]
    if len(set(quotes)) == len(quotes):
        return
    compared = [
        # 3M and 3,000,000 are one figure, however it is rounded
        name
        for name in rows.values
        if name not in _BESIDE and not name.endswith("_slack")
    ]
    said: dict[tuple[object, ...], list[int]] = defaultdict(list)
    words = zip(rows.values["source"], rows.values["quote"], rows.values["date"], strict=True)
    for i, key in enumerate(words):
        if key[1] is not None and rows.ids[i] not in corrected:
            said[key].append(i)
    for places in said.values():
        if len(places) == 1:
            continue
        first: dict[tuple[object, ...], int] = {}
        for i in sorted(places, key=lambda i: rows.paragraphs[i][2:4]):
            content = tuple(_in_order(rows.values[name][i]) for name in compared)
            j = first.setdefault(content, i)
            one, other = rows.ids[j], rows.ids[i]
            if j != i and (min(one, other), max(one, other)) not in settled:
                yield _restated(rows, j).at(rows.paragraphs[i].spot("id"), other)


def _in_order(value: object) -> object:
    """A list says the same in any order."""
    return tuple(sorted(value)) if isinstance(value, list) else value


def _restated(rows: Columns, first: int) -> Flaw:
    paragraph = rows.paragraphs[first]
    return Flaw(
        "entry-restated",
        f"this says what {rows.ids[first]} says, in the same words of the same source",
        found=f"first at {paragraph.file}:{paragraph.line}",
        remedy="delete one of them, or judge the two different in links.csv",
    )
