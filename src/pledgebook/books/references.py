"""References between entries: to ids that exist, of kinds that can stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells, id_of
from pledgebook.books.names import Names
from pledgebook.books.sense import a
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import SUPPORT, Field

# looking for the nearest of 100,000 ids is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100


def check_references(cells: Sequence[Cells], names: Names) -> list[Finding]:
    """Find references that lead nowhere or to the wrong kind.

    The entries with such a reference are added to `out` of their cells. An id that is written
    but whose entry could not be read is no unknown id: that entry has a finding of its own.
    """
    groups: dict[tuple[str, ...], list[tuple[Cells, Field]]] = {}
    for one in cells:
        for field in one.kind.fields:
            # `source` has findings of its own
            if field.type == "ref" and field.name != "source" and not one.is_empty(field.name):
                groups.setdefault(field.refers, []).append((one, field))
    suspect = [
        pair for refers, pairs in groups.items() if not _all_stand(pairs, refers, cells)
        for pair in pairs
    ]  # fmt: skip
    if not suspect:
        return []
    kinds: dict[str, str] = {}
    for one in cells:
        kind = one.kind.name
        for name in one.column("id"):
            kinds.setdefault(name, kind)  # type: ignore[arg-type]  # ids are text
    findings: list[Finding] = []
    for one, field in suspect:
        findings += _unknown(one, field, kinds, names)
    return findings


def _all_stand(
    pairs: Sequence[tuple[Cells, Field]], refers: tuple[str, ...], cells: Sequence[Cells]
) -> bool:
    """Whether all that these fields name are ids of the kinds that they may refer to: asked of all
    at once, since in most books it is so."""
    named = [
        one.array(field.name).flatten() if field.many else one.array(field.name).drop_null()
        for one, field in pairs
    ]
    allowed = [one.array("id") for one in cells if not refers or one.kind.name in refers]
    if not allowed:
        return not any(map(len, named))
    targets = pa.chunked_array(named, pa.string()).unique()
    known = pa.chunked_array(allowed, pa.string()).combine_chunks()
    return pc.all(pc.is_in(targets, value_set=known)).as_py() is not False


def targets_of(value: object) -> Iterable[str]:
    """The ids in a cell of references."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, list) else ()


def _unknown(cells: Cells, field: Field, kinds: dict[str, str], names: Names) -> Iterable[Finding]:
    allowed = field.refers
    column = cells.column(field.name)
    named = set(chain.from_iterable(map(targets_of, column)))
    bad = {target for target in named if not _can_stand(target, field, kinds, names)}
    if not bad:
        return
    hints = 0
    for i, value in enumerate(column):
        for target in targets_of(value):
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
