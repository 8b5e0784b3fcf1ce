"""What a CSV book and a sheet of a workbook have in common: a header of field names, and rows.

The kind of a row is its column `kind`, or the last part of the table's name: `pledge`, or
`2021.pledge`. Lists stand in one cell, joined by `;`. An empty cell is a key that is not there.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

from pledgebook.finding import Flaw
from pledgebook.kinds import KINDS

_LISTS = {
    kind.name: tuple(field.name for field in kind.fields if field.many) for kind in KINDS.values()
}
_NUMBERS = {
    kind.name: tuple(field.name for field in kind.fields if field.type == "number")
    for kind in KINDS.values()
}


def kind_in(name: str) -> str:
    """The kind that the name of a table gives, or ""."""
    last = name.rsplit(".", 1)[-1].strip()
    return last if last in KINDS else ""


def header_flaw(
    header: Sequence[str], fixed: str, noun: str, names: str
) -> tuple[Flaw, int | None] | None:
    """What is wrong with a header, and the number of the column (from 0) where it is in one.

    `fixed` is the kind that the table's name gives; `noun` is what has that name, a file or a
    sheet, and `names` are examples of it."""
    if not fixed and "kind" not in header:
        flaw = Flaw(
            "kind-unknown",
            "the table does not say what its rows are",
            expected=f"a column kind, or a {noun} name such as {names}",
            found=told(header),
            nearest=next(iter(difflib.get_close_matches("kind", header, 1)), ""),
            remedy=f"add a column kind, or name the {noun} after the kind of its rows",
        )
        return flaw, None
    numbers = Counter(header)
    twice = [column for column in header if column and numbers[column] > 1]
    if twice:
        flaw = Flaw(
            "field-unknown",
            f"the column {twice[0]} stands twice",
            remedy="give each column a name of its own",
        )
        return flaw, header.index(twice[0])
    return None


def told(header: Sequence[str]) -> str:
    """The names of the columns as a finding shows them: the first of them, on one line."""
    names = ", ".join(name for name in header if name)[:80]
    return "".join(mark if mark.isprintable() else " " for mark in names)


def spread(kind: str, values: dict[str, object]) -> None:
    """Turn the texts of a row into the values that its kind takes: lists, and whole numbers."""
    for column in _LISTS.get(kind, ()):
        text = values.get(column)
        if isinstance(text, str):
            values[column] = [bare for part in text.split(";") if (bare := part.strip())]
    for column in _NUMBERS.get(kind, ()):
        text = values.get(column)
        if isinstance(text, str) and text.isdecimal() and len(text) < 10:
            values[column] = int(text)
