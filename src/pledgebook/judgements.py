"""links.csv: what people judged about two entries, beside the entries and never in them.

One line is one judgement: `entry,judgement,other,judge,day,reason`. The file only grows: a
judgement is taken back by one more line with the judgement `withdrawn`, and a later line about
the same two entries outranks an earlier one. A judgement takes effect on the later of the two
days from which its entries are known; its own day is only the day on which it was recorded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.table import Row, Table
from pledgebook.values import Period, read_day, read_id, read_word

COLUMNS = {
    "entry": "The id of the entry that the judgement is about.",
    "judgement": "same, different, corrects, draws_on, part_of or withdrawn.",
    "other": "The id of the other entry: the one that is corrected, drawn on, or the whole.",
    "judge": "Who judged it: initials or an office.",
    "day": "When it was recorded (EDTF).",
    "reason": "Why, in a sentence.",
}
"""The columns of links.csv and what stands in them."""

JUDGEMENTS = ("same", "different", "corrects", "draws_on", "part_of", "withdrawn")

# looking for the nearest of 100,000 ids is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100

# one fact that so many entries report is a mistake, as is money that stands under money so many
# times over; and following either takes too long
_MOST_JOINED = 1_000

_LONGEST_CHAIN = 16

_ABOVE = ("draws_on", "part_of")
_ONE_WAY = (("corrects",), _ABOVE)
_SYMMETRIC = ("same", "different")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement that stands. `known`: the day from which it changes answers, None where one
    of its entries is known from no day."""

    entry: str
    judgement: str
    other: str
    known: date | None
    judge: str
    day: str
    reason: str
    file: str
    line: int


def read_judgements(
    text: str, known: Mapping[str, date | None], declared: set[str], name: str = "links.csv"
) -> tuple[list[Judgement], list[Finding]]:
    """The judgements that stand, sorted, and what could not be read. Never raises.

    `known` gives for each entry that was read the day from which it is known; `declared` holds
    every id that is written anywhere, so that an entry with a finding of its own is no unknown.
    """
    table = Table(name, text)
    findings = table.findings
    missing = [column for column in ("entry", "judgement", "other") if column not in table.header]
    if missing:
        if table.header:
            flaw = Flaw(
                "judgement-unreadable",
                f"the table has no column {missing[0]}",
                expected=",".join(COLUMNS),
                found=",".join(table.header)[:80],
                remedy="write the header as it is expected",
            )
            findings.append(flaw.at(table.spot(table.header_line)))
        return [], findings
    lines = []
    ids = sorted(declared)
    for row in table.rows():
        judgement = _read_row(table, row, declared, ids, findings)
        if judgement is not None and judgement.entry in known and judgement.other in known:
            one, other = known[judgement.entry], known[judgement.other]
            effect = max(one, other) if one is not None and other is not None else None
            lines.append((judgement, effect))
    standing = [_with_effect(*line) for line in _standing(lines, table)]
    for relations in _ONE_WAY:
        standing = _without_circles(standing, relations, table)
    standing = _without_long_chains(standing, table)
    standing = _without_crowds(standing, table)
    findings += _contradictions(standing, table)
    return sorted(standing, key=lambda one: (one.entry, one.judgement, one.other)), findings


def _with_effect(judgement: Judgement, effect: date | None) -> Judgement:
    return Judgement(
        judgement.entry, judgement.judgement, judgement.other, effect, judgement.judge,
        judgement.day, judgement.reason, judgement.file, judgement.line,
    )  # fmt: skip


def _read_row(
    table: Table, row: Row, declared: set[str], ids: list[str], findings: list[Finding]
) -> Judgement | None:
    cells = {column: cell.strip() for column, cell in zip(table.header, row.cells, strict=False)}

    def refuse(flaw: Flaw, column: str) -> None:
        place = table.header.index(column) if column in table.header else None
        findings.append(flaw.at(table.spot(row.line, place), cells.get("entry", "")))

    values = []
    for column in ("entry", "other"):
        value = read_id(cells.get(column, ""), column)
        if isinstance(value, Flaw):
            refuse(_renamed(value), column)
            return None
        if value not in declared:
            near = nearest(value, ids) if len(findings) < _MOST_HINTS else ""
            refuse(
                Flaw(
                    "reference-unknown",
                    "no entry has this id",
                    found=f'"{value[:60]}"',
                    nearest=near,
                    remedy=f"write {near}" if near else "add the entry",
                ),
                column,
            )
            return None
        values.append(value)
    # the design writes "draws on"; fields and columns write draws_on
    word = read_word(cells.get("judgement", "").replace(" ", "_"), "judgement", JUDGEMENTS)
    if isinstance(word, Flaw):
        refuse(_renamed(word), "judgement")
        return None
    if values[0] == values[1]:
        refuse(
            Flaw(
                "judgement-unreadable",
                "an entry cannot be judged against itself",
                remedy="name two entries",
            ),
            "other",
        )
        return None
    day = cells.get("day", "")
    if day:
        read = read_day(day, "day")
        if isinstance(read, Flaw):
            refuse(read, "day")
            return None
        # sorted by its last day: an imprecise day counts from there, as everywhere
        day = str(read.until or read.text) if isinstance(read, Period) else day
    return Judgement(
        values[0], word, values[1], None, cells.get("judge", ""), day, cells.get("reason", ""),
        table.name, row.line,
    )  # fmt: skip


def _renamed(flaw: Flaw) -> Flaw:
    return Flaw(
        "judgement-unreadable", flaw.message, flaw.expected, flaw.found,
        nearest=flaw.nearest, remedy=f"write {flaw.nearest}" if flaw.nearest else flaw.remedy,
    )  # fmt: skip


_Line = tuple[Judgement, date | None]


def _standing(lines: Iterable[_Line], table: Table) -> list[_Line]:
    """The last word about each pair: a later day outranks an earlier one, and on one day the
    lower line. `same` and `different` answer one question, the others one each."""
    last: dict[tuple[str, str], dict[tuple[str, str], _Line]] = {}
    for line in sorted(lines, key=lambda one: (one[0].day, one[0].line)):
        judgement = line[0]
        one, other = sorted((judgement.entry, judgement.other))
        if judgement.judgement == "withdrawn":
            last.pop((one, other), None)
            continue
        question = (
            ("same", one)
            if judgement.judgement in _SYMMETRIC
            else (judgement.judgement, judgement.entry)
        )
        last.setdefault((one, other), {})[question] = line
    return [line for questions in last.values() for line in questions.values()]


class _Groups:
    """Names that are joined with each other at any remove."""

    def __init__(self, pairs: Iterable[Judgement]) -> None:
        self._above: dict[str, str] = {}
        for one in pairs:
            self._above[self.of(one.entry)] = self.of(one.other)

    def of(self, name: str) -> str:
        """The name that stands for the group of `name`."""
        above = self._above
        while above.get(name, name) != name:
            above[name] = above.get(above[name], above[name])
            name = above[name]
        return name


def _without_circles(
    standing: list[Judgement], relations: tuple[str, ...], table: Table
) -> list[Judgement]:
    """The judgements without those that lead in a circle, such as two entries that correct each
    other: both would be gone."""
    circling = [one for one in standing if one.judgement in relations]
    size = -1
    while len(circling) != size:  # what leads into a circle or out of one is none of it
        size = len(circling)
        circling = _between(circling)
    groups = _Groups(circling)
    circles: dict[str, list[Judgement]] = defaultdict(list)
    for one in sorted(circling, key=lambda one: one.line):
        circles[groups.of(one.entry)].append(one)
    for circle in circles.values():
        first = circle[0]
        flaw = Flaw(
            "reference-cycle",
            f"these judgements lead in a circle: {first.judgement}",
            found=f"{first.entry} > {first.other} and {len(circle) - 1:,} more"
            if len(circle) > 2
            else f"{first.entry} > {first.other} > {first.entry}",
            remedy=f"take one back by a new line, such as {first.entry},withdrawn,{first.other}",
        )
        table.findings.append(flaw.at(table.spot(first.line), first.entry))
    taken = {one.line for one in circling}
    return [one for one in standing if one.line not in taken]


def _without_long_chains(standing: list[Judgement], table: Table) -> list[Judgement]:
    """The judgements without those that put one more link to a chain that is long already."""
    leading: dict[str, list[Judgement]] = defaultdict(list)
    for one in standing:
        if one.judgement in _ABOVE:
            leading[one.entry].append(one)
    sorter = TopologicalSorter({name: [one.other for one in leading[name]] for name in leading})
    depths: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorter.static_order():
        depths[name] = 0
        for one in leading.get(name, ()):
            if depths[one.other] < _LONGEST_CHAIN:
                depths[name] = max(depths[name], depths[one.other] + 1)
                continue
            taken.add(one.line)
            flaw = Flaw(
                "reference-too-long",
                f"{one.judgement} leads on and on",
                expected=f"at most {_LONGEST_CHAIN} judgements that lead from one to the next",
                remedy=f"take one back by a new line, such as {one.entry},withdrawn,{one.other}",
            )
            table.findings.append(flaw.at(table.spot(one.line), one.entry))
    return [one for one in standing if one.line not in taken] if taken else standing


def _between(judgements: list[Judgement]) -> list[Judgement]:
    """Those that go on from a judgement and are gone on from, as far as one walk can tell."""
    leading: dict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        leading[one.entry].append(one)
    arrivals = Counter(one.other for one in judgements)
    # take away what nothing leads to, and then what only that led to
    ready = [name for name in leading if not arrivals[name]]
    while ready:
        for one in leading.pop(ready.pop(), ()):
            arrivals[one.other] -= 1
            if not arrivals[one.other]:
                ready.append(one.other)
    left = [one for lines in leading.values() for one in lines if one.other in leading]
    # and from the other end, so that a long tail does not take a walk per link
    entering: dict[str, list[Judgement]] = defaultdict(list)
    for one in left:
        entering[one.other].append(one)
    departures = Counter(one.entry for one in left)
    ready = [name for name in entering if not departures[name]]
    while ready:
        for one in entering.pop(ready.pop(), ()):
            departures[one.entry] -= 1
            if not departures[one.entry]:
                ready.append(one.entry)
    return [one for lines in entering.values() for one in lines]


def _without_crowds(standing: list[Judgement], table: Table) -> list[Judgement]:
    """The judgements without those that make one fact of more entries than anyone can have read."""
    joining = [one for one in standing if one.judgement in ("same", "corrects")]
    groups = _Groups(joining)
    crowds: dict[str, list[Judgement]] = defaultdict(list)
    for one in sorted(joining, key=lambda one: one.line):
        crowds[groups.of(one.entry)].append(one)
    taken: set[int] = set()
    for crowd in crowds.values():
        if len(crowd) <= _MOST_JOINED:
            continue
        taken.update(one.line for one in crowd)
        flaw = Flaw(
            "judgement-contradicts",
            "more entries are judged to be one than anyone can have compared; none of these counts",
            expected=f"at most {_MOST_JOINED:,} judgements about one fact",
            found=f"{len(crowd):,} judgements",
            remedy="see whether it is one fact, and take back those that are not",
        )
        table.findings.append(flaw.at(table.spot(crowd[0].line), crowd[0].entry))
    return [one for one in standing if one.line not in taken] if taken else standing


def _contradictions(standing: list[Judgement], table: Table) -> list[Finding]:
    """Two entries that a chain of `same` joins and a `different` parts: a person has to look."""
    groups = _Groups(one for one in standing if one.judgement == "same")
    out = []
    for one in standing:
        if one.judgement == "different" and groups.of(one.entry) == groups.of(one.other):
            flaw = Flaw(
                "judgement-contradicts",
                f"{one.entry} and {one.other} are judged different, and the same through others",
                remedy=f"take one back by a new line, such as {one.entry},withdrawn,{one.other}",
            )
            out.append(flaw.at(table.spot(one.line), one.entry))
    return out
