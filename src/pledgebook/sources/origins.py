"""Which sources go back to one telling: copies, translations, spun copies, editions (R10).

A source goes back to another where it names it as its `origin`. Where the texts of two sources are
here, they are compared; where one is not, two sources of one syndicator or one publisher that carry
one title within days are one telling. A source is held against what was published before it, so
nothing that is published later makes one telling of two that stood apart.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from zlib import crc32

Shingles = array  # of every run of five words in a text, as sorted numbers, each once

WORDS = 5
"""Two texts that were written apart share hardly a run of five words."""

ALIKE = 0.3
"""The share of the smaller text's shingles that the other must hold. Independent articles on one
subject share less than a hundredth; three long quotes of one speech raise that to a fifth. A copy
of which every tenth word was changed keeps half of them."""

NEAR = timedelta(days=3)
"""How far apart two sources with one title may be published: a bulletin keeps its title."""

# what has fewer words is a note or a single quote, which two honest articles may share
_FEWEST = 40

# a book is told from another book by its beginning
_MOST_WORDS = 200_000

# of each text the shingles with the smallest numbers stand for all; of a crowd of copies the first
# stand for the crowd; of the likeliest originals so many are compared in full
_SKETCH, _CROWD, _COMPARED = 64, 50, 5

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"\w+")


class Telling(NamedTuple):
    """A source as far as its origin goes; `since` and `until` are its first and its last day."""

    id: str
    since: date | None
    until: date | None
    origin: str | None
    publisher: str | None
    syndicator: str | None
    title: str | None


def fold(text: str) -> list[str]:
    """The words of a text without capitals, accents and punctuation."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(text.casefold())


def shingles(text: str) -> Shingles[int] | None:
    """Every run of five words of a text as a number, each once, sorted; None for a short text."""
    words = fold(text[: _MOST_WORDS * 10])[:_MOST_WORDS]
    if len(words) < _FEWEST:
        return None
    return array("q", sorted(set(_runs(words))))


def _runs(words: list[str]) -> Iterator[int]:
    """Every run of five words as a number, in order."""
    # crc32 is the same number on every day, as the hash of a text is not
    number = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    row = [number[word] for word in words]
    return map(hash, zip(*(row[i:] for i in range(WORDS)), strict=False))


def longest_run(passage: str, text: Container[int]) -> int:
    """How many words in a row of a passage stand in a text, of which the shingles are given; 0
    where fewer than five do."""
    longest = run = 0
    for number in _runs(fold(passage)):
        run = run + 1 if number in text else 0
        longest = max(longest, run)
    return longest + WORDS - 1 if longest else 0


def shared(one: Shingles[int], other: Shingles[int]) -> float:
    """Which share of the smaller text's shingles the other text holds as well."""
    return len(set(one).intersection(other)) / min(len(one), len(other))


def origins(tellings: Iterable[Telling], texts: Mapping[str, Shingles[int]]) -> dict[str, str]:
    """Each source with the one that its telling is named after: the earliest by day, then by id.

    `texts` holds the shingles of those sources whose text is here.
    """
    by_day = sorted(tellings, key=lambda one: (one.until or date.max, one.id))
    above = {one.id: one.id for one in by_day}

    def first(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    place = {one.id: i for i, one in enumerate(by_day)}
    copies = _copies([one.id for one in by_day if one.id in texts], texts)
    for name, other in [*_named(by_day, place), *copies.items(), *_titled(by_day, texts, copies)]:
        one, another = sorted((first(name), first(other)), key=place.__getitem__)
        above[another] = one
    return {name: first(name) for name in above}


def _named(by_day: list[Telling], place: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    return ((one.id, one.origin) for one in by_day if one.origin in place)  # type: ignore[misc]


def _copies(names: list[str], texts: Mapping[str, Shingles[int]]) -> dict[str, str]:
    """Each text that holds, or is held in, an earlier one, with the one that it is most like."""
    sketched: dict[int, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        for number in texts[name][:_SKETCH]:
            if len(sketched[number]) < _CROWD:
                sketched[number].append(i)
    likely: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, name in enumerate(names):
        text = texts[name]
        hits: Counter[int] = Counter()
        for number in sketched.keys() & set(text):
            hits.update(sketched[number])
        for j, number in hits.items():
            other = texts[names[j]]
            held = number / min(_SKETCH, len(other)) * len(other)
            guess = held / min(len(text), len(other))
            if j != i and guess >= ALIKE / 2:
                likely[max(i, j)].append((-guess, min(i, j)))
    out = {}
    for i, others in sorted(likely.items()):
        best = sorted(set(others))[:_COMPARED]
        compared = [(-shared(texts[names[i]], texts[names[j]]), j) for _, j in best]
        likeness, j = min(compared)
        if -likeness >= ALIKE:
            out[names[i]] = names[j]
    return out


def _titled(
    by_day: list[Telling], texts: Mapping[str, Shingles[int]], copies: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    """Each source that carries the title of one just before it, with that one."""
    last: dict[tuple[str, ...], Telling] = {}
    for one in by_day:
        if one.origin or one.id in copies:
            continue
        title = " ".join(fold(one.title or ""))
        for role, name in (("syndicator", one.syndicator), ("publisher", one.publisher)):
            who = " ".join(fold(name or ""))
            if not title or not who:
                continue
            before = last.get((role, who, title))
            if before and _is_near(before, one):
                # two texts that are here were compared word by word
                if not (one.id in texts and before.id in texts):
                    yield one.id, before.id
            else:
                last[role, who, title] = one


def _is_near(before: Telling, one: Telling) -> bool:
    """Whether the second may have been published within days of the first; unknown is near."""
    return before.until is None or one.since is None or one.since - before.until <= NEAR
