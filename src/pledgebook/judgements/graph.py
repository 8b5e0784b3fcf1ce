"""What judgements make together: groups, circles, chains and contradictions.

Nodes are groups of entries that are judged to be one; an edge leads from an entry to the one
that it stands under, by a reference of its own or by a judgement, or that it corrects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from pledgebook.entry import LONGEST_CHAIN
from pledgebook.finding import Finding, Flaw
from pledgebook.judgements.judgement import Judgement
from pledgebook.table import Table

References = Mapping[str, Sequence[str]]

# one fact that so many entries report is a mistake, and following it takes too long
_MOST_JOINED = 1_000

_JOINING = ("same", "corrects")
_ABOVE = ("draws_on", "part_of")


class _Edge(NamedTuple):
    """From one group to another; `judgement` is None for a reference that an entry makes."""

    entry: str
    other: str
    judgement: Judgement | None


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


def without_circular_corrections(standing: list[Judgement], table: Table) -> list[Judgement]:
    """The judgements without entries that correct each other: all of them would be gone."""
    corrections = [
        _Edge(one.entry, one.other, one) for one in standing if one.judgement == "corrects"
    ]
    return _cut(standing, corrections, table)


def without_circles(standing: list[Judgement], above: References, table: Table) -> list[Judgement]:
    """The judgements without those that lead in a circle, alone or with references of entries:
    of two facts that stand under each other none would be counted."""
    standing = _cut(standing, list(_edges(standing, above)), table)
    # what is left of a circle is closed by judgements that make one of two of its entries
    left = {edge.entry for edge in _circling(list(_edges(standing, above)))}
    if not left:
        return standing
    groups = _joined(standing)
    closing = [
        _Edge(one.entry, one.other, one)
        for one in standing
        if one.judgement in _JOINING and groups.of(one.entry) in left
    ]
    return _reported(standing, closing, table)


def without_long_chains(
    standing: list[Judgement], above: References, table: Table
) -> list[Judgement]:
    """The judgements without those that put one more link to a chain that is long already."""
    leading: dict[str, list[_Edge]] = defaultdict(list)
    judged = False
    for edge in _edges(standing, above):
        leading[edge.entry].append(edge)
        judged = judged or edge.judgement is not None
    if not judged:
        return standing
    sorter = TopologicalSorter({name: [one.other for one in leading[name]] for name in leading})
    depths: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorter.static_order():
        depths[name] = 0
        # references first: they stay, and a judgement goes where both are too much
        for edge in sorted(leading.get(name, ()), key=lambda edge: edge.judgement is not None):
            depth, one = depths[edge.other] + 1, edge.judgement
            if one is None or depth <= LONGEST_CHAIN:
                depths[name] = max(depths[name], depth)
                continue
            taken.add(one.line)
            flaw = Flaw(
                "reference-too-long",
                f"{one.judgement} leads on and on",
                expected=f"at most {LONGEST_CHAIN} entries, each leading to the next",
                remedy=f"take one back by a new line, such as {one.entry},withdrawn,{one.other}",
            )
            table.findings.append(flaw.at(table.spot(one.line), one.entry))
    return [one for one in standing if one.line not in taken] if taken else standing


def without_crowds(standing: list[Judgement], table: Table) -> list[Judgement]:
    """The judgements without those that make one fact of more entries than anyone can have read."""
    joining = [one for one in standing if one.judgement in _JOINING]
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


def contradictions(standing: list[Judgement], table: Table) -> list[Finding]:
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


def _joined(standing: Iterable[Judgement]) -> _Groups:
    return _Groups(one for one in standing if one.judgement in _JOINING)


def _edges(standing: list[Judgement], above: References) -> Iterator[_Edge]:
    """What stands under what, by reference and by judgement, between groups."""
    groups = _joined(standing)
    for name, targets in above.items():
        entry = groups.of(name)
        for target in targets:
            other = groups.of(target)
            if entry != other:  # a report that stands under another of its own fact
                yield _Edge(entry, other, None)
    for one in standing:
        if one.judgement in _ABOVE:
            entry, other = groups.of(one.entry), groups.of(one.other)
            if entry != other:
                yield _Edge(entry, other, one)


def _cut(standing: list[Judgement], edges: list[_Edge], table: Table) -> list[Judgement]:
    """The judgements without those that are part of a circle of these edges."""
    closing = [edge for edge in _circling(edges) if edge.judgement is not None]
    return _reported(standing, closing, table) if closing else standing


def _circling(edges: list[_Edge]) -> list[_Edge]:
    """The edges that lead in a circle, or from one circle to another."""
    size = -1
    while len(edges) != size:  # what leads into a circle or out of one is none of it
        size = len(edges)
        edges = _between(edges)
    return edges


def _reported(standing: list[Judgement], closing: list[_Edge], table: Table) -> list[Judgement]:
    """The judgements without the `closing` ones, with a finding at the first of each circle."""
    judged = [edge.judgement for edge in closing if edge.judgement is not None]
    groups = _Groups(judged)
    circles: dict[str, list[Judgement]] = defaultdict(list)
    for one in sorted(judged, key=lambda one: one.line):
        circles[groups.of(one.entry)].append(one)
    for circle in circles.values():
        first = circle[0]
        match len(circle):
            case 1:
                found = f"{first.entry} > {first.other}, which leads back by its own references"
            case 2:
                found = f"{first.entry} > {first.other} > {first.entry}"
            case many:
                found = f"{first.entry} > {first.other} and {many - 1:,} more"
        flaw = Flaw(
            "reference-cycle",
            f"these judgements lead in a circle: {first.judgement}",
            found=found,
            remedy=f"take one back by a new line, such as {first.entry},withdrawn,{first.other}",
        )
        table.findings.append(flaw.at(table.spot(first.line), first.entry))
    taken = {one.line for one in judged}
    return [one for one in standing if one.line not in taken]


def _between(edges: list[_Edge]) -> list[_Edge]:
    """Those that go on from an edge and are gone on from, as far as one walk can tell."""
    leading: dict[str, list[_Edge]] = defaultdict(list)
    for one in edges:
        leading[one.entry].append(one)
    arrivals = Counter(one.other for one in edges)
    # take away what nothing leads to, and then what only that led to
    ready = [name for name in leading if not arrivals[name]]
    while ready:
        for one in leading.pop(ready.pop(), ()):
            arrivals[one.other] -= 1
            if not arrivals[one.other]:
                ready.append(one.other)
    left = [one for lines in leading.values() for one in lines if one.other in leading]
    # and from the other end, so that a long tail does not take a walk per link
    entering: dict[str, list[_Edge]] = defaultdict(list)
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
