"""Make a tracker that shows a fault as small as possible, and write it as one book."""

from __future__ import annotations

import copy
from collections.abc import Callable

from generate import toml
from generate_entries import World

MOST = 100
"""So many smaller trackers are tried, at half a second each."""


def smallest(world: World, fails: Callable[[World], object]) -> World:
    """The tracker without every entry, judgement and field that the fault does not need.

    A tracker with errors of its own is no smaller one: then opening it fails an assertion, or the
    second opinion misses a field.
    """
    tried = kept = 0
    while tried < MOST and kept < len(cuts := _cuts(world)):
        less = _without(world, *cuts[kept])
        tried += 1
        try:
            is_enough = bool(fails(less))
        except (AssertionError, KeyError):
            is_enough = False
        if is_enough:
            world = less
        else:
            kept += 1
    return world


def as_book(world: World) -> str:
    """Its paragraphs, and its judgements as comments."""
    links = [f"# {' '.join(link)}" for link in world.links]
    return "\n".join([*(toml(entry) for entry in world.entries), *links])


def _cuts(world: World) -> list[tuple[str, int, str]]:
    """What may be left out: entries from the last, judgements, then fields."""
    entries = list(enumerate(world.entries))
    return [
        *(("entry", number, "") for number, _ in reversed(entries)),
        *(("link", number, "") for number in range(len(world.links))),
        *(
            ("field", number, name)
            for number, entry in entries
            for name in entry
            if name not in ("kind", "id")
        ),
    ]


def _without(world: World, part: str, number: int, name: str) -> World:
    less = copy.deepcopy(world)
    if part == "link":
        del less.links[number]
    elif part == "field":
        del less.entries[number][name]
    else:
        gone = str(less.entries.pop(number)["id"])
        less.links = [link for link in less.links if gone not in link]
        less.taken_back = [link for link in less.taken_back if gone not in link]
        for entry in less.entries:
            for field, value in list(entry.items()):
                if isinstance(value, list) and gone in value:
                    entry[field] = [one for one in value if one != gone]
                if entry[field] in (gone, []):
                    del entry[field]
    return less
