"""An answer: an Arrow table that gives typed rows where somebody asks for them.

A row becomes Python objects when it is looked at and not before: 100,000 rows that only pass on to
pandas or polars never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, get_args, get_type_hints, overload

import pyarrow as pa

Row = TypeVar("Row")

Make = Callable[[tuple[Any, ...]], Row]

# so many rows are Python objects at once while an answer is walked through
_BATCH = 1024


class Answer(Generic[Row]):
    """The answer to one question: its rows in order, over one Arrow table.

    `len(answer)` counts its rows, `answer[0]` is a row, `answer[2:5]` is an answer of three rows,
    and a loop goes through all. `arrow` is the table: strings, decimal128(38, 6) for amounts,
    decimal128(24, 12) for rates, date32, int64, bool, and lists of strings. What reads Arrow takes
    the answer itself: `polars.DataFrame(answer)`, `pyarrow.table(answer)`.

    An answer never changes; it needs the tracker no longer, and threads may share it.
    """

    # no collections.abc.Sequence: polars would take it apart row by row and guess the types
    __slots__ = ("_make", "_table", "name")

    def __init__(self, name: str, table: pa.Table, make: Make[Row]) -> None:
        self.name = name
        self._table = table
        self._make = make

    @property
    def arrow(self) -> pa.Table:
        """The answer as a pyarrow.Table; null is unknown, never zero."""
        return self._table

    def to_arrow(self) -> pa.Table:
        """The answer as a pyarrow.Table, under the name that polars and DuckDB give it."""
        return self._table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._table.column_names)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table for any library that reads Arrow, without a copy."""
        return self._table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), _BATCH):
            cells = (column.to_pylist() for column in self._table.slice(start, _BATCH).columns)
            yield from map(self._make, zip(*cells, strict=True))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Answer[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Answer[Row]:
        """The row at a place, from the end where it is negative; or an answer of some rows.

        Raises IndexError where there is no such row.
        """
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step == 1:
                part = self._table.slice(start, max(stop - start, 0))
            else:
                part = self._table.take(pa.array(range(start, stop, step), pa.int64()))
            return Answer(self.name, part, self._make)
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{self.name} has {_counted(len(self))}, and no row {at}")
        return self._make(tuple(column[place].as_py() for column in self._table.columns))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answer):
            return NotImplemented
        return self.name == other.name and bool(self._table.equals(other._table))

    __hash__ = None  # type: ignore[assignment]  # equal by its cells, like a list

    def __repr__(self) -> str:
        return f"<{self.name}: {_counted(len(self))} of {', '.join(self.columns)}>"


def rows_of(row: type[Any]) -> Make[Any]:
    """What makes the rows of a question, named tuples, out of the cells of its columns."""
    inner = {}
    for place, hint in enumerate(get_type_hints(row).values()):
        of = get_args(hint)
        if of and hasattr(of[0], "_make"):
            inner[place] = of[0]

    def make(cells: tuple[Any, ...]) -> Any:
        """A list of structs in a cell becomes a list of rows of their own."""
        put = list(cells)
        for place, kind in inner.items():
            put[place] = [kind(**one) for one in put[place]]
        return row._make(put)

    plain: Make[Any] = row._make
    return make if inner else plain


def _counted(rows: int) -> str:
    return f"{rows:,} row{'' if rows == 1 else 's'}"
