"""The forms of a book: TOML, CSV, XLSX."""

from __future__ import annotations

import os
from collections.abc import Callable

from pledgebook.books.csv_book import locator_in, read_rows
from pledgebook.books.toml_book import TomlText, read_paragraphs
from pledgebook.books.xlsx_book import locator_in_sheets, read_sheets
from pledgebook.entry import WORKBOOK, Locate, Paragraph
from pledgebook.files import File, text_of
from pledgebook.finding import Finding
from pledgebook.spot import Spot

_READERS = {".toml": read_paragraphs, ".csv": read_rows}
_LOCATORS: dict[str, Callable[[str, str], Locate]] = {
    ".toml": lambda name, text: TomlText(name, text).value_spot,
    ".csv": locator_in,
}
_WORKBOOK = WORKBOOK.rstrip(":")


def read_book(file: File) -> tuple[list[Paragraph], list[Finding]]:
    """The paragraphs of one book, by its ending, and what could not be read. Never raises."""
    ending = os.path.splitext(file.name)[1].lower()
    if ending == _WORKBOOK:
        return read_sheets(file.name, file.raw)
    text = text_of(file)
    if isinstance(text, Finding):
        return [], [text]
    return _READERS[ending](file.name, text)


def locator_of(file: File) -> Locate:
    """What finds the places in a book that was kept from an earlier run."""
    ending = os.path.splitext(file.name)[1].lower()
    if ending == _WORKBOOK:
        return locator_in_sheets(file.name, file.raw)
    text = text_of(file)
    if isinstance(text, Finding):  # what was kept was read: this cannot be
        return lambda paragraph, key: Spot(paragraph.file, paragraph.line)
    return _LOCATORS[ending](file.name, text)
