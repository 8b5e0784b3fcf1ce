"""Split the text of a book into paragraphs, so that a broken one spoils only itself.

A paragraph runs from a header line (`[kind]` or `[[kind]]`) to the next. A line that looks like
a header may stand inside a multi-line string or an open array, so a cut is a guess, and the
proof is that every piece reads as TOML: a piece that was cut inside a string or an array is
always broken. Only then is the text scanned token by token from there (`true_end`).

Every scan takes time in proportion to the text, whatever stands in it: the patterns never go
back over what they have read (`*+`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_QUOTED = r"""\"(?:[^"\\\n]|\\[^\n])*+\"|'[^'\n]*+'"""
HEADER = re.compile(
    rf"^[ \t]*+(?P<list>\[{{1,2}})(?P<name>(?:[A-Za-z0-9_. \t-]|{_QUOTED})++)\]{{1,2}}"
    r"[ \t]*+(?:\#[^\n]*+)?\r?$",
    re.M,
)
_BRACKET = re.compile(r"\n(?=[ \t]*+\[)")
_KEY = re.compile(
    rf"""
    [ \t]*+
    (?P<whole>(?P<key>[A-Za-z0-9_-]++|{_QUOTED})(?:[ \t]*+\.[ \t]*+(?:[A-Za-z0-9_-]++|{_QUOTED}))*+)
    [ \t]*+=[ \t]*+
    """,
    re.X,
)
_BLANK = re.compile(r"[ \t]*+(?:\#[^\n]*+)?\r?$", re.M)
# what can hide a header: strings that run over lines, and brackets that are still open
TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\n]*+)
    | (?P<long>\"{{3}}(?:[^"\\]++|\\.|\"{{1,2}}(?!\"))*+\"{{3,5}}
             | '{{3}}(?:[^']++|'{{1,2}}(?!'))*+'{{3,5}})
    | (?P<open_long>\"{{3}}|'{{3}})
    | (?P<short>{_QUOTED})
    | (?P<open_short>["'][^\n]*+)
    | (?P<open>[\[{{])
    | (?P<close>[\]}}])
    | (?P<equals>=)
    | (?P<line>\n)
    """,
    re.X | re.S,
)


class Piece(NamedTuple):
    """A stretch of text between two headers: its offsets, the line that it begins in, the name
    in its header ("" before the first), and whether that is one of a list, [[so]]."""

    start: int
    end: int
    line: int
    name: str = ""
    is_listed: bool = False


class Statement(NamedTuple):
    """One `key = value` of a paragraph: the first part of its key without quotation marks, and
    where the key, the value and the whole begin and end. A line that is no statement and no
    comment has the key ""."""

    key: str
    start: int
    value: int
    end: int
    is_dotted: bool


def pieces(text: str) -> list[Piece]:
    """The text cut at every line that looks like a header; the first piece has no header."""
    cuts = [(0, "", ""), *((m.start(), m["name"], m["list"]) for m in _headers(text))]
    out: list[Piece] = []
    line = 1
    count = text.count
    for (start, name, mark), (end, _, _) in pairwise([*cuts, (len(text), "", "")]):
        out.append(Piece(start, end, line, name, mark == "[["))
        line += count("\n", start, end)
    return out


def _headers(text: str) -> Iterator[re.Match[str]]:
    """Every line that looks like a header. Lines that begin with a bracket are few and quickly
    found; `HEADER` alone would be tried at every character."""
    starts = [0, *(match.end() for match in _BRACKET.finditer(text))]
    return filter(None, (HEADER.match(text, start) for start in starts))


def groups(pieces: list[Piece], most: int = 100) -> Iterator[list[Piece]]:
    """The pieces in runs that may be read together. A [source] may repeat in a book, so no more
    than one is in a run; what stands before the first header is a run of its own."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (len(group) == most or not piece.is_listed or not group[0].name):
            yield group
            group = []
        group.append(piece)
    yield group


def true_end(text: str, piece: Piece, limit: int) -> tuple[int, int]:
    """Where the paragraph that begins at `piece.start` ends if headers inside its multi-line
    strings and arrays are skipped, and how many characters past the piece were looked at.

    The end is the first header at which nothing is open; where something is never closed within
    `limit`, it is the header after the place that opens it. A single-line string that is not
    closed ends with its line, as TOML has it.
    """
    header = HEADER.match(text, piece.start)
    position = header.end() if header else piece.start
    open_brackets: list[str] = []
    end, stop = piece.end, min(len(text), piece.start + limit)
    while (match := TOKEN.search(text, position, stop)) is not None:
        if not open_brackets and match.start() >= end:
            break
        position = match.end()
        match match.lastgroup:
            case "open_long":
                return end, stop - piece.end
            case "open":
                if open_brackets[-1:] == ["{"] and not _follows_equals(text, match.start()):
                    break  # no inline table holds this: the next entry has begun
                open_brackets.append(match.group())
            case "close":
                if open_brackets:
                    open_brackets.pop()
            case "equals" if open_brackets[-1:] == ["["]:
                break  # nor does an array hold this
            case _:
                pass
        if not open_brackets and position > end:
            following = HEADER.search(text, position)
            end = following.start() if following else len(text)
    return end, max(0, position - piece.end)


def _follows_equals(text: str, position: int) -> bool:
    return text[max(0, position - 40) : position].rstrip().endswith("=")


def statements(text: str, start: int, end: int) -> Iterator[Statement]:
    """The statements between two offsets, in order, up to the first header that is one.

    `start` is the beginning of a line. What is broken ends somewhere, too: an open string with
    its line, an open bracket or an open multi-line string with the text.
    """
    position = start
    while position < end:
        match = _KEY.match(text, position, end)
        if match:
            after = _end_of_value(text, match.end(), end)
            key = _without_marks(match["key"])
            dotted = match["whole"] != match["key"]
            yield Statement(key, match.start("whole"), match.end(), after, dotted)
        else:
            after = text.find("\n", position, end)
            after = end if after < 0 else after
            if HEADER.match(text, position):
                return
            if not _BLANK.match(text, position, end):
                yield Statement("", position, position, after, False)
        position = after + 1


def _end_of_value(text: str, start: int, end: int) -> int:
    """The line break that ends the value at `start`, or the end of the text. An array that runs
    into the next statement ends with its first line."""
    position = start
    open_brackets: list[str] = []
    while (match := TOKEN.search(text, position, end)) is not None:
        position = match.end()
        match match.lastgroup:
            case "open_long":
                return end
            case "open":
                open_brackets.append(match.group())
            case "close":
                if open_brackets:
                    open_brackets.pop()
            case "equals" if open_brackets[-1:] == ["["]:
                return text.find("\n", start, end) if "\n" in text[start:position] else end
            case "line" if not open_brackets:
                return match.start()
            case _:
                pass
    return end


def _without_marks(key: str) -> str:
    """A quoted key as it is meant, as far as a finding needs it: escapes stay as written."""
    return key[1:-1] if key[0] in "\"'" else key
