"""Text by lines, and cells of a table with their places: a CSV book, or any other CSV.

The first row is the header. A row keeps the line it begins in, so that a finding names it; the
column of a cell is looked for only when a finding asks.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pledgebook.finding import Finding, Flaw
from pledgebook.spot import Spot

LONGEST_CELL = 1 << 20
csv.field_size_limit(LONGEST_CELL)

# A row as long as a whole book is no row; and no kind has nearly as many fields.
_LONGEST_ROW = LONGEST_CELL
_TOO_LONG = f"it is longer than {_LONGEST_ROW:,} characters, or a quotation mark is not closed"
_MOST_COLUMNS = 1_000

# A row that cannot be read may have swallowed those below it, so reading goes on behind its
# first line. This is how much text may be read twice in that way.
_AGAIN_IN_ALL = 1 << 24

# Findings carry the line they stand in, and 10,000 of them may stand in one of a megabyte.
LONGEST_SHOWN = 2_000
"""How much of a line a finding carries, in characters."""

# Places are counted from the nearest of these steps: an offset per line of a large file would
# take more memory than the file.
_STEP = 1 << 9

_MARK = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: [^\n]*+)?\r?$", re.M)
_UNDECODED = re.compile("[\udc80-\udcff]")
# control characters but the tab, line and paragraph separators, marks that turn the direction of
# writing, and what could not be decoded: a terminal would obey the first and refuse the last
_UNSHOWN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Lines:
    """The lines of a text of any size, by offset and by number; lines count from 1.

    Only a line feed ends a line: U+2028 and U+0085 stand in quotes that were pasted.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._before: list[int] | None = None

    def line_of(self, offset: int) -> int:
        """The number of the line that holds the character at `offset`."""
        step = min(offset // _STEP, len(self._steps()) - 1)
        return self._steps()[step] + self._text.count("\n", step * _STEP, offset) + 1

    def start_of(self, line: int) -> int | None:
        """The offset at which a line begins, None where the text has fewer lines."""
        if line <= 1:
            return 0 if line == 1 else None
        # the last step before which fewer than line - 1 lines have ended
        step = bisect_right(self._steps(), line - 2) - 1
        offset = step * _STEP
        for _ in range(line - 1 - self._steps()[step]):
            offset = self._text.find("\n", offset) + 1
            if offset == 0:
                return None
        return offset

    def at(self, start: int, longest: int = 1 << 24) -> str:
        """The line that begins at an offset, without its line break, cut after `longest`."""
        stop = min(len(self._text), start + longest)
        end = self._text.find("\n", start, stop)
        return self._text[start : stop if end < 0 else end].rstrip("\r")

    def _steps(self) -> list[int]:
        """How many lines have ended before each step."""
        if self._before is None:
            self._before = [0]
            for offset in range(0, len(self._text), _STEP):
                ended = self._text.count("\n", offset, offset + _STEP)
                self._before.append(self._before[-1] + ended)
        return self._before


def spot_in(file: str, line: int, text: str, column: int, width: int) -> Spot:
    """A spot in a line, whose text is fit to be shown: no character in it is obeyed by a
    terminal, and of a line that is very long only the beginning is kept."""
    if column > LONGEST_SHOWN:
        text = ""
    elif len(text) > LONGEST_SHOWN:
        text = text[:LONGEST_SHOWN] + "…"
    return Spot(file, line, column, max(1, width), _UNSHOWN.sub("\ufffd", text))


def conflicts(text: str) -> Iterator[tuple[int, int]]:
    """Where git's conflict marks stand: from `<<<<<<<` to `>>>>>>>`, or a mark left alone."""
    opened: list[re.Match[str]] = []  # the mark that begins a conflict, and those after it
    for match in _MARK.finditer(text):
        mark = match.group()[0]
        if mark == "<" or not opened:
            yield from (one.span() for one in opened)
            opened = [match]
            if mark != "<":
                yield match.span()
                opened = []
        elif mark == ">":
            yield opened[0].start(), match.end()
            opened = []
        else:
            opened.append(match)
    yield from (one.span() for one in opened)


def conflict_flaw() -> Flaw:
    """The flaw of a place that git could not merge."""
    return Flaw(
        "merge-conflict",
        "two versions of this place were never merged",
        remedy="keep one version and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    )


class Row(NamedTuple):
    """One row below the header: its line in the file and its cells."""

    line: int
    cells: list[str]


class Table:
    """A CSV table as text. `name` is the file relative to the tracker.

    `header` holds the names of the columns, stripped; `rows()` yields every row that is not
    blank. A row that cannot be read is added to `findings`, and reading goes on below it; a
    merge conflict spoils the rows that it touches.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []
        self._lines = Lines(text)
        self._cells_of: tuple[int, list[tuple[int, int]]] = (0, [])
        self._conflicts = list(conflicts(text))[::-1]
        self._is_undecoded = not text.isascii() and _UNDECODED.search(text) is not None
        self._again = 0
        self._at = self._line = 0  # how far was read: in characters and in lines
        self._row_start = 0
        self._reader = self._new_reader()
        self.header_line = 1
        self.header = self._read_header()

    def _read_header(self) -> list[str]:
        """The names of the columns; none where the header cannot be read, nor is any row then."""
        row = next(self.rows(), None)
        if self.findings:
            broken = self.findings[0]
            remedy = "mend the header: without it no row can be read"
            self.findings = [replace(broken, flaw=replace(broken.flaw, remedy=remedy))]
            row = None
        if row is None:
            self._at = len(self.text)
            return []
        self.header_line = row.line
        if len(row.cells) > _MOST_COLUMNS:
            flaw = Flaw(
                "entry-too-long",
                "this table has more columns than any kind has fields",
                expected=f"at most {_MOST_COLUMNS:,} columns",
                found=f"{len(row.cells):,} columns",
                remedy="keep the columns that are fields",
            )
            self.findings.append(flaw.at(self.spot(row.line)))
            self._at = len(self.text)
            return []
        return [cell.strip() for cell in row.cells]

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in order; may be asked for once."""
        while (row := self._next()) is not None:
            if any(map(str.strip, row.cells)):
                yield row

    def _next(self) -> Row | None:
        """The next row that reads, None at the end; those that do not are findings."""
        while self._at < len(self.text):
            line, start = self._line + 1, self._at
            self._row_start = start
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                behind = self.text.find("\n", start) + 1 or len(self.text)
                if not self._skip_conflict(start, behind):
                    self._report(line, behind, str(error))
                continue
            if cells is None:
                return None
            if self._conflicts and self._skip_conflict(start, self._at):
                continue
            if self._is_undecoded and (bad := _UNDECODED.search(self.text, start, self._at)):
                self._report_undecoded(bad)
                continue
            return Row(line, cells)
        return None

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), strict=True)

    def _feed(self) -> Iterator[str]:
        """The lines from where reading stands; a row that runs on for too long is an error."""
        find, text = self.text.find, self.text
        while self._at < len(text):
            start = self._at
            end = find("\n", start) + 1 or len(text)
            self._at, self._line = end, self._line + 1
            if end - self._row_start > _LONGEST_ROW:
                raise csv.Error(_TOO_LONG)
            line = text[start:end]
            # a line break is a line break, within a cell too
            yield f"{line[:-2]}\n" if line.endswith("\r\n") else line

    def _report(self, line: int, behind: int, reason: str) -> None:
        """A finding for a row; reading goes on at `behind`, which is behind its first line."""
        self._again += self._at - behind
        is_end = self._again > _AGAIN_IN_ALL
        flaw = Flaw(
            "entry-unreadable",
            f"{'from here on the table' if is_end else 'this row'} is not CSV ({_plain(reason)})",
            expected='cells between commas; "" for a quotation mark inside a quoted cell',
            remedy="mend the row; the rows above it were read"
            if is_end
            else "mend the row; the others were read",
        )
        self.findings.append(flaw.at(self.spot(line)))
        self._at, self._line = (len(self.text) if is_end else behind), line
        self._reader = self._new_reader()

    def _report_undecoded(self, bad: re.Match[str]) -> None:
        line = self._lines.line_of(bad.start())
        column = bad.start() - (self._lines.start_of(line) or 0) + 1
        text = self._lines.at(bad.start() - column + 1)
        flaw = Flaw(
            "encoding-unreadable",
            "this is not UTF-8 text",
            expected="UTF-8",
            found=f"the byte 0x{ord(bad.group()) - 0xDC00:02X}",
            remedy="save the file as UTF-8; the rows without such bytes were read",
        )
        self.findings.append(flaw.at(spot_in(self.name, line, text, column, 1)))

    def _skip_conflict(self, start: int, end: int) -> bool:
        """Whether the row at `start` to `end` touches a merge conflict; if so, go on below it."""
        stop = -1
        while self._conflicts and self._conflicts[-1][0] < end:
            first, stop = self._conflicts.pop()
            line = self._lines.line_of(first)
            self.findings.append(conflict_flaw().at(self.spot(line)))
        if stop < start:
            return False
        self._at = max(end, self.text.find("\n", stop) + 1 or len(self.text))
        self._line = self._lines.line_of(self._at) - 1
        self._reader = self._new_reader()
        return True

    def has_columns(self, needed: Iterable[str], columns: Iterable[str], rule: str) -> bool:
        """Whether the header has all that are `needed`; else that is a finding of this `rule`,
        which names all `columns`. A table without a header has a finding already, or is empty."""
        missing = [column for column in needed if column not in self.header]
        if missing and self.header:
            flaw = Flaw(
                rule,
                f"the table has no column {missing[0]}",
                expected=",".join(columns),
                found=",".join(self.header)[:80],
                remedy="write the header as it is expected",
            )
            self.findings.append(flaw.at(self.spot(self.header_line)))
        return not missing

    def spot(self, line: int, column: int | None = None) -> Spot:
        """The place of a row, or of the cell in its column number `column` (from 0)."""
        start = self._lines.start_of(line)
        if start is None:
            return Spot(self.name)
        text = self._lines.at(start)
        offset, width = (0, len(text)) if column is None else self._cell(line, text, column)
        return spot_in(self.name, line, text, offset + 1, width)

    def _cell(self, line: int, text: str, column: int) -> tuple[int, int]:
        """Where a cell stands in its line: offset and width; the whole line where it is not in
        it (a cell before it holds a line break)."""
        if self._cells_of[0] != line:
            self._cells_of = line, [match.span("cell") for match in _CELL.finditer(text)]
        cells = self._cells_of[1]
        if column >= len(cells):
            return 0, len(text)
        start, end = cells[column]
        return start, end - start


_CELL = re.compile(r"""(?:^|,)(?P<cell>(?:[^",]++|"[^"]*+"?)*+)""")


def _plain(reason: str) -> str:
    """What the csv module says, in words for the person who wrote the row."""
    if reason.startswith("unexpected end of data"):
        return "a quotation mark is not closed"
    if "expected after" in reason:
        return "text follows a closing quotation mark"
    if reason.startswith("field larger"):
        return _TOO_LONG
    if reason.startswith("new-line character"):
        return "the line ends are those of an old Mac, or a cell holds one; save it with LF or CRLF"
    return reason
