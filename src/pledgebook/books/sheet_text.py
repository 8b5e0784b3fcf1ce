"""The XML of a sheet, looked through before python-calamine reads its cells.

calamine is quick and gives values only. It makes room for every cell between the first and the
last, so a word in the last corner of a sheet costs more memory than there is; and an error, a
formula that was never computed and an empty cell are all the same to it. This module finds those
cells, and refuses what has no bounds.

It reads XML as nearly every program writes it (`<c r="B7" s="1" t="s">`), with searches for plain
text that take a small part of the time of a parser; a sheet that is written in another way is
written anew first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pledgebook.books.workbook import refuse_doctype
from pledgebook.finding import Flaw
from pledgebook.table import LONGEST_CELL

LAST_COLUMN = 702
"""The last column that is read, ZZ: no kind has nearly as many fields."""

LAST_ROW = 1 << 20
"""The last row that a sheet can have."""

# a sheet has no more columns than these, XFD
_LAST_OF_ALL = 16_384

# the cells in XML, without the empty rows below them: half a million rows of twelve cells
_LARGEST_ROWS = 256 << 20
# the room that calamine makes for a sheet, in cells of 24 bytes: a full sheet of 32 columns
_MOST_CELLS = 1 << 25
# the text that calamine copies out of the shared texts, in bytes
_MOST_TEXT = 512 << 20
_MOST_WRITTEN = 64 << 20
_MOST_MERGED = 100_000
_CHUNK = 1 << 24


class Merged(NamedTuple):
    """A range of merged cells, all four ends inside; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Look:
    """What stands in a sheet. `rows` is its XML as calamine is to get it, b"" for no cell at all.

    Rows and columns count from 1. `errors` holds the cells that show an error, with its name;
    `uncomputed` the formulas without a value; `styled` the cells whose number has one of the
    styles that were asked for, with the style. `is_tame` where no text in it holds a carriage
    return or is longer than a value may be.
    """

    rows: bytes = b""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    styled: dict[tuple[int, int], int] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    is_tame: bool = True

    @property
    def odd_rows(self) -> set[int]:
        """The rows with a cell that calamine's value does not tell all of."""
        return {row for row, _ in (*self.errors, *self.uncomputed, *self.styled)}


class Texts:
    """The texts that the cells of a workbook share: how long each is, in bytes of XML."""

    def __init__(self, xml: bytes) -> None:
        pieces = xml.replace(b"<si/>", b"<si></si>").split(b"</si>")
        self.lengths = list(map(len, pieces))
        self.longest = max(self.lengths)
        # an element that is written otherwise would shift all that follow it
        self.is_tame = self.longest < LONGEST_CELL and not any(mark in xml for mark in _RETURNS)
        self.is_plain = len(_ANY_TEXT.findall(xml)) == len(pieces) - 1


# a carriage return as XML may write it, or as a spreadsheet program escapes it
_RETURNS = (b"\r", b"&#", b"_x000D_", b"_x000d_")
_ANY_TEXT = re.compile(rb"<si\b")


def look(xml: bytes, texts: Texts, styles: frozenset[int]) -> Look | Flaw:
    """Look through the XML of a sheet; see `Look`. A sheet that would take more memory than a
    book may is a flaw. Raises expat.ExpatError or ValueError where it is no XML."""
    cut = _rows_of(xml)
    far = _first_far(cut[0]) if cut else -2
    if far == -2:
        cut = _rows_of(_written_anew(xml))
        far = _first_far(cut[0]) if cut else -2
    if cut is None or far == -2:
        raise ValueError("its cells are not written as cells")
    rows, around = cut
    found = Look(rows)
    if not rows:
        return found
    if len(rows) > _LARGEST_ROWS:
        return _too_much(_LARGEST_ROWS, len(rows))
    flaw = (_far_cell(rows, far) if far >= 0 else None) or _too_much_text(rows, texts)
    if flaw:
        return flaw
    _find_odd_cells(found, styles)
    # a name of an error that calamine does not know would cost the sheet
    found.rows = rows.replace(b' t="e"', b' t="str"')
    found.is_tame = texts.is_tame and b"<t" not in rows and b' t="str"' not in rows
    found.merged = [
        Merged(int(top), column_of(left), int(bottom), column_of(right))
        for left, top, right, bottom in _MERGED.findall(around)
    ]
    if len(found.merged) > _MOST_MERGED:
        raise ValueError(f"{len(found.merged):,} merged cells")
    found.hidden_columns = [_span(tag) for tag in _HIDDEN_COLUMN.findall(around)]
    if b" hidden=" in rows:
        found.hidden_rows = {int(row) for row in _HIDDEN_ROW.findall(rows)}
    return found


_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]* hidden="(?:1|true)")[^>]* r="([0-9]{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]* hidden="(?:1|true)"[^>]*>')


def column_of(letters: bytes) -> int:
    """The number of a column by its letters, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def letters_of(column: int) -> str:
    """The letters of a column by its number, counted from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _span(tag: bytes) -> tuple[int, int]:
    ends = [re.search(end + rb'="([0-9]{1,6})"', tag) for end in (b" min", b" max")]
    first, last = (int(end[1]) if end else 0 for end in ends)
    return first, last


def _rows_of(xml: bytes) -> tuple[bytes, bytes] | None:
    """The rows down to the last cell with a value, and what stands around them; None where they
    are not written in the plain way."""
    if b"<!" in xml or xml.rfind(b"<?") > 3:
        return None
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if start < 0 or end < 0:
        is_empty = xml.count(b"<sheetData/>") == 1 and b"<c " not in xml
        return (b"", xml) if is_empty else None
    last = xml.rfind(b"</c>", start, end)
    # a million rows that are empty and coloured are cut off before anything looks at them
    stop = xml.find(b"</row>", last, end) + len(b"</row>") if last >= 0 else start
    if last >= 0 and stop < last:
        return None
    rows = xml[start + len(b"<sheetData>") : stop] if last >= 0 else b""
    return rows, xml[:start] + xml[end:]


_ATTRIBUTES = rb'"(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]{1,10}")*/?>'
_NO_NEAR_CELL = re.compile(rb'<c(?! r="[A-Z][0-9]{1,5}' + _ATTRIBUTES + rb")(?![A-Za-z0-9])")
_OTHER_CELL = re.compile(
    rb'<c(?! r="[A-Z]{1,3}(?:[0-9]{1,6}|10[0-4][0-9]{4})' + _ATTRIBUTES + rb")(?![A-Za-z0-9])"
)
_OTHER_PREFIX = re.compile(rb":c[\s/>]")


def _first_far(rows: bytes) -> int:
    """Where the first cell stands that is right of Z or below row 99,999, -1 where there is
    none, -2 where a cell is not written as `<c r="B7" s="1" t="s">`."""
    found = _NO_NEAR_CELL.search(rows)
    if _OTHER_PREFIX.search(rows) or (found and _OTHER_CELL.search(rows, found.start())):
        return -2
    return found.start() if found else -1


_HELD = rb'"(?:[^>]*[^/>])?>(?!</c>|<v></v></c>|<v ?/></c>)'
_FAR_RIGHT = re.compile(rb'<c r="([A-Z]{3}[0-9]+)' + _HELD)
_TWO_LETTERS = re.compile(rb'<c r="([A-Z]{2})[0-9]+' + _HELD)
_FAR_DOWN = re.compile(rb'<c r="[A-Z]{1,2}([0-9]{6,7})' + _HELD)


def _far_cell(rows: bytes, start: int) -> Flaw | None:
    """The flaw of a sheet that calamine would need too much room for; `start` is where the first
    cell stands that is far from A1."""
    right = _FAR_RIGHT.search(rows, start)
    if right:
        return Flaw(
            "entry-too-long",
            "this sheet has more columns than any kind has fields",
            expected=f"at most {LAST_COLUMN} columns",
            found=f"a value in {right[1].decode()}",
            remedy="keep the columns that are fields, and delete what stands right of them",
        )
    columns = {column for part in _chunks(rows, _TWO_LETTERS, start) for column in part}
    width = max(map(column_of, columns), default=26)
    heights = (max(map(int, part)) for part in _chunks(rows, _FAR_DOWN, start))
    height = max(heights, default=99_999)
    if width * height > _MOST_CELLS or height > LAST_ROW:
        return Flaw(
            "entry-too-long",
            "the cells of this sheet stand too far from each other",
            expected=f"a table with room for at most {_MOST_CELLS:,} cells",
            found=f"{height:,} rows and {width} columns",
            remedy="delete what stands far below or far right of the table",
        )
    return None


def _chunks(rows: bytes, pattern: re.Pattern[bytes], start: int = 0) -> Iterator[list[Any]]:
    """What a pattern for cells finds from `start` on, in lists of bounded length."""
    while start < len(rows):
        stop = rows.find(b"<c ", start + _CHUNK)
        stop = len(rows) if stop < 0 else stop
        found = pattern.findall(rows, start, stop)
        if found:
            yield found
        start = stop


_TEXT_CELL = re.compile(rb't="s"[^>]*><v>([0-9]{1,9})</v>')


def _too_much_text(rows: bytes, texts: Texts) -> Flaw | None:
    """The flaw of a sheet in which one long text stands in very many cells: calamine copies it
    into each."""
    number = rows.count(b't="s"')
    if number * texts.longest <= _MOST_TEXT:
        return None
    size = 0
    if texts.is_plain:
        lengths, last = texts.lengths, len(texts.lengths) - 1
        for part in _chunks(rows, _TEXT_CELL):
            size += sum(lengths[min(int(one), last)] for one in part)
            number -= len(part)
    size += number * texts.longest
    return _too_much(_MOST_TEXT, size) if size > _MOST_TEXT else None


def _too_much(most: int, size: int) -> Flaw:
    return Flaw(
        "entry-too-long",
        "this sheet holds more text than any book can",
        expected=f"at most {most:,} bytes",
        found=f"{size:,} bytes",
        remedy="keep the entries alone in it, or part it into several books",
    )


_FORMULA = rb"<f(?: [^>]*)?(?:/>|>[^<]*</f>)"
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,2})([0-9]+)"[^>]* t="e"[^>]*>(?:' + _FORMULA + rb")?(?:<v>([^<]{0,40}))?"
)
# t="str" is a formula whose value is the empty text: it has been computed
_UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]{1,2})([0-9]+)"(?![^>]* t="str")(?:[^>]*[^/>])?>'
    + _FORMULA
    + rb"(?:<v></v>|<v ?/>)?</c>"
)


def _find_odd_cells(found: Look, styles: frozenset[int]) -> None:
    """Put the errors, the formulas without a value and the cells of these styles into `found`."""
    rows = found.rows
    if b' t="e"' in rows:
        for column, row, name in _ERROR.findall(rows):
            found.errors[int(row), column_of(column)] = name.decode("utf-8", "replace")
    if b"<f" in rows:
        found.uncomputed = {
            (int(row), column_of(column)) for column, row in _UNCOMPUTED.findall(rows)
        }
    # most workbooks have a few such formats, and most sheets use none of them
    styles = frozenset(style for style in styles if b' s="%d"' % style in rows)
    if styles:
        numbers = b"|".join(str(style).encode() for style in sorted(styles))
        # a text has a number format too, but it is not what is seen
        styled = re.compile(
            rb'<c r="([A-Z]{1,2})([0-9]+)"(?![^>]* t="(?:s|str|inlineStr|b|e)")[^>]* s="('
            + numbers
            + rb')"(?:[^>]*[^/>])?>'
        )
        for part in _chunks(rows, styled):
            for column, row, style in part:
                found.styled[int(row), column_of(column)] = int(style)


def _written_anew(xml: bytes) -> bytes:
    """A sheet that is written in an unusual way, as nearly every program writes it.

    Only rows, cells, merged cells and hidden columns are kept. Raises expat.ExpatError or
    ValueError where it is no XML, or too much of it: this takes ten times the time of a look.
    """
    if len(xml) > _MOST_WRITTEN:
        raise ValueError(f"{len(xml):,} bytes of XML as no spreadsheet program writes it")
    return _Writer().write(xml)


class _Writer:
    """Follows a parser through a sheet and writes its cells in the plain way."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._around: list[str] = []
        self._row = self._column = 0
        self._text: list[str] | None = None
        self._parts: dict[str, str] = {}
        self._cell = ""
        self._is_phonetic = False

    def write(self, xml: bytes) -> bytes:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.Parse(xml, True)
        rows = f"<sheetData>{''.join(self._rows)}</sheetData>" if self._rows else "<sheetData/>"
        return f"<worksheet>{rows}{''.join(self._around)}</worksheet>".encode()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
            hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
            self._rows.append(f'<row r="{self._row}"{hidden}>')
        elif name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "f", "t"):
            self._text = []
        elif name == "rPh":
            self._is_phonetic = True  # how a Japanese text is spoken is no part of it
        elif name in ("mergeCell", "col"):
            told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
            self._around.append(f"<{name}{told}/>")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            given = _PLACE.fullmatch(attributes["r"])
            if not given:
                raise ValueError(f"a cell has the place {attributes['r'][:20]}")
            self._column, self._row = column_of(given[1].encode()), int(given[2])
        if self._row > LAST_ROW or self._column > _LAST_OF_ALL:
            raise ValueError(f"a cell stands beyond the last of a sheet, in row {self._row}")
        told = "".join(
            f' {key}="{attributes[key]}"' for key in ("s", "t") if attributes.get(key, "").isalnum()
        )
        self._cell = f'<c r="{letters_of(self._column)}{max(1, self._row)}"{told}'
        self._parts = {}

    def _take(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "f", "t"):
            if not self._is_phonetic:
                self._parts[name] = self._parts.get(name, "") + "".join(self._text or [])
            self._text = None
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "c":
            parts = self._parts
            inside = "<f></f>" if "f" in parts else ""
            inside += f"<v>{escape(parts['v'])}</v>" if "v" in parts else ""
            inside += f"<is><t>{escape(parts['t'])}</t></is>" if "t" in parts else ""
            self._rows.append(f"{self._cell}>{inside}</c>" if inside else f"{self._cell}/>")
        elif name == "row":
            self._rows.append("</row>")


_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise
