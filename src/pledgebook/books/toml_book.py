"""A book in TOML, read paragraph by paragraph.

`read_paragraphs` gives every paragraph that reads as TOML and a finding for every one that does
not; nothing stops at the first mistake. rtoml reads the paragraphs; where it refuses one,
`broken.explain` says in the field's words what is wrong with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import Any

import rtoml

from pledgebook.books import broken, scan
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, nearest
from pledgebook.kinds import KINDS
from pledgebook.spot import Spot
from pledgebook.table import LONGEST_SHOWN, Lines, conflict_flaw, conflicts, spot_in

# How much text one book may cause to be looked at again past lines that look like headers: a
# book of 10,000 open strings must not take minutes.
_FOLLOW_IN_ALL = 1 << 23


class TomlText:
    """The text of one TOML file of the tracker, and the places in it.

    `name` is the file relative to the tracker.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._lines = Lines(text)
        # where the keys of the paragraph stand that was asked for last
        self._line = 0
        self._keys: dict[str, scan.Statement] = {}

    def spot(self, offset: int, width: int = 1) -> Spot:
        """The place of a character, with its line."""
        line = self._lines.line_of(offset)
        start = self.text.rfind("\n", 0, offset) + 1
        excerpt = self._lines.at(start, LONGEST_SHOWN + 1)
        column = offset - start + 1
        return spot_in(self.name, line, excerpt, column, min(width, len(excerpt) - column + 1))

    def start_of_line(self, line: int) -> int:
        """The offset at which a line begins; lines count from 1."""
        return self._lines.start_of(line) or 0

    def value_spot(self, paragraph: Paragraph, key: str | None) -> Spot:
        """The place of the value of `key` in a paragraph, or of its header.

        A value that runs over lines is shown by its first."""
        start = self.start_of_line(paragraph.line)
        header = scan.HEADER.match(self.text, start)
        if key is not None:
            found = self._keys_at(paragraph.line, header.end() + 1 if header else start).get(key)
            if found and found.is_dotted:
                return self.spot(found.start, found.value - found.start)
            if found:
                return self.spot(found.value, broken.value_width(self.text, found.value, found.end))
        if header is None:
            return self.spot(start)
        indent = len(header.group()) - len(header.group().lstrip())
        return self.spot(start + indent, len(header.group().strip()))

    def _keys_at(self, line: int, start: int) -> dict[str, scan.Statement]:
        if self._line != line:
            self._line, self._keys = line, {}
            for statement in scan.statements(self.text, start, start + broken.LONGEST):
                self._keys.setdefault(statement.key, statement)
        return self._keys


def read_paragraphs(name: str, text: str) -> tuple[list[Paragraph], list[Finding]]:
    """Every paragraph of a book that reads as TOML, in order, and what was wrong with the rest.

    `name` is the file relative to the tracker, `text` its text without a byte-order mark; a
    character that could not be decoded stands in it as a surrogate. Never raises.
    """
    return _Reading(TomlText(name, text)).run()


def read_with_pieces(
    name: str, text: str
) -> tuple[list[tuple[Paragraph, scan.Piece]], list[Finding]]:
    """The same, each paragraph with the stretch of the text that it was read from."""
    reading = _Reading(TomlText(name, text))
    paragraphs, findings = reading.run()
    return list(zip(paragraphs, reading.pieces, strict=True)), findings


class _Reading:
    """One pass over one book."""

    def __init__(self, book: TomlText) -> None:
        self.book = book
        self.paragraphs: list[Paragraph] = []
        self.pieces: list[scan.Piece] = []  # of each paragraph
        self.findings: list[Finding] = []
        self.above = ""
        self.followed = 0
        self.conflicts: list[tuple[int, int]] | None = None

    def run(self) -> tuple[list[Paragraph], list[Finding]]:
        skip_to = 0
        for group in scan.groups(scan.pieces(self.book.text)):
            if skip_to <= group[0].start and self._read_together(group):
                continue
            for piece in group:
                # what was inside a string or an array of the paragraph before is read already
                if piece.start >= skip_to and not self._read(piece):
                    skip_to = self._mend(piece)
        return self.paragraphs, self.findings

    def _read_together(self, group: list[scan.Piece]) -> bool:
        """Read a run of paragraphs at once, which is twice as quick as one by one.

        True only where every one of them is an entry: then each header is one, because a line
        that only looks like a header would make one entry fewer than there are pieces.
        """
        if not all(piece.name in KINDS for piece in group):
            return False
        table = self._loads(group[0].start, group[-1].end)
        if table is None:
            return False
        bodies = {kind: [body] if type(body) is dict else body for kind, body in table.items()}
        wanted = Counter(piece.name for piece in group)
        if {kind: len(body) for kind, body in bodies.items()} != wanted:
            return False
        turns = {kind: iter(body) for kind, body in bodies.items()}
        for piece in group:
            self._add(piece.name, next(turns[piece.name]), piece)
        return True

    def _mend(self, piece: scan.Piece) -> int:
        """Read a piece that is no TOML in another way, or say why it stays out.

        Returns the offset from which reading goes on."""
        text = self.book.text
        if piece.end < len(text) and self.followed < _FOLLOW_IN_ALL:
            end, looked = scan.true_end(text, piece, broken.LONGEST)
            self.followed += looked
            if end > piece.end and self._read(piece._replace(end=end)):
                return end
        if self.conflicts is None:
            self.conflicts = list(conflicts(text))
        at = bisect_right(self.conflicts, piece.start, key=lambda one: one[1])
        if at < len(self.conflicts) and self.conflicts[at][0] < piece.end:
            return self._conflict(piece, *self.conflicts[at])
        # [[pledge without its end is no header, and leaves the paragraph above it as it was
        cuts = [piece.start, *broken.headers_within(self.book, piece.start, piece.end), piece.end]
        line = piece.line
        for start, end in pairwise(cuts):
            if len(cuts) == 2 or not self._read(piece._replace(start=start, end=end, line=line)):
                self.findings.append(broken.explain(self.book, start, end))
                self._lose_source(start, end)
            line += text.count("\n", start, end)
        return piece.end

    def _conflict(self, piece: scan.Piece, start: int, end: int) -> int:
        """A git conflict spoils the paragraphs that it touches and no other."""
        text = self.book.text
        line_end = text.find("\n", start)
        width = (len(text) if line_end < 0 else line_end) - start
        self.findings.append(conflict_flaw().at(self.book.spot(start, width)))
        # a conflict of whole paragraphs leaves the one before it as it was
        is_whole = scan.HEADER.match(text, _NO_CONTENT.match(text, start).end())  # type: ignore[union-attr]  # matches ""
        if not (is_whole and self._read(piece._replace(end=start))):
            self._lose_source(piece.start, start)
        following = scan.HEADER.search(text, end)
        stop = following.start() if following else len(text)
        self._lose_source(start, stop)
        return stop

    def _lose_source(self, start: int, end: int) -> None:
        """Where a source could not be read, what stands below it must not fall to the one above."""
        if _SOURCE.search(self.book.text, start, end):
            self.above = ""

    def _read(self, piece: scan.Piece) -> bool:
        table = self._loads(piece.start, piece.end)
        if table is None:
            return False
        self._take(piece, table)
        return True

    def _loads(self, start: int, end: int) -> dict[str, Any] | None:
        """A stretch of the text as TOML, or None where it is none or too long to be an entry."""
        if end - start > broken.LONGEST:
            return None
        text = self.book.text[start:end]
        try:
            # a line break is a line break: what a book says does not hang on who saved it
            return rtoml.loads(text.replace("\r\n", "\n") if "\r" in text else text)
        except ValueError:  # rtoml's own error and the one for a surrogate are ValueErrors
            return None

    def _take(self, piece: scan.Piece, table: dict[str, object]) -> None:
        for kind, body in table.items():
            header = scan.HEADER.match(self.book.text, piece.start)
            values = body[0] if isinstance(body, list) and len(body) == 1 else body
            if header is None or not isinstance(values, dict):
                self.findings.append(broken.outside(self.book, piece.start, piece.end))
                return
            if kind not in KINDS or "." in header["name"]:
                kind = _name_of(header)  # [pledge.who] is no pledge
            self._add(kind, values, piece)
            if kind not in KINDS and nearest(kind, list(KINDS)) == "source":
                self.above = ""  # [sorce]: as with a source that could not be read

    def _add(self, kind: str, values: dict[str, object], piece: scan.Piece) -> None:
        book = self.book
        self.pieces.append(piece)
        self.paragraphs.append(
            Paragraph(kind, values, book.name, piece.line, self.above, book.value_spot)
        )
        if kind == "source":
            name = values.get("id")
            self.above = name if isinstance(name, str) else ""


def _name_of(header: re.Match[str]) -> str:
    name = header["name"].strip()
    return name[1:-1] if re.fullmatch(r"\"[^\"]*\"|'[^']*'", name) else name


# a header of a source, closed or not
_SOURCE = re.compile(r"""^[ \t]*+\[{1,2}[ \t"']*+source\b""", re.M)
# from a conflict's mark to the first line that says something
_NO_CONTENT = re.compile(r"(?:[ \t]*+(?:\#[^\n]*+|(?:<{7}|\|{7}|={7})(?: [^\n]*+)?)?\r?\n)*+")
