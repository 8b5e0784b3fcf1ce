"""From paragraphs to entries: values read, ids given, sources and days inherited.

What is inferred, from what, in which order, is docs/specs/compile.md. A bad entry stays out and
everything else goes on; the order of files and paragraphs changes no answer.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pledgebook.books.cells import Cells, Readers, figures, id_of
from pledgebook.books.names import Names
from pledgebook.books.references import check_references
from pledgebook.books.settings import Settings
from pledgebook.entry import Columns, Paragraph
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.kinds import KINDS, Kind
from pledgebook.schema import columns, place_column
from pledgebook.values import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """What the entries below a source inherit from it. `is_read` is false where the source
    itself could not be read; then what rests on it stays out."""

    id: str
    date: str | None = None
    since: date | None = None
    until: date | None = None
    is_assumed: bool = False
    country: str = ""
    is_read: bool = True


@dataclass(slots=True)
class Entries:
    """All entries of a tracker that could be read, by kind, and what was wrong with the others.

    `declared` holds every id that is written, whether or not its entry could be read.
    `readings` has a row per total and reading: id, position, the reading as written, the first
    days of its fiscal years or None, its first and its last day. `parents` maps an actor to what
    it is part of.
    """

    columns: dict[str, Columns]
    findings: list[Finding]
    readings: list[tuple[object, ...]] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)

    def drop(self, ids: set[str]) -> None:
        """Take entries out again, such as those whose quote is not in its source."""
        for rows in self.columns.values() if ids else ():
            keep = [i for i, name in enumerate(rows.ids) if name not in ids]
            if len(keep) < len(rows):
                rows.paragraphs = [rows.paragraphs[i] for i in keep]
                rows.values = {
                    name: [values[i] for i in keep] for name, values in rows.values.items()
                }


def read_entries(paragraphs: Iterable[Paragraph], settings: Settings) -> Entries:
    """Read every paragraph of a tracker. Never raises; see `Entries`."""
    return _Reading(paragraphs, settings).run()


class _Reading:
    def __init__(self, paragraphs: Iterable[Paragraph], settings: Settings) -> None:
        self.findings: list[Finding] = []
        self.by_kind: dict[str, list[Paragraph]] = {name: [] for name in KINDS}
        for paragraph in paragraphs:
            self.by_kind.get(paragraph.kind, self._unknown(paragraph)).append(paragraph)
        self.settings = settings
        self.names = Names([*self.by_kind["activity"], *self.by_kind["actor"]])
        self.readers = Readers(self.names, settings, self._country_of)
        self.sources: dict[str, Source] = {}
        self.rests_on_broken: dict[str, int] = defaultdict(int)

    def run(self) -> Entries:
        cells = {name: self._cells(KINDS[name]) for name in KINDS if self.by_kind[name]}
        for one in cells.values():
            if one.kind.is_statement:
                self._inherit(one)
            self._check_figures(one)
        self._drop_duplicates(cells)
        self.findings += check_references(list(cells.values()), self.names)
        self._report_broken_sources()
        for one in cells.values():
            self.findings += one.findings
        entries = Entries({name: _kept(one) for name, one in cells.items()}, self.findings)
        entries.declared = {str(name) for one in cells.values() for name in one.values["id"]}
        entries.parents = {one: parent for one, parent in self.names.parents.items() if parent}
        if "total" in entries.columns:
            entries.readings = list(_readings(entries.columns["total"]))
        return entries

    def _unknown(self, paragraph: Paragraph) -> list[Paragraph]:
        if paragraph.kind not in KINDS:
            flaw = Flaw(
                "kind-unknown",
                "no entry has this kind",
                expected=", ".join(KINDS),
                found=paragraph.kind[:60],
                nearest=nearest(paragraph.kind, list(KINDS)),
                remedy="write the header as the nearest kind"
                if nearest(paragraph.kind, list(KINDS))
                else "take one of the kinds",
            )
            self.findings.append(flaw.at(paragraph.spot(), id_of(paragraph)))
        return []

    def _cells(self, kind: Kind) -> Cells:
        cells = Cells(kind, self.by_kind[kind.name], self.readers)
        _check_keys(cells)
        _give_ids(cells)
        if kind.name == "source":
            self._take_sources(cells)
        if kind.name == "actor":
            _check_offices(cells)
        return cells

    def _country_of(self, paragraph: Paragraph) -> str:
        source = self.sources.get(str(paragraph.values.get("source") or paragraph.above))
        return source.country if source else ""

    def _take_sources(self, cells: Cells) -> None:
        put = cells.values
        for i, name in enumerate(put["id"]):
            self.sources.setdefault(
                str(name),
                Source(
                    str(name),
                    put["date"][i],  # type: ignore[arg-type]  # columns of a day are text, date, date
                    put["date_since"][i],  # type: ignore[arg-type]
                    put["date_until"][i],  # type: ignore[arg-type]
                    country=str(put["country"][i] or ""),
                    is_read=i not in cells.out,
                ),
            )
        for i, name in enumerate(put["id"]):
            # a copy without a day was not published before what it copies
            origin = self.sources.get(str(put["origin"][i]))
            own = self.sources[str(name)]
            if own.until is None and origin is not None and origin.until is not None:
                self.sources[own.id] = Source(
                    own.id, origin.date, origin.since, origin.until, True, own.country, own.is_read
                )

    def _inherit(self, cells: Cells) -> None:
        """Give each statement its source, its days and the day from which it is known."""
        put, paragraphs = cells.values, cells.paragraphs
        rows: list[tuple[object, ...]] = []
        is_given = zip(
            put["source"], put["date"], put["date_since"], put["date_until"], put["known_until"],
            put.get("fiscal_since", [None] * len(paragraphs)),
            put.get("fiscal_until", [None] * len(paragraphs)),
            strict=True,
        )  # fmt: skip
        for i, (named, text, since, until, known, fiscal_since, fiscal_until) in enumerate(
            is_given
        ):
            source = self._source_of(cells, i, named)
            if source is None:
                rows.append((None,) * 6)
                continue
            assumed = False
            if known is None:
                known, assumed = source.until, source.is_assumed
            if text is None:
                # the fiscal year outranks the source's day
                if fiscal_since is not None:
                    text, since, until = (
                        f"{fiscal_since}/{fiscal_until}",
                        fiscal_since,
                        fiscal_until,
                    )
                else:
                    text, since, until = source.date, source.since, source.until
            if known is None:
                known, assumed = until, True
            if assumed:
                self._note_assumed(cells, i, known)
            rows.append((source.id, text, since, until, known, assumed))
        for number, name in enumerate(
            ("source", "date", "since", "until", "known", "known_assumed")
        ):
            put[name] = [row[number] for row in rows]

    def _source_of(self, cells: Cells, i: int, named: object) -> Source | None:
        paragraph = cells.paragraphs[i]
        wanted = str(named or paragraph.above)
        source = self.sources.get(wanted)
        if source is not None and source.is_read:
            return source
        cells.out.add(i)
        if source is not None:
            self.rests_on_broken[wanted] += 1
            return None
        if not isinstance(named or paragraph.above, str) or wanted == "None":
            wanted = ""
        near = nearest(wanted, list(self.sources)) if wanted and len(cells.findings) < 300 else ""
        flaw = Flaw(
            "source-missing",
            "no source says this" if not wanted else "no book describes this source",
            expected="a [source] above the entry, or source = its id",
            found=f'source = "{wanted[:60]}"' if wanted else "",
            nearest=near,
            remedy=f'write source = "{near}"'
            if near
            else "add the [source], with its date and address",
        )
        if wanted or "source" not in paragraph.values:
            cells.findings.append(
                flaw.at(paragraph.spot("source" if named else None), id_of(paragraph))
            )
        return None

    def _note_assumed(self, cells: Cells, i: int, known: object) -> None:
        paragraph = cells.paragraphs[i]
        flaw = Flaw(
            "known-assumed",
            "when this was said is not known",
            found=f"known from {known}, the day of the event"
            if known
            else "no day at all: it counts in no answer as of a day",
            remedy='add known = "...", or a date to its source',
        )
        cells.findings.append(flaw.at(paragraph.spot(), id_of(paragraph)))

    def _report_broken_sources(self) -> None:
        for paragraph in self.by_kind["source"]:
            name = id_of(paragraph)
            number = self.rests_on_broken.pop(name, 0)
            if number:
                flaw = Flaw(
                    "source-unreadable",
                    f"the entries that rest on {name} stay out until it can be read",
                    found=f"{number} entries",
                    remedy="mend the source",
                )
                self.findings.append(flaw.at(paragraph.spot(), name))

    def _check_figures(self, cells: Cells) -> None:
        """Join the comparators of money and quantities with the field; note assumed calendars."""
        put = cells.values
        number = len(cells.paragraphs)
        if "comparator" in put:
            put["comparator"] = [
                _comparator(put, i) or ("=" if figures(cells, i) else None) for i in range(number)
            ]
            for i in range(number):
                for name in ("comparator", "measure"):
                    if name in cells.paragraphs[i].values and not figures(cells, i):
                        flaw = Flaw(
                            "figure-missing",
                            f"{name} stands beside no figure",
                            remedy="add amount or quantity, or leave it out",
                        )
                        cells.findings.append(
                            flaw.at(cells.paragraphs[i].spot(name), id_of(cells.paragraphs[i]))
                        )
        if any(put.get("fiscal_since", ())):
            for i, paragraph in enumerate(cells.paragraphs):
                if put["fiscal_since"][i] and not self.readers.has_calendar(
                    paragraph.values.get("who")
                ):
                    flaw = Flaw(
                        "calendar-assumed",
                        "the fiscal calendar of this provider is not known; the year was read as a calendar year",
                        found=f"{put['fiscal_since'][i]}/{put['fiscal_until'][i]}",
                        remedy="add the provider to [calendars] in tracker.toml",
                    )
                    cells.findings.append(flaw.at(paragraph.spot("fiscal_year"), id_of(paragraph)))

    def _drop_duplicates(self, cells: dict[str, Cells]) -> None:
        """Keep one of the entries that carry the same id: the one known first, so that what comes
        later changes no earlier answer; among equals the choice rests on their content alone."""
        seen: dict[str, tuple[Cells, int]] = {}
        twice: dict[str, list[tuple[Cells, int]]] = {}
        for one in cells.values():
            for i, name in enumerate(one.values["id"]):
                first = seen.setdefault(str(name), (one, i))
                if first != (one, i):
                    twice.setdefault(str(name), [first]).append((one, i))
        for name, places in twice.items():
            places.sort(key=lambda place: _place(place[0].paragraphs[place[1]]))
            readable = [place for place in places if place[1] not in place[0].out] or places
            kept = min(readable, key=lambda place: _age(*place))
            first = places[0][0].paragraphs[places[0][1]]
            where = f"{first.file}:{first.line}"
            for one, i in places:
                if (one, i) != kept:
                    one.out.add(i)
            for one, i in places[1:]:
                paragraph = one.paragraphs[i]
                given = id_of(paragraph)
                flaw = Flaw(
                    "entry-duplicate",
                    f"the id {name} is taken" if given else "the same statement stands twice",
                    found=f"first at {where}",
                    remedy="give one of them another id"
                    if given
                    else "delete one of them, or give each an id",
                )
                one.findings.append(flaw.at(paragraph.spot("id" if given else None), name))


def _place(paragraph: Paragraph) -> tuple[str, int]:
    return paragraph.file, paragraph.line


def _age(cells: Cells, i: int) -> tuple[str, str]:
    known = cells.values.get("known", [None] * (i + 1))[i]
    return str(known or "9999-99-99"), _content_hash(cells.paragraphs[i], "")


def _comparator(put: dict[str, list[object]], i: int) -> object:
    """The comparator that the figure carries itself, else the field's, else None."""
    for name in ("quantity_comparator", "amount_comparator"):
        said = put[name][i] if name in put else None
        if said not in (None, "="):
            return said
    return put["comparator"][i]


def _check_keys(cells: Cells) -> None:
    """Find keys that the kind does not have; in a table once for the whole column."""
    allowed = cells.kind.field_names
    known: set[tuple[str, ...]] = set()
    reported: set[tuple[str, str]] = set()
    for i, paragraph in enumerate(cells.paragraphs):
        keys = tuple(paragraph.values)
        if keys in known:
            continue
        unknown = [key for key in keys if key not in allowed]
        if not unknown:
            known.add(keys)
            continue
        cells.out.add(i)
        for key in unknown:
            is_table = paragraph.file.endswith(".csv")
            if is_table and (paragraph.file, key) in reported:
                continue
            reported.add((paragraph.file, key))
            near = nearest(key, sorted(allowed)) if len(cells.findings) < 300 else ""
            flaw = Flaw(
                "field-unknown",
                f"{_a(cells.kind.name)} has no such field",
                found=key[:60],
                nearest=near,
                remedy=(f"write {near}" if near else "leave it out, or keep it in note")
                + ("; every row with a cell in this column stays out" if is_table else ""),
            )
            cells.findings.append(flaw.at(paragraph.key_spot(key), id_of(paragraph)))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _check_offices(cells: Cells) -> None:
    for i, paragraph in enumerate(cells.paragraphs):
        if cells.values["type"][i] == "person" and not cells.values["office"][i]:
            flaw = Flaw(
                "office-missing",
                "a person may be named only as the holder of a public office",
                expected="office = the office in which they acted",
                remedy="add the office, or name the office instead of the person",
            )
            cells.findings.append(flaw.at(paragraph.spot("type"), id_of(paragraph)))
            cells.out.add(i)


def _give_ids(cells: Cells) -> None:
    """An entry without an id is named after its content, so that its name outlives reordering."""
    put = cells.values
    if None in put["id"]:
        put["id"] = [
            name
            if name is not None
            else f"{cells.kind.name}-{_content_hash(paragraph, paragraph.above)[:10]}"
            for name, paragraph in zip(put["id"], cells.paragraphs, strict=True)
        ]


def _content_hash(paragraph: Paragraph, above: str) -> str:
    content = repr(
        (paragraph.kind, above, sorted(paragraph.values.items(), key=lambda item: item[0]))
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _kept(cells: Cells) -> Columns:
    """The columns of the database, without the entries that stay out."""
    keep = [i for i in range(len(cells.paragraphs)) if i not in cells.out]
    whole = len(keep) == len(cells.paragraphs)
    paragraphs = list(cells.paragraphs) if whole else [cells.paragraphs[i] for i in keep]
    cells.values[place_column(cells.kind)] = [paragraph.file for paragraph in cells.paragraphs]
    cells.values["line"] = [paragraph.line for paragraph in cells.paragraphs]
    out = Columns(cells.kind.name, paragraphs)
    for name in columns(cells.kind):
        values = cells.values[name]
        if name == "readings":
            values = [None if one is None else [each.text for each in one] for one in values]  # type: ignore[attr-defined]
        out.values[name] = values if whole else [values[i] for i in keep]
    if cells.kind.name == "total":
        out.values["parsed_readings"] = [cells.values["readings"][i] for i in keep]
    return out


def _readings(totals: Columns) -> Iterable[tuple[object, ...]]:
    """The periods in which each total is read; the first is in use.

    A total without readings is read in its period, else in its fiscal year; a level or a
    cumulative figure without either runs up to its own day, any other total is not bounded."""
    put = totals.values
    parsed = put.pop("parsed_readings")
    for i, name in enumerate(put["id"]):
        given = parsed[i]
        if given:
            for position, reading in enumerate(given, 1):  # type: ignore[arg-type]
                assert isinstance(reading, Reading)
                years = [year.since for year in reading.years] if reading.years else None
                yield (name, position, reading.text, years, reading.since, reading.until)
        elif put["period"][i]:
            yield (name, 1, put["period"][i], None, put["period_since"][i], put["period_until"][i])
        elif put["fiscal_year"][i]:
            yield (name, 1, put["fiscal_year"][i], [put["fiscal_since"][i]], None, None)
        elif put["measure"][i] in ("level", "cumulative"):
            yield (name, 1, f"../{put['until'][i]}", None, None, put["until"][i])
        else:
            yield (name, 1, None, None, None, None)
