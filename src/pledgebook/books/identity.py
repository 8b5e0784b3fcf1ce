"""Ids: given, made of the content where none is given, and unique in the tracker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pledgebook.books.cells import Cells, id_of
from pledgebook.entry import Paragraph
from pledgebook.finding import Flaw

Place = tuple[Cells, int]
"""One entry: the cells of its kind, and its number among them."""


def give_ids(cells: Cells) -> None:
    """Name every entry that has no id after its content, so that the name outlives reordering."""
    ids = cells.column("id")
    if None in ids:
        kind = cells.kind.name
        named = zip(ids, cells.paragraphs, strict=True)
        cells.put("id", [own or f"{kind}-{_content_hash(one)[:10]}" for own, one in named])


def drop_duplicates(cells: Mapping[str, Cells]) -> None:
    """Keep one of the entries that carry the same id, and report the others.

    The one that is kept is the one known first, so that what comes later changes no earlier
    answer; among equals the choice rests on their content alone, never on their order.
    """
    first: dict[object, Place] = {}
    twice: dict[object, list[Place]] = {}
    for one in cells.values():
        ids = one.column("id")
        if len(set(ids)) == len(ids) and first.keys().isdisjoint(ids):
            first |= {name: (one, i) for i, name in enumerate(ids)}
            continue
        for i, name in enumerate(ids):
            found = first.setdefault(name, (one, i))
            if found != (one, i):
                twice.setdefault(name, [found]).append((one, i))
    for name, places in twice.items():
        _keep_one(str(name), sorted(places, key=_where))


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
    paragraph = place[0].paragraphs[place[1]]
    return paragraph.file, paragraph.line


def _age(place: Place) -> tuple[str, str]:
    one, i = place
    return str(one.column("known")[i] or "9999-99-99"), _content_hash(one.paragraphs[i])


def _content_hash(paragraph: Paragraph) -> str:
    """The same for the same statement of the same source, wherever it stands."""
    values = sorted(paragraph.values.items(), key=lambda item: item[0])
    content = repr((paragraph.kind, paragraph.above, values))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
