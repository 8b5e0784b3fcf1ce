"""The files of a tracker: which there are, and their text."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from pledgebook.finding import Finding, Flaw
from pledgebook.sources import read_bytes
from pledgebook.sources.document import inside
from pledgebook.spot import Spot

TABLES = ("links.csv", "rates.csv", "prices.csv")
"""The tables of a tracker that are no books."""

LARGEST_BOOK = 512 << 20
"""No book is larger than this: a folder of books is read into memory."""

BOOKS = (".toml", ".csv", ".xlsx")
"""How the name of a book ends."""

# what a spreadsheet program puts beside a workbook while it is open
_OWNER = "~$"
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


class Listed(NamedTuple):
    """A book that is known without its bytes: books are read one at a time. `size` is in bytes."""

    name: str
    sha256: str
    size: int


class Files(NamedTuple):
    """What a tracker holds, and what cannot be opened of it: tracker.toml and the tables that are
    no books; actors.toml, activities.toml and every .toml, .csv or .xlsx file at any depth of
    books/."""

    frame: list[File]
    books: list[Listed]
    findings: list[Finding]

    @property
    def sha256s(self) -> dict[str, str]:
        """The sha256 of each, by its name."""
        frame = {file.name: file.sha256 for file in self.frame}
        return frame | {book.name: book.sha256 for book in self.books}


def list_files(root: Path) -> Files:
    """The files of the tracker in `root`. Never raises OSError."""
    out = Files([], [], [])
    for name in ("tracker.toml", *TABLES):
        file = _opened(root, name, out.findings)
        if file is not None:
            out.frame.append(file)
    for name in ("actors.toml", "activities.toml", *_books(root, out.findings)):
        file = _opened(root, name, out.findings)
        if file is not None:
            out.books.append(Listed(name, file.sha256, len(file.raw)))
    return out


def _opened(root: Path, name: str, findings: list[Finding]) -> File | None:
    file = read_file(root, name)
    if isinstance(file, Flaw):
        findings.append(file.at(Spot(printable(name))))
        return None
    if file is None and os.path.islink(root / name):
        findings.append(_dangling(name))
    return file


def read_file(root: Path, name: str) -> File | Flaw | None:
    """One file of a tracker; None where it is not there. Never raises OSError."""
    raw = read_bytes(root, name, largest=LARGEST_BOOK)
    if isinstance(raw, bytes):
        return File(name, raw, hashlib.sha256(raw).hexdigest())
    return raw


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
            is_book = os.path.splitext(name)[1].lower() in BOOKS
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
