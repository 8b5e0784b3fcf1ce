"""Split the text of a book into paragraphs, so that a broken one spoils only itself.

A paragraph runs from a header line (`[kind]` or `[[kind]]`) to the next. A line that looks like
a header may stand inside a multi-line string or an open array, so a cut is a guess, and the
proof is that every piece reads as TOML: a piece that was cut inside a string or an array is
always broken. Only then is the text scanned token by token from there (`true_end`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

HEADER = re.compile(
    r"""^[ \t]*\[{1,2}[ \t]*[A-Za-z0-9_."'-]+[ \t]*\]{1,2}[ \t]*(?:\#[^\n]*)?\r?$""", re.M
)
# what can hide a header: strings that run over lines, and brackets that are still open
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<long>\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3,5} | '{3}(?:[^']|'{1,2}(?!'))*'{3,5})
    | (?P<open_long>\"{3}|'{3})
    | (?P<short>\"(?:[^"\\\n]|\\.)*\" | '[^'\n]*')
    | (?P<open>[\[{])
    | (?P<close>[\]}])
    | (?P<line>\n)
    """,
    re.X | re.S,
)
_CONFLICT = re.compile(
    r"^<{7}(?: [^\n]*)?\n.*?^>{7}(?: [^\n]*)?$|^(?:<{7}|={7}|>{7})(?: [^\n]*)?\r?$", re.M | re.S
)


class Piece(NamedTuple):
    """A stretch of text between two headers: its offsets and the line that it begins in."""

    start: int
    end: int
    line: int


def pieces(text: str) -> list[Piece]:
    """The text cut at every line that looks like a header; the first piece has no header."""
    cuts = [0, *(match.start() for match in HEADER.finditer(text)), len(text)]
    out: list[Piece] = []
    line = 1
    count = text.count
    for start, end in zip(cuts, cuts[1:], strict=False):
        out.append(Piece(start, end, line))
        line += count("\n", start, end)
    return out


def true_end(text: str, piece: Piece, limit: int) -> tuple[int, int]:
    """Where the paragraph that begins at `piece.start` ends if headers inside its multi-line
    strings and arrays are skipped, and how many characters past the piece were looked at.

    The end is `piece.end` where nothing is open at it, or is never closed within `limit`. A
    single-line string that is not closed ends with its line, as TOML has it.
    """
    header = HEADER.match(text, piece.start)
    position = header.end() if header else piece.start
    depth = 0
    stop = min(len(text), piece.start + limit)
    while (match := _TOKEN.search(text, position, stop)) is not None:
        if depth == 0 and match.start() >= piece.end:
            break
        position = match.end()
        match match.lastgroup:
            case "open_long":
                return piece.end, 0  # never closed: the next header is as good a guess as any
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case _:
                pass
        if depth == 0 and position > piece.end:
            following = HEADER.search(text, position)
            end = following.start() if following else len(text)
            return end, position - piece.end
    return piece.end, max(0, position - piece.end)


def conflicts(text: str) -> Iterator[tuple[int, int]]:
    """Where git's conflict marks stand: from `<<<<<<<` to `>>>>>>>`, or a mark left alone."""
    for match in _CONFLICT.finditer(text):
        yield match.start(), match.end()
