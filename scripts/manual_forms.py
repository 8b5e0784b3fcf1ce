"""How values are written: a part of docs/reference/kinds.md, and the tables of the manual.

Every form is read by the reader that the books use, so what the manual says of it is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pledgebook.books.settings import known_calendars
from pledgebook.data import currencies
from pledgebook.values import (
    Calendar,
    FiscalYear,
    Money,
    Period,
    Quantity,
    Reading,
    read_day,
    read_fiscal_year,
    read_money,
    read_quantity,
    read_reading,
)
from pledgebook.values.figures import COMPARATORS


def forms() -> Iterator[str]:
    """How values are written, each read by the reader that the books use."""
    yield "## How values are written"
    yield "Every form below was read by Pledgebook itself when this page was made."
    yield from _dates()
    yield from _figures()
    yield from _fiscal_years()


def _dates() -> Iterator[str]:
    yield said("""
        <a id="dates"></a>**Dates and periods** are EDTF (ISO 8601-2): as much as the source
        tells, and no more. A whole day may stand without quotation marks; whatever is less or
        more needs them.
    """)
    forms = (
        ("2021-12-17", "a day"),
        ("2021-12", "a month"),
        ("2021", "a year"),
        ("2021-23", "a season: 21 spring, 22 summer, 23 autumn, 24 winter"),
        ("2021-33", "a quarter: 33 to 36"),
        ("2021-12~", "about then"),
        ("2021?", "uncertain"),
        ("202X", "some year of a decade"),
        ("2011-12/2021-12", "from the first day of one to the last day of the other"),
        ("2021-12-17/..", "from then on"),
        ("../2021-12", "up to then"),
    )
    yield table(
        ("written", "means", "first day", "last day"),
        [(f'`"{form}"`', meaning, *_ends(read_day(form))) for form, meaning in forms],
    )


def _ends(period: object) -> tuple[str, str]:
    assert isinstance(period, Period)
    return _day(period.since), _day(period.until)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "open"


def _figures() -> Iterator[str]:
    yield said("""
        <a id="money"></a>**Money** is a number and a currency: an ISO 4217 code, or a sign or
        name that says which. It keeps its currency; a bare "$" takes the country of its source,
        with the warning `bare-dollar`. The slack is how far off the true figure may be by the way
        it is printed.
    """)
    moneys = (
        "300M USD",
        "USD 1.2bn",
        "US$ 15 million",
        "C$50.4M",
        "up to €5m",
        "more than 250M USD",
        "about 113 million dollars",
        "75,833,135 CAD",
        "1,5 milliard de dollars américains",
    )
    yield table(
        ("written", "comparator", "amount", "currency", "slack"),
        [_figure(form, read_money(form, currencies=currencies(), dollar="USD")) for form in moneys],
    )
    yield said("""
        <a id="quantities"></a>**A quantity** is a number and a unit of one or a few words; one
        thing and many things are the same unit.
    """)
    quantities = ("1000 police", "1 vehicle", "up to 2,000 soldiers", "> 40 people", "35 per cent")
    yield table(
        ("written", "comparator", "quantity", "unit", "slack"),
        [_figure(form, read_quantity(form)) for form in quantities],
    )
    words: dict[str, list[str]] = {}
    for word, sign in COMPARATORS.items():
        words.setdefault(sign, []).append(f"`{word}`")
    yield "**Comparators** stand before the number; the field `comparator` takes one of the signs."
    yield table(
        ("filed as", "written"), [(f"`{sign}`", ", ".join(all)) for sign, all in words.items()]
    )


def _figure(form: str, figure: object) -> tuple[str, ...]:
    assert isinstance(figure, Money | Quantity), form
    unit = figure.currency if isinstance(figure, Money) else figure.unit
    return f'`"{form}"`', f"`{figure.comparator}`", f"{figure.amount:f}", unit, f"{figure.slack:f}"


def _fiscal_years() -> Iterator[str]:
    yield said("""
        <a id="fiscal-years"></a>**Fiscal years** follow the calendar of the provider (`who`), or
        of what it is part of. These calendars are known; others stand in `tracker.toml` under
        `[calendars]`.
    """)
    known = known_calendars()
    yield table(
        ("actor", "begins", "named by", "example", "first day", "last day"),
        [
            (f"`{actor}`", _begins(one), NAMED_BY[one.named], *_year(one))
            for actor, one in known.items()
        ],
    )
    yield "**Readings** of a total are fiscal years, or periods."
    forms = ("FY2011/FY2020", "FY2020", "2011-12/2021-12", "2010/..")
    yield table(
        ("written", "first day", "last day", "fiscal years"),
        [_reading(form, read_reading(form, known["usa"])) for form in forms],
    )


NAMED_BY = {"start": "the year of its start", "end": "the year of its end", "both": "both years"}


def _begins(calendar: Calendar) -> str:
    return f"{calendar.starts_month:02}-{calendar.starts_day:02}"


def _year(calendar: Calendar) -> tuple[str, str, str]:
    form = "2023-24" if calendar.named == "both" else "FY2023"
    year = read_fiscal_year(form, calendar)
    assert isinstance(year, FiscalYear)
    return f'`"{form}"`', f"{year.since}", f"{year.until}"


def _reading(form: str, reading: object) -> tuple[str, ...]:
    assert isinstance(reading, Reading), form
    years = str(len(reading.years)) if reading.years else ""
    return f'`"{form}"`', _day(reading.since), _day(reading.until), years


def said(text: str) -> str:
    """A paragraph on one line."""
    return " ".join(text.split())


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
