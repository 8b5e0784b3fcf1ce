"""References between entries: to ids that exist, of kinds that can stand there, in no circle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from pledgebook.books.cells import Cells, id_of
from pledgebook.books.names import Names
from pledgebook.books.sense import a
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import SUPPORT, Field

# looking for the nearest of 100,000 ids is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100

# relations in which a circle has no meaning
_CIRCLES = ("toward", "draws_on", "part_of", "origin", "parent", "successor")


def check_references(cells: Sequence[Cells], names: Names) -> list[Finding]:
    """Find references that lead nowhere, to the wrong kind, or in a circle.

    The entries with such a reference are added to `out` of their cells. An id that is written
    but whose entry could not be read is no unknown id: that entry has a finding of its own.
    """
    kinds: dict[str, str] = {}
    for one in cells:
        kind = one.kind.name
        for name in one.column("id"):
            kinds.setdefault(name, kind)  # type: ignore[arg-type]  # ids are text
    findings: list[Finding] = []
    for one in cells:
        for field in one.kind.fields:
            # `source` has findings of its own
            if field.type == "ref" and field.name != "source" and not one.is_empty(field.name):
                findings += _unknown(one, field, kinds, names)
    for relation in _CIRCLES:
        findings += _circles(cells, relation)
    return findings


def _targets(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, list) else ()


def _unknown(cells: Cells, field: Field, kinds: dict[str, str], names: Names) -> Iterable[Finding]:
    allowed = field.refers
    column = cells.column(field.name)
    named = set(chain.from_iterable(map(_targets, column)))
    bad = {target for target in named if not _can_stand(target, field, kinds, names)}
    if not bad:
        return
    hints = 0
    for i, value in enumerate(column):
        for target in _targets(value):
            if target not in bad:
                continue
            paragraph = cells.paragraphs[i]
            cells.out.add(i)
            kind = kinds.get(target) or ("actor" if target in names else None)
            if kind is not None:
                flaw = Flaw(
                    "reference-mismatched",
                    f"{field.name} cannot be {a(kind)}",
                    expected=_either(allowed),
                    found=f"{target} is {a(kind)}",
                    remedy=f"name {a(allowed[0])} in {field.name}",
                )
            else:
                hints += 1
                near = _nearest(target, allowed, kinds) if hints <= _MOST_HINTS else ""
                flaw = Flaw(
                    "reference-unknown",
                    "no entry has this id",
                    expected=f"the id of {_either(allowed)}"
                    if allowed
                    else "the id of an entry, an activity or an actor",
                    found=f'"{target[:60]}"',
                    nearest=near,
                    remedy=f'write {field.name} = "{near}", or add the entry'
                    if near
                    else "add the entry, or leave the reference out",
                )
            yield flaw.at(paragraph.spot(field.name), id_of(paragraph))


def _can_stand(target: str, field: Field, kinds: dict[str, str], names: Names) -> bool:
    kind = kinds.get(target)
    if kind is None:
        # what has no list of kinds may also be about an actor, and a state needs no entry
        return not field.refers and target in names
    return not field.refers or kind in field.refers


def _nearest(target: str, allowed: tuple[str, ...], kinds: dict[str, str]) -> str:
    return nearest(target, [one for one, kind in kinds.items() if not allowed or kind in allowed])


def _either(kinds: tuple[str, ...]) -> str:
    if set(SUPPORT) <= set(kinds):
        kinds = (*(kind for kind in kinds if kind not in SUPPORT), *SUPPORT)
    words = [a(kind) for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _circles(cells: Sequence[Cells], relation: str) -> Iterable[Finding]:
    """A finding per circle of one relation, at its first entry in reading order."""
    where: dict[str, tuple[Cells, int]] = {}
    edges: dict[str, list[str]] = {}
    for one in cells:
        if one.is_empty(relation):
            continue
        for i, (name, value) in enumerate(zip(one.column("id"), one.column(relation), strict=True)):
            if value is not None:
                where[str(name)] = (one, i)
                edges.setdefault(str(name), []).extend(_targets(value))
    # only what leads to an entry that leads on can be part of a circle
    edges = {
        name: on for name, targets in edges.items() if (on := [t for t in targets if t in edges])
    }
    if _is_ordered(edges):
        return
    for circle in _circles_of(edges):
        places = [where[name] for name in circle]
        turn = min(range(len(circle)), key=lambda i: _place(*places[i]))
        circle = circle[turn:] + circle[:turn]
        for one, i in places:
            if one.kind.is_statement:
                one.out.add(i)
            else:
                # without its actors and activities a whole tracker would fall; the relation goes
                one.column(relation)[i] = None
        shown = circle if len(circle) <= 6 else [*circle[:5], "..."]
        flaw = Flaw(
            "reference-cycle",
            f"{relation} leads in a circle",
            found=" > ".join([*shown, circle[0]]),
            remedy="take one of the references out",
        )
        one, i = places[turn]
        yield flaw.at(one.paragraphs[i].spot(relation), circle[0])


def _place(one: Cells, i: int) -> tuple[str, int]:
    return one.paragraphs[i].file, one.paragraphs[i].line


def _is_ordered(edges: dict[str, list[str]]) -> bool:
    """Whether every reference leads to an entry that comes earlier: then none leads in a circle.

    Most books are written in that order, and it saves the walk."""
    turns = {name: turn for turn, name in enumerate(edges)}
    return all(
        turns.get(target, -1) < turn
        for turn, targets in enumerate(edges.values())
        for target in targets
    )


def _circles_of(edges: dict[str, list[str]]) -> Iterable[list[str]]:
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
