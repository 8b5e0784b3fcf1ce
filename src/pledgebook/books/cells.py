"""Read the values of one kind's entries, field by field.

Reading goes by column, not by entry, and every distinct value is read once: a book of 100,000
entries holds a few thousand distinct dates, words and actors. Ids and quotes are nearly all
distinct, and nearly all read as themselves: that is asked of a whole column at once. A value that
cannot be read is a finding at its place and keeps its entry out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.block import MARK, any_of
from pledgebook.books.names import Names
from pledgebook.books.plain import plain_column, plain_money
from pledgebook.books.rows import Rows
from pledgebook.books.settings import Settings
from pledgebook.data import countries, country_by_any, currencies, dollar_of
from pledgebook.entry import Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import Field, Kind
from pledgebook.schema import column_types
from pledgebook.values import (
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


class Memo(dict[object, object]):
    """What each distinct raw value reads as."""

    def __init__(self, read: Callable[[object], object]) -> None:
        super().__init__({None: None})
        self._read = read

    def __missing__(self, raw: object) -> object:
        # what the book could not make out of a cell is a flaw already
        value = raw if isinstance(raw, Flaw) else self._read(raw)
        # True == 1 == 1.0 in a dict, so only text, days and pairs of them are remembered; a list
        # within a list, which is a mistake, is no key
        if type(raw) in (str, date, tuple):
            with suppress(TypeError):
                self[raw] = value
        return value

    def of(self, raw: object) -> object:
        """The value of one raw value; a list or a table where a single value is due is no key."""
        try:
            return self[raw]
        except TypeError:
            return self.__missing__(raw)


class Distinct(NamedTuple):
    """Values, and for each row the number of its value; without numbers a value for each row."""

    values: list[object]
    numbers: pa.Array | None

    def spread(self, column: Sequence[object], type: pa.DataType) -> pa.Array:
        """What stands in `column` for each value, row by row."""
        made = pa.array(column, type)
        return made if self.numbers is None else made.take(self.numbers)

    def of_rows(self) -> list[object]:
        """The value of each row."""
        if self.numbers is None:
            return self.values
        return [None if one is None else self.values[one] for one in self.numbers.to_pylist()]

    def rows(self, value: Callable[[object], bool]) -> Iterator[tuple[int, object]]:
        """The numbers of the rows whose value is such a one, with the value."""
        if not any(map(value, self.values)):
            return
        numbers = range(len(self.values)) if self.numbers is None else self.numbers.to_pylist()
        for i, number in enumerate(numbers):
            if number is not None and value(self.values[number]):
                yield i, self.values[number]


class Cells:
    """The values of one kind's paragraphs, and what could not be read.

    `array(name)` is the column of that name, as the database takes it, and `column(name)` the same
    as a list; `out` holds the numbers of the paragraphs that stay out.
    """

    def __init__(self, kind: Kind, paragraphs: Rows, readers: Readers) -> None:
        self.kind = kind
        self.paragraphs = paragraphs
        self.findings: list[Finding] = []
        self.out: set[int] = set()
        self.readings: Distinct | None = None
        self._types = column_types(kind)
        self._values: dict[str, pa.Array] = {}
        self._lists: dict[str, list[object]] = {}
        self._readers = readers
        for field in kind.fields:
            if field.name in paragraphs.keys:
                self._read(field)
            elif field.needed:
                self._require(field)

    def __len__(self) -> int:
        return len(self.paragraphs)

    def array(self, name: str) -> pa.Array:
        """The cells of one column; a column that no entry fills is null throughout."""
        if name not in self._values:
            return pa.nulls(len(self), self._types.get(name, pa.string()))
        return self._values[name]

    def column(self, name: str) -> list[object]:
        """The cells of one column as values; it is shared, and not to be changed."""
        if name not in self._lists:
            self._lists[name] = self.array(name).to_pylist()
        return self._lists[name]

    def put(self, name: str, values: list[object] | pa.Array) -> None:
        """Replace a column."""
        self._lists.pop(name, None)
        if isinstance(values, list):
            values = pa.array(values, self._types.get(name, pa.string()))
        self._values[name] = values

    def let_go(self) -> None:
        """Give back the memory of all columns but the ids."""
        self._values = {"id": self.array("id")}
        self._lists.clear()
        self.readings = None
        self.paragraphs.let_go()

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
        raw = self.paragraphs.raw(field.name)
        if field.needed:
            self._require(field)
        if (plain := plain_column(field, raw)) is not None:
            self._values[field.name] = plain
            return
        if field.type == "money" and (money := plain_money(raw, self._readers.currencies)):
            self._values |= money
            return
        memo = self._readers.memo(self.kind, field)
        if field.type in ("fiscal_year", "reading"):
            read = self._with_calendar(raw, memo)
        elif field.type == "money" and any_of(pc.match_substring(raw, "$")):
            read = self._with_dollar(raw, memo)
        else:
            coded = raw.dictionary_encode()
            texts = coded.dictionary.to_pylist()
            read = Distinct([memo.of(self._raw_value(field, one)) for one in texts], coded.indices)
        for i, flaw in read.rows(_is_flaw):
            assert isinstance(flaw, Flaw)
            self.report(i, flaw, field.name)
            self.out.add(i)
        self._store(
            field, read._replace(values=[None if _is_flaw(one) else one for one in read.values])
        )

    def _raw_value(self, field: Field, text: str | None) -> object:
        value = self.paragraphs.value(text)
        # a list is no key of a dict
        return tuple(value) if field.many and type(value) is list else value

    def _require(self, field: Field) -> None:
        raw = self.paragraphs.raw(field.name)
        is_missing = pc.or_(pc.is_null(raw), pc.fill_null(pc.equal(raw, f"{MARK}l"), True))
        if not any_of(is_missing):
            return
        flaw = Flaw(
            "field-missing",
            f"this {self.kind.name} does not say {field.name}",
            expected=field.help[:1].lower() + field.help[1:].rstrip("."),
            remedy=f"add {field.name} = ...",
        )
        for i in numbers_of(is_missing):
            self.report(i, flaw)
            self.out.add(i)

    def _with_dollar(self, raw: pa.Array, memo: Memo) -> Distinct:
        """A bare dollar sign means another currency in another source's country."""
        sources = self.paragraphs.raw("source").to_pylist()
        aboves = self.paragraphs.aboves.to_pylist()
        values = []
        for text, source, above in zip(raw.to_pylist(), sources, aboves, strict=True):
            value = self.paragraphs.value(text)
            if type(value) is str and "$" in value:
                value = (value, self._readers.dollar(source or above))
            values.append(memo.of(value))
        return Distinct(values, None)

    def _with_calendar(self, raw: pa.Array, memo: Memo) -> Distinct:
        """A fiscal year means other days for another provider."""
        whose = self.paragraphs.raw("who").to_pylist()
        values: list[object] = []
        for text, who in zip(raw.to_pylist(), whose, strict=True):
            value = self.paragraphs.value(text)
            value = tuple(value) if type(value) is list else value
            if value is not None and not isinstance(value, Flaw):
                value = memo.of((value, self._readers.calendar_of(who)))
            values.append(value)
        return Distinct(values, None)

    def _store(self, field: Field, read: Distinct) -> None:
        """Spread the values of a field over its columns, as schema.columns names them."""
        name = field.name
        match field.type:
            case "day" | "period":
                self._spread(read, text=name, since=f"{name}_since", until=f"{name}_until")
            case "fiscal_year":
                self._spread(read, text=name, since="fiscal_since", until="fiscal_until")
            case "money":
                self._spread(
                    read,
                    amount="amount",
                    currency="currency",
                    slack="amount_slack",
                    comparator="amount_comparator",
                )
                self._warn_of_dollars(read)
            case "quantity":
                self._spread(
                    read,
                    amount=name,
                    unit="unit" if name == "quantity" else f"{name}_unit",
                    slack=f"{name}_slack",
                    comparator=f"{name}_comparator",
                )
            case "reading":
                self.readings = read
                texts = [
                    [part.text for part in one] if isinstance(one, tuple) else None
                    for one in read.values
                ]
                self._values[name] = read.spread(texts, self._types[name])
            case _:
                self._values[name] = read.spread(read.values, self._types[name])

    def _spread(self, read: Distinct, **columns: str) -> None:
        """A column per attribute of the values that were read; None stays null."""
        for attribute, column in columns.items():
            made = [None if one is None else getattr(one, attribute) for one in read.values]
            # `known` is text here, and becomes a day when the source has lent its own
            is_text = attribute == "text" or column not in self._types
            self._values[column] = read.spread(
                made, pa.string() if is_text else self._types[column]
            )

    def _warn_of_dollars(self, read: Distinct) -> None:
        for i, value in read.rows(lambda one: isinstance(one, Money) and one.bare_dollar):
            assert isinstance(value, Money)
            flaw = Flaw(
                "bare-dollar",
                f"a bare dollar sign was read as {value.currency}, by the source's country",
                found=str(self.paragraphs[i].values.get("amount"))[:60],
                remedy=f"write the currency's code: {value.currency}, if that is what is meant",
            )
            self.report(i, flaw, "amount")


def _is_flaw(value: object) -> bool:
    return isinstance(value, Flaw)


def numbers_of(truths: pa.Array) -> list[int]:
    """The numbers of the rows for which a column is true."""
    return pc.indices_nonzero(pc.fill_null(truths, False)).to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types


def _for_a_cell(flaw: Flaw) -> Flaw:
    """A flaw whose remedy says what to write in a cell of a table, not in a line of TOML."""
    return replace(flaw, remedy=re.sub(r'write \w+ = "([^"]*)"', r"write \1", flaw.remedy))


def id_of(paragraph: Paragraph) -> str:
    """The id that a paragraph gives itself, or ""."""
    own = paragraph.values.get("id")
    return own if isinstance(own, str) else ""


class Readers:
    """The reader of each field, with what it needs to know of the tracker.

    `country_of` gives the country of a source by its id, or "".
    """

    def __init__(self, names: Names, settings: Settings, country_of: Callable[[str], str]) -> None:
        self._names = names
        self._settings = settings
        self._country_of = country_of
        self._memos: dict[tuple[str, str, str], Memo] = {}
        self._calendars: dict[object, Calendar] = {}
        self.currencies = frozenset(currencies())

    def memo(self, kind: Kind, field: Field) -> Memo:
        """The memory of a field's reader; fields of one name and type share it over all kinds,
        and a flaw that one of them met stays with its kind."""
        key = (field.name, field.type, kind.name if field.words else "")
        if key not in self._memos:
            self._memos[key] = Memo(self._reader(field))
        return self._memos[key]

    def dollar(self, source: str) -> str | None:
        """The currency that a bare "$" means in a source, or None."""
        return dollar_of(self._country_of(source))

    def calendar_of(self, actor: object) -> Calendar:
        """The fiscal calendar of an actor, of what it is part of, or the calendar year."""
        if actor not in self._calendars:
            self._calendars[actor] = self._calendar_of(actor)
        return self._calendars[actor]

    def _calendar_of(self, actor: object) -> Calendar:
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
                return lambda raw: read_quantity(raw, field=name, currencies=self.currencies)
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
            return read_money(raw[0], currencies=self.currencies, dollar=raw[1], field=name)
        return read_money(raw, currencies=self.currencies, dollar=None, field=name)


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
