"""Say in the field's words why a paragraph does not read as TOML.

tomllib names the place; what a person should write instead is ours to say.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from pledgebook.finding import Finding, Flaw
from pledgebook.spot import Spot

if TYPE_CHECKING:
    from pledgebook.books.toml_book import TomlText

# tomllib takes quadratic time and memory over long dotted keys, and recursion over brackets
_LONGEST_EXPLAINED = 20_000

_BARE_DATE = re.compile(
    r"(\d{4}-\d{2}|\d{4}-\d{2}-\d{2}/[^\s#]*|\d{4}/[^\s#]*|\d{4}[~?%])[ \t]*(?:#.*)?$"
)
_KEY = re.compile(r"^[ \t]*(?P<key>[A-Za-z0-9_\-]+)[ \t]*=[ \t]*(?P<value>.*?)[ \t\r]*$")
_DAYS = ("date", "known", "due", "expires", "adopted", "starts", "ends", "period")


def explain(book: TomlText, start: int, end: int) -> Finding:
    """The finding for the paragraph at `start` to `end` of a book, which is no TOML."""
    text = book.text[start:end]
    undecoded = re.search("[\udc80-\udcff]+", text)
    if undecoded:
        return _undecoded(book, start, undecoded)
    if len(text) > 1 << 20:
        return _too_long(book, start, end)
    at, said = _first_broken_line(text, *_tomllib_says(text))
    spot = book.spot(start + at)
    line = _KEY.match(spot.text)
    if line is None:
        return Flaw(
            "entry-unreadable",
            f"this is not a line of TOML ({said})",
            expected='key = "text", one to a line',
            found=_short(spot.text),
            remedy="mend the line; the rest of the book was read",
        ).at(spot)
    key, value = line["key"], line["value"]
    spot = Spot(spot.file, spot.line, line.start("value") + 1, max(1, len(value)), spot.text)
    return _explain_value(key, value, said).at(spot)


def outside(book: TomlText, start: int, key: str) -> Finding:
    """The finding for keys that stand under no header."""
    position = book.text.find(key, start)
    return Flaw(
        "entry-unreadable",
        "this key stands under no kind of entry",
        expected="a header such as [[pledge]] above it",
        found=_short(key),
        remedy="put the key below the header of its entry",
    ).at(book.spot(max(position, start), len(key)))


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
    if value[:1] in ('"', "'", "[", "{") or not value:
        return Flaw(
            "entry-unreadable",
            f"the value of {key} does not end where it should ({said})"
            if value
            else f"{key} has no value",
            expected='text between two quotation marks, with \\" for a mark inside it'
            if value
            else f'{key} = "text"',
            found=_short(value),
            remedy="close the quotation mark or the bracket"
            if value
            else "write the value, or leave the key out",
        )
    bare_words = value.split("#")[0].strip().replace("\\", "\\\\").replace('"', '\\"')
    return Flaw(
        "entry-unreadable",
        f"the value of {key} needs quotation marks",
        expected=f'{key} = "{_short(bare_words)}"',
        found=_short(value),
        remedy=f'write {key} = "{_short(bare_words)}"',
    )


def _tomllib_says(text: str) -> tuple[int, str]:
    """The offset in `text` where tomllib stopped, and its reason."""
    if len(text) > _LONGEST_EXPLAINED or re.search(r"(?:[\w-]+\.){100}", text):
        return 0, "too long to explain"
    try:
        tomllib.loads(text.replace("\r\n", " \n"))  # the same offsets, whatever the line ends
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
        reason = re.sub(r" \(at .*\)$", "", message)
        reason = reason[:1].lower() + reason[1:]
        if place is None:
            return max(0, len(text.rstrip()) - 1), reason
        lines = text.split("\n")
        before = sum(len(line) + 1 for line in lines[: int(place[1]) - 1])
        return min(before + int(place[2]) - 1, max(0, len(text) - 1)), reason
    except (ValueError, RecursionError) as error:
        return 0, "nested too deeply" if isinstance(
            error, RecursionError
        ) else "a number or a day out of range"
    return 0, "a value out of range"


def _first_broken_line(text: str, at: int, said: str) -> tuple[int, str]:
    """The first line up to `at` that is no TOML by itself: an unclosed bracket or quotation mark
    is noticed lines later, and the line to mend is the one that opened it."""
    start = 0
    for line in text[:_LONGEST_EXPLAINED].split("\n"):
        if start > at:
            break
        if len(line) < 2_000 and _KEY.match(line) and not _reads(line):
            line_of_error = text.rfind("\n", 0, at) + 1
            if start == line_of_error or not _reads(text[start:line_of_error]):
                return start, said
        start += len(line) + 1
    return at, said


def _reads(text: str) -> bool:
    try:
        tomllib.loads(text.replace("\r\n", "\n").rstrip("\r"))
    except (ValueError, RecursionError):
        return False
    return True


def _undecoded(book: TomlText, start: int, match: re.Match[str]) -> Finding:
    code = ord(match.group()[0]) - 0xDC00
    return Flaw(
        "encoding-unreadable",
        "this is not UTF-8 text",
        expected="UTF-8",
        found=f"the byte 0x{code:02X}",
        remedy="save the file as UTF-8; the paragraphs without such bytes were read",
    ).at(_printable(book.spot(start + match.start(), len(match.group()))))


def _printable(spot: Spot) -> Spot:
    """A spot whose line can be printed: bytes that are no text become U+FFFD."""
    return Spot(
        spot.file, spot.line, spot.column, spot.width, re.sub("[\ud800-\udfff]", "�", spot.text)
    )


def _too_long(book: TomlText, start: int, end: int) -> Finding:
    return Flaw(
        "entry-too-long",
        "this paragraph is longer than any entry can be",
        expected="at most 1,048,576 characters",
        found=f"{end - start:,} characters",
        remedy="keep texts under sources/ and quote from them",
    ).at(book.spot(start))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 60 else text[:59] + "…"
