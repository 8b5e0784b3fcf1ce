"""From paragraphs to entries: values read, ids given, sources and days inherited.

What is inferred, from what, in which order, is docs/specs/compile.md. A bad entry stays out and
everything else goes on; the order of files and paragraphs changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pledgebook.books.cells import Cells, Readers, id_of
from pledgebook.books.chains import check_chains
from pledgebook.books.identity import drop_duplicates, give_ids
from pledgebook.books.inherit import Sources
from pledgebook.books.names import Names
from pledgebook.books.references import check_references, targets_of
from pledgebook.books.sense import (
    check_calendars,
    check_days,
    check_keys,
    check_offices,
    join_comparators,
)
from pledgebook.books.settings import Settings
from pledgebook.books.votes import check_subjects, check_votes
from pledgebook.entry import Columns, Paragraph
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import KINDS, SUPPORT, Kind
from pledgebook.schema import columns, place_column
from pledgebook.values import Reading


class Entries:
    """All entries of a tracker, by kind, and what was wrong with them.

    `cells` holds every entry, with the numbers of those that stay out; a later check may add to
    them until `columns` is asked for. `declared` holds every id that is written, whether or not
    its entry could be read; `parents` maps an actor to what it is part of; `actors` are all that
    an entry names.
    """

    def __init__(self, cells: dict[str, Cells], findings: list[Finding], names: Names) -> None:
        self.cells = cells
        self.findings = findings
        self.declared = {str(name) for one in cells.values() for name in one.column("id")}
        self.parents = _parents_of(cells.get("actor"))
        self.actors = names.named

    @cached_property
    def columns(self) -> dict[str, Columns]:
        """The entries that could be read, as the database takes them."""
        return {name: _kept(one) for name, one in self.cells.items()}

    @cached_property
    def above(self) -> dict[str, list[str]]:
        """What each entry of support stands under by its own references, directly."""
        out: dict[str, list[str]] = {}
        for kind in SUPPORT:
            if kind not in self.columns:
                continue
            rows = self.columns[kind]
            for relation in ("toward", "draws_on", "part_of"):
                for name, value in zip(rows.ids, rows.values[relation], strict=True):
                    if value is not None:
                        out.setdefault(name, []).extend(targets_of(value))
        return out

    @cached_property
    def readings(self) -> list[tuple[object, ...]]:
        """A row per total and reading: id, position, the reading as written, the first days of
        its fiscal years or None, its first and its last day."""
        return list(_readings(self.cells["total"])) if "total" in self.cells else []


def read_entries(paragraphs: Iterable[Paragraph], settings: Settings) -> Entries:
    """Read every paragraph of a tracker. Never raises; see `Entries`."""
    findings: list[Finding] = []
    by_kind = _by_kind(paragraphs, findings)
    names = Names([*by_kind["activity"], *by_kind["actor"]])
    sources = Sources()
    readers = Readers(names, settings, sources.country_of)
    cells: dict[str, Cells] = {}
    for name, kind in KINDS.items():
        if by_kind[name]:
            cells[name] = _read(kind, by_kind[name], readers, sources)
    if "mandate" in cells:
        check_votes(cells["mandate"], names)
        check_subjects(cells["mandate"], cells, names)
    drop_duplicates(cells)
    findings += check_references(list(cells.values()), names)
    findings += check_chains(list(cells.values()))
    findings += sources.broken()
    for one in cells.values():
        findings += one.findings
    return Entries(cells, findings, names)


def _parents_of(actors: Cells | None) -> dict[str, str]:
    """What each actor is part of, where a circle or an endless chain was not cut."""
    if actors is None:
        return {}
    pairs = zip(actors.column("id"), actors.column("parent"), strict=True)
    return {str(actor): str(parent) for actor, parent in pairs if parent is not None}


def _by_kind(
    paragraphs: Iterable[Paragraph], findings: list[Finding]
) -> dict[str, list[Paragraph]]:
    by_kind: dict[str, list[Paragraph]] = {name: [] for name in KINDS}
    for paragraph in paragraphs:
        if paragraph.kind in by_kind:
            by_kind[paragraph.kind].append(paragraph)
            continue
        near = nearest(paragraph.kind, list(KINDS))
        flaw = Flaw(
            "kind-unknown",
            "there is no such kind of entry",
            expected=", ".join(KINDS),
            found=paragraph.kind[:60],
            nearest=near,
            remedy=f"write {near if paragraph.is_row else f'[[{near}]]'}"
            if near
            else "take one of these kinds",
        )
        spot = paragraph.spot("kind" if paragraph.is_row else None)
        findings.append(flaw.at(spot, id_of(paragraph)))
    return by_kind


def _read(kind: Kind, paragraphs: list[Paragraph], readers: Readers, sources: Sources) -> Cells:
    """The cells of one kind; sources come first, because the others inherit from them."""
    cells = Cells(kind, paragraphs, readers)
    check_keys(cells)
    check_days(cells)
    give_ids(cells)
    if kind.name == "source":
        sources.take(cells)
    if kind.name == "actor":
        check_offices(cells)
    if kind.is_statement:
        sources.lend(cells)
        join_comparators(cells)
        check_calendars(cells, readers)
    return cells


def _kept(cells: Cells) -> Columns:
    """The columns of the database, without the entries that stay out."""
    out = Columns(cells.kind.name, list(cells.paragraphs))
    place = place_column(cells.kind)
    for name in columns(cells.kind):
        if name == place:
            out.values[name] = [paragraph.file for paragraph in cells.paragraphs]
        elif name == "line":
            out.values[name] = [paragraph.line for paragraph in cells.paragraphs]
        elif name == "readings":
            out.values[name] = [_as_written(one) for one in cells.column(name)]
        else:
            out.values[name] = cells.column(name)
    if cells.out:
        out.keep([i for i in range(len(cells.paragraphs)) if i not in cells.out])
    return out


def _as_written(readings: object) -> list[str] | None:
    if not isinstance(readings, tuple):
        return None
    return [one.text for one in readings if isinstance(one, Reading)]


def _readings(cells: Cells) -> Iterator[tuple[object, ...]]:
    """The periods in which each total is read; the first is in use.

    A total without readings is read in its period, else in its fiscal year; a level or a
    cumulative figure without either runs up to its own day, any other total is not bounded.
    """
    periods = ("period", "period_since", "period_until")
    days = ("fiscal_year", "fiscal_since", "measure", "until")
    rows = zip(*(cells.column(name) for name in ("id", "readings", *periods, *days)), strict=True)
    for i, (name, given, period, since, until, year, year_since, measure, day) in enumerate(rows):
        if i in cells.out:
            continue
        if isinstance(given, tuple):
            for position, one in enumerate(given, 1):
                years = [year.since for year in one.years] if one.years else None
                yield name, position, one.text, years, one.since, one.until
        elif period is not None:
            yield name, 1, period, None, since, until
        elif year is not None:
            yield name, 1, year, [year_since], None, None
        elif measure in ("level", "cumulative"):
            yield name, 1, f"../{day}", None, None, day
        else:
            yield name, 1, None, None, None, None
