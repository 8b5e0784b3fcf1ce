"""A paragraph of a book, before and after its values are read.

A book yields `Paragraph`s: the user's keys and values with the place they stand in. Reading
turns all paragraphs of one kind into `Columns`, the shape in which they go to the database;
there is no object per entry in between, which is what keeps 100,000 entries quick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from pledgebook.spot import Spot

LONGEST_CHAIN = 16
"""A payment toward a commitment toward a pledge is a chain of three. What stands under what is
computed at every remove, so an endless chain would cost its square in time and memory."""

WORKBOOK = ".xlsx:"
"""What parts the file from the sheet in the `file` of a paragraph: books/2024.xlsx:pledge. No
sheet has a colon in its name."""


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
    locate: Callable[[Paragraph, str | None], Spot]

    def spot(self, key: str | None = None) -> Spot:
        """Where the value of `key` stands, or the header where the key is absent or None."""
        return self.locate(self, key)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, whose keys stand in the header."""
        name = self.file.lower()
        return name.endswith(".csv") or WORKBOOK in name

    def key_spot(self, key: str) -> Spot:
        """Where `key` itself stands, for a key that should not be there."""
        if self.is_row:
            return self.locate(self._replace(line=1), key)
        value = self.locate(self, key)
        found = value.text.find(key)
        if found < 0:
            return value
        return Spot(value.file, value.line, found + 1, len(key), value.text)


@dataclass(slots=True)
class Columns:
    """All entries of one kind that could be read, column by column.

    `values[name][i]` is the cell of entry `i`: text, a date, a Decimal, a list or None, as
    `kinds.columns` says. `paragraphs[i]` is where it is written.
    """

    kind: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    values: dict[str, list[object]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.paragraphs)

    def keep(self, numbers: list[int]) -> None:
        """Keep only the entries with these numbers."""
        self.paragraphs = [self.paragraphs[i] for i in numbers]
        self.values = {name: [cells[i] for i in numbers] for name, cells in self.values.items()}

    @property
    def ids(self) -> list[str]:
        return self.values["id"]  # type: ignore[return-value]  # ids are text by construction
