"""A TOML book, aligned and in order; what it says stays as it is.

A paragraph has its keys in the order of `Kind.written` and their `=` in one column; between two
paragraphs stands one blank line. Values are kept as written, but for the spaces in a list. A
comment above a paragraph or a key moves with it, one behind a value stays on its line. A paragraph
that is broken, or of no known kind, is left byte for byte, and so is what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import rtoml

from pledgebook.books import scan
from pledgebook.entry import Paragraph
from pledgebook.kinds import KINDS

_SPACE = " \t\r"
# a key longer than this has its = where it ends: it would push all others to the right
_LONGEST_KEY = 40
_WIDE = 3
"""From so many spaces on a comment behind a value was put into a column; fewer only part it."""


class _Part(NamedTuple):
    """A stretch of a book. `tidy` is the paragraph without what follows it, or None where all of
    it stays as written; `below` are the comments and blank lines behind it."""

    text: str
    tidy: str | None = None
    below: str = ""


def tidy_toml(text: str, read: Sequence[tuple[Paragraph, scan.Piece]]) -> str:
    """The text of a book, tidied, of which `read` is all that could be read. Never raises."""
    newline = _newline(text)
    parts = list(_parts(text, read, newline))
    out: list[str] = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if part.tidy is None:
            out.append(part.text)
        elif following is not None and following.tidy is None:
            out += part.tidy, part.below
        else:
            is_above, is_below = bool(part.tidy), following is not None
            out += part.tidy, *_spaced(part.below, is_above, is_below, newline)
    return "".join(out)


def _newline(text: str) -> str:
    """The line break of a book: that of Windows only where every line has it."""
    ended = text.count("\n")
    return "\r\n" if ended and text.count("\r\n") == ended else "\n"


def _parts(
    text: str, read: Sequence[tuple[Paragraph, scan.Piece]], newline: str
) -> Iterator[_Part]:
    """The book from its beginning to its end, cut into what is tidied and what is left."""
    at = 0
    if read and read[0][1].start and _is_trivia(text, 0, read[0][1].start):
        at = read[0][1].start
        yield _Part(text[:at], "", text[:at])
    for paragraph, piece in read:
        if piece.start < at:
            continue  # a second paragraph in one piece, which does not read alone and is left
        if piece.start > at:
            yield _Part(text[at : piece.start])
        at = piece.end
        yield _paragraph(paragraph, text[piece.start : piece.end], newline)
    if at < len(text) or not read:
        yield _Part(text[at:])


def _is_trivia(text: str, start: int, end: int) -> bool:
    """Whether only comments and blank lines stand there."""
    return all(line.lstrip(_SPACE)[:1] in ("", "#") for line in text[start:end].split("\n"))


# one paragraph -------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One `key = value`: its name, the key and the value as written, the comments above it, and
    the comment behind it with the spaces before it and the column that it stood in."""

    name: str
    key: str
    value: str
    above: Sequence[str] = ()
    behind: str = ""
    gap: str = ""
    column: int = 0


# what nine of ten lines look like: a bare key and text, a day, a number or a plain list of texts,
# without a comment
_SIMPLE = re.compile(
    r"""^[ \t]*+([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+
    ("(?:[^"\\\n]|\\[^\n])*+"(?!") | '[^'\n]*+'(?!') | [A-Za-z0-9:+.-]++
    |\["[^"\\\n]*+"(?:,[ ]"[^"\\\n]*+")*+\])[ \t]*+\r?$""",
    re.X | re.M,
)


def _paragraph(paragraph: Paragraph, text: str, newline: str) -> _Part:
    """A paragraph of a book, whose text begins with its header and ends before the next one."""
    header = scan.HEADER.match(text)
    if header is None or paragraph.kind not in KINDS:
        return _Part(text)
    start = header.end() + 1
    simple, end = _simple_lines(text, start)
    order = _order(paragraph.kind)
    out = [_header(header)]
    if simple:
        width = _width([key for key, _ in simple])
        simple.sort(key=lambda line: order.get(line[0], len(order)))
        out += [f"{key:<{width}} = {value}" for key, value in simple]
    else:
        lines, end = _lines(text, start, newline)
        if any(not line.key for line in lines):
            return _Part(text)
        lines.sort(key=lambda line: order.get(line.name, len(order)))
        width = _width([line.key for line in lines])
        for line in lines:
            out += (*line.above, _shown(line, width))
    tidied = newline.join(out) + newline
    body, below = text[:end], text[end:]
    # whole lines that change places change nothing
    if not simple and tidied != body and not _says_the_same(paragraph, body, tidied):
        return _Part(text)
    return _Part(text, tidied, below)


def _simple_lines(text: str, start: int) -> tuple[list[tuple[str, str]], int]:
    """The keys and values of a paragraph of which every line is simple, and where they end; none
    where a line is not."""
    gap = text.find("\n\n", start)
    end = len(text) - text.endswith("\n") if gap < 0 else gap
    lines = _SIMPLE.findall(text, start, end)
    if len(lines) != text.count("\n", start, end) + 1 or not _is_trivia(text, end, len(text)):
        return [], start
    return lines, end + 1


def _lines(text: str, start: int, newline: str) -> tuple[list[_Line], int]:
    """The statements of a paragraph, and where the last of them ends. One without a key could not
    be understood."""
    lines: list[_Line] = []
    end = start
    for statement in scan.statements(text, start, len(text)):
        begin = text.rfind("\n", 0, statement.start) + 1
        lines.append(_line(text, statement, _comments(text[end:begin]), newline))
        end = statement.end + 1
    return lines, end


def _width(keys: list[str]) -> int:
    return max((len(key) for key in keys if len(key) <= _LONGEST_KEY), default=0)


def _shown(line: _Line, width: int) -> str:
    shown = f"{line.key:<{width}} = {line.value}"
    if line.behind:
        last = len(shown) - shown.rfind("\n") - 1
        shown += _behind(line.behind, line.gap, line.column, last)
    return shown


@cache
def _order(kind: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(KINDS[kind].written)}


def _header(match: re.Match[str]) -> str:
    mark = match["list"]
    name_end = match.end("name")
    rest = match.string[name_end + len(mark) : match.end()]
    shown = f"{mark}{match['name'].strip(_SPACE)}{']' * len(mark)}"
    comment = rest.strip(_SPACE)
    if not comment:
        return shown
    gap = rest[: len(rest) - len(rest.lstrip(_SPACE))]
    return shown + _behind(
        comment, gap, name_end + len(mark) + len(gap) - match.start(), len(shown)
    )


def _line(text: str, statement: scan.Statement, above: list[str], newline: str) -> _Line:
    key = ""
    if statement.key:
        key = text[statement.start : statement.value].rstrip(_SPACE)[:-1].rstrip(_SPACE)
    at = _comment(text, statement.value, statement.end)
    written = text[statement.value : at]
    value = written.rstrip(_SPACE)
    column = at - text.rfind("\n", 0, at) - 1
    return _Line(
        statement.key,
        key,
        _plain_list(value, newline) if value.startswith("[") else value,
        above,
        text[at : statement.end].strip(_SPACE),
        written[len(value) :],
        column,
    )


def _comment(text: str, start: int, end: int) -> int:
    """Where the comment behind the value at `start` begins; `end` where there is none."""
    depth, position = 0, start
    while (match := scan.TOKEN.search(text, position, end)) is not None:
        position = match.end()
        match match.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth -= 1
            case "comment" if depth == 0:
                return match.start()
            case _:
                pass
    return end


def _behind(comment: str, gap: str, column: int, width: int) -> str:
    """A comment behind text of `width` characters: in its column where it was put into one, else
    as far from the text as before."""
    if gap and len(gap) < _WIDE and "\t" not in gap:
        return gap + comment
    if "\t" not in gap and column > width and len(gap) >= _WIDE:
        return " " * (column - width) + comment
    return "  " + comment


_LIST_TOKEN = re.compile(
    r"""(?P<item>"(?:[^"\\\n]|\\[^\n])*+"|'[^'\n]*+'|[^\s,\[\]{}"'\#]++)
    | (?P<comma>,) | (?P<line>\r?\n) | (?P<space>[ \t]++) | (?P<comment>\#[^\r\n]*+)""",
    re.X,
)


def _plain_list(value: str, newline: str) -> str:
    """A list with one space behind each comma. One over several lines keeps its lines; one that
    holds lists, tables or long strings stays as it is written."""
    if '"""' in value or "'''" in value or not value.endswith("]"):
        return value
    rows: list[list[str]] = [[]]
    comments: dict[int, str] = {}
    is_open = False  # an item stands there that no comma has ended
    position, end = 1, len(value) - 1
    while position < end:
        match = _LIST_TOKEN.match(value, position, end)
        if match is None:
            return value
        position = match.end()
        match match.lastgroup:
            case "item":
                if is_open:
                    return value  # a day and a time are one item
                rows[-1].append(match.group())
                is_open = True
            case "comma":
                is_open = False
            case "line":
                rows.append([])
            case "comment":
                comments[len(rows) - 1] = match.group().rstrip(_SPACE)
            case _:
                pass
    if len(rows) == 1:
        return f"[{', '.join(rows[0])}]"
    out = ["[" + (f"  {comments[0]}" if 0 in comments and not rows[0] else "")]
    for number, row in enumerate(rows):
        comment = comments.get(number, "")
        if row:
            behind = f"  {comment}" if comment else ""
            out.append(f"    {', '.join(row)},{behind}")
        elif comment and number:
            out.append(f"    {comment}")
    return newline.join([*out, "]"])


def _says_the_same(paragraph: Paragraph, body: str, tidied: str) -> bool:
    """Whether the tidied text reads as the paragraph does and has lost no mark but commas."""
    if _solid(body) != _solid(tidied):
        return False
    try:
        table = rtoml.loads(tidied.replace("\r\n", "\n"))
    except ValueError:
        return False
    read = table.get(paragraph.kind)
    values = read[0] if isinstance(read, list) and len(read) == 1 else read
    if len(table) != 1 or not isinstance(values, dict):
        return False
    # repr, because 1 == 1.0 == True, and because the id of an entry may be made of it
    return repr(sorted(values.items())) == repr(sorted(paragraph.values.items()))


def _solid(text: str) -> int:
    """How many characters are neither space nor a comma."""
    return sum(map(len, text.split())) - text.count(",")


# between paragraphs --------------------------------------------------------------------------


def _comments(text: str) -> list[str]:
    """The comments in a stretch of comments and blank lines."""
    lines = (line.strip(_SPACE) for line in text.split("\n"))
    return [line for line in lines if line]


def _spaced(text: str, is_above: bool, is_below: bool, newline: str) -> Iterator[str]:
    """The comments and blank lines between two paragraphs, with one blank line where some stood
    or one is due. Two of them before a comment that stands alone set a chapter apart and stay.

    `is_above`: a paragraph stands above; `is_below`: one stands below, and a comment that touches
    it is its own."""
    blocks, blanks_after = _blocks(text)
    blank = newline if is_above else ""
    for number, (blanks, block) in enumerate(blocks):
        touches_below = is_below and number == len(blocks) - 1 and not blanks_after
        if touches_below:
            yield blank
        elif blanks or number:
            yield blank * min(max(blanks, 1), 2)
        yield from (line + newline for line in block)
        blank = newline
        if touches_below:
            return
    if is_below:
        yield blank


def _blocks(text: str) -> tuple[list[tuple[int, list[str]]], int]:
    """Comments that touch each other, each with the number of blank lines before them, and the
    number of blank lines at the end."""
    blocks: list[tuple[int, list[str]]] = []
    blanks, is_open = 0, False
    lines = text.split("\n")
    if not lines[-1].strip(_SPACE):
        lines.pop()
    for line in lines:
        shown = line.strip(_SPACE)
        if not shown:
            blanks, is_open = blanks + 1, False
        elif is_open:
            blocks[-1][1].append(shown)
        else:
            blocks.append((blanks, [shown]))
            blanks, is_open = 0, True
    return blocks, blanks
