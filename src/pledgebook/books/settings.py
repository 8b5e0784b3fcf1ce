"""tracker.toml: the title, the base currency, the languages, the calendars and the rate tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import rtoml

from pledgebook.books import broken, scan
from pledgebook.books.toml_book import TomlText
from pledgebook.data import calendars, currencies
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.spot import Spot
from pledgebook.table import conflict_flaw, conflicts
from pledgebook.values import Calendar, read_calendar
from pledgebook.values.shown import folded, shown

KEYS = {
    "title": "The tracker's name.",
    "base": "The currency of its board (ISO 4217).",
    "languages": "The languages of its pages (ISO 639-1).",
    "calendars": "Fiscal calendars by actor, beside those that Pledgebook knows.",
    "checks": "Settings of checks.",
    "rates": "The rate tables that it converts with.",
    "published": "The as-of days that it publishes.",
    "site_url": "The address of its site.",
    "organisation": "The organisation that reports (for IATI).",
}
"""What may stand in tracker.toml, and what each key is for."""

UNTITLED = "Untitled"


@dataclass(frozen=True, slots=True)
class Settings:
    """What tracker.toml says. `calendars` maps an actor's id to its fiscal calendar; those of
    the example countries in data/calendars.csv are in it already. `rate_tables` are the names of
    those to convert with, in the order in which they are tried; none: all that there are."""

    title: str = UNTITLED
    base: str = "USD"
    languages: tuple[str, ...] = ("en",)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    rate_tables: tuple[str, ...] = ()


def known_calendars() -> dict[str, Calendar]:
    """The calendars that every tracker starts with."""
    out = {}
    for actor, raw in calendars().items():
        calendar = read_calendar({"starts": raw[0], "named": raw[1]})
        assert isinstance(calendar, Calendar)  # data/calendars.csv is ours and tested
        out[actor] = calendar
    return out


def read_settings(
    text: str, name: str = "tracker.toml", rate_tables: Sequence[str] | None = None
) -> tuple[Settings, list[Finding]]:
    """The settings in the text of tracker.toml, and what could not be read in it. Never raises.

    `rate_tables` are the names of the rate tables that there are; None: any name is one. Where it
    is no TOML at all, the settings are those of an empty one.
    """
    return _Reading(TomlText(name, text), rate_tables).run()


class _Reading:
    """One pass over tracker.toml."""

    def __init__(self, book: TomlText, rate_tables: Sequence[str] | None) -> None:
        self.book = book
        self.rate_tables = rate_tables
        self.findings: list[Finding] = []
        self._keys: dict[str, scan.Statement] | None = None

    def run(self) -> tuple[Settings, list[Finding]]:
        raw = self._load()
        for key in raw:
            if key not in KEYS:
                self._unknown(key)
        settings = Settings(
            title=self._title(raw.get("title")),
            base=self._base(raw.get("base", "USD")),
            languages=self._languages(raw.get("languages", ["en"])),
            calendars=self._calendars(raw.get("calendars", {})),
            rate_tables=self._rates(raw.get("rates", {})),
        )
        return settings, self.findings

    def _load(self) -> dict[str, object]:
        text = self.book.text
        try:
            if len(text) > broken.LONGEST:
                raise ValueError("too long")
            return rtoml.loads(text)
        except ValueError:
            self.findings.append(self._why())
            return {}

    def _why(self) -> Finding:
        """Why the whole is no TOML: the first of its paragraphs that is none."""
        text = self.book.text
        if len(text) > broken.LONGEST:
            return broken.explain(self.book, 0, len(text))
        for start, end in conflicts(text):
            return conflict_flaw().at(self.book.spot(start, end - start))
        for piece in scan.pieces(text):
            try:
                rtoml.loads(text[piece.start : piece.end])
            except ValueError:
                found = broken.explain(self.book, piece.start, piece.end)
                if found.rule != "entry-unreadable":
                    return found
                return replace(found, flaw=replace(found.flaw, rule="tracker-unreadable"))
        flaw = Flaw(
            "tracker-unreadable",
            "two parts of tracker.toml have one name",
            remedy="put their keys under one header",
        )
        return flaw.at(Spot(self.book.name))

    def _report(self, flaw: Flaw, key: str, what: str = "value") -> None:
        if self._keys is None:
            self._keys = {}
            for piece in scan.pieces(self.book.text):
                header = scan.HEADER.match(self.book.text, piece.start)
                start = header.end() + 1 if header else piece.start
                for statement in scan.statements(self.book.text, start, piece.end):
                    self._keys.setdefault(statement.key, statement)
        found = self._keys.get(key)
        if found is None:
            spot = Spot(self.book.name)
        elif what == "key":
            spot = self.book.spot(found.start, len(key))
        else:
            width = broken.value_width(self.book.text, found.value, found.end)
            spot = self.book.spot(found.value, width)
        self.findings.append(flaw.at(spot))

    def _unknown(self, key: str) -> None:
        flaw = Flaw(
            "tracker-unreadable",
            "tracker.toml has no such key",
            expected=", ".join(KEYS),
            found=folded(key),
            nearest=nearest(key, list(KEYS)),
            remedy="write one of these names, or leave it out",
        )
        self._report(flaw, key, "key")

    def _title(self, raw: object) -> str:
        if raw is None:
            return UNTITLED
        if isinstance(raw, str) and raw.strip():
            return raw
        flaw = Flaw(
            "tracker-unreadable",
            "title is the tracker's name",
            expected="text",
            found=shown(raw),
            remedy='write title = "...", or leave it out',
        )
        self._report(flaw, "title")
        return UNTITLED

    def _base(self, raw: object) -> str:
        if isinstance(raw, str) and raw in currencies():
            return raw
        flaw = Flaw(
            "tracker-unreadable",
            "the base currency is not an ISO 4217 code",
            found=shown(raw),
            nearest=nearest(raw, list(currencies())) if isinstance(raw, str) else "",
            remedy='write base = "USD", or another code of three letters',
        )
        self._report(flaw, "base")
        return "USD"

    def _languages(self, raw: object) -> tuple[str, ...]:
        if isinstance(raw, list) and raw and all(isinstance(one, str) for one in raw):
            return tuple(raw)
        flaw = Flaw(
            "tracker-unreadable",
            "languages is a list of codes",
            found=shown(raw),
            remedy='write languages = ["en", "fr"]',
        )
        self._report(flaw, "languages")
        return ("en",)

    def _calendars(self, raw: object) -> dict[str, Calendar]:
        found = known_calendars()
        if not isinstance(raw, dict):
            flaw = Flaw(
                "tracker-unreadable",
                "calendars is a table of actors",
                expected='[calendars], and below it usa = { starts = "10-01", named = "end" }',
                found=shown(raw),
                remedy="write it as a table, or leave it out",
            )
            self._report(flaw, "calendars")
            return found
        for actor, value in raw.items():
            calendar = read_calendar(value)
            if isinstance(calendar, Flaw):
                self._report(calendar, actor)
            else:
                found[actor] = calendar
        return found

    def _rates(self, raw: object) -> tuple[str, ...]:
        form = '[rates], and below it source = "ecb-daily", or a list of names'
        if not isinstance(raw, dict):
            flaw = Flaw(
                "tracker-unreadable",
                "rates is a table of settings",
                expected=form,
                found=shown(raw),
                remedy="write it as a table, or leave it out",
            )
            self._report(flaw, "rates")
            return ()
        for key in raw:
            if key != "source":
                flaw = Flaw(
                    "tracker-unreadable",
                    "[rates] has no such key",
                    expected="source",
                    found=folded(key),
                    nearest=nearest(key, ["source"]),
                    remedy="name the rate tables in source, or leave it out",
                )
                self._report(flaw, key, "key")
        wanted = raw.get("source", [])
        names = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            flaw = Flaw(
                "tracker-unreadable",
                "source names one rate table or several",
                expected=form,
                found=shown(wanted),
                remedy='write source = "ecb-daily"',
            )
            self._report(flaw, "source")
            return ()
        there = names if self.rate_tables is None else list(self.rate_tables)
        for name in names:
            if name not in there:
                self._report(_no_table(name, there), "source")
        return tuple(dict.fromkeys(name for name in names if name in there))


def _no_table(name: str, there: list[str]) -> Flaw:
    return Flaw(
        "tracker-unreadable",
        "there is no rate table of this name",
        expected=f"one of {', '.join(there[:5])}" if there else "",
        found=shown(name),
        nearest=nearest(name, there),
        remedy="write one of these names, or put its rates into rates.csv",
    )
