"""The files of a tracker: which there are, and their text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pledgebook.books.csv_book import read_rows
from pledgebook.books.toml_book import read_paragraphs
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.sources import read_bytes
from pledgebook.spot import Spot

LARGEST_BOOK = 512 << 20
"""No book is larger than this: a folder of books is read into memory."""

_READERS = {".toml": read_paragraphs, ".csv": read_rows}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class File(NamedTuple):
    """One file of a tracker: its name relative to the folder, its bytes, their sha256."""

    name: str
    raw: bytes
    sha256: str


def read_files(root: Path) -> tuple[list[File], list[Finding]]:
    """tracker.toml, actors.toml, activities.toml, links.csv and every book, in order of name.

    A book is a .toml or .csv file at any depth of books/. What cannot be opened is a finding.
    Never raises OSError.
    """
    files: list[File] = []
    findings: list[Finding] = []
    for name in (
        "tracker.toml",
        "actors.toml",
        "activities.toml",
        "links.csv",
        *_books(root, findings),
    ):
        raw = read_bytes(root, name, largest=LARGEST_BOOK)
        if isinstance(raw, Flaw):
            findings.append(raw.at(Spot(name)))
        elif raw is not None:
            files.append(File(name, raw, hashlib.sha256(raw).hexdigest()))
        elif os.path.islink(root / name):
            findings.append(_dangling(name))
    return files, findings


def read_book(file: File) -> tuple[list[Paragraph], list[Finding]]:
    """The paragraphs of one book, by its ending, and what could not be read. Never raises."""
    text = text_of(file)
    if isinstance(text, Finding):
        return [], [text]
    return _READERS[os.path.splitext(file.name)[1].lower()](file.name, text)


def text_of(file: File) -> str | Finding:
    """The text of a file without its byte-order mark. A byte that is not UTF-8 stands in it as a
    surrogate, so that it spoils only the paragraph that holds it."""
    raw = file.raw
    if raw.startswith(_UTF16):
        flaw = Flaw(
            "encoding-unreadable",
            "this is not UTF-8 text",
            expected="UTF-8",
            found="UTF-16",
            remedy="save the file as UTF-8",
        )
        return flaw.at(Spot(file.name))
    text = raw.decode("utf-8-sig", "surrogateescape")
    if file.name.endswith(".csv"):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            line = text.count("\n", 0, error.start) + 1
            flaw = Flaw(
                "encoding-unreadable",
                "this is not UTF-8 text",
                expected="UTF-8",
                found=f"the byte 0x{ord(text[error.start]) - 0xDC00:02X}, and from there on it was not read",
                remedy="save the file as UTF-8",
            )
            return flaw.at(Spot(file.name, line))
    return text


def _books(root: Path, findings: list[Finding]) -> Iterator[str]:
    """The names of the books; folders that are links are not followed."""
    top = root / "books"
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            if name.startswith(".") or os.path.splitext(name)[1].lower() not in _READERS:
                continue
            yield (Path(folder) / name).relative_to(root).as_posix()
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                place = (Path(folder) / name).relative_to(root).as_posix()
                flaw = Flaw(
                    "file-outside",
                    "a folder of books is a link, which is not followed",
                    found=place,
                    remedy="put the folder itself under books/",
                )
                findings.append(flaw.at(Spot(place)))


def _dangling(name: str) -> Finding:
    flaw = Flaw(
        "file-unreadable",
        "this link leads to no file",
        found=name,
        remedy="put the file itself in its place, or delete the link",
    )
    return flaw.at(Spot(name))
