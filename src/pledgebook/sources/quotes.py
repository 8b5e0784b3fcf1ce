"""Find a quote in its source, and say how much of a source is quoted.

A quote is verbatim: word for word, letter for letter, capitals included. What differs between
two honest copies of the same sentence is made alike on both sides before they are compared:

| in the text or in the quote                              | compared as                      |
|----------------------------------------------------------|----------------------------------|
| curly, low, reversed and angle single marks, primes,     | `'`                              |
|   modifier apostrophes, a loose acute or grave accent    |                                  |
| curly, low, reversed and angle (guillemet) double marks, | `"`                              |
|   double primes, the full-width mark                     |                                  |
| every hyphen, dash, minus sign and horizontal bar        | `-`                              |
| the one-character ellipsis                               | `...`                            |
| every run of white space, line breaks and no-break       | one space; none at the two ends  |
|   spaces included                                        |                                  |
| soft hyphens, zero-width characters, direction marks     | nothing                          |
| the ligatures ff, fi, fl, ffi, ffl, long s t, st         | their letters                    |
| a letter and its accents, in whatever order or form      | Unicode NFC                      |

Nothing else: case is kept, a word that a hyphen breaks over two lines is not joined, and an
ellipsis is found only where the source has one. Every hit leads back to the characters of the
original text; a hit that would cut a character in two (the "i" of a ligature) is none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from pledgebook.finding import Flaw
from pledgebook.sources.document import Document

QUOTE_WORDS = 25
"""The most words that one quote may have."""

SOURCE_SHARE = 15
"""The per cent of a source's words that its quotes together stay under."""

# code points, since the marks themselves look alike
_SINGLE = (
    "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u02c8\u00b4"
    "`\uff07\u275b\u275c\u0374\u1fef\u1ffd"
)
_DOUBLE = (
    "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f\uff02\u275d\u275e"
    "\u02ba\u02ee"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d\u02d7"
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_UNSEEN = (
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_LONGER = {
    "…": "...",
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}

# one character for one character: no offset moves
_ALIKE = str.maketrans(
    dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
)

# what moves the offsets: a run of two and more blanks or unseen characters, or one that is not
# replaced by exactly one character
_MOVES = re.compile(f"[ {_SPACES}{_UNSEEN}]{{2,}}|[{_UNSEEN}{''.join(_LONGER)}]")
_BLANK = re.compile(f"[ {_SPACES}]")

# Unicode's Stream-Safe format allows 30 accents on a letter: a longer pile is compared as it is
# written, since sorting it takes quadratic time
_MOST_MARKS = 31

# a text of nothing but ligatures offers a hit at every character and none that is whole
_MOST_HITS = 100_000

# the nearest passage: largest text, longest quote, least likeness in per cent, longest answer
_LARGEST_NEAR, _LONGEST_NEAR, _LEAST_NEAR, _LONGEST_SHOWN = 2_000_000, 1_000, 60, 300

# how far beside the nearest passage the ends of words are looked for, in characters
_AROUND = 60

_WORD = re.compile(r"\S+")

# below U+0300 nothing is an accent and nothing has a second form; no accent joins a space
_ACCENTED = re.compile("[^ ]?[\u0300-\U0010ffff]+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of a document: `text[start:end]`, in characters from 0."""

    start: int
    end: int


@dataclass(slots=True)
class _Shifts:
    """Leads from a rewritten text back to the one it was made of.

    `at` are the places in the new text where a piece of another length begins, `length` the
    piece's length there, `start` and `end` the place of the old piece. Between two pieces the
    texts run side by side, so a clean article of a million words needs no row at all.
    """

    at: list[int] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def add(self, at: int, length: int, start: int, end: int) -> None:
        self.at.append(at)
        self.length.append(length)
        self.start.append(start)
        self.end.append(end)

    def piece(self, at: int) -> tuple[int, int, bool, bool]:
        """The old place (start, end) of the new character `at`, and whether that is where the
        piece begins and where it ends."""
        row = bisect_right(self.at, at) - 1
        if row < 0:
            return at, at + 1, True, True
        inside = at - self.at[row]
        if inside < self.length[row]:
            return self.start[row], self.end[row], inside == 0, inside == self.length[row] - 1
        old = self.end[row] + inside - self.length[row]
        return old, old + 1, True, True

    def back(self, start: int, end: int) -> tuple[int, int, bool]:
        """The old place of the new `start:end`, and whether it holds whole pieces only."""
        first, _, begins, _ = self.piece(start)
        _, last, _, ends = self.piece(end - 1)
        return first, last, begins and ends


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document made ready to be searched, once for all its quotes: see `prepare`."""

    document: Document
    _text: str
    _shifts: tuple[_Shifts, ...]

    def find(self, needle: str) -> Span | None:
        """The first place of a normalised quote, or None."""
        at, hits = self._text.find(needle), 0
        while at >= 0 and hits < _MOST_HITS:
            end = at + len(needle)
            span, whole = self._back(at, end)
            if end < len(self._text) and unicodedata.combining(self._text[end]):
                whole = False  # its last letter has an accent that the quote leaves out
            if whole and normalise(self.document.text[span.start : span.end]) == needle:
                return span
            at, hits = self._text.find(needle, at + 1), hits + 1
        return None

    def nearest(self, needle: str) -> str:
        """The passage that is most like a normalised quote, as the document writes it, or "".

        It holds whole words, at most 25, and no character that a terminal would obey. Bounded:
        none for a text of more than 2,000,000 characters or a quote of more than 1,000.
        """
        if len(self._text) > _LARGEST_NEAR or len(needle) > _LONGEST_NEAR or not self._text:
            return ""
        hit = fuzz.partial_ratio_alignment(needle, self._text, score_cutoff=_LEAST_NEAR)
        if hit is None or hit.dest_end <= hit.dest_start:
            return ""
        start, end = _nearest_words(self._text, hit.dest_start, hit.dest_end, needle)
        if start >= end:
            return ""
        span, _ = self._back(start, end)
        shown = " ".join(self.document.text[span.start : span.end].split())
        return "".join(c for c in shown if c.isprintable())[:_LONGEST_SHOWN]

    def _back(self, start: int, end: int) -> tuple[Span, bool]:
        whole = True
        for shifts in reversed(self._shifts):
            start, end, clean = shifts.back(start, end)
            whole = whole and clean
        return Span(start, end), whole


@lru_cache(maxsize=4)
def prepare(document: Document) -> Prepared:
    """Normalise a document once, so that each of its quotes is one search.

    The last four documents are remembered; a million characters take about 0.1 s.
    """
    return Prepared(document, *_normalised(document.text))


def normalise(text: str) -> str:
    """A quote as it is compared: see the table at the top of this module."""
    return _normalised(text)[0].strip(" ")


def find_quote(
    source: Document | Prepared, quote: str, *, with_nearest: bool = True
) -> Span | Flaw:
    """Where a quote stands in its source: the first place, in characters of the document.

    `document.text[start:end]` normalises to what the quote normalises to. A flaw is
    `quote-not-found`, with the nearest passage of the source unless `with_nearest` is off, or
    `value-unreadable` for a quote without a character. Law 4.
    """
    needle = normalise(quote)
    if not needle:
        return Flaw(
            "value-unreadable",
            "the quote is empty",
            expected="words of the source",
            found="nothing",
            remedy="copy the words from the source, or leave the quote out",
        )
    prepared = source if isinstance(source, Prepared) else prepare(source)
    span = prepared.find(needle)
    if span is not None:
        return span
    remedy = "copy the words from the source"
    if "..." in needle:
        remedy += ", one piece without leaving any out"
    return Flaw(
        "quote-not-found",
        "the quote is not in the source",
        found=f"nothing in {prepared.document.path}",
        nearest=prepared.nearest(needle) if with_nearest else "",
        remedy=remedy,
    )


def count_words(text: str) -> int:
    """How many words a text has: what stands between white space and holds a letter or digit."""
    return sum(1 for word in text.split() if _is_word(word))


def check_length(quote: str) -> Flaw | None:
    """The flaw `quote-too-long` for a quote of more than 25 words."""
    words = count_words(quote)
    if words <= QUOTE_WORDS:
        return None
    over = words - QUOTE_WORDS
    return Flaw(
        "quote-too-long",
        f"the quote is longer than {QUOTE_WORDS} words",
        expected=f"at most {QUOTE_WORDS} words (6 to 12 are better)",
        found=f"{words:,} words",
        difference=f"{over:,} word{'' if over == 1 else 's'} over",
        remedy="keep the words that carry the statement; two statements are two entries",
    )


def quoted_words(spans: Iterable[Span], document: Document) -> int:
    """How many words of the document the spans cover, words covered twice counted once.

    A word of which a part is covered counts whole.
    """
    return sum(1 for _ in _covered(spans, document.text))


def too_much_quoted(spans: Iterable[Span], document: Document) -> Flaw | None:
    """The flaw `too-much-quoted` where quotes reach 15 per cent of a source's words.

    Only for a source whose rights are `quote_only` or `unknown`: the caller knows them.
    """
    quotes = set(spans)
    quoted, total = quoted_words(quotes, document), count_words(document.text)
    if quoted * 100 < total * SOURCE_SHARE or not quoted:
        return None
    allowed = (total * SOURCE_SHARE - 1) // 100
    over = quoted - allowed
    return Flaw(
        "too-much-quoted",
        f"the quotes reach {SOURCE_SHARE} per cent of the source's words",
        expected=f"at most {allowed:,} of the {total:,} words in {document.path}",
        found=f"{quoted:,} words in {len(quotes):,} quote{'' if len(quotes) == 1 else 's'}, "
        "words quoted twice counted once",
        difference=f"{over:,} word{'' if over == 1 else 's'} over",
        remedy="shorten the quotes to 6 to 12 words each",
    )


def _normalised(text: str) -> tuple[str, tuple[_Shifts, ...]]:
    """The text as it is compared (its ends not stripped), and each step of the way back."""
    text, moves = _rewritten(text, _moves(text))
    text = text.translate(_ALIKE)
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, (moves,)
    text, accents = _rewritten(text, _accents(text))
    return text, (moves, accents)


def _rewritten(text: str, changes: Iterator[tuple[int, int, str]]) -> tuple[str, _Shifts]:
    """The text with each (start, end) replaced, and the way back."""
    parts, shifts, done, size = [], _Shifts(), 0, 0
    for start, end, new in changes:
        parts.append(text[done:start])
        size += start - done
        shifts.add(size, len(new), start, end)
        parts.append(new)
        size += len(new)
        done = end
    parts.append(text[done:])
    return "".join(parts), shifts


def _moves(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _MOVES.finditer(text):
        new = _LONGER.get(run[0])
        if new is None:
            new = " " if _BLANK.search(run[0]) else ""
        yield run.start(), run.end(), new


def _accents(text: str) -> Iterator[tuple[int, int, str]]:
    """The letters that Unicode's NFC writes in another way, each with all of its accents."""
    for run in _ACCENTED.finditer(text):
        word = run[0]
        if unicodedata.is_normalized("NFC", word):
            continue
        start = 0
        while start < len(word):
            end = start + 1
            while end < len(word) and end - start < _MOST_MARKS and _joins(word, start, end):
                end += 1
            old = word[start:end]
            new = unicodedata.normalize("NFC", old)
            if new != old:
                yield run.start() + start, run.start() + end, new
            start = end


def _joins(word: str, start: int, end: int) -> bool:
    """Whether the character at `end` belongs to the letter that begins at `start`."""
    mark = word[end]
    if unicodedata.combining(mark):
        return True
    # the parts of a Hangul syllable and a few Indic vowels join without being accents
    letter, joined = word[start:end], word[start : end + 1]
    apart = unicodedata.normalize("NFC", letter) + unicodedata.normalize("NFC", mark)
    return unicodedata.normalize("NFC", joined) != apart


def _nearest_words(text: str, start: int, end: int, needle: str) -> tuple[int, int]:
    """The whole words at and around `start:end` that are most like the needle."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    words = [(word.start(), word.end()) for word in _WORD.finditer(text, left, right)]
    # a word that the window cuts is no neighbour
    if words and left and words[0][0] == left and words[0][1] <= start:
        words.pop(0)
    if words and right < len(text) and words[-1][1] == right and words[-1][0] >= end:
        words.pop()
    among = [row for row, word in enumerate(words) if word[0] < end and word[1] > start]
    if not among:
        return start, start
    first, last = among[0], among[-1]

    def likeness(pair: tuple[int, int]) -> float:
        return fuzz.ratio(needle, text[words[pair[0]][0] : words[pair[1]][1]])

    best = likeness((first, last))
    while True:
        steps = [(first + 1, last), (first, last - 1), (first - 1, last), (first, last + 1)]
        steps = [(a, z) for a, z in steps if 0 <= a <= z < len(words)]
        better = max(steps, key=likeness, default=(first, last))
        if likeness(better) <= best:
            break
        best, (first, last) = likeness(better), better
    last = min(last, first + QUOTE_WORDS - 1)
    return words[first][0], words[last][1]


def _covered(spans: Iterable[Span], text: str) -> Iterator[int]:
    """Where each word begins of which a span covers something, once."""
    done = 0
    for span in sorted(spans):
        start, end = max(span.start, done), min(span.end, len(text))
        if start >= end:
            continue
        while start > done and not text[start].isspace() and not text[start - 1].isspace():
            start -= 1
        for part in _WORD.finditer(text, start, end):
            word = _WORD.match(text, part.start())
            if word is None:  # pragma: no cover - it has just matched
                continue
            done = word.end()
            if _is_word(word[0]):
                yield word.start()


def _is_word(word: str) -> bool:
    return any(c.isalnum() for c in word)
