"""From the files of a tracker to its database and its findings: the order of things.

docs/specs/compile.md tells it in words. It takes a fifth of a second to import all that it needs,
so nobody imports it who finds the tracker unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pledgebook.books import (
    Entries,
    Kept,
    Settings,
    check_private,
    check_quotes,
    check_told,
    known_calendars,
    locator_of,
    read_books,
    read_entries,
    read_settings,
    rows_of,
)
from pledgebook.checks import Broken, found
from pledgebook.entry import Locate
from pledgebook.files import File, Files, Listed, read_file, text_of
from pledgebook.finding import Coming, Finding
from pledgebook.judgements import Judgement, read_judgements
from pledgebook.kinds import KINDS
from pledgebook.ledger import Contents, write_database
from pledgebook.rates import DAILY, Rates, read_prices, read_rates
from pledgebook.spot import Spot


class Compiled(NamedTuple):
    """What is known of a tracker beside its database.

    `findings` are sorted by place, `coming` by the day on which they begin; `sources` are the
    files of sources that were looked for, with their sha256 (None: absent).
    """

    title: str
    base: str
    findings: list[Finding]
    coming: list[Coming]
    sources: dict[str, str | None]


def compile_tracker(root: Path, files: Files, database: Path, kept: Kept) -> Compiled:
    """Read, check and compile a tracker, given its files.

    Writes `database`, the blocks in `kept` and sources/checked.csv. Raises OSError where the
    first two cannot be written.
    """
    findings = list(files.findings)
    by_name = {file.name: file for file in files.frame}
    rates = _rates(by_name, findings)
    settings = _settings(by_name, rates.order, findings)
    if settings.rate_tables:
        rates = replace(rates, order=settings.rate_tables)
    blocks = read_books(files.books, kept)
    listed = {book.name: book for book in files.books}
    for block in blocks.values():
        findings += block.findings
    entries = read_entries(rows_of(blocks, lambda name: _locator(root, listed[name])), settings)
    findings += entries.findings
    quoting = check_quotes(root, entries)
    findings += [*quoting.findings, *check_private(entries, quoting.texts)]
    judgements = _judgements(by_name, entries, findings)
    findings += check_told(entries, *_settled(judgements))
    contents = Contents(entries, judgements, rates, settings.base, quoting.texts)
    placed, coming = _placed(write_database(contents, database, found), entries)
    findings = sorted([*findings, *placed], key=lambda finding: finding.sort_key)
    return Compiled(settings.title, settings.base, findings, coming, quoting.files)


def _locator(root: Path, book: Listed) -> Locate:
    """What finds places in a book that was read in an earlier run: it is opened again."""
    again = read_file(root, book.name)
    if isinstance(again, File) and again.sha256 == book.sha256:
        return locator_of(again)
    return lambda paragraph, key: Spot(paragraph.book, paragraph.line)


def _settings(
    by_name: dict[str, File], rate_tables: Sequence[str], findings: list[Finding]
) -> Settings:
    text = _text_of("tracker.toml", by_name, findings)
    if text is None:
        return Settings(calendars=known_calendars())
    settings, flaws = read_settings(text, rate_tables=rate_tables)
    findings += flaws
    return settings


def _rates(by_name: dict[str, File], findings: list[Finding]) -> Rates:
    """The rate tables that there are, all in use, and the price indices."""
    rates, names, flaws = read_rates(_text_of("rates.csv", by_name, findings) or "")
    prices, more = read_prices(_text_of("prices.csv", by_name, findings) or "")
    findings += [*flaws, *more]
    return Rates((DAILY, *names), tuple(rates), tuple(prices))


def _text_of(name: str, by_name: dict[str, File], findings: list[Finding]) -> str | None:
    """The text of one file of the tracker; None where it is not there or is no text."""
    file = by_name.get(name)
    text = text_of(file) if file else None
    if isinstance(text, Finding):
        findings.append(text)
        return None
    return text


def _judgements(
    by_name: dict[str, File], entries: Entries, findings: list[Finding]
) -> list[Judgement]:
    text = _text_of("links.csv", by_name, findings)
    if text is None:
        return []
    known: dict[str, date | None] = {}
    for name, rows in entries.tables.items():
        if KINDS[name].is_statement:
            ids, days = rows.column("id").to_pylist(), rows.column("known").to_pylist()
            known.update(zip(ids, days, strict=True))
    judgements, flaws = read_judgements(text, known, entries.declared, entries.above)
    findings += flaws
    return judgements


def _settled(judgements: list[Judgement]) -> tuple[set[str], set[tuple[str, str]]]:
    """The entries that a later one corrects, and the pairs that a person judged one way or the
    other."""
    corrected = {one.other for one in judgements if one.judgement == "corrects"}
    pairs = {(min(one.entry, one.other), max(one.entry, one.other)) for one in judgements}
    return corrected, pairs


def _placed(broken: list[Broken], entries: Entries) -> tuple[list[Finding], list[Coming]]:
    """The findings of sql/checks, each at the figure of the entry that breaks the rule, and those
    that begin with a day."""
    places = entries.paragraphs_of({row.entry for row in broken})
    findings, coming = [], []
    for row in broken:
        finding = row.flaw.at(places[row.entry].spot(row.key), row.entry)
        if row.since is None and row.until is None:
            findings.append(finding)
        else:
            until = str(row.until) if row.until else None
            coming.append(Coming(finding, str(row.since or ""), until))
    return findings, sorted(coming, key=lambda one: (one.since, one.finding.sort_key))
