"""What a statement takes from its source: the id, the days, the country of a bare dollar sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells, numbers_of
from pledgebook.finding import Finding, Flaw, nearest

# looking for the nearest name is slow, and nobody reads the thousandth hint
_MOST_HINTS = 300


@dataclass(frozen=True, slots=True)
class Source:
    """One source as its entries see it.

    `day` is its day as written, `since` and `until` its first and last day; `is_assumed` where
    the day is that of the source it copies; `is_read` is false where it could not be read
    itself: then what rests on it stays out.
    """

    id: str
    day: str | None
    since: date | None
    until: date | None
    country: str
    is_read: bool
    is_assumed: bool = False


class Sources:
    """The sources of a tracker by their ids."""

    def __init__(self) -> None:
        self._by_id: dict[str, Source] = {}
        self._cells: Cells | None = None
        self._rest_on_broken: Counter[str] = Counter()
        self._hints = 0
        self._older: dict[str, Source] = {}

    def take(self, cells: Cells) -> None:
        """Take in the entries of kind source."""
        self._cells = cells
        origins: dict[str, object] = {}
        names = ("id", "date", "date_since", "date_until", "country", "origin")
        rows = zip(*(cells.column(name) for name in names), strict=True)
        for i, (name, day, since, until, country, origin) in enumerate(rows):
            source = Source(str(name), day, since, until, str(country or ""), i not in cells.out)
            self._by_id.setdefault(source.id, source)
            origins[source.id] = origin
        for name, origin in origins.items():
            # a copy without a day was not published before what it copies
            own, copied = self._by_id[name], self._by_id.get(str(origin))
            if copied is not None and _is_older(own, copied):
                self._older[name] = copied
            if own.until is None and copied is not None and copied.until is not None:
                self._by_id[name] = replace(
                    own, day=copied.day, since=copied.since, until=copied.until, is_assumed=True
                )

    def country_of(self, name: str) -> str:
        """The country of the source with this id, or ""."""
        source = self._by_id.get(name)
        return source.country if source else ""

    def lend(self, cells: Cells) -> None:
        """Give each statement its source, its days, and the day from which it is known.

        Its own day comes first, then its fiscal year, then the source's day. It is known from
        the last day of `known`, else of the source's day, else of its own, which is a note.
        """
        named = cells.array("source")
        wanted = pc.coalesce(named, cells.paragraphs.aboves).dictionary_encode()
        lent = [self._by_id.get(name) for name in wanted.dictionary.to_pylist()]
        lent = [one if one is not None and one.is_read else None for one in lent]

        def of_source(column: list[object], type: pa.DataType) -> pa.Array:
            return pa.array(column, type).take(wanted.indices)

        day, since, until = (cells.array(f"date{end}") for end in ("", "_since", "_until"))
        fiscal_since, fiscal_until = cells.array("fiscal_since"), cells.array("fiscal_until")
        fiscal = pc.binary_join_element_wise(
            pc.cast(fiscal_since, pa.string()), pc.cast(fiscal_until, pa.string()), "/"
        )
        own = of_source([one and one.day for one in lent], pa.string())
        own_since = of_source([one and one.since for one in lent], pa.date32())
        own_until = of_source([one and one.until for one in lent], pa.date32())
        has_day, has_year = pc.is_valid(day), pc.is_valid(fiscal_since)
        since = pc.if_else(has_day, since, pc.if_else(has_year, fiscal_since, own_since))
        until = pc.if_else(has_day, until, pc.if_else(has_year, fiscal_until, own_until))
        day = pc.coalesce(day, fiscal, own)
        said = cells.array("known_until")
        is_vague = of_source(
            [one and (one.until is None or one.is_assumed) for one in lent], pa.bool_()
        )
        is_assumed = pc.and_(pc.is_null(said), is_vague)
        known = pc.coalesce(said, own_until, until)
        source = of_source([one and one.id for one in lent], pa.string())
        is_lent = pc.is_valid(source)
        for name, column in {
            "source": source,
            "date": day,
            "since": since,
            "until": until,
            "known": known,
            "known_assumed": is_assumed,
        }.items():
            cells.put(name, pc.if_else(is_lent, column, pa.scalar(None, column.type)))
        for i in numbers_of(pc.and_(is_lent, is_assumed)):
            cells.report(i, _assumed(known[i].as_py()))
        for i in numbers_of(pc.invert(is_lent)):
            self._refuse(cells, i, named[i].as_py())

    def broken(self) -> Iterator[Finding]:
        """A finding per source that could not be read and that entries rest on, and per copy that
        is older than what it copies."""
        if self._cells is None:
            return
        for i, name in enumerate(self._cells.column("id")):
            original = self._older.pop(str(name), None)
            if original is not None:
                flaw = _too_old(self._by_id[str(name)], original)
                yield flaw.at(self._cells.paragraphs[i].spot("date"), str(name))
            number = self._rest_on_broken.pop(str(name), 0)
            if number:
                flaw = Flaw(
                    "source-unreadable",
                    f"what rests on {name} stays out until the source can be read",
                    found=f"{number:,} entr{'y' if number == 1 else 'ies'}",
                    remedy="mend the source",
                )
                yield flaw.at(self._cells.paragraphs[i].spot(), str(name))

    def _refuse(self, cells: Cells, i: int, named: object) -> None:
        """An entry without a source that can be read stays out."""
        cells.out.add(i)
        paragraph = cells.paragraphs[i]
        wanted = str(named or paragraph.above)
        if wanted in self._by_id:
            self._rest_on_broken[wanted] += 1
            return
        if not wanted and "source" in paragraph.values:
            return  # what stands there could not be read, which is a finding already
        self._hints += 1
        near = ""
        if wanted and self._hints <= _MOST_HINTS:
            near = nearest(wanted, list(self._by_id))
        flaw = Flaw(
            "source-missing",
            "no book describes this source" if wanted else "no source says this",
            expected="a [source] above the entry, or source = its id",
            found=f'"{wanted[:60]}"' if wanted else "",
            nearest=near,
            remedy=f'write source = "{near}"'
            if near
            else ("describe it in a book" if wanted else "name the source, or move it below one"),
        )
        cells.report(i, flaw, "source" if named else None)


# it is still yesterday in the west when a paper of the east is printed
_FORGIVEN = timedelta(days=1)


def _is_older(copy: Source, original: Source) -> bool:
    """Whether a copy was published before what it copies."""
    if copy.until is None or original.since is None:
        return False
    return original.since - copy.until > _FORGIVEN


def _too_old(copy: Source, original: Source) -> Flaw:
    return Flaw(
        "copy-before-original",
        f"{copy.id} is older than {original.id}, of which it is said to be a copy",
        expected=f"a day on or after {original.day}",
        found=str(copy.day),
        remedy="see which of the two came first, and mend the day or origin",
    )


def _assumed(known: object) -> Flaw:
    return Flaw(
        "known-assumed",
        "when this was said is not known",
        found=f"known from {known}, the day of the event"
        if known
        else "no day at all: it counts in no answer as of a day",
        remedy='add known = "...", or a date to its source',
    )
