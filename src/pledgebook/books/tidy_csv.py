"""A CSV book with its columns in order and its cells trimmed; what it says stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from pledgebook.kinds import KINDS, WRITTEN_LAST
from pledgebook.table import Table


def tidy_csv(text: str, kinds: Collection[str]) -> str:
    """The text of a table, tidied: `kind` first, then the order of `Kind.written`, unknown columns
    last; blank rows go, and quotation marks stand where a cell needs them.

    `kinds` are those of its rows. All of the table has to be readable: its rows hang on the order
    of its columns.
    """
    table = Table("", text)
    places = _order(table.header, kinds)
    ended = text.count("\n")
    newline = "\r\n" if ended and text.count("\r\n") == ended else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([table.header[place] for place in places])
    width = len(table.header)
    for row in table.rows():
        cells = row.cells + [""] * (width - len(row.cells))
        writer.writerow([cells[place].strip() for place in places])
    tidied = out.getvalue()
    return tidied if newline == "\n" else tidied.replace("\n", newline)


def _order(header: list[str], kinds: Collection[str]) -> list[int]:
    """The numbers of the columns in their new order; a column keeps its place among equals."""
    own = [name for kind in KINDS if kind in kinds for name in KINDS[kind].written]
    names = ["kind", *(name for name in own if name not in WRITTEN_LAST), *WRITTEN_LAST]
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return sorted(range(len(header)), key=lambda place: order.get(header[place], len(order)))
