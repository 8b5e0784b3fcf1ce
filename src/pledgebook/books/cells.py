"""Read the values of one kind's entries, field by field.

Reading goes by column, not by entry, and every distinct value is read once: a book of 100,000
entries holds a few thousand distinct dates, words and actors. A value that cannot be read is a
finding at its place and keeps its entry out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from pledgebook.books.names import Names
from pledgebook.books.settings import Settings
from pledgebook.data import countries, country_by_any, currencies, dollar_of
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import Field, Kind
from pledgebook.values import (
    ID_FORM,
    Calendar,
    Money,
    Reading,
    read_day,
    read_fiscal_year,
    read_id,
    read_money,
    read_number,
    read_path,
    read_period,
    read_quantity,
    read_reading,
    read_text,
    read_word,
    shown,
)

CALENDAR_YEAR = Calendar(1, 1, "start")
"""What the fiscal year of an actor without a known calendar is read by."""


IsPlain = Callable[[Any], object]
"""Whether a text reads as itself: true for almost every id and quote of a book."""


class Memo(dict[object, object]):
    """What each distinct raw value reads as; `flawed` once one of them could not be read.

    Ids and quotes are nearly all distinct; where `is_plain` says that all of them read as
    themselves, they are not remembered one by one.
    """

    def __init__(self, read: Callable[[object], object], is_plain: IsPlain | None = None) -> None:
        super().__init__({None: None})
        self._read = read
        self._is_plain = is_plain
        self.flawed = False

    def __missing__(self, raw: object) -> object:
        # what the book could not make out of a cell is a flaw already
        value = raw if isinstance(raw, Flaw) else self._read(raw)
        if isinstance(value, Flaw):
            self.flawed = True
        # True == 1 == 1.0 in a dict, so only text, days and pairs of them are remembered; a list
        # within a list, which is a mistake, is no key
        if type(raw) in (str, date, tuple):
            with suppress(TypeError):
                self[raw] = value
        return value

    def all(self, raws: list[object]) -> list[object]:
        """The values of `raws`, in order."""
        try:
            if self._is_plain is not None:
                texts = [raw for raw in raws if raw is not None]
                if all(map(self._is_plain, texts)):
                    return raws
            return [self[raw] for raw in raws]
        except TypeError:  # a list or a table where a single value is due is no key of a dict
            return [self._one(raw) for raw in raws]

    def _one(self, raw: object) -> object:
        try:
            return self[raw]
        except TypeError:
            return self.__missing__(raw)


class Cells:
    """The values of one kind's paragraphs, and what could not be read.

    `column(name)[i]` is the cell of paragraph `i`, for the columns that the fields yield; `out`
    holds the numbers of the paragraphs that stay out.
    """

    def __init__(self, kind: Kind, paragraphs: list[Paragraph], readers: Readers) -> None:
        self.kind = kind
        self.paragraphs = paragraphs
        self.findings: list[Finding] = []
        self.out: set[int] = set()
        self.rows = [paragraph.values for paragraph in paragraphs]
        self.key_sets = set(map(tuple, self.rows))
        self._values: dict[str, list[object]] = {}
        self._nothing: list[object] = [None] * len(paragraphs)
        self._readers = readers
        written = {key for keys in self.key_sets for key in keys}
        for field in kind.fields:
            if field.name in written:
                self._read(field)
            elif field.needed:
                self._require(field, self._nothing)

    def column(self, name: str) -> list[object]:
        """The cells of one column; a column that no entry fills is None throughout."""
        return self._values.get(name, self._nothing)

    def put(self, name: str, values: list[object]) -> None:
        """Replace a column."""
        self._values[name] = values

    def is_empty(self, name: str) -> bool:
        """Whether no entry fills a column."""
        return name not in self._values

    def report(self, i: int, flaw: Flaw, key: str | None = None) -> None:
        """Add a finding at the value of `key` of paragraph `i`, or at its header."""
        paragraph = self.paragraphs[i]
        if paragraph.is_row:
            flaw = _for_a_cell(flaw)
        self.findings.append(flaw.at(paragraph.spot(key), id_of(paragraph)))

    def _read(self, field: Field) -> None:
        name = field.name
        raws: list[object] = [row.get(name) for row in self.rows]
        if field.needed:
            self._require(field, raws)
        if field.many:
            # a list is no key of a dict
            raws = [tuple(raw) if type(raw) is list else raw for raw in raws]
        if field.type == "money":
            raws = self._with_dollar(raws)
        elif field.type in ("fiscal_year", "reading"):
            raws = self._with_calendar(raws)
        memo = self._readers.memo(self.kind, field)
        values = memo.all(raws)
        if memo.flawed:
            values = [self._without_flaw(i, field, value) for i, value in enumerate(values)]
        self._store(field, values)

    def _without_flaw(self, i: int, field: Field, value: object) -> object:
        if not isinstance(value, Flaw):
            return value
        self.report(i, value, field.name)
        self.out.add(i)
        return None

    def _require(self, field: Field, raws: list[object]) -> None:
        if None not in raws and [] not in raws:
            return
        flaw = Flaw(
            "field-missing",
            f"this {self.kind.name} does not say {field.name}",
            expected=field.help[:1].lower() + field.help[1:].rstrip("."),
            remedy=f"add {field.name} = ...",
        )
        for i, raw in enumerate(raws):
            if raw is None or raw == []:
                self.report(i, flaw)
                self.out.add(i)

    def _with_dollar(self, raws: list[object]) -> list[object]:
        """A bare dollar sign means another currency in another source's country."""
        return [
            (raw, self._readers.dollar(paragraph)) if type(raw) is str and "$" in raw else raw
            for raw, paragraph in zip(raws, self.paragraphs, strict=True)
        ]

    def _with_calendar(self, raws: list[object]) -> list[object]:
        """A fiscal year means other days for another provider."""
        return [
            raw
            if raw is None or isinstance(raw, Flaw)
            else (raw, self._readers.calendar_of(row.get("who")))
            for raw, row in zip(raws, self.rows, strict=True)
        ]

    def _store(self, field: Field, values: list[object]) -> None:
        """Spread the values of a field over its columns, as schema.columns names them."""
        name, put = field.name, self._values
        match field.type:
            case "day" | "period":
                put |= _spread(values, text=name, since=f"{name}_since", until=f"{name}_until")
            case "fiscal_year":
                put |= _spread(values, text=name, since="fiscal_since", until="fiscal_until")
            case "money":
                put |= _spread(
                    values,
                    amount="amount",
                    currency="currency",
                    slack="amount_slack",
                    comparator="amount_comparator",
                )
                self._warn_of_dollars(values)
            case "quantity":
                put |= _spread(
                    values,
                    amount=name,
                    unit="unit" if name == "quantity" else f"{name}_unit",
                    slack=f"{name}_slack",
                    comparator=f"{name}_comparator",
                )
            case _:
                put[name] = values

    def _warn_of_dollars(self, values: list[object]) -> None:
        for i, value in enumerate(values):
            if isinstance(value, Money) and value.bare_dollar:
                flaw = Flaw(
                    "bare-dollar",
                    f"a bare dollar sign was read as {value.currency}, by the source's country",
                    found=str(self.rows[i].get("amount"))[:60],
                    remedy=f"write the currency's code: {value.currency}, if that is what is meant",
                )
                self.report(i, flaw, "amount")


def _for_a_cell(flaw: Flaw) -> Flaw:
    """A flaw whose remedy says what to write in a cell of a table, not in a line of TOML."""
    return replace(flaw, remedy=re.sub(r'write \w+ = "([^"]*)"', r"write \1", flaw.remedy))


def _spread(values: list[object], **names: str) -> dict[str, list[object]]:
    """A column per attribute of the values that were read; None stays None."""
    return {
        column: [None if value is None else getattr(value, name) for value in values]
        for name, column in names.items()
    }


def id_of(paragraph: Paragraph) -> str:
    """The id that a paragraph gives itself, or ""."""
    own = paragraph.values.get("id")
    return own if isinstance(own, str) else ""


_TRIMMED = re.compile(r"\S(?:.*\S)?", re.S)
_PLAIN: dict[str, IsPlain] = {
    "id": ID_FORM.fullmatch,
    "ref": ID_FORM.fullmatch,
    "text": _TRIMMED.fullmatch,
    "words": _TRIMMED.fullmatch,
}


class Readers:
    """The reader of each field, with what it needs to know of the tracker.

    `country_of` gives the country of the source that a paragraph rests on, or "".
    """

    def __init__(
        self, names: Names, settings: Settings, country_of: Callable[[Paragraph], str]
    ) -> None:
        self._names = names
        self._settings = settings
        self._country_of = country_of
        self._memos: dict[tuple[str, str, str], Memo] = {}
        self._codes = frozenset(currencies())

    def memo(self, kind: Kind, field: Field) -> Memo:
        """The memory of a field's reader; fields of one name and type share it over all kinds,
        and a flaw that one of them met stays with its kind."""
        key = (field.name, field.type, kind.name if field.words else "")
        if key not in self._memos:
            self._memos[key] = Memo(
                self._reader(field), None if field.many else _PLAIN.get(field.type)
            )
        return self._memos[key]

    def dollar(self, paragraph: Paragraph) -> str | None:
        """The currency that a bare "$" means in the source of a paragraph, or None."""
        return dollar_of(self._country_of(paragraph))

    def calendar_of(self, actor: object) -> Calendar:
        """The fiscal calendar of an actor, of what it is part of, or the calendar year."""
        found = self._names.find(actor) if isinstance(actor, str) else None
        for one in self._names.ancestors(found) if found else []:
            if one in self._settings.calendars:
                return self._settings.calendars[one]
        return CALENDAR_YEAR

    def has_calendar(self, actor: object) -> bool:
        """Whether the fiscal calendar of an actor is known."""
        return self.calendar_of(actor) is not CALENDAR_YEAR

    def _reader(self, field: Field) -> Callable[[object], object]:
        name = field.name
        one: Callable[[object], object]
        match field.type:
            case "id" | "ref":
                one = lambda raw: read_id(raw, name)  # noqa: E731
            case "day":
                return lambda raw: read_day(raw, name)
            case "period":
                return lambda raw: read_period(raw, name)
            case "money":
                return lambda raw: self._money(raw, name)
            case "quantity":
                return lambda raw: read_quantity(raw, field=name, currencies=self._codes)
            case "word":
                one = lambda raw: read_word(raw, name, field.words)  # noqa: E731
            case "actor":
                one = lambda raw: self._names.read(raw, name)  # noqa: E731
            case "fiscal_year":
                return lambda raw: read_fiscal_year(*_pair(raw))
            case "reading":
                return lambda raw: _readings(*_pair(raw))
            case "number":
                return lambda raw: read_number(raw, name)
            case "country":
                return lambda raw: _country(raw, name)
            case "path":
                return lambda raw: read_path(raw, name)
            case _:
                one = lambda raw: read_text(raw, name)  # noqa: E731
        return (lambda raw: _list(raw, one)) if field.many else one

    def _money(self, raw: object, name: str) -> Money | Flaw:
        if isinstance(raw, tuple):
            return read_money(raw[0], currencies=self._codes, dollar=raw[1], field=name)
        return read_money(raw, currencies=self._codes, dollar=None, field=name)


def _pair(raw: object) -> tuple[object, Calendar]:
    assert isinstance(raw, tuple)  # made by Cells._with_calendar
    return raw[0], raw[1]


def _list(raw: object, one: Callable[[object], object]) -> object:
    """A list of values, or the first of their flaws; a single value is a list of one."""
    if type(raw) is str:
        value = one(raw)
        return value if isinstance(value, Flaw) else [value]
    parts = raw if isinstance(raw, tuple) else (raw,)
    out: dict[object, None] = {}
    for part in parts:
        value = one(part)
        if isinstance(value, Flaw):
            return value
        out[value] = None
    return list(out) or None


def _readings(raw: object, calendar: Calendar) -> tuple[Reading, ...] | Flaw:
    out = []
    for part in raw if isinstance(raw, tuple) else (raw,):
        value = read_reading(part, calendar)
        if isinstance(value, Flaw):
            return value
        out.append(value)
    return tuple(out)


def _country(raw: object, name: str) -> str | Flaw:
    if isinstance(raw, str) and raw.lower() in countries():
        return raw.lower()
    meant = country_by_any(raw) if isinstance(raw, str) else None
    code = meant.alpha3 if meant else "usa"
    return Flaw(
        "value-unknown",
        f"{name} is no country",
        expected="an ISO 3166-1 alpha-3 code, such as usa",
        found=shown(raw),
        nearest=meant.alpha3 if meant else "",
        remedy=f'write {name} = "{code}"' + ("" if meant else ", or another code of three letters"),
    )
