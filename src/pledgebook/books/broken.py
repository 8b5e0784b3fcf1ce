"""Say in the field's words why a paragraph does not read as TOML.

The statement to blame is the first that does not read by itself: an open bracket is noticed
only lines later, and the line to mend is the one that opened it. tomllib says why.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import rtoml

from pledgebook.books import scan
from pledgebook.finding import Finding, Flaw
from pledgebook.table import LONGEST_SHOWN

if TYPE_CHECKING:
    from pledgebook.books.toml_book import TomlText

LONGEST = 1 << 20
"""No paragraph is longer than this, in characters: an entry has a few hundred, and reading what
is longer would only cost time and memory."""

# tomllib takes quadratic time and memory over long dotted keys, and recursion over brackets
_LONGEST_EXPLAINED = 2_000

_BARE_DATE = re.compile(
    r"(\d{4}-\d{2}|\d{4}-\d{2}-\d{2}/[^\s#]*|\d{4}/[^\s#]*|\d{4}[~?%])[ \t]*(?:#.*)?$"
)
_MEANT = re.compile(r"[ \t]*+\[{1,2}(?:[^\W\d][^,=\n]*+)?$", re.M)
_DAYS = ("date", "known", "due", "expires", "adopted", "starts", "ends", "period")
_OPEN = ("unterminated", "unclosed", "illegal character '\\n'", "expected \"'", "expected \"'")


def explain(book: TomlText, start: int, end: int) -> Finding:
    """The finding for the paragraph at `start` to `end` of a book, which is no TOML."""
    if end - start > LONGEST:
        return _too_long(book, start, end)
    text = book.text
    undecoded = re.compile("[\udc80-\udcff]+").search(text, start, end)
    if undecoded:
        return _undecoded(book, undecoded)
    header = scan.HEADER.match(text, start)
    if header and not _reads(header.group()):
        return _broken_header(book, start)
    seen: dict[str, scan.Statement] = {}
    for statement in scan.statements(text, header.end() + 1 if header else start, end):
        if not statement.key or not _reads(text[statement.start : statement.end]):
            return _broken_statement(book, statement)
        first = seen.setdefault(statement.key, statement)
        if first is not statement and not (first.is_dotted and statement.is_dotted):
            return _twice(book, statement)
    said = _tomllib_says(text[start:end])
    return _no_line(book, start, said)


def headers_within(book: TomlText, start: int, end: int) -> list[int]:
    """Where lines within a paragraph begin that were meant as headers and are none."""
    if end - start > LONGEST:
        return []
    header = scan.HEADER.match(book.text, start)
    return [
        statement.start
        for statement in scan.statements(book.text, header.end() + 1 if header else start, end)
        if not statement.key and _MEANT.match(book.text, statement.start)
    ]


def outside(book: TomlText, start: int, end: int) -> Finding:
    """The finding for keys that stand under no header."""
    first = next(scan.statements(book.text, start, end), None)
    position = first.start if first else start
    width = first.value - first.start if first else 1
    return Flaw(
        "entry-unreadable",
        "this key stands under no kind of entry",
        expected="a header such as [[pledge]] above it",
        found=_short(first.key if first else ""),
        remedy="put the key below the header of its entry",
    ).at(book.spot(position, width))


def value_width(text: str, start: int, end: int) -> int:
    """How long the value is that stands at `start` to `end`, on its own line."""
    end = min(end, start + LONGEST_SHOWN)
    stop = text.find("\n", start, end)
    line = text[start : end if stop < 0 else stop].rstrip()
    match = re.match(r'"(?:[^"\\]|\\.)*+"|\'[^\']*+\'|\[[^\]]*+\]|[^\s#]++', line)
    return len(match.group()) if match else max(1, len(line))


def _broken_statement(book: TomlText, statement: scan.Statement) -> Finding:
    segment = book.text[statement.start : statement.end]
    said = _tomllib_says(segment)
    if not statement.key:
        if _MEANT.match(segment):
            return _broken_header(book, statement.start)
        return _no_line(book, statement.start, said)
    value = book.text[statement.value : statement.end]
    line = value.split("\n", 1)[0].strip()
    if statement.is_dotted and _reads(f"a = {value}"):
        return Flaw(
            "entry-unreadable",
            "this key has more parts than any key can have",
            expected='key = "text"',
            found=_short(book.text[statement.start : statement.value]),
            remedy="write one key, without dots",
        ).at(book.spot(statement.start, statement.value - statement.start))
    spot = book.spot(statement.value, max(1, len(line)))
    return _explain_value(statement.key, line, said).at(spot)


def _explain_value(key: str, value: str, said: str) -> Flaw:
    bare = _BARE_DATE.match(value)
    if key in _DAYS and bare:
        return Flaw(
            "date-unreadable",
            "a date that is less, or more, than one day needs quotes",
            expected=f'{key} = "{bare[1]}"',
            found=_short(value),
            remedy=f'write {key} = "{bare[1]}"',
        )
    if not value:
        return Flaw(
            "entry-unreadable",
            f"{key} has no value",
            expected=f'{key} = "text"',
            remedy="write the value, or leave the key out",
        )
    if value[0] in "\"'[{":
        return _explain_marked(key, value, said)
    bare_words = value.split("#")[0].strip().replace("\\", "\\\\").replace('"', '\\"')
    return Flaw(
        "entry-unreadable",
        f"the value of {key} needs quotation marks",
        expected=f'{key} = "{_short(bare_words)}"',
        found=_short(value),
        remedy=f'write {key} = "{_short(bare_words)}"',
    )


def _explain_marked(key: str, value: str, said: str) -> Flaw:
    """A value in quotation marks or brackets."""
    if said.startswith(_OPEN) or said.startswith("expected newline"):
        return Flaw(
            "entry-unreadable",
            f"the value of {key} does not end where it should ({said})",
            expected='text between two quotation marks, with \\" for a mark inside it',
            found=_short(value),
            remedy="close the quotation mark or the bracket",
        )
    return Flaw(
        "entry-unreadable",
        f"the value of {key} cannot be read ({said})",
        expected='text between two quotation marks, with \\\\ for a backslash and \\" for a mark',
        found=_short(value),
        remedy="mend the value",
    )


def _broken_header(book: TomlText, start: int) -> Finding:
    spot = book.spot(start, LONGEST)
    name = re.match(r"[ \t]*\[{1,2}[ \t]*([a-z]+)[ \t\]]*$", spot.text)
    return Flaw(
        "entry-unreadable",
        "this is no header of an entry",
        expected="two brackets on either side, such as [[pledge]]",
        found=_short(spot.text),
        remedy=f"write [[{name[1]}]]" if name else "write the name of a kind between brackets",
    ).at(spot)


def _twice(book: TomlText, statement: scan.Statement) -> Finding:
    return Flaw(
        "entry-unreadable",
        f"{_short(statement.key)} stands twice in this entry",
        expected="each key once",
        found=_short(book.text[statement.start : statement.end].split("\n", 1)[0]),
        remedy="leave one of them out; two values stand in one list, where the field takes one",
    ).at(book.spot(statement.start, len(statement.key)))


def _no_line(book: TomlText, at: int, said: str) -> Finding:
    spot = book.spot(at, LONGEST)
    return Flaw(
        "entry-unreadable",
        f"this is not a line of TOML ({said})",
        expected='key = "text", one to a line',
        found=_short(spot.text),
        remedy="mend the line; the rest of the book was read",
    ).at(spot)


def _tomllib_says(text: str) -> str:
    """Why a statement is no TOML."""
    if len(text) > _LONGEST_EXPLAINED:
        return "unclosed, or too long to explain"
    try:
        tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        reason = re.sub(r" \(at [^()]*\)$", "", str(error))
        return reason[:1].lower() + reason[1:]
    except RecursionError:
        return "nested too deeply"
    except ValueError:
        return "a number or a day out of range"
    return "nested too deeply" if re.search(r"[\[{]{9}|(?:\.[^.]*){40}", text) else "out of range"


def _reads(text: str) -> bool:
    try:
        rtoml.loads(text)
    except ValueError:
        return False
    return True


def _undecoded(book: TomlText, match: re.Match[str]) -> Finding:
    code = ord(match.group()[0]) - 0xDC00
    return Flaw(
        "encoding-unreadable",
        "this is not UTF-8 text",
        expected="UTF-8",
        found=f"the byte 0x{code:02X}",
        remedy="save the file as UTF-8; the paragraphs without such bytes were read",
    ).at(book.spot(match.start(), len(match.group())))


def _too_long(book: TomlText, start: int, end: int) -> Finding:
    return Flaw(
        "entry-too-long",
        "this paragraph is longer than any entry can be",
        expected=f"at most {LONGEST:,} characters",
        found=f"{end - start:,} characters",
        remedy="keep texts under sources/ and quote from them",
    ).at(book.spot(start))


def _short(text: str) -> str:
    """Text as a row of a finding shows it: one line of at most 60 characters, all printable."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in text[:200].strip())
    return text if len(text) <= 60 else text[:59] + "…"
