"""A book as a workbook: one entry a row, the field names as header, one sheet per kind.

A sheet is read where its name gives the kind (`pledge`, `2021.pledge`) or where it has a column
`kind`. What a sheet holds beside entries is named, not read; what is hidden is named too. The
file of an entry is `books/2024.xlsx:pledge` and its line the row; a finding names the cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from pledgebook.books.headers import header_flaw, kind_in, told
from pledgebook.books.sheet_cells import Oddity, oddity
from pledgebook.books.sheet_table import FIRST_ROWS, Places, Table
from pledgebook.books.sheet_text import Look, Texts, look
from pledgebook.books.workbook import BROKEN, Sheet, Workbook, damaged, open_workbook
from pledgebook.entry import Locate, Paragraph
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import FIELD_NAMES, KINDS
from pledgebook.spot import Spot

# what is looked at of a sheet that does not say that it holds entries, in bytes
_BEGINNING = 1 << 20


def read_sheets(name: str, raw: bytes) -> tuple[list[Paragraph], list[Finding]]:
    """Every row of a workbook's sheets as a paragraph, and what could not be read. Never raises.

    `name` is the file relative to the tracker, `raw` its bytes.
    """
    book = open_workbook(raw)
    if isinstance(book, Flaw):
        return [], [book.at(Spot(name))]
    return _Reading(name, book).run()


def locator_in_sheets(name: str, raw: bytes) -> Locate:
    """What finds the places in a workbook that was read before."""
    book = open_workbook(raw)
    if isinstance(book, Flaw):  # what was kept was read: this cannot be
        return Places().locate
    reading = _Reading(name, book)
    reading.run()
    return reading.places.locate


class _Reading:
    """One pass over one workbook."""

    def __init__(self, name: str, book: Workbook) -> None:
        self.name = name
        self.book = book
        self.texts = Texts(book.texts)
        self.odd: dict[int, Oddity] = {
            style: found for style, format in enumerate(book.formats) if (found := oddity(format))
        }
        self.places = Places()
        self.paragraphs: list[Paragraph] = []
        self.findings: list[Finding] = []

    def run(self) -> tuple[list[Paragraph], list[Finding]]:
        for sheet in self.book.sheets:
            if not sheet.part:
                continue  # a chart draws what stands in cells
            try:
                self._read(sheet)
            except BROKEN as error:
                self.findings.append(damaged(error).at(Spot(self.name, sheet=sheet.name)))
        return self.paragraphs, self.findings

    def _read(self, sheet: Sheet) -> None:
        fixed = kind_in(sheet.name.strip().lower())
        if (not fixed or sheet.is_hidden) and not self._holds_entries(sheet, fixed):
            return
        xml = self.book.part(sheet.part)
        if isinstance(xml, Flaw):
            self.findings.append(xml.at(Spot(self.name, sheet=sheet.name)))
            return
        found = look(xml, self.texts, frozenset(self.odd))
        del xml
        if isinstance(found, Flaw):
            self.findings.append(found.at(Spot(self.name, sheet=sheet.name)))
            return
        spot = Spot(self.name, sheet=sheet.name)
        formats = {style: (odd, self.book.formats[style]) for style, odd in self.odd.items()}
        table = Table(self.places, spot, fixed, found, self.rows(found), formats)
        self.paragraphs += table.read()
        self.findings += table.findings

    def _holds_entries(self, sheet: Sheet, fixed: str) -> bool:
        """Whether a sheet that may well hold something else is to be read, by its first rows.

        Where it is not, and is not empty, that is a finding."""
        rows = self._first_rows(sheet)
        header = next(([str(cell).strip() for cell in row] for row in rows), None)
        if header is None:
            return False
        fields = FIELD_NAMES.intersection(header)
        is_table = fixed or "kind" in header or len(fields) > 2
        near = nearest(sheet.name.strip().lower(), list(KINDS)) if fields else ""
        spot = Spot(self.name, sheet=sheet.name)
        if sheet.is_hidden and is_table:
            flaw = Flaw(
                "sheet-hidden",
                "this sheet is hidden, so its rows were not read",
                found=told(header),
                remedy="show the sheet if its rows count, else delete it",
            )
        elif sheet.is_hidden or not (is_table or near):
            flaw = Flaw(
                "sheet-unread",
                f"this {'hidden ' if sheet.is_hidden else ''}sheet holds no entries and was not "
                "read",
                expected="a sheet named after a kind, such as pledge, or a column kind",
                found=told(header),
                remedy="nothing, if it is a note; else name it after the kind of its rows",
            )
        elif "kind" in header:
            return True
        else:
            plain, _ = header_flaw(header, "", "sheet", "pledge or 2021.pledge") or (None, None)
            assert plain is not None  # there is neither a kind nor a column kind
            flaw = replace(
                plain,
                nearest=near or plain.nearest,
                remedy=f"name the sheet {near}" if near else plain.remedy,
            )
        self.findings.append(flaw.at(spot))
        return False

    def _first_rows(self, sheet: Sheet) -> list[list[object]]:
        """The first rows of a sheet that are not blank; a row that says so where there is more than
        can be looked at."""
        xml = self.book.beginning(sheet.part, _BEGINNING)
        is_cut = len(xml) >= _BEGINNING
        if is_cut:
            end = xml.rfind(b"</row>")
            if end < 0:
                return [["a row that is too long"]]
            xml = xml[:end] + b"</row></sheetData></worksheet>"
        found = look(xml, self.texts, frozenset())
        if isinstance(found, Flaw):
            return [[found.found]]
        first = [cells for _, cells in islice(self.rows(found), FIRST_ROWS)]
        return first or ([["nothing in its first rows"]] if is_cut else [])

    def rows(self, found: Look) -> Iterator[tuple[int, list[object]]]:
        """The rows of a sheet that are not blank, with their numbers; each begins in column A."""
        if not found.rows:
            return
        from python_calamine import CalamineError, CalamineWorkbook  # loads when it is needed

        try:
            packed = _plain_archive(self.book, found.rows)
            found.rows = b""  # which is in the archive now
            sheet = CalamineWorkbook.from_filelike(packed).get_sheet_by_index(0)
        except CalamineError as error:
            raise ValueError(str(error)) from error
        # a formula without a value is nothing to calamine, and may be all that is in a row
        odd = {row for row, _ in found.uncomputed}
        before: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
        number = 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            # any() alone is quicker, and takes a zero for nothing
            if any(cells) or number in odd or any(cell != "" for cell in cells):
                yield number, before + cells
        yield from ((row, []) for row in sorted(odd) if row > number)


def _plain_archive(book: Workbook, rows: bytes) -> io.BytesIO:
    """A workbook of one sheet with these rows, not packed, and with what they refer to."""
    system = b'<workbookPr date1904="1"/>' if book.is_1904 else b""
    sheet = b'<sheet name="a" sheetId="1" r:id="rId1"/>'
    # calamine makes room for as many texts as the part says that it holds
    texts = _TEXTS_TAG.sub(b"<sst>", book.texts) or b"<sst></sst>"
    parts = {
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relations(
            worksheet="worksheets/sheet1.xml",
            sharedStrings="sharedStrings.xml",
            styles="styles.xml",
        ),
        "xl/workbook.xml": b'<workbook xmlns:r="%s">%s<sheets>%s</sheets></workbook>'
        % (_OFFICE.encode(), system, sheet),
        "xl/sharedStrings.xml": texts,
        "xl/styles.xml": book.styles or b"<styleSheet></styleSheet>",
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    packed.seek(0)
    return packed


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXTS_TAG = re.compile(rb"<sst\b[^>]*>")


def _relations(**targets: str) -> bytes:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f"<Relationships>{told}</Relationships>".encode()
