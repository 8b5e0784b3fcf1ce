"""From paragraphs to entries: values read, ids given, sources and days inherited.

What is inferred, from what, in which order, is docs/specs/compile.md. A bad entry stays out and
everything else goes on; the order of files and paragraphs changes no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.block import STRANGE
from pledgebook.books.cells import Cells, Readers, id_of, numbers_of
from pledgebook.books.chains import check_chains
from pledgebook.books.identity import drop_duplicates, give_ids
from pledgebook.books.inherit import Sources
from pledgebook.books.names import Names
from pledgebook.books.references import check_references, targets_of
from pledgebook.books.rows import Rows
from pledgebook.books.sense import (
    check_calendars,
    check_days,
    check_keys,
    check_offices,
    join_comparators,
)
from pledgebook.books.settings import Settings
from pledgebook.books.votes import check_subjects, check_votes
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import KINDS, SUPPORT, Kind
from pledgebook.schema import columns as database_columns
from pledgebook.schema import place_column


class Entries:
    """All entries of a tracker, by kind, and what was wrong with them.

    `cells` holds every entry, with the numbers of those that stay out; a later check may add to
    them until `tables` is asked for. `parents` maps an actor to what it is part of; `actors` are
    all that an entry names.
    """

    def __init__(self, cells: dict[str, Cells], findings: list[Finding], names: Names) -> None:
        self.cells = cells
        self.findings = findings
        self.parents = _parents_of(cells.get("actor"))
        self.actors = names.named

    def counts(self) -> dict[str, int]:
        """How many findings the cells of each kind hold now, for `found_since`."""
        return {name: len(cells.findings) for name, cells in self.cells.items()}

    def found_since(self, counts: Mapping[str, int]) -> list[Finding]:
        """The findings that were added to the cells since they were counted."""
        return [
            finding
            for name, cells in self.cells.items()
            for finding in cells.findings[counts[name] :]
        ]

    @property
    def number(self) -> int:
        """How many there are, those that stay out included."""
        return sum(map(len, self.cells.values()))

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The entries that could be read, a table for each kind, as the database takes them."""
        return {name: _table(one) for name, one in self.cells.items()}

    @cached_property
    def declared(self) -> set[str]:
        """Every id that is written, whether or not its entry could be read."""
        return {str(name) for one in self.cells.values() for name in one.column("id")}

    @cached_property
    def above(self) -> dict[str, list[str]]:
        """What each entry of support stands under by its own references, directly."""
        out: dict[str, list[str]] = {}
        for kind in SUPPORT:
            if kind not in self.tables:
                continue
            rows = self.tables[kind]
            ids = rows.column("id").to_pylist()
            for relation in ("toward", "draws_on", "part_of"):
                for name, value in zip(ids, rows.column(relation).to_pylist(), strict=True):
                    if value is not None:
                        out.setdefault(name, []).extend(targets_of(value))
        return out

    def give_tables(self) -> Iterator[tuple[str, pa.Table]]:
        """The tables, one after the other, each let go of when the next is asked for; what is
        asked for after that are places."""
        for name in list(self.tables):
            yield name, self.tables.pop(name)
            self.cells[name].let_go()

    def paragraphs_of(self, names: Collection[str]) -> dict[str, Paragraph]:
        """Where the entries with these ids are written; those that stay out are none."""
        out: dict[str, Paragraph] = {}
        wanted = pa.array(sorted(names), pa.string())
        for one in self.cells.values():
            ids = one.array("id")
            for i in numbers_of(pc.is_in(ids, value_set=wanted)):
                if i not in one.out:
                    out[ids[i].as_py()] = one.paragraphs[i]
        return out

    @cached_property
    def readings(self) -> list[tuple[object, ...]]:
        """A row per total and reading: id, position, the reading as written, the first days of
        its fiscal years or None, its first and its last day."""
        return list(_readings(self.cells["total"])) if "total" in self.cells else []


def read_entries(books: Mapping[str, Rows], settings: Settings) -> Entries:
    """Read every paragraph of a tracker, given as the rows of each kind. Never raises; see
    `Entries`."""
    findings = list(_unknown_kinds(books.get(STRANGE, ())))
    names = Names(one for kind in ("activity", "actor") for one in books.get(kind, ()))
    sources = Sources()
    readers = Readers(names, settings, sources.country_of)
    cells = {
        name: _read(kind, books[name], readers, sources)
        for name, kind in KINDS.items()
        if name in books
    }
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


def _unknown_kinds(paragraphs: Iterable[Paragraph]) -> Iterator[Finding]:
    for paragraph in paragraphs:
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
        yield flaw.at(spot, id_of(paragraph))


def _read(kind: Kind, paragraphs: Rows, readers: Readers, sources: Sources) -> Cells:
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


def _table(cells: Cells) -> pa.Table:
    """The columns of the database, without the entries that stay out."""
    place = place_column(cells.kind)
    columns = {}
    for name in database_columns(cells.kind):
        if name == place:
            columns[name] = cells.paragraphs.files
        elif name == "line":
            columns[name] = cells.paragraphs.lines
        else:
            columns[name] = cells.array(name)
    table = pa.table(columns)
    if not cells.out:
        return table
    return table.filter(pa.array([i not in cells.out for i in range(len(cells))]))


def _readings(cells: Cells) -> Iterator[tuple[object, ...]]:
    """The periods in which each total is read; the first is in use.

    A total without readings is read in its period, else in its fiscal year; a level or a
    cumulative figure without either runs up to its own day, any other total is not bounded.
    """
    given = cells.readings.of_rows() if cells.readings else [None] * len(cells)
    periods = ("period", "period_since", "period_until")
    days = ("fiscal_year", "fiscal_since", "measure", "until")
    columns = (cells.column(name) for name in ("id", *periods, *days))
    for i, (read, row) in enumerate(zip(given, zip(*columns, strict=True), strict=True)):
        name, period, since, until, year, year_since, measure, day = row
        if i in cells.out:
            continue
        if isinstance(read, tuple):
            for position, one in enumerate(read, 1):
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
