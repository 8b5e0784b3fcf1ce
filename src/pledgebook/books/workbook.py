"""An XLSX file taken apart within bounds: its sheets as XML, its texts, its number formats.

A workbook is a zip archive of XML, and neither is to be trusted: a part is unpacked only as far as
a book may be large, whatever the archive says of it, and only the parts that are needed are. What
is no workbook is a flaw that says what to do.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from pledgebook.finding import Flaw
from pledgebook.values import shown

LARGEST = 512 << 20
"""No workbook is larger than this in bytes: all parts that are read, unpacked."""

# styles.xml and the like; a workbook that was edited for years has two megabytes of styles
_LARGEST_PART = 32 << 20
# the texts that cells share: each is looked at, and then copied by calamine
_LARGEST_TEXTS = 256 << 20
_PIECE = 1 << 20
_MOST_PARTS = 20_000
_MOST_SHEETS = 1_000
_MOST_FORMATS = 100_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY = b"PK\x01\x02"

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError),
    # what zipfile and expat raise beside their own on bytes that were made up
    *(EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError),
)
"""What reading a broken archive or its XML may raise."""


class Sheet(NamedTuple):
    """One sheet as workbook.xml lists it. `part` is its XML in the archive, or "" where it holds
    no cells, as a chart does."""

    name: str
    part: str
    is_hidden: bool


@dataclass(slots=True)
class Workbook:
    """The parts of a workbook. `formats[i]` is the number format of the style `i`; `texts` the XML
    of the texts that cells share, `styles` that of the styles."""

    archive: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    texts: bytes = b""
    styles: bytes = b""
    is_1904: bool = False
    left: int = LARGEST

    def part(self, name: str, most: int = LARGEST) -> bytes | Flaw:
        """The XML of a part, without the prefix of its elements.

        Raises one of `BROKEN` where the archive is damaged."""
        # zipfile unpacks no more than the archive says, and what is more is damage
        size = self.archive.getinfo(name).file_size
        if size > min(most, self.left):
            return _too_large(size, min(most, self.left))
        raw = _unpacked(self.archive, name, size)
        self.left -= len(raw)
        if not _is_utf8(raw):
            raise ValueError(f"{name} is not UTF-8")
        return without_prefix(raw)

    def beginning(self, name: str, most: int) -> bytes:
        """The first bytes of a part, at most `most` of them."""
        return without_prefix(_unpacked(self.archive, name, most))


def open_workbook(raw: bytes) -> Workbook | Flaw:
    """The parts of the workbook with these bytes. Never raises."""
    if raw.startswith(_OLE):
        return _old_or_locked(raw)
    if not raw.startswith(_ZIP):
        return _no_workbook("something else" if raw else "an empty file")
    if raw.count(_DIRECTORY) > _MOST_PARTS:
        return _no_workbook(f"an archive of more than {_MOST_PARTS:,} files")
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        other = _other_sort(archive)
        return other or _opened(archive)
    except BROKEN as error:
        return damaged(error)


def damaged(error: Exception) -> Flaw:
    """The flaw of a workbook that reading broke off in."""
    if isinstance(error, RuntimeError) and "encrypted" in str(error):
        return _locked()
    return Flaw(
        "file-unreadable",
        "this workbook is damaged",
        expected="an XLSX workbook",
        found=_printable(str(error)[:80]) or type(error).__name__,
        remedy="open it in a spreadsheet program, see what is there and save it again as .xlsx",
    )


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in text)


def elements(xml: bytes, seen: Callable[[str, dict[str, str]], None]) -> None:
    """Call `seen` with the name, without a prefix, and the attributes of every element, in order.

    Raises expat.ExpatError where it is no XML, ValueError where it defines entities."""
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        seen(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(xml, True)


def refuse_doctype(*_: object) -> None:
    """No workbook defines entities: they are how a short file becomes a long text."""
    raise ValueError("a document type stands in its XML")


def without_prefix(xml: bytes) -> bytes:
    """The XML with its elements named as most programs name them: <row>, not <x:row>."""
    prefix = _PREFIX.match(xml)
    if not prefix:
        return xml
    own = prefix[1]
    return xml.replace(b"<" + own, b"<").replace(b"</" + own, b"</")


def _is_utf8(xml: bytes) -> bool:
    """Whether XML is UTF-8: what says so, or says nothing, or needs no other letters."""
    said = _ENCODING.match(xml)
    return b"\0" not in xml[:8] and (
        not said or said[1].lower() in (b"utf-8", b"utf8", b"us-ascii") or xml.isascii()
    )


_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([^"'>]{1,40})""")
_PREFIX = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)?<([A-Za-z_][\w.-]*:)")


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part, at most so many bytes of it, a piece at a time: in one it would be held twice."""
    pieces = []
    with archive.open(name) as packed:
        while most > 0 and (piece := packed.read(min(most, _PIECE))):
            pieces.append(piece)
            most -= len(piece)
    return b"".join(pieces)


def _opened(archive: zipfile.ZipFile) -> Workbook | Flaw:
    book = Workbook(archive)
    main = next(
        (target for kind, target in _relations(book, "").values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    xml = book.part(main, _LARGEST_PART)
    if isinstance(xml, Flaw):
        return xml
    parts = _relations(book, main)
    found: list[tuple[str, str, str]] = []

    def seen(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            book.is_1904 = attributes.get("date1904", "0").lower() in ("1", "true", "on")
        elif name == "sheet":
            # the relation is r:id, whatever the prefix
            id = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), id, attributes.get("state", "visible")))

    elements(xml, seen)
    if len(found) > _MOST_SHEETS:
        return _no_workbook(f"a workbook of {len(found):,} sheets")
    for name, id, state in found:
        kind, target = parts.get(id, ("", ""))
        if kind == "worksheet" and target not in archive.NameToInfo:
            return damaged(ValueError(f"the sheet {name[:40]} is not in the file"))
        part = target if kind == "worksheet" else ""
        # a spreadsheet program allows 31 characters
        book.sheets.append(Sheet(_printable(name[:100]), part, state.lower() != "visible"))
    names = [sheet.name for sheet in book.sheets]
    if len(set(names)) < len(names):
        raise ValueError("two of its sheets have one name")
    for kind, target in parts.values():
        if kind not in ("sharedStrings", "styles") or target not in archive.NameToInfo:
            continue
        part_read = book.part(target, _LARGEST_TEXTS if kind == "sharedStrings" else _LARGEST_PART)
        if isinstance(part_read, Flaw):
            return part_read
        if kind == "sharedStrings":
            book.texts = part_read
        else:
            book.styles, book.formats = part_read, _formats(part_read)
    return book


def _relations(book: Workbook, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: the last word of the relation's type, and the part it leads to."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in book.archive.NameToInfo:
        return {}
    xml = book.part(path, _LARGEST_PART)
    if isinstance(xml, Flaw):
        raise ValueError(f"{path} is too large")
    found: dict[str, tuple[str, str]] = {}

    def seen(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, posixpath.normpath(target)

    elements(xml, seen)
    return found


# the formats that every program knows by number, of those that matter here
_KNOWN = {9: "0%", 10: "0.00%", 11: "0.00E+00", 48: "##0.0E+0", 16: "d-mmm", 17: "mmm-yy"}


def _formats(styles: bytes) -> list[str]:
    """The number format of each style that a cell can have, "" for one that is not told."""
    own: dict[str, str] = {}
    used: list[str] = []
    within = ""

    def seen(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = name
        elif name == "numFmt" and len(own) < _MOST_FORMATS:
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and within == "cellXfs" and len(used) < _MOST_FORMATS:
            used.append(attributes.get("numFmtId", "0"))

    elements(styles, seen)
    return [
        own.get(number) or _KNOWN.get(int(number) if number.isdecimal() else 0, "")
        for number in used
    ]


def _other_sort(archive: zipfile.ZipFile) -> Flaw | None:
    """The flaw of an archive that is a document of another sort."""
    names = archive.NameToInfo
    if "mimetype" in names:
        sort = _unpacked(archive, "mimetype", 200).decode("ascii", "replace")
        return _other(f"a document of the sort {shown(sort.rpartition('/')[2])}")
    if any(name.endswith("workbook.bin") for name in names):
        return _other("a binary workbook (.xlsb)")
    if not any(name.startswith("xl/") for name in names):
        return _other("an archive that holds no workbook")
    return None


def _old_or_locked(raw: bytes) -> Flaw:
    """A container of the old sort is a workbook with a password, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return _locked()
    return _other("a workbook of the old sort (.xls)")


def _locked() -> Flaw:
    return Flaw(
        "file-unreadable",
        "this workbook is protected with a password",
        expected="a workbook that opens without a password",
        found="an encrypted file",
        remedy="open it in a spreadsheet program, take the password off and save it",
    )


def _other(found: str) -> Flaw:
    return _no_xlsx(found, "open it in a spreadsheet program and save it as .xlsx")


def _no_workbook(found: str) -> Flaw:
    return _no_xlsx(
        found, "save it as .xlsx in a spreadsheet program; a text with commas is a .csv"
    )


def _no_xlsx(found: str, remedy: str) -> Flaw:
    return Flaw(
        "file-unreadable",
        "this is no XLSX workbook, whatever its name says",
        expected="an XLSX workbook",
        found=found,
        remedy=remedy,
    )


def _too_large(size: int, most: int) -> Flaw:
    return Flaw(
        "file-unreadable",
        "this workbook is too large when it is unpacked",
        expected=f"at most {most:,} bytes",
        found=f"a part of {size:,} bytes",
        remedy="keep the entries alone in it, or part it into several books",
    )
