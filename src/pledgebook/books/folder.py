"""The files of a tracker: which there are, and their text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pledgebook.books.csv_book import locator_in, read_rows
from pledgebook.books.toml_book import TomlText, read_paragraphs
from pledgebook.books.xlsx_book import locator_in_sheets, read_sheets
from pledgebook.entry import WORKBOOK, Locate, Paragraph, parted
from pledgebook.finding import Finding, Flaw
from pledgebook.sources import read_bytes
from pledgebook.sources.document import inside
from pledgebook.spot import Spot

TABLES = ("links.csv", "rates.csv", "prices.csv")
"""The tables of a tracker that are no books."""

LARGEST_BOOK = 512 << 20
"""No book is larger than this: a folder of books is read into memory."""

_READERS = {".toml": read_paragraphs, ".csv": read_rows}
_WORKBOOK = WORKBOOK.rstrip(":")
_BOOKS = (*_READERS, _WORKBOOK)
# what a spreadsheet program puts beside a workbook while it is open
_OWNER = "~$"
# wider than any line that is shown: the excerpt cuts it
_WHOLE_LINE = 1 << 20
_LOCATORS: dict[str, Callable[[str, str], Locate]] = {
    ".toml": lambda name, text: TomlText(name, text).value_spot,
    ".csv": locator_in,
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# text in two or four bytes a character is half zeros or more, already in its beginning
_LOOK = 1 << 12
# books are sorted into folders of years or partners: nobody looks for one below so many
_DEEPEST = 40

# files that someone may well take for a book; a note beside the books is left alone
_OTHER_BOOKS = (
    *(".xls", ".xlsm", ".xlsb", ".ods", ".numbers"),
    *(".yaml", ".yml", ".json", ".jsonl", ".tsv"),
)


class File(NamedTuple):
    """One file of a tracker: its name relative to the folder, its bytes, their sha256."""

    name: str
    raw: bytes
    sha256: str


def read_files(root: Path) -> tuple[list[File], list[Finding]]:
    """tracker.toml, actors.toml, activities.toml, links.csv, rates.csv, prices.csv and every book.

    A book is a .toml, .csv or .xlsx file at any depth of books/. What cannot be opened is a
    finding. Never raises OSError.
    """
    files: list[File] = []
    findings: list[Finding] = []
    for name in (
        "tracker.toml",
        "actors.toml",
        "activities.toml",
        *TABLES,
        *_books(root, findings),
    ):
        raw = read_bytes(root, name, largest=LARGEST_BOOK)
        if isinstance(raw, Flaw):
            findings.append(raw.at(Spot(printable(name))))
        elif raw is not None:
            files.append(File(name, raw, hashlib.sha256(raw).hexdigest()))
        elif os.path.islink(root / name):
            findings.append(_dangling(name))
    return files, findings


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


def row_spots(root: Path, place: str) -> Callable[[int], Spot]:
    """The spot of each entry of one book by its line, read again: `place` is the `file` that the
    database keeps, a book or the sheet of a workbook."""
    name, sheet = parted(place)
    raw = read_bytes(root, name, largest=LARGEST_BOOK)
    file = File(name, raw if isinstance(raw, bytes) else b"", "")
    if sheet:
        read, _ = read_book(file)
        rows = {one.line: one for one in read if one.file == place}
        return lambda line: rows[line].spot() if line in rows else Spot(name, sheet=sheet)
    text = text_of(file)
    book = TomlText(name, text if isinstance(text, str) else "")
    return lambda line: book.spot(book.start_of_line(line), _WHOLE_LINE)


def text_of(file: File) -> str | Finding:
    """The text of a file without its byte-order mark. A byte that is not UTF-8 stands in it as a
    surrogate, so that it spoils only the paragraph that holds it."""
    raw = file.raw
    if raw.startswith(_UTF16):
        return _no_text("UTF-16").at(Spot(printable(file.name)))
    if raw.count(b"\0", 0, _LOOK) > min(len(raw), _LOOK) // 8:
        return _no_text("UTF-16 or UTF-32, or no text at all").at(Spot(printable(file.name)))
    return raw.decode("utf-8-sig", "surrogateescape")


def _no_text(found: str) -> Flaw:
    return Flaw(
        "encoding-unreadable",
        "this is not UTF-8 text",
        expected="UTF-8",
        found=found,
        remedy="save the file as UTF-8",
    )


def printable(name: str) -> str:
    """A file's name as a finding shows it, on one line."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)


def _books(root: Path, findings: list[Finding]) -> list[str]:
    """The names of the books; folders that are links are not followed."""
    if not os.path.lexists(root / "books"):
        return []
    top = inside(root, "books")
    if isinstance(top, Flaw):
        findings.append(top.at(Spot("books")))
        return []
    books: list[str] = []
    folders = [("books", 1)]
    while folders:
        place, depth = folders.pop()
        try:
            with os.scandir(root / place) as found:
                children = sorted(found, key=lambda child: child.name)
        except OSError as error:
            findings.append(_unreadable(place, error.strerror or str(error)))
            continue
        for child in children:
            name = f"{place}/{child.name}"
            is_book = os.path.splitext(name)[1].lower() in _BOOKS
            if child.name.startswith((".", _OWNER)):
                continue
            if child.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    folders.append((name, depth + 1))
                else:
                    findings.append(_unreadable(name, f"more than {_DEEPEST} folders deep"))
            elif child.is_symlink() and os.path.isdir(root / name):
                findings.append(_linked(name))
            elif is_book:
                books.append(name)
            elif name.lower().endswith(_OTHER_BOOKS):
                findings.append(_no_book(name))
    return sorted(books)


def _unreadable(name: str, reason: str) -> Finding:
    return Flaw(
        "file-unreadable",
        "this folder of books cannot be read",
        found=reason,
        remedy="see that it is a folder and can be opened",
    ).at(Spot(printable(name)))


def _no_book(name: str) -> Finding:
    return Flaw(
        "file-unreadable",
        "no book is read from a file of this sort, so what it holds is missing here",
        expected="a file that ends in .toml, .csv or .xlsx",
        found=printable(os.path.basename(name)),
        remedy="save it as .xlsx or .csv, or keep it outside of books/",
    ).at(Spot(printable(name)))


def _linked(name: str) -> Finding:
    return Flaw(
        "file-outside",
        "a folder of books is a link, which is not followed",
        found=printable(name),
        remedy="put the folder itself under books/",
    ).at(Spot(printable(name)))


def _dangling(name: str) -> Finding:
    flaw = Flaw(
        "file-unreadable",
        "this link leads to no file",
        found=printable(name),
        remedy="put the file itself in its place, or delete the link",
    )
    return flaw.at(Spot(printable(name)))
