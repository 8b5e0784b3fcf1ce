"""All paragraphs of one kind, from all books: columns to compute with, paragraphs to speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.block import (
    ABOVE,
    CONTENT,
    FILE,
    KIND,
    LINE,
    MARK,
    STRANGE,
    UNKNOWN,
    Block,
    any_of,
    columns_of,
    raw_of,
)
from pledgebook.entry import WORKBOOK, Locate, Paragraph
from pledgebook.spot import Spot

_OURS = {FILE, LINE, ABOVE, KIND, CONTENT, UNKNOWN}

Locators = Mapping[str, Locate]
"""How the place of a key is found in each book, by the name of its file."""


class Rows(Sequence[Paragraph]):
    """The paragraphs of one kind as columns; one of them is put together only when asked for.

    `keys` are the keys that any of them has and that some kind knows.
    """

    def __init__(self, kind: str, table: pa.Table, others: Sequence[object], locate: Locators):
        self.kind = kind
        self._table = table
        self._others = others
        self._locate = locate
        self._columns: dict[str, pa.Array] = {}
        self.keys = [name for name in table.column_names if name not in _OURS]

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __getitem__(self, i: int) -> Paragraph:  # type: ignore[override]  # slices are not asked for
        values = {}
        for key in self.keys:
            value = self.raw(key)[i].as_py()
            if value is not None:
                values[key] = raw_of(value, self._others)
        kind = self._column(KIND)[i].as_py() if self.kind == STRANGE else self.kind
        return Paragraph(
            str(kind),
            values,
            self.files[i].as_py(),
            self.lines[i].as_py(),
            self.aboves[i].as_py(),
            self._spot,
        )

    def __iter__(self) -> Iterator[Paragraph]:
        return (self[i] for i in range(len(self)))

    def _spot(self, paragraph: Paragraph, key: str | None) -> Spot:
        return self._locate[paragraph.book](paragraph, key)

    def let_go(self) -> None:
        """Give back the memory of all columns but those that say where each stands."""
        if any_of(pc.match_substring(self.files, WORKBOOK, ignore_case=True)):
            return  # a row of a workbook is shown by its values
        places = {name: self._column(name) for name in (FILE, LINE, ABOVE)}
        self._table = pa.table(places)
        self._columns = {}
        self.keys = []

    def place(self, i: int) -> tuple[str, int]:
        """The file and the line of one of them, by which they are in order."""
        return self.files[i].as_py(), self.lines[i].as_py()

    @property
    def files(self) -> pa.Array:
        """The file of each."""
        return self._column(FILE)

    @property
    def lines(self) -> pa.Array:
        """The line of each, from 1."""
        return self._column(LINE)

    @property
    def aboves(self) -> pa.Array:
        """The id of the [source] above each, or ""."""
        return self._column(ABOVE)

    @property
    def contents(self) -> pa.Array:
        """A hash of what each says, for those that give themselves no id."""
        return self._column(CONTENT)

    def raw(self, key: str) -> pa.Array:
        """What stands under a key, as text (see `value`); null where the key is not there."""
        return self._column(key)

    def value(self, text: str | None) -> object:
        """The value that stands as `text` in a column."""
        return raw_of(text, self._others)

    def unknown_keys(self) -> Iterator[tuple[int, list[str]]]:
        """The numbers of the paragraphs that have keys which no kind knows, and those keys."""
        if UNKNOWN in self._table.column_names:
            for i, keys in enumerate(self._column(UNKNOWN).to_pylist()):
                if keys is not None:
                    found = raw_of(keys, self._others)
                    yield i, [str(key) for key in found] if isinstance(found, list) else []

    def _column(self, name: str) -> pa.Array:
        if name not in self._columns:
            if name in self._table.column_names:
                self._columns[name] = self._table.column(name).combine_chunks()
            else:
                self._columns[name] = pa.nulls(len(self), pa.string())
            if isinstance(self._columns[name], pa.ChunkedArray):  # of no rows
                self._columns[name] = pa.array([], self._columns[name].type)
        return self._columns[name]


class _Later(dict[str, Locate]):
    """Locators that are made when a place is first asked for."""

    def __init__(self, of: Callable[[str], Locate]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, file: str) -> Locate:
        self[file] = self._of(file)
        return self[file]


def rows_of(
    blocks: Mapping[str, Block], locator: Callable[[str], Locate] | None = None
) -> dict[str, Rows]:
    """The rows of each kind in all blocks, which are given by the names of their files.

    `locator` makes what finds the places in a book that was not read just now.
    """
    locate = _Later(locator) if locator is not None else {}
    tables: dict[str, list[pa.Table]] = {}
    others: list[object] = []
    for name, block in blocks.items():
        if block.locate is not None:
            locate[name] = block.locate
        for kind, table in block.tables.items():
            tables.setdefault(kind, []).append(_renumbered(table, len(others)))
        others += block.others
    return {kind: Rows(kind, columns_of(parts), others, locate) for kind, parts in tables.items()}


def _renumbered(table: pa.Table, before: int) -> pa.Table:
    """The table with its other values numbered on from those of the books before it."""
    if not before:
        return table
    for i, field in enumerate(table.schema):
        if field.type != pa.string():
            continue
        column = table.column(i)
        if any_of(pc.starts_with(column, f"{MARK}o")):
            numbers = [
                f"{MARK}o{int(text[2:]) + before}" if text and text.startswith(f"{MARK}o") else text
                for text in column.to_pylist()
            ]
            table = table.set_column(i, field, pa.array(numbers, pa.string()))
    return table
