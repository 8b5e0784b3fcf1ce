"""Cells of a table with their places: a CSV book, or any other CSV of the tracker.

The first row is the header. A row keeps the line it begins in, so that a finding names it; the
column of a cell is looked for only when a finding asks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from pledgebook.finding import Finding, Flaw
from pledgebook.spot import Spot

LONGEST_CELL = 1 << 20
csv.field_size_limit(LONGEST_CELL)


class Row(NamedTuple):
    """One row below the header: its line in the file and its cells."""

    line: int
    cells: list[str]


class Table:
    """A CSV table as text. `name` is the file relative to the tracker.

    `header` holds the names of the columns, stripped; `rows()` yields every row that is not
    blank; what cannot be read is added to `findings` and ends the table there.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []
        self._lines: list[str] | None = None
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.header = [cell.strip() for cell in self._next() or []]

    def _next(self) -> list[str] | None:
        """The next row, None at the end; a row that is no CSV becomes a finding and the end."""
        before = self._reader.line_num
        try:
            return next(self._reader, None)
        except csv.Error as error:
            self.findings.append(
                Flaw(
                    "entry-unreadable",
                    f"from here on the table is not CSV ({error})",
                    expected='cells between commas; "" for a quotation mark inside a quoted cell',
                    remedy="mend the row; the rows above it were read",
                ).at(self.spot(before + 1))
            )
            return None

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in order; may be asked for once."""
        line = self._reader.line_num + 1
        while (cells := self._next()) is not None:
            if any(cells):
                yield Row(line, cells)
            line = self._reader.line_num + 1

    def spot(self, line: int, column: int | None = None) -> Spot:
        """The place of a row, or of the cell in its column number `column` (from 0)."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        if not 0 < line <= len(self._lines):
            return Spot(self.name)
        text = self._lines[line - 1].rstrip("\r")
        if column is None:
            return Spot(self.name, line, 1, max(1, len(text)), text)
        start, width = _cell_of(text, column)
        return Spot(self.name, line, start + 1, max(1, width), text)


def _cell_of(text: str, wanted: int) -> tuple[int, int]:
    """Where a cell stands in its line: offset and width; the line's start where it is not in it
    (a cell before it holds a line break)."""
    start = number = 0
    quoted = False
    for position, mark in enumerate(text):
        if mark == '"':
            quoted = not quoted
        elif mark == "," and not quoted:
            if number == wanted:
                return start, position - start
            number, start = number + 1, position + 1
    return (start, len(text) - start) if number == wanted else (0, len(text))
