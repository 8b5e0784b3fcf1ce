"""Hold the quotes of all entries against the texts of their sources (law 4).

Where a source's text is here, each quote is found in it or is a finding; where it is not,
sources/checked.csv vouches for the quote, or it is counted in one summary note. The quotes of one
source together stay under their share of its words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from pledgebook.books.cells import Cells, numbers_of
from pledgebook.books.entries import Entries
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.sources import (
    CHECKED,
    Checked,
    Document,
    Shingles,
    Span,
    check_length,
    find_quote,
    fingerprint,
    prepare,
    read_checked,
    read_document,
    shingles,
    too_much_quoted,
    vouches,
    write_checked,
)
from pledgebook.spot import Spot

# looking for the nearest passage is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100
_SURELY_SHORT = 20
_NOT_FREE = ("quote_only", "unknown", None)


class Quote(NamedTuple):
    """One entry's quote; the entry is number `i` of its kind's cells."""

    entry: str
    source: str
    words: str
    cells: Cells
    i: int

    def refuse(self, flaw: Flaw) -> None:
        """A quote that cannot stand keeps its entry out."""
        self.cells.report(self.i, flaw, "quote")
        self.cells.out.add(self.i)


@dataclass(frozen=True, slots=True)
class Quoting:
    """What came of the quotes: findings; the source files that were looked for with their sha256
    (None: absent), for the cache to notice a change; and of each source whose text is here its
    shingles, by which copies of one text are told."""

    findings: list[Finding]
    files: dict[str, str | None]
    texts: dict[str, Shingles[int]]


def check_quotes(root: Path, entries: Entries) -> Quoting:
    """Check every quote of a tracker; write sources/checked.csv where something was found anew.

    An entry whose quote is too long or not in its source is added to those that stay out. An
    entry that stays out already is checked all the same: all its mistakes are told at once.
    Never raises OSError.
    """
    before = entries.counts()
    files: dict[str, str | None] = {}
    texts: dict[str, Shingles[int]] = {}
    checked, findings = read_checked(root)
    listed: dict[str, list[str]] = {}
    for row in checked.values():
        listed.setdefault(row.source, []).append(row.entry)
    unchecked: Counter[str] = Counter()
    fresh = dict(checked)
    quotes = _Quotes(entries)
    for source in _sources(entries):
        document = None
        if source.file:
            document = read_document(root, source.file)
            files[source.file] = document.sha256 if isinstance(document, Document) else None
        if isinstance(document, Flaw):
            findings.append(document.at(source.paragraph.spot("file"), source.id))
        if not isinstance(document, Document):
            vouched = 0
            if source.id in listed:
                mine = quotes.of(source.id)
                vouched = sum(vouches(checked, source.id, one.entry, one.words) for one in mine)
            unchecked[source.id] += quotes.number[source.id] - vouched
            continue
        if (text := shingles(document.text)) is not None:
            texts[source.id] = text
        for entry in listed.get(source.id, ()):
            fresh.pop(entry, None)
        _find_all(document, source, quotes.of(source.id), fresh, findings)
    if fresh != checked:
        written = write_checked(root, fresh.values())
        if isinstance(written, Finding) and written not in findings:
            findings.append(written)
    if any(unchecked.values()):
        findings.append(_unchecked(+unchecked))
    findings += entries.found_since(before)
    return Quoting(findings, files, texts)


class _Source(NamedTuple):
    id: str
    file: str | None
    rights: str | None
    cells: Cells
    i: int

    @property
    def paragraph(self) -> Paragraph:
        return self.cells.paragraphs[self.i]


def _sources(entries: Entries) -> Iterator[_Source]:
    cells = entries.cells.get("source")
    if cells is None:
        return
    rows = zip(*(cells.column(name) for name in ("id", "file", "rights")), strict=True)
    for i, (name, file, rights) in enumerate(rows):
        if i not in cells.out:
            yield _Source(str(name), file, rights, cells, i)


class _Quotes:
    """Every quote that is not too long, by its source; an entry with none, and no cell instead,
    is a finding. `number` says how many there are of each source."""

    def __init__(self, entries: Entries) -> None:
        self._cells = [cells for cells in entries.cells.values() if cells.kind.is_statement]
        self._by_source: dict[str, list[Quote]] | None = None
        self.number: Counter[str] = Counter()
        for cells in self._cells:
            words, sources = cells.array("quote"), cells.array("source")
            is_missing = pc.and_(pc.is_null(words), pc.is_null(cells.array("cell")))
            is_missing = pc.and_(is_missing, pc.is_null(cells.paragraphs.raw("quote")))
            for i in numbers_of(is_missing):
                cells.report(i, _MISSING)
            is_quote = pc.and_(pc.is_valid(words), pc.is_valid(sources))
            # most quotes are short, and counting blanks is quicker than counting words
            blanks = pc.count_substring_regex(words, r"\s")
            for i in numbers_of(pc.greater_equal(blanks, _SURELY_SHORT)):
                if flaw := check_length(words[i].as_py()):
                    cells.report(i, flaw, "quote")
                    cells.out.add(i)
                    if is_quote[i].as_py():
                        self.number[sources[i].as_py()] -= 1
            for count in sources.filter(is_quote).value_counts().to_pylist():
                self.number[count["values"]] += count["counts"]

    def of(self, source: str) -> list[Quote]:
        """The quotes of one source."""
        if self._by_source is None:
            self._by_source = defaultdict(list)
            for quote in self._all():
                self._by_source[quote.source].append(quote)
        return self._by_source.get(source, [])

    def _all(self) -> Iterator[Quote]:
        for cells in self._cells:
            rows = zip(*(cells.column(name) for name in ("id", "source", "quote")), strict=True)
            for i, (entry, source, words) in enumerate(rows):
                if words is not None and source is not None and not check_length(words):
                    yield Quote(entry, source, words, cells, i)


def _find_all(
    document: Document,
    source: _Source,
    quotes: Iterable[Quote],
    fresh: dict[str, Checked],
    findings: list[Finding],
) -> None:
    """Find the quotes of one source in its text."""
    prepared = prepare(document)
    spans: list[Span] = []
    missed = 0
    for quote in quotes:
        span = find_quote(prepared, quote.words, with_nearest=missed < _MOST_HINTS)
        if isinstance(span, Flaw):
            missed += 1
            quote.refuse(span)
            continue
        spans.append(span)
        fresh[quote.entry] = Checked(
            source.id, document.sha256, quote.entry, span.start, span.end, fingerprint(quote.words)
        )
    if source.rights in _NOT_FREE and (flaw := too_much_quoted(spans, document)):
        findings.append(flaw.at(source.paragraph.spot("file"), source.id))


_MISSING = Flaw(
    "quote-missing",
    "this entry quotes nothing, so it counts as grade C at best",
    expected="quote = the words it rests on, or cell = where a table says it",
    remedy="copy 6 to 12 words from the source",
)


def _unchecked(unchecked: Counter[str]) -> Finding:
    number, sources = unchecked.total(), sorted(unchecked)
    said = "1 quote is" if number == 1 else f"{number:,} quotes are"
    text = "the text of the source is" if len(sources) == 1 else "the texts of the sources are"
    more = f" and {len(sources) - 3:,} more" if len(sources) > 3 else ""
    return Flaw(
        "quote-unchecked",
        f"{said} not checked: {text} not here",
        found=f"quotes from {', '.join(sources[:3])}{more}",
        remedy="put the texts under sources/ and name them in file, then check again",
    ).at(Spot(CHECKED))
