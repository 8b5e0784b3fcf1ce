"""Chains of references: none leads in a circle, and none is longer than any real one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells
from pledgebook.books.references import targets_of
from pledgebook.entry import LONGEST_CHAIN
from pledgebook.finding import Finding, Flaw

# the relations that lead on from one entry to the next; those of one line lead on together. A
# promise waits on its conditions, and a condition about a promise waits on that
_CHAINS = (
    ("toward", "draws_on", "part_of"),
    ("condition", "about"),
    ("origin",),
    ("parent",),
    ("successor",),
)
_OF_ONE_KIND = {"about": "condition"}
"""Relations that lead on from one kind alone: two events may well be about each other."""

_Edges = dict[str, list[str]]


def check_chains(cells: Sequence[Cells]) -> Iterable[Finding]:
    """Find references that lead in a circle, or further than `LONGEST_CHAIN`.

    A statement in a circle stays out; of an actor, an activity or a source only the reference is
    taken away, because whole trackers rest on them. A chain is cut where it is too long.
    """
    for relations in _CHAINS:
        if not _are_short(cells, relations):
            yield from _Chains(cells, relations).check()


def _are_short(cells: Sequence[Cells], relations: tuple[str, ...]) -> bool:
    """Whether no chain of these relations is too long, and so none leads in a circle: of all
    references those are kept that lead to an entry that leads on, until there are none."""
    froms, tos = [], []
    for one in cells:
        for relation in relations:
            if one.is_empty(relation) or not _leads_on(one, relation):
                continue
            column, ids = one.array(relation), one.array("id")
            if pa.types.is_list(column.type):
                froms.append(ids.take(pc.list_parent_indices(column)))
                tos.append(column.flatten())
            else:
                is_said = pc.is_valid(column)
                froms.append(ids.filter(is_said))
                tos.append(column.filter(is_said))
    edges = pa.table(
        [pa.chunked_array(froms, pa.string()), pa.chunked_array(tos, pa.string())],
        ["name", "target"],
    )
    for _ in range(LONGEST_CHAIN):
        if not edges.num_rows:
            return True
        leading = edges.column("name").unique()
        edges = edges.filter(pc.is_in(edges.column("target"), value_set=leading))
    return False


class _Chains:
    def __init__(self, cells: Sequence[Cells], relations: tuple[str, ...]) -> None:
        self.relations = relations
        self.where: dict[str, tuple[Cells, int]] = {}
        self.taken: dict[str, tuple[Cells, set[int]]] = {}
        edges: _Edges = {}
        for one in cells:
            for relation in relations:
                if one.is_empty(relation) or not _leads_on(one, relation):
                    continue
                named = zip(one.column("id"), one.column(relation), strict=True)
                for i, (name, value) in enumerate(named):
                    if value is not None:
                        self.where[str(name)] = (one, i)
                        edges.setdefault(str(name), []).extend(targets_of(value))
        if "condition" in relations:
            for name, targets in edges.items():
                if self.where[name][0].kind.name == "condition":
                    # a condition may be about the very promise that hangs on it
                    edges[name] = [one for one in targets if name not in edges.get(one, ())]
        # only what leads to an entry that leads on can be part of a circle or of a long chain
        self.edges = {
            name: [target for target in targets if target in edges]
            for name, targets in edges.items()
        }

    def check(self) -> Iterable[Finding]:
        in_order: Iterable[str] = self.edges
        if not _is_ordered(self.edges):
            for circle in list(_circles_of(self.edges)):
                yield self._circle(circle)
            in_order = TopologicalSorter(self.edges).static_order()
        depths: dict[str, int] = {}
        for name in in_order:
            targets = self.edges.get(name, ())
            depths[name] = 1 + max((depths[target] for target in targets), default=0)
            if depths[name] > LONGEST_CHAIN:
                depths[name] = 0
                yield self._too_long(name)
        self._take_away()

    def _circle(self, circle: list[str]) -> Finding:
        """Cut a circle; the finding stands at its first entry in reading order."""
        turn = min(range(len(circle)), key=lambda i: self._place(circle[i]))
        circle = circle[turn:] + circle[:turn]
        for name in circle:
            self._cut(name)
        shown = circle if len(circle) <= 6 else [*circle[:5], "..."]
        flaw = Flaw(
            "reference-cycle",
            f"{self._relation(circle[0])} leads in a circle",
            found=" > ".join([*shown, circle[0]]),
            remedy="take one of the references out",
        )
        return self._at(circle[0], flaw)

    def _too_long(self, name: str) -> Finding:
        flaw = Flaw(
            "reference-too-long",
            f"{self._relation(name)} leads on and on",
            expected=f"at most {LONGEST_CHAIN} entries, each leading to the next",
            found=f"{name} is number {LONGEST_CHAIN + 1} of a chain",
            remedy="let it lead to the first of them",
        )
        self._cut(name)
        return self._at(name, flaw)

    def _cut(self, name: str) -> None:
        one, i = self.where[name]
        self.edges[name] = []
        if one.kind.is_statement:
            one.out.add(i)
        else:
            self.taken.setdefault(one.kind.name, (one, set()))[1].add(i)

    def _take_away(self) -> None:
        """Take the references that were cut out of their columns, all of a column at once."""
        for one, rows in self.taken.values():
            for relation in self.relations:
                if not one.is_empty(relation):
                    values = one.column(relation)
                    one.put(relation, [None if i in rows else v for i, v in enumerate(values)])

    def _relation(self, name: str) -> str:
        """The relation through which an entry leads on."""
        one, i = self.where[name]
        row = one.paragraphs[i].values
        return next((one for one in self.relations if one in row), self.relations[0])

    def _at(self, name: str, flaw: Flaw) -> Finding:
        one, i = self.where[name]
        return flaw.at(one.paragraphs[i].spot(self._relation(name)), name)

    def _place(self, name: str) -> tuple[str, int]:
        one, i = self.where[name]
        return one.paragraphs.place(i)


def _leads_on(cells: Cells, relation: str) -> bool:
    return _OF_ONE_KIND.get(relation, cells.kind.name) == cells.kind.name


def _is_ordered(edges: Mapping[str, list[str]]) -> bool:
    """Whether every reference leads to an entry that comes earlier: then none leads in a circle.

    Most books are written in that order, and it saves the walk.
    """
    turns = {name: turn for turn, name in enumerate(edges)}
    return all(
        turns[target] < turn for turn, targets in enumerate(edges.values()) for target in targets
    )


def _circles_of(edges: _Edges) -> Iterable[list[str]]:
    """The circles of a graph that a walk meets: each edge is looked at once."""
    done: set[str] = set()
    for start in sorted(edges):
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, number = stack.pop()
            if number == 0:
                if name in done:
                    continue
                on_path[name] = len(path)
                path.append(name)
            targets = edges.get(name, [])
            if number < len(targets):
                stack.append((name, number + 1))
                target = targets[number]
                if target in on_path:
                    yield path[on_path[target] :]
                elif target not in done and target in edges:
                    stack.append((target, 0))
            else:
                done.add(name)
                path.pop()
                del on_path[name]
