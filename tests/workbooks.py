"""Workbooks for the tests, written part by part: any sheet that a program could have saved.

`workbook({"pledge": [["id", "who"], ["a", "can"]]})` gives the bytes of an XLSX file. A cell is
text, a number, True, a day, a `Shown` (a number in a format), a `Formula`, an `Error`, or None.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Shown:
    """A number, or a day, as the number format makes it look."""

    value: float | date
    format: str


@dataclass(frozen=True)
class Formula:
    """A formula; `value` is what the program last computed, None where none has."""

    text: str
    value: float | str | None = None


@dataclass(frozen=True)
class Error:
    """A cell that holds an error, such as #N/A."""

    text: str


Cell = str | float | bool | date | Shown | Formula | Error | None


@dataclass
class Sheet:
    """A sheet with more than cells. `rows` are those of the cells, from A1 on; `xml` is the whole
    part where a test writes it itself; `kind` is the word of its relationship."""

    rows: Sequence[Sequence[Cell]] = ()
    merged: Sequence[str] = ()
    state: str = ""
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    kind: str = "worksheet"
    xml: str = ""


@dataclass
class _Shared:
    """What the sheets of a workbook share: its texts and its number formats."""

    is_1904: bool = False
    texts: dict[str, int] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=lambda: {"General": 0})

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def style(self, format: str) -> int:
        return self.formats.setdefault(format, len(self.formats))

    def serial(self, day: date) -> float:
        """A day as the number that a workbook keeps it as."""
        start = datetime(1904, 1, 1) if self.is_1904 else datetime(1899, 12, 30)
        moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
        passed = moment - start
        number = passed.days + passed.seconds / 86_400
        return number - 1 if not self.is_1904 and number < 61 else number


def workbook(
    sheets: Mapping[str, Sheet | Sequence[Sequence[Cell]]],
    *,
    is_1904: bool = False,
    prefix: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    compressed: bool = True,
) -> bytes:
    """The bytes of a workbook. `prefix` is put before the name of every element of a sheet, as
    some programs write it; `parts` replaces parts, or adds them."""
    shared = _Shared(is_1904)
    made: dict[str, str | bytes] = {}
    entries, relations = [], []
    for number, (name, given) in enumerate(sheets.items(), start=1):
        sheet = given if isinstance(given, Sheet) else Sheet(given)
        state = f" state={quoteattr(sheet.state)}" if sheet.state else ""
        entries.append(
            f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        )
        relations.append((f"rId{number}", sheet.kind, f"{sheet.kind}s/sheet{number}.xml"))
        made[f"xl/{sheet.kind}s/sheet{number}.xml"] = sheet.xml or _sheet(sheet, shared, prefix)
    relations += [("rIdS", "styles", "styles.xml"), ("rIdT", "sharedStrings", "sharedStrings.xml")]
    system = '<workbookPr date1904="1"/>' if is_1904 else "<workbookPr/>"
    made |= {
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{system}'
        f"<sheets>{''.join(entries)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/styles.xml": _styles(shared.formats),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}" count="{len(shared.texts)}">'
        + "".join(f"<si>{_text(text)}</si>" for text in shared.texts)
        + "</sst>",
        "[Content_Types].xml": f"{HEAD}{_TYPES}",
    }
    return archive(made | dict(parts or {}), compressed=compressed)


def archive(parts: Mapping[str, str | bytes], *, compressed: bool = True) -> bytes:
    """A zip file of these parts."""
    raw = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(raw, "w", method, compresslevel=1) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return raw.getvalue()


def typed(text: str) -> Cell:
    """What a spreadsheet program makes of a text that is typed: a day, a number, or the text; an
    apostrophe before it says that it is text."""
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return Shown(date.fromisoformat(f"{text}-01"), "mmm\\-yy")
    return float(text) if re.fullmatch(r"\d{1,9}(?:\.\d+)?", text) else text or None


def table(text: str) -> list[list[Cell]]:
    """The rows of a Markdown table, its cells as a spreadsheet program keeps what is typed."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [[typed(cell) for cell in row] for row in rows if set("".join(row)) - set(":-")]


def place_of(cell: str) -> tuple[int, int]:
    """The row and the column of a cell such as C7, counted from 0."""
    match = re.fullmatch("([A-Z]+)([0-9]+)", cell)
    assert match, cell
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def sheet_xml(content: str, around: str = "") -> str:
    """A sheet with this XML as its rows, and with `around` below them."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData>{around}</worksheet>'


def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet(sheet: Sheet, shared: _Shared, prefix: str) -> str:
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = (
            _cell(f"{letters(column)}{number}", cell, shared)
            for column, cell in enumerate(row, start=1)
            if cell is not None
        )
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<row r="{number}"{hidden}>{"".join(cells)}</row>')
    columns = "".join(f'<col min="{n}" max="{n}" hidden="1"/>' for n in sheet.hidden_columns)
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
    body = (
        (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{''.join(rows)}</sheetData>"
        + (f"<mergeCells>{merged}</mergeCells>" if merged else "")
    )
    if prefix:
        body = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}:", body)
        return f'{HEAD}<{prefix}:worksheet xmlns:{prefix}="{MAIN}">{body}</{prefix}:worksheet>'
    return f'{HEAD}<worksheet xmlns="{MAIN}">{body}</worksheet>'


def _cell(place: str, cell: Cell, shared: _Shared) -> str:
    style = ""
    if isinstance(cell, Shown):
        style = f' s="{shared.style(cell.format)}"'
        cell = cell.value
    elif isinstance(cell, date):
        style = f' s="{shared.style(DAY)}"'
    match cell:
        case bool():
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        case date():
            return f'<c r="{place}"{style}><v>{shared.serial(cell)!r}</v></c>'
        case int() | float():
            return f'<c r="{place}"{style}><v>{cell!r}</v></c>'
        case Error():
            return f'<c r="{place}" t="e"><v>{cell.text}</v></c>'
        case Formula(text, None):
            return f'<c r="{place}"><f>{escape(text)}</f></c>'
        case Formula(text, str(value)):
            return f'<c r="{place}" t="str"><f>{escape(text)}</f><v>{escape(value)}</v></c>'
        case Formula(text, value):
            return f'<c r="{place}"><f>{escape(text)}</f><v>{value!r}</v></c>'
        case _:
            return f'<c r="{place}" t="s"><v>{shared.text(str(cell))}</v></c>'


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _styles(formats: Iterable[str]) -> str:
    own = [(163 + number, format) for number, format in enumerate(formats)]
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(format)}/>' for number, format in own
    )
    styles = "".join(
        f'<xf numFmtId="{0 if format == "General" else number}" applyNumberFormat="1"/>'
        for number, format in own
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>"
    )


def _relations(rows: Iterable[tuple[str, str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id, kind, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{made}</Relationships>'


_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
