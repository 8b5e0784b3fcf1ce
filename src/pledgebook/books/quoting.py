"""Hold the quotes of all entries against the texts of their sources (law 4).

Where a source's text is here, each quote is found in it or is a finding; where it is not,
sources/checked.csv vouches for the quote, or it is counted in one summary note. The quotes of one
source together stay under their share of its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pledgebook.entry import Columns, Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import KINDS
from pledgebook.sources import (
    Checked,
    Document,
    Span,
    check_length,
    find_quote,
    fingerprint,
    prepare,
    read_checked,
    read_document,
    too_much_quoted,
    vouches,
    write_checked,
)
from pledgebook.spot import Spot

# looking for the nearest passage is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100
_NOT_FREE = ("quote_only", "unknown", None)


class Quote(NamedTuple):
    """One entry's quote, and where the entry is written."""

    entry: str
    source: str
    words: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Quoting:
    """What came of the quotes: findings, the entries that stay out, and the source files that
    were looked for with their sha256 (None: absent), for the cache to notice a change."""

    findings: list[Finding]
    out: set[str]
    files: dict[str, str | None]


def check_quotes(root: Path, columns: dict[str, Columns]) -> Quoting:
    """Check every quote of a tracker; write sources/checked.csv where something was found anew.

    Never raises OSError.
    """
    findings: list[Finding] = []
    out: set[str] = set()
    files: dict[str, str | None] = {}
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for quote in _quotes(columns, findings, out):
        quotes[quote.source].append(quote)
    checked, flaws = read_checked(root)
    findings += flaws
    unchecked = 0
    fresh = dict(checked)
    for source in _sources(columns):
        mine = quotes.pop(source.id, [])
        document = None
        if source.file:
            document = read_document(root, source.file)
            files[source.file] = document.sha256 if isinstance(document, Document) else None
        if isinstance(document, Flaw):
            findings.append(document.at(source.paragraph.spot("file"), source.id))
            document = None
        if document is None:
            unchecked += sum(
                1
                for quote in mine
                if not (
                    quote.entry in checked and vouches(checked, source.id, quote.entry, quote.words)
                )
            )
            continue
        for row in [row for row in checked.values() if row.source == source.id]:
            fresh.pop(row.entry, None)
        _find_all(document, source, mine, fresh, findings, out)
    if fresh != checked:
        written = write_checked(root, fresh.values())
        if isinstance(written, Finding) and written not in findings:
            findings.append(written)
    if unchecked:
        findings.append(_unchecked(unchecked))
    return Quoting(findings, out, files)


class _Source(NamedTuple):
    id: str
    file: str | None
    rights: str | None
    paragraph: Paragraph


def _sources(columns: dict[str, Columns]) -> Iterator[_Source]:
    if "source" in columns:
        rows = columns["source"]
        put = rows.values
        for i, paragraph in enumerate(rows.paragraphs):
            yield _Source(put["id"][i], put["file"][i], put["rights"][i], paragraph)  # type: ignore[arg-type]


def _quotes(columns: dict[str, Columns], findings: list[Finding], out: set[str]) -> Iterator[Quote]:
    """Every quote; what has none and no cell of a table instead is a finding."""
    for name, rows in columns.items():
        if not KINDS[name].is_statement:
            continue
        put = rows.values
        wanted = zip(
            put["id"], put["source"], put["quote"], put["cell"], rows.paragraphs, strict=True
        )
        for entry, source, words, cell, paragraph in wanted:
            if words is None:
                if cell is None:
                    findings.append(_missing().at(paragraph.spot(), str(entry)))
                continue
            text = str(words)
            # most quotes are short, and counting spaces is quicker than counting words
            if text.count(" ") + text.count("\n") >= 20 and (flaw := check_length(text)):
                findings.append(flaw.at(paragraph.spot("quote"), str(entry)))
                out.add(str(entry))
                continue
            yield Quote(str(entry), str(source), text, paragraph)


def _find_all(
    document: Document,
    source: _Source,
    quotes: Iterable[Quote],
    fresh: dict[str, Checked],
    findings: list[Finding],
    out: set[str],
) -> None:
    """Find the quotes of one source in its text."""
    prepared = prepare(document)
    spans: list[Span] = []
    missed = 0
    for quote in quotes:
        span = find_quote(prepared, quote.words, with_nearest=missed < _MOST_HINTS)
        if isinstance(span, Flaw):
            missed += 1
            findings.append(span.at(quote.paragraph.spot("quote"), quote.entry))
            out.add(quote.entry)
            continue
        spans.append(span)
        fresh[quote.entry] = Checked(
            source.id, document.sha256, quote.entry, span.start, span.end, fingerprint(quote.words)
        )
    if source.rights in _NOT_FREE and (flaw := too_much_quoted(spans, document)):
        findings.append(flaw.at(source.paragraph.spot("file"), source.id))


def _missing() -> Flaw:
    return Flaw(
        "quote-missing",
        "this entry quotes nothing, so it counts as grade C at best",
        expected="quote = the words it rests on, or cell = where a table says it",
        remedy="copy 6 to 12 words from the source",
    )


def _unchecked(number: int) -> Finding:
    return Flaw(
        "quote-unchecked",
        f"{number:,} quote{' is' if number == 1 else 's are'} not checked: "
        "the texts of their sources are not here",
        remedy="put the texts under sources/ and name them in file, then check again",
    ).at(Spot("sources/checked.csv"))
