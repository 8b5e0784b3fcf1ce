"""A book in TOML, read paragraph by paragraph.

`read_paragraphs` gives every paragraph that reads as TOML and a finding for every one that does
not; nothing stops at the first mistake. rtoml reads the paragraphs; where it refuses one,
`broken.explain` says in the field's words what is wrong with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import rtoml

from pledgebook.books import broken, scan
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.spot import Spot

# An entry is a few hundred characters; what is longer than this is no entry, and reading it
# would only cost time and memory.
LONGEST_ENTRY = 1 << 20

# How far a paragraph is followed past a line that looks like a header, and how much of that
# work one book may cause: a book of 10,000 unclosed brackets must not take minutes.
_FOLLOW = 1 << 16
_FOLLOW_IN_ALL = 1 << 22


class TomlText:
    """The text of one TOML file of the tracker, and the places in it.

    `name` is the file relative to the tracker.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def spot(self, offset: int, width: int = 1) -> Spot:
        """The place of a character, with its line."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        end = self.text.find("\n", start)
        excerpt = self.text[start : len(self.text) if end < 0 else end].rstrip("\r")
        width = max(1, min(width, len(excerpt) - (offset - start)))
        return Spot(self.name, line, offset - start + 1, width, excerpt)

    def start_of_line(self, line: int) -> int:
        """The offset at which a line begins; lines count from 1."""
        if self._starts is None:
            self.spot(0)
        assert self._starts is not None
        return self._starts[line - 1]

    def value_spot(self, paragraph: Paragraph, key: str | None) -> Spot:
        """The place of the value of `key` in a paragraph, or of its header."""
        start = self.start_of_line(paragraph.line)
        header = scan.HEADER.match(self.text, start)
        after = header.end() if header else start
        if key is not None:
            following = scan.HEADER.search(self.text, after)
            stop = following.start() if following else len(self.text)
            # keys stand at the start of a line; a value that runs over lines is shown by its first
            pattern = rf"""^[ \t]*(?:{re.escape(key)}|"{re.escape(key)}"|'{re.escape(key)}')[ \t]*=[ \t]*"""
            match = re.compile(pattern, re.M).search(self.text, after, stop)
            if match:
                return self.spot(match.end(), _value_width(self.text, match.end()))
        indent = len(header.group()) - len(header.group().lstrip()) if header else 0
        return self.spot(start + indent, len(header.group().strip()) if header else 1)


def _value_width(text: str, start: int) -> int:
    """How long the value is that begins at `start`, on its own line."""
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip()
    match = re.match(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|\[[^\]]*\]|[^\s#]+', line)
    return len(match.group()) if match else max(1, len(line))


def read_paragraphs(name: str, text: str) -> tuple[list[Paragraph], list[Finding]]:
    """Every paragraph of a book that reads as TOML, in order, and what was wrong with the rest.

    `name` is the file relative to the tracker, `text` its text without a byte-order mark; a
    character that could not be decoded stands in it as a surrogate. Never raises.
    """
    return _Reading(TomlText(name, text)).run()


class _Reading:
    """One pass over one book."""

    def __init__(self, book: TomlText) -> None:
        self.book = book
        self.paragraphs: list[Paragraph] = []
        self.findings: list[Finding] = []
        self.above = ""
        self.followed = 0

    def run(self) -> tuple[list[Paragraph], list[Finding]]:
        text = self.book.text
        pieces = scan.pieces(text)
        spoiled = None  # computed at the first piece that does not read
        loads, locate = rtoml.loads, self.book.value_spot
        skip_to = 0
        for piece in pieces:
            if piece.start < skip_to:
                continue  # it was inside a string or an array of the paragraph before
            chunk = text[piece.start : piece.end]
            try:
                if len(chunk) > LONGEST_ENTRY:
                    raise ValueError("too long")
                table = loads(chunk)
            except ValueError:  # rtoml's own error and the one for a surrogate are ValueErrors
                if spoiled is None:
                    spoiled = list(scan.conflicts(text))
                skip_to = self._mend(piece, spoiled)
                continue
            self._take(piece, table, locate)
        return self.paragraphs, self.findings

    def _mend(self, piece: scan.Piece, spoiled: list[tuple[int, int]]) -> int:
        """Read a piece that is no TOML in another way, or say why it stays out.

        Returns the offset from which reading goes on."""
        text = self.book.text
        for start, end in spoiled:
            if start < piece.end and end > piece.start:
                return self._conflict(piece, start, end)
        if piece.end < len(text) and self.followed < _FOLLOW_IN_ALL:
            end, looked = scan.true_end(text, piece, _FOLLOW)
            self.followed += looked
            if end > piece.end and self._read(piece._replace(end=end)):
                return end
        self.findings.append(broken.explain(self.book, piece.start, piece.end))
        return piece.end

    def _conflict(self, piece: scan.Piece, start: int, end: int) -> int:
        """A git conflict spoils the paragraphs that it touches and no other."""
        text = self.book.text
        line_end = text.find("\n", start)
        width = (len(text) if line_end < 0 else line_end) - start
        flaw = Flaw(
            "merge-conflict",
            "two versions of this place were never merged",
            remedy="keep one version and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
        )
        spot = self.book.spot(start, width)
        if not self.findings or self.findings[-1].spot != spot:
            self.findings.append(flaw.at(spot))
        # a conflict of whole paragraphs leaves the one before it as it was
        inside = text.find("\n", start) + 1
        if piece.start < start and scan.HEADER.match(text, _skip_blank(text, inside)):
            self._read(piece._replace(end=start))
        following = scan.HEADER.search(text, end)
        return following.start() if following else len(text)

    def _read(self, piece: scan.Piece) -> bool:
        try:
            table = rtoml.loads(self.book.text[piece.start : piece.end])
        except ValueError:
            return False
        self._take(piece, table, self.book.value_spot)
        return True

    def _take(self, piece: scan.Piece, table: dict[str, object], locate: object) -> None:
        for kind, body in table.items():
            values = body[0] if isinstance(body, list) and len(body) == 1 else body
            if not isinstance(values, dict) or not scan.HEADER.match(self.book.text, piece.start):
                self.findings.append(broken.outside(self.book, piece.start, kind))
                return
            paragraph = Paragraph(
                kind, values, self.book.name, piece.line, self.above, self.book.value_spot
            )
            self.paragraphs.append(paragraph)
            if kind == "source":
                name = values.get("id")
                self.above = name if isinstance(name, str) else ""


def _skip_blank(text: str, position: int) -> int:
    match = re.compile(r"(?:[ \t]*(?:\#[^\n]*)?\n)*").match(text, position)
    return match.end() if match else position
