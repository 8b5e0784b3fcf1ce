"""A paragraph of a book: the user's keys and values, with the place they stand in.

Reading turns all paragraphs of one kind into columns, the shape in which they go to the database;
there is no object per entry in between, which is what keeps 100,000 entries quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from pledgebook.spot import Spot

Locate = Callable[["Paragraph", str | None], Spot]
"""Finds the spot of one of a paragraph's keys, or of its header."""

LONGEST_CHAIN = 16
"""A payment toward a commitment toward a pledge is a chain of three. What stands under what is
computed at every remove, so an endless chain would cost its square in time and memory."""

WORKBOOK = ".xlsx:"
"""What parts the file from the sheet in the `file` of a paragraph: books/2024.xlsx:pledge. No
sheet has a colon in its name."""


def parted(place: str) -> tuple[str, str]:
    """The file and the sheet of a place such as books/2024.xlsx:pledge; a book that is no
    workbook has no sheet."""
    at = place.lower().find(WORKBOOK)
    if at < 0:
        return place, ""
    end = at + len(WORKBOOK)
    return place[: end - 1], place[end:]


class Paragraph(NamedTuple):
    """One entry as it is written: its kind's name, its values as TOML, CSV or XLSX gave them,
    and where it stands: for a sheet of a workbook the `file` is books/2024.xlsx:pledge and the
    `line` its row. A value that is a Flaw could not be read where it stands. `locate` finds the
    spot of one of its keys, for a finding; it is called only then, because a place costs more
    to find than a value to read. `above` is the id of the [source] that it stands below, or ""."""

    kind: str
    values: dict[str, object]
    file: str
    line: int
    above: str
    locate: Locate

    def spot(self, key: str | None = None) -> Spot:
        """Where the value of `key` stands, or the header where the key is absent or None."""
        return self.locate(self, key)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, whose keys stand in the header."""
        book, sheet = parted(self.file)
        return bool(sheet) or book.lower().endswith(".csv")

    @property
    def book(self) -> str:
        """The file that it stands in."""
        return parted(self.file)[0]

    def key_spot(self, key: str) -> Spot:
        """Where `key` itself stands, for a key that should not be there."""
        if self.is_row:
            return self.locate(self._replace(line=1), key)
        value = self.locate(self, key)
        found = value.text.find(key)
        if found < 0:
            return value
        return Spot(value.file, value.line, found + 1, len(key), value.text)


def content_hash(paragraph: Paragraph) -> str:
    """The same for the same statement of the same source, wherever it stands."""
    # no two keys are the same: values are never compared
    content = repr((paragraph.kind, paragraph.above, sorted(paragraph.values.items())))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
