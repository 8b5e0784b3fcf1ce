"""The rows of one sheet of a workbook as paragraphs, with their places.

What a sheet can hold beside a plain table is told and not guessed: merged cells, a second header,
columns without a name, rows that are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from pledgebook.books.headers import header_flaw, spread
from pledgebook.books.sheet_cells import (
    DAYS,
    FIRST_DAY,
    Oddity,
    error_flaw,
    merged_flaw,
    text_of,
    uncomputed_flaw,
)
from pledgebook.books.sheet_text import Look, Merged, letters_of
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import FIELD_NAMES, KINDS, FieldType
from pledgebook.spot import Spot
from pledgebook.table import LONGEST_CELL, spot_in

Rows = Iterator[tuple[int, list[object]]]
"""The rows of a sheet that are not blank: the number of each, and its cells from column A on."""

_TYPES: dict[str, dict[str, FieldType]] = {
    kind.name: {field.name: field.type for field in kind.fields} for kind in KINDS.values()
}
_DAY_FIELDS = {
    kind: frozenset(name for name, type in types.items() if type in DAYS)
    for kind, types in _TYPES.items()
}
NAMES = FIELD_NAMES | {"kind"}
"""What may stand in a header."""

FIRST_ROWS = 10
"""How many rows are looked at for the names of the columns."""

# the steps that merged cells may take in all: as many rows as a sheet has, for a few of them
_MOST_STEPS = 1 << 22


class Place(NamedTuple):
    """Where a sheet stands, and how its columns are named: `left` is the first one's number."""

    file: str
    sheet: str
    header_row: int
    left: int
    names: tuple[str, ...]

    def locate(self, paragraph: Paragraph, key: str | None) -> Spot:
        """The cell of a key of an entry, or its row."""
        if paragraph.line <= self.header_row:
            return self.spot(self.header_row, key, dict(zip(self.names, self.names, strict=True)))
        values = {"kind": paragraph.kind} | paragraph.values
        return self.spot(paragraph.line, key, values)

    def spot(self, row: int, key: str | None, values: dict[str, object]) -> Spot:
        """The place of a row or of its cell `key`, with the row as it is shown."""
        cells = [_shown(values.get(name)) for name in self.names]
        number = self.names.index(key) if key in self.names else None
        text = " | ".join(cells).rstrip()
        start = sum(len(cell) + 3 for cell in cells[:number]) if number is not None else 0
        width = len(text) if number is None else len(cells[number])
        at = spot_in(self.file, row, text, start + 1, width)
        column = self.left + (number or 0)
        return replace(
            at,
            column=column,
            caret=start + 1,
            sheet=self.sheet,
            cell=f"{letters_of(column)}{row}",
        )


def _shown(value: object) -> str:
    if isinstance(value, Flaw):
        value = value.found
    if isinstance(value, list):
        value = ";".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())


class Places(dict[str, Place]):
    """The places of the sheets of one workbook, by the `file` of their paragraphs."""

    def locate(self, paragraph: Paragraph, key: str | None) -> Spot:
        """The cell of a key of an entry, or its row."""
        if paragraph.file not in self:
            return Spot(paragraph.book, paragraph.line)
        return self[paragraph.file].locate(paragraph, key)


class Table:
    """One sheet that holds entries, row by row.

    `places` are those of its workbook, `spot` is the place of the sheet, `fixed` the kind that its
    name gives, or ""; `formats` are the number formats that hide or add something, by style.
    """

    def __init__(
        self,
        places: Places,
        spot: Spot,
        fixed: str,
        found: Look,
        rows: Rows,
        formats: dict[int, tuple[Oddity, str]],
    ) -> None:
        self.findings: list[Finding] = []
        self.place = Place(spot.file, spot.sheet, 1, 1, ())
        self._places = places
        self._file = f"{spot.file}:{spot.sheet}"
        self._fixed = fixed
        self._rows = rows
        self._formats = formats
        self._look = found
        self._odd_rows = found.odd_rows
        self._merged = sorted(found.merged, reverse=True)
        self._open: list[Merged] = []
        self._spoiled: dict[Merged, list[int]] = {}
        self._steps = 0
        self._warned: dict[tuple[str, str], list[tuple[int, Flaw, dict[str, object]]]] = {}
        self._names_all = True
        self._unnamed: dict[int, list[int]] = {}

    def read(self) -> list[Paragraph]:
        """The rows as paragraphs; `findings` is complete then."""
        first = next(self._rows, None)
        if first is None or not self._take_header(*first):
            return []
        second = next(self._rows, None)
        if second is None:
            return []
        if self._is_other_header(second[1]):
            flaw = _two_headers(f"row {self.place.header_row} and row {second[0]}")
            self.findings.append(flaw.at(self._header_spot(None)))
            return []
        rows = chain([second], self._rows)
        read = [one for row in rows if (one := self._paragraph(*row)) is not None]
        self._tell_rest(read)
        return read

    def _take_header(self, row: int, cells: list[object]) -> bool:
        """Read the names of the columns; False where no row can be read by them."""
        names = [" ".join(str(cell).split()) for cell in cells]
        while names and not names[-1]:
            names.pop()
        left = next((i for i, name in enumerate(names) if name), 0)
        file, sheet = self.place.file, self.place.sheet
        self.place = Place(file, sheet, row, left + 1, tuple(names[left:]))
        self._places[self._file] = self.place
        self._names_all = not left and "" not in names
        self._covered(row, cells)
        if not NAMES.intersection(names):
            below = list(islice(self._rows, FIRST_ROWS))
            self._rows = chain(below, self._rows)
            for number, others in below:
                if len(NAMES.intersection(str(cell).strip() for cell in others)) > 1:
                    flaw = _header_below(number)
                    self.findings.append(flaw.at(self._header_spot(None)))
                    return False
        found = header_flaw(names[left:], self._fixed, "sheet", "pledge or 2021.pledge")
        if found:
            flaw, column = found
            self.findings.append(flaw.at(self._header_spot(column)))
        return found is None

    def _header_spot(self, column: int | None) -> Spot:
        names = self.place.names
        values: dict[str, object] = {name: name for name in names}
        return self.place.spot(
            self.place.header_row, None if column is None else names[column], values
        )

    def _paragraph(self, number: int, cells: list[object]) -> Paragraph | None:
        """A row as a paragraph; None where it says nothing, or cannot be read, which is told."""
        place = self.place
        first, names = place.left - 1, place.names
        kind = self._fixed
        if "kind" in names:
            at = first + names.index("kind")
            kind = (str(cells[at]).strip() if at < len(cells) else "") or kind
        types = _TYPES.get(kind, {})
        values: dict[str, object] = {}
        if number in self._odd_rows:
            self._read_odd(number, cells, types, values)
        else:
            is_tame, days = self._look.is_tame, _DAY_FIELDS.get(kind, frozenset())
            for name, cell in zip(names, cells[first:] if first else cells, strict=False):
                if type(cell) is str and is_tame:
                    if cell and (cell := cell.strip()):
                        values[name] = cell
                elif type(cell) is date and name in days and cell >= FIRST_DAY:
                    values[name] = cell.isoformat()
                else:
                    self._put(values, name, number, *_read(cell, name, types))
        if not values and not any(map(_is_said, cells)):
            return None
        is_covered = (self._merged or self._open) and self._covered(number, cells)
        paragraph = Paragraph(kind, values, self._file, number, "", self._places.locate)
        if self._has_unnamed(number, cells) or is_covered:
            return None
        name, value = next(iter(values.items()), ("", None))
        if name == value and len(values) > 1 and all(name == values[name] for name in values):
            flaw = _header_again(place.header_row)
            self.findings.append(flaw.at(paragraph.spot()))
            return None
        said = values.pop("kind", None)
        if isinstance(said, Flaw):
            self.findings.append(said.at(paragraph.spot("kind")))
            return None
        spread(kind, values)
        return paragraph

    def _read_odd(
        self,
        number: int,
        cells: list[object],
        types: dict[str, FieldType],
        values: dict[str, object],
    ) -> None:
        """Read a row with cells whose value is not all that there is to know."""
        found = self._look
        for column, name in enumerate(self.place.names, start=self.place.left):
            cell = cells[column - 1] if column <= len(cells) else ""
            at = (number, column)
            if at in found.errors:
                values[name] = error_flaw(name, found.errors[at])
            elif at in found.uncomputed:
                values[name] = uncomputed_flaw(name)
            elif at in found.styled:
                told = _read(cell, name, types, *self._formats[found.styled[at]])
                self._put(values, name, number, *told)
            else:
                self._put(values, name, number, *_read(cell, name, types))

    def _put(
        self,
        values: dict[str, object],
        name: str,
        number: int,
        text: str | Flaw,
        warning: Flaw | None,
    ) -> None:
        if text:
            values[name] = text
        if warning:
            # the row is shown as it is when all of it was read
            self._warned.setdefault((name, warning.message), []).append((number, warning, values))

    def _has_unnamed(self, number: int, cells: list[object]) -> bool:
        """Whether a cell stands in a column that the header does not name."""
        first, names = self.place.left - 1, self.place.names
        end = first + len(names)
        if self._names_all and (len(cells) <= end or not any(map(_is_said, cells[end:]))):
            return False
        columns = [
            column
            for column, cell in enumerate(cells)
            if _is_said(cell) and not (first <= column < end and names[column - first])
        ]
        for column in columns:
            self._unnamed.setdefault(column + 1, []).append(number)
        return bool(columns)

    def _covered(self, number: int, cells: list[object]) -> bool:
        """Whether merged cells leave a cell of this row without a value of its own."""
        while self._merged and self._merged[-1].top <= number:
            one = self._merged.pop()
            is_here = one.top == number and one.left <= len(cells)
            if is_here and _is_said(cells[one.left - 1]):
                self._open.append(one)
        if not self._open:
            return False
        self._open = [one for one in self._open if one.bottom >= number]
        self._steps += len(self._open)
        if self._steps > _MOST_STEPS:
            raise ValueError("more merged cells than any table has")
        left, right = self.place.left, self.place.left + len(self.place.names) - 1
        covering = [
            one
            for one in self._open
            if max(one.left + (one.top == number), left) <= min(one.right, right)
        ]
        if number > self.place.header_row:
            for one in covering:
                self._spoiled.setdefault(one, []).append(number)
        return bool(covering)

    def _is_other_header(self, cells: list[object]) -> bool:
        """Whether the first row of the table names fields in all its cells, and others than the
        header does."""
        first = self.place.left - 1
        named = {i: str(cell).strip() for i, cell in enumerate(cells, -first) if _is_said(cell)}
        names = dict(enumerate(self.place.names))
        return (
            len(named) > 1
            and NAMES.issuperset(named.values())
            and any(names.get(i) != name for i, name in named.items())
        )

    def _tell_rest(self, read: list[Paragraph]) -> None:
        """The findings about more than one row."""
        place = self.place
        for column, rows in self._unnamed.items():
            flaw = _unnamed(letters_of(column), rows)
            spot = Spot(
                place.file,
                rows[0],
                column,
                sheet=place.sheet,
                cell=f"{letters_of(column)}{rows[0]}",
            )
            self.findings.append(flaw.at(spot))
        for one, rows in self._spoiled.items():
            first = f"{letters_of(one.left)}{one.top}"
            range = f"{first}:{letters_of(one.right)}{one.bottom}"
            spot = Spot(place.file, one.top, one.left, sheet=place.sheet, cell=range)
            self.findings.append(merged_flaw(range, first, rows).at(spot))
        for (name, _), warned in self._warned.items():
            number, flaw, values = warned[0]
            if len(warned) > 1:
                more = f"{flaw.found}; and {len(warned) - 1:,} more in this column"
                flaw = replace(flaw, found=more)
            spot = place.spot(number, name, values)
            self.findings.append(flaw.at(spot, str(values.get("id") or "")))
        self._tell_hidden(read)

    def _tell_hidden(self, read: list[Paragraph]) -> None:
        place = self.place
        hidden = [one for one in read if one.line in self._look.hidden_rows]
        if hidden:
            flaw = _hidden(f"{len(hidden):,} row{'s' if len(hidden) > 1 else ''}")
            self.findings.append(flaw.at(hidden[0].spot()))
        for first, last in self._look.hidden_columns:
            columns = place.names[max(0, first - place.left) : max(0, last - place.left + 1)]
            names = [name for name in columns if any(name in one.values for one in read)]
            if names:
                flaw = _hidden(f"the column {', '.join(names)}"[:80])
                self.findings.append(flaw.at(self._header_spot(place.names.index(names[0]))))


def _is_said(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _read(
    cell: object, name: str, types: dict[str, FieldType], odd: Oddity = "", format: str = ""
) -> tuple[str | Flaw, Flaw | None]:
    if isinstance(cell, str) and len(cell) >= LONGEST_CELL:
        flaw = Flaw(
            "entry-too-long",
            f"{name} is longer than any value can be",
            expected=f"at most {LONGEST_CELL:,} characters",
            found=f"{len(cell):,} characters",
            remedy="keep what the source says in few words",
        )
        return flaw, None
    return text_of(cell, name, types.get(name, "text"), odd, format)


def _header_below(row: int) -> Flaw:
    return Flaw(
        "entry-unreadable",
        f"the names of the columns do not stand here but in row {row}",
        expected="the names of fields in the first row that is not blank",
        remedy=f"delete the rows above row {row}; no row of this sheet was read",
    )


def _two_headers(found: str) -> Flaw:
    return Flaw(
        "entry-unreadable",
        "this sheet has two rows with names of fields",
        expected="one row that names the columns, and the entries below it",
        found=found,
        remedy="keep the row that names the columns as they are; no row of this sheet was read",
    )


def _header_again(row: int) -> Flaw:
    return Flaw(
        "entry-unreadable",
        "this row names the columns a second time",
        expected="an entry",
        found=f"the header, which stands in row {row}",
        remedy="delete the row; the others were read",
    )


def _unnamed(column: str, rows: list[int]) -> Flaw:
    number = f"{len(rows):,} row{'s' if len(rows) > 1 else ''}"
    return Flaw(
        "field-unknown",
        f"column {column} has no name in the header",
        found=f"a value in {number}",
        remedy="name the column after its field, or delete what stands in it; every row with a "
        "cell in this column stays out",
    )


def _hidden(what: str) -> Flaw:
    return Flaw(
        "sheet-hidden",
        f"{what} of this sheet {'are' if what.endswith('rows') else 'is'} hidden, and counted",
        remedy="show what is hidden, and delete what should not count",
    )
