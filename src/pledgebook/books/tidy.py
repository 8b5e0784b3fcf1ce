"""Tidy the books of a tracker: aligned and in order, without changing a fact.

Before a book is written, what was made of it is read again and has to say the same, entry by
entry. What cannot be read is left as it is, and so is everything that is no book: tracker.toml,
links.csv, which only grows, and the tables of rates.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pledgebook.books.csv_book import read_rows
from pledgebook.books.tidy_csv import tidy_csv
from pledgebook.books.tidy_toml import tidy_toml
from pledgebook.books.toml_book import read_paragraphs, read_with_pieces
from pledgebook.entry import Paragraph
from pledgebook.files import File, list_files, printable, read_file, text_of
from pledgebook.finding import Finding, Flaw
from pledgebook.sources.aside import put_in_place
from pledgebook.sources.document import inside

_BOM = b"\xef\xbb\xbf"


class Tidied(NamedTuple):
    """One book: its name relative to the tracker, whether tidying changes it, what could not be
    read in it, and in a sentence why the whole of it was left as it is, or ""."""

    name: str
    is_changed: bool = False
    findings: Sequence[Finding] = ()
    left: str = ""


def tidy_books(root: Path, wanted: Sequence[str] = (), *, is_dry: bool = False) -> list[Tidied]:
    """Tidy the books in `wanted`, paths of files or folders as a person types them, or all books.

    `is_dry`: say which would change, and change none. Raises ValueError for a path that is no book
    of the tracker in the folder `root`; never OSError.
    """
    files = list_files(root)
    unread = files.findings
    books = {book.name for book in files.books if _is_book(book.name)}
    known = [*books, *(one.spot.file for one in unread)]
    chosen = set(_named(root, wanted, known)) if wanted else set(known)
    out = [Tidied(one.spot.file, findings=[one]) for one in unread if one.spot.file in chosen]
    for name in sorted(chosen & books):
        book = read_file(root, name)
        if not isinstance(book, File):
            out.append(Tidied(name, left="it cannot be opened any more"))
            continue
        tidied, raw = tidy_book(book)
        if tidied.is_changed and not is_dry:
            tidied = _write(root, book, raw, tidied)
        out.append(tidied)
    return out


def as_lines(done: Sequence[Tidied], *, is_dry: bool) -> Iterator[str]:
    """What a person is told: what could not be read, what was left, what changed, how many are
    tidy."""
    for one in done:
        yield from (finding.as_text() for finding in one.findings)
        if one.left:
            yield f"{printable(one.name)} is left as it is: {one.left}"
        elif one.is_changed:
            name = printable(one.name)
            yield f"{name} is not tidy" if is_dry else f"tidied {name}"
    if is_clean(done, is_dry=is_dry):
        yield f"{len(done):,} book{' is' if len(done) == 1 else 's are'} tidy"


def is_clean(done: Sequence[Tidied], *, is_dry: bool) -> bool:
    """Whether every book is tidy now and all of it could be read."""
    return not any(one.findings or one.left or (one.is_changed and is_dry) for one in done)


def tidy_book(book: File) -> tuple[Tidied, bytes]:
    """One book, and its bytes once it is tidy. Never raises."""
    name, text = book.name, text_of(book)
    if isinstance(text, Finding):
        return Tidied(name, findings=[text], left=_NO_TEXT), book.raw
    read, findings, tidied = _tidy(name, text)
    raw: bytes | None
    if _is_table(name) and findings:
        left = "a table is tidied as a whole, and a part of it cannot be read"
    elif (raw := _encoded(tidied)) is None:
        left = _NO_TEXT
    elif tidied != text and not _says_the_same(name, read, findings, tidied):
        left = "what would be written does not read the same"
    else:
        raw = (_BOM if book.raw.startswith(_BOM) else b"") + raw
        return Tidied(name, raw != book.raw, findings), raw
    return Tidied(name, findings=findings, left=left), book.raw


_NO_TEXT = "it is not UTF-8 text"


def _tidy(name: str, text: str) -> tuple[list[Paragraph], list[Finding], str]:
    """What is read in a book, what cannot be, and its text once it is tidy."""
    if _is_table(name):
        rows, findings = read_rows(name, text)
        kinds = {row.kind for row in rows}
        return rows, findings, tidy_csv(text, kinds) if rows and not findings else text
    read, findings = read_with_pieces(name, text)
    return [paragraph for paragraph, _ in read], findings, tidy_toml(text, read)


def _encoded(text: str) -> bytes | None:
    """The bytes of a text, or None where it holds bytes that could not be decoded."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _says_the_same(name: str, read: list[Paragraph], findings: list[Finding], tidied: str) -> bool:
    """Whether the tidied text of a book reads as the old one did, entry by entry."""
    again, found = (read_rows if _is_table(name) else read_paragraphs)(name, tidied)
    return (
        len(again) == len(read)
        and [one.flaw.rule for one in found] == [one.flaw.rule for one in findings]
        and all(
            one.kind == other.kind
            and one.above == other.above
            # not-a-number equals nothing, not even itself
            and (one.values == other.values or _shown(one) == _shown(other))
            for one, other in zip(read, again, strict=True)
        )
    )


def _shown(paragraph: Paragraph) -> str:
    return repr(sorted(paragraph.values.items()))


def _write(root: Path, book: File, raw: bytes, tidied: Tidied) -> Tidied:
    """Put the tidy bytes in the place of those that were read, unless somebody was quicker."""
    path = inside(root, book.name)
    if isinstance(path, Flaw) or read_file(root, book.name) != book:
        left = "it was changed in the meantime; tidy it again"
        return tidied._replace(is_changed=False, left=left)
    try:
        put_in_place(path, raw)
    except OSError as error:
        left = f"it cannot be written ({error.strerror or error})"
        return tidied._replace(is_changed=False, left=left)
    return tidied


def _is_table(name: str) -> bool:
    return name.lower().endswith(".csv")


def _is_book(name: str) -> bool:
    return name.lower().endswith((".toml", ".csv"))


def _named(root: Path, wanted: Iterable[str], books: Sequence[str]) -> Iterator[str]:
    """The books that a person means, by paths from the current folder or from the tracker's."""
    home = Path(os.path.realpath(root))
    for path in wanted:
        place = Path(os.path.abspath(path if os.path.lexists(path) else home / path))
        # a link to a book is meant itself, not where it leads
        meant = Path(os.path.realpath(place if place.is_dir() else place.parent))
        meant = meant if place.is_dir() else meant / place.name
        names = [book for book in books if meant in (home / book, *(home / book).parents)]
        if not names:
            raise ValueError(f"{path} is no TOML or CSV book of this tracker, nor a folder of them")
        yield from names
