"""What was told: after it happened, and once.

A statement is known from the day on which it was said, and what has happened has happened by then.
One statement of one source stands in one entry; the same words under two ids count twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells, numbers_of
from pledgebook.books.entries import Entries
from pledgebook.books.references import targets_of
from pledgebook.finding import Finding, Flaw
from pledgebook.schema import columns

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
    for name, cells in entries.cells.items():
        if cells.kind.is_statement:
            if name not in _AHEAD:
                yield from _told_ahead(cells, entries, corrected)
            yield from _told_twice(cells, corrected, settled)


def _told_ahead(cells: Cells, entries: Entries, corrected: Collection[str]) -> Iterator[Finding]:
    days, known = (pc.cast(cells.array(name), pa.int32()) for name in ("since", "known"))
    is_late = pc.greater(pc.subtract(days, known), _FORGIVEN.days)
    # the day of its source, which an entry without one has, says nothing of when it happened
    late = numbers_of(pc.and_(is_late, pc.is_valid(cells.paragraphs.raw("date"))))
    if not late:
        return
    planned = _planned(entries)
    for i in late:
        day, said = cells.column("since")[i], cells.column("known")[i]
        assert isinstance(day, date)
        assert isinstance(said, date)
        id = str(cells.column("id")[i])
        if i in cells.out or id in corrected or id in planned or _is_plan(cells, i):
            continue
        days_after = (day - said).days
        flaw = Flaw(
            "event-after-source",
            f"this {cells.kind.name} lies after the day on which it was said",
            expected=f"a day up to {said}",
            found=str(cells.column("date")[i]),
            difference=f"{days_after:,} days after it was said",
            remedy=_remedy(cells.kind.name),
        )
        yield flaw.at(cells.paragraphs[i].spot("date"), id)


def _planned(entries: Entries) -> set[str]:
    """What a status says is only planned."""
    statuses = entries.cells.get("status")
    if statuses is None:
        return set()
    pairs = zip(statuses.column("state"), statuses.column("about"), strict=True)
    return {target for state, about in pairs if state in _PLANNED for target in targets_of(about)}


def _is_plan(cells: Cells, i: int) -> bool:
    """Whether the day of an entry may lie ahead: promises are made for years to come."""
    if cells.column("fiscal_year")[i] is not None:
        return True
    if cells.kind.name == "status":
        return cells.column("state")[i] in (*_PLANNED, "open")
    return cells.kind.name == "total" and cells.column("stage")[i] in _PROMISED_SUMS


def _remedy(kind: str) -> str:
    if kind in _SAID_NOT_DONE:
        return "write the day on which it was said; the day by which it is promised is due"
    if kind == "event":
        return "mend the day; where it is only planned, add a status that says so"
    return "see the source, and mend the day of the entry or that of the source"


def _told_twice(
    cells: Cells, corrected: Collection[str], settled: Collection[Pair]
) -> Iterator[Finding]:
    quotes = cells.array("quote")
    counts = quotes.value_counts()
    often = counts.filter(pc.greater(counts.field("counts"), 1)).field("values").drop_null()
    if not len(often):
        return
    ids = cells.column("id")
    said: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i in numbers_of(pc.is_in(quotes, value_set=often)):
        if i not in cells.out and ids[i] not in corrected:
            said[tuple(cells.column(name)[i] for name in ("source", "quote", "date"))].append(i)
    # 3M and 3,000,000 are one figure, however it is rounded
    compared = [
        name for name in columns(cells.kind) if name not in _BESIDE and not name.endswith("_slack")
    ]
    paragraphs = cells.paragraphs
    for places in said.values():
        if len(places) == 1:
            continue
        first: dict[tuple[object, ...], int] = {}
        for i in sorted(places, key=paragraphs.place):
            content = tuple(_in_order(cells.column(name)[i]) for name in compared)
            j = first.setdefault(content, i)
            one, other = str(ids[j]), str(ids[i])
            if j != i and (min(one, other), max(one, other)) not in settled:
                yield _restated(cells, j).at(paragraphs[i].spot("id"), other)


def _in_order(value: object) -> object:
    """A list says the same in any order."""
    return tuple(sorted(value)) if isinstance(value, list) else value


def _restated(cells: Cells, first: int) -> Flaw:
    paragraph = cells.paragraphs[first]
    return Flaw(
        "entry-restated",
        f"this says what {cells.column('id')[first]} says, in the same words of the same source",
        found=f"first at {paragraph.file}:{paragraph.line}",
        remedy="delete one of them, or judge the two different in links.csv",
    )
