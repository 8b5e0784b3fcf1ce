"""`sources/checked.csv`: which quote was found in which file, and where.

The texts of sources are private and absent from most copies of a tracker. This list is
committed and vouches for a quote where its text is not here (law 4).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pledgebook.finding import Finding, Flaw
from pledgebook.sources.aside import put_in_place
from pledgebook.sources.document import decode, inside, read_bytes
from pledgebook.sources.quotes import normalise
from pledgebook.spot import Spot

CHECKED = "sources/checked.csv"
"""Where the list stands in a tracker."""

COLUMNS = ("source", "sha256", "entry", "start", "end", "words")

_SHA256 = re.compile("[0-9a-f]{64}")
_WORDS = re.compile("[0-9a-f]{16}")
_NUMBER = re.compile("[0-9]{1,12}")
_MARK = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?")


@dataclass(frozen=True, slots=True)
class Checked:
    """One quote that was found: in the file (`sha256`) of `source`, for `entry`, at start:end.

    `words` is the quote's `fingerprint`: an edited quote is no longer vouched for. In a list
    from before that column it is "" and the row vouches for the entry alone.
    """

    source: str
    sha256: str
    entry: str
    start: int
    end: int
    words: str = ""


def fingerprint(quote: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the quote as it is compared."""
    # a book made by a program may hold half a surrogate pair: never raise on it
    raw = normalise(quote).encode("utf-8", "surrogatepass")
    return hashlib.sha256(raw).hexdigest()[:16]


def read_checked(root: Path) -> tuple[dict[str, Checked], list[Finding]]:
    """The rows of `sources/checked.csv` by entry, and what could not be read of it.

    A broken row is a finding and the others are kept; the rows between the marks of a merge
    conflict are not read. No file is no rows and no finding. Never raises OSError.
    """
    raw = read_bytes(root, CHECKED)
    if raw is None:
        return {}, []
    text = raw if isinstance(raw, Flaw) else decode(raw, CHECKED)
    if isinstance(text, Flaw):
        return {}, [text.at(Spot(CHECKED))]
    return _read_lines(text.split("\n"))


def vouches(checked: Mapping[str, Checked], source: str, entry: str, quote: str) -> bool:
    """Whether the list says that this quote of this entry was found in this source."""
    row = checked.get(entry)
    if row is None or row.source != source:
        return False
    return row.words in ("", fingerprint(quote))


def write_checked(root: Path, rows: Iterable[Checked]) -> bool | Finding:
    """Write the list, and say whether the file had to change.

    Rows are sorted by source, start, end and entry, so that the same rows are the same bytes;
    a file that has them is not touched. The new one is written aside and put in its place at
    once. A file in which something cannot be read is left to the person who can repair it: the
    finding is then one that `read_checked` gave. Raises ValueError for a row that the list
    cannot hold (a line break in an id). Never raises OSError.
    """
    lines = sorted(set(rows), key=_order)
    raw = _as_csv(lines)
    path, old = inside(root, CHECKED), read_bytes(root, CHECKED)
    if isinstance(path, Flaw):
        return path.at(Spot(CHECKED))
    if isinstance(old, Flaw):
        return old.at(Spot(CHECKED))
    if old == raw or (old is None and not lines):
        return False
    if unread := read_checked(root)[1]:
        return unread[0]
    try:
        path.parent.mkdir(exist_ok=True)
        put_in_place(path, raw)
    except OSError as error:
        flaw = Flaw(
            "file-unreadable",
            "the list of checked quotes cannot be written",
            found=error.strerror or str(error),
            remedy=f"see that {CHECKED} can be written",
        )
        return flaw.at(Spot(CHECKED))
    return True


def _read_lines(lines: list[str]) -> tuple[dict[str, Checked], list[Finding]]:
    rows: dict[str, Checked] = {}
    findings: list[Finding] = []
    width, disputed = 0, False
    for number, line in enumerate(lines, start=1):
        line = line.removesuffix("\r")
        if mark := _MARK.fullmatch(line):
            if mark[1][0] == "<" or not disputed:
                findings.append(_CONFLICT.at(_spot(number, line)))
            disputed = mark[1][0] != ">"
            continue
        if disputed or not line.strip():
            continue
        if not width:
            width = _header(line)
            if not width:
                findings.append(_NO_HEADER.at(_spot(number, line)))
                return {}, findings
            continue
        row = _row(line, width)
        if isinstance(row, Flaw):
            findings.append(row.at(_spot(number, line)))
        elif rows.setdefault(row.entry, row) != row:
            findings.append(_TWICE.at(_spot(number, line), row.entry))
    return rows, findings


_CONFLICT = Flaw(
    "merge-conflict",
    "the marks of a merge conflict stand in the list of checked quotes",
    remedy="keep the rows of both sides and delete the marks",
)
_NO_HEADER = Flaw(
    "file-unreadable",
    "the list of checked quotes does not begin with its columns",
    expected=",".join(COLUMNS),
    remedy="write that as its first line",
)
_TWICE = Flaw(
    "entry-duplicate",
    "the list of checked quotes has two rows for this entry; the first is in use",
    remedy="delete the row that is out of date",
)


def _spot(number: int, line: str) -> Spot:
    return Spot(CHECKED, number, 1, max(1, len(line)), line)


def _header(line: str) -> int:
    """How many columns the list has, or 0 where this line does not name them."""
    names = tuple(_cells(line))
    return len(names) if names in (COLUMNS, COLUMNS[:-1]) else 0


def _cells(line: str) -> list[str]:
    """The cells of one line; one broken line can never swallow those after it."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


def _row(line: str, width: int) -> Checked | Flaw:
    cells = _cells(line)
    if len(cells) != width:
        return _broken(f"{width} values", f"{len(cells)}" if cells else "a broken quotation mark")
    source, sha256, entry, start, end = cells[:5]
    words = cells[5] if width > 5 else ""
    if not source or not entry:
        return _broken("the ids of a source and an entry", "an empty one")
    if not _SHA256.fullmatch(sha256):
        return _broken("a sha256 of 64 hexadecimal digits", sha256)
    if not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end) and int(start) < int(end)):
        return _broken("a start before an end, in characters", f"{start} and {end}")
    if words and not _WORDS.fullmatch(words):
        return _broken("words of 16 hexadecimal digits", words)
    return Checked(source, sha256, entry, int(start), int(end), words)


def _broken(expected: str, found: str) -> Flaw:
    return Flaw(
        "file-unreadable",
        "a row of the list of checked quotes cannot be read",
        expected=expected,
        found=found if len(found) <= 80 else found[:80] + "…",
        remedy="delete the row, and run pledgebook check where the source's text is",
    )


def _order(row: Checked) -> tuple[str, int, int, str, str, str]:
    return row.source, row.start, row.end, row.entry, row.sha256, row.words


def _as_csv(rows: list[Checked]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (row.source, row.sha256, row.entry, str(row.start), str(row.end), row.words)
        if any(c in "\r\n\0" for cell in cells for c in cell):
            raise ValueError(f"a row of {CHECKED} cannot hold a line break: {cells}")
        writer.writerow(cells)
    return out.getvalue().encode("utf-8")
