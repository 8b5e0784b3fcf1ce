"""Ids: given, made of the content where none is given, and unique in the tracker."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells, id_of, numbers_of
from pledgebook.entry import content_hash
from pledgebook.finding import Flaw

Place = tuple[Cells, int]
"""One entry: the cells of its kind, and its number among them."""


def give_ids(cells: Cells) -> None:
    """Name every entry that has no id after its content, so that the name outlives reordering."""
    ids = cells.array("id")
    if ids.null_count:
        paragraphs = cells.paragraphs
        contents = paragraphs.contents
        nameless = numbers_of(pc.and_(pc.is_null(ids), pc.is_null(contents)))
        if nameless:  # an id is there and cannot be read
            made = contents.to_pylist()
            for i in nameless:
                made[i] = content_hash(paragraphs[i])
            contents = pa.array(made, pa.string())
        named = pc.binary_join_element_wise(
            cells.kind.name, pc.utf8_slice_codeunits(contents, 0, 10), "-"
        )
        cells.put("id", pc.coalesce(ids, named))


def drop_duplicates(cells: Mapping[str, Cells]) -> None:
    """Keep one of the entries that carry the same id, and report the others.

    The one that is kept is the one known first, so that what comes later changes no earlier
    answer; among equals the choice rests on their content alone, never on their order.
    """
    if not cells:
        return
    counts = pa.chunked_array([one.array("id") for one in cells.values()]).value_counts()
    often = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    if not len(often):
        return
    places: dict[str, list[Place]] = {}
    for one in cells.values():
        for i in numbers_of(pc.is_in(one.array("id"), value_set=often)):
            places.setdefault(str(one.column("id")[i]), []).append((one, i))
    for name, found in places.items():
        _keep_one(name, sorted(found, key=_where))


def _keep_one(name: str, places: list[Place]) -> None:
    readable = [(one, i) for one, i in places if i not in one.out] or places
    kept = min(readable, key=_age)
    for one, i in places:
        if (one, i) != kept:
            one.out.add(i)
    first_file, first_line = _where(places[0])
    for one, i in places[1:]:
        is_given = bool(id_of(one.paragraphs[i]))
        flaw = Flaw(
            "entry-duplicate",
            f"the id {name} is taken" if is_given else "the same statement stands twice",
            found=f"first at {first_file}:{first_line}",
            remedy="delete the copy, or give one of them another id"
            if is_given
            else "delete one of them, or give each an id",
        )
        one.report(i, flaw, "id" if is_given else None)


def _where(place: Place) -> tuple[str, int]:
    return place[0].paragraphs.place(place[1])


def _age(place: Place) -> tuple[str, str]:
    one, i = place
    return str(one.column("known")[i] or "9999-99-99"), content_hash(one.paragraphs[i])
