"""Readers of days and periods: EDTF text, or a whole day that TOML reads by itself.

What is read is EDTF level 0 and 1 (ISO 8601-2:2019, loc.gov/standards/datetime) and, of level
2, the parts of a year 25 to 41 and a qualifier beside any component. Years are 0001 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from pledgebook.finding import Flaw
from pledgebook.values.shown import shown
from pledgebook.values.written import as_edtf


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month, a season, a year or an interval, in the precision of its source.

    `text` is what was written. `since` and `until` are its first and its last day, both
    inside; None is an end that is open or unknown.
    """

    text: str
    since: date | None
    until: date | None


def read_day(raw: object, field: str = "date") -> Period | Flaw:
    """When something happened: a day, or as much of it as the source tells.

    An interval is a day too ("2022-10-15/2023-05-08": on one of these days, or all along).
    `field` is the name that the remedy quotes. A Flaw has the rule `date-unreadable`.
    """
    return _read(raw, field, "date")


def read_period(raw: object, field: str = "period") -> Period | Flaw:
    """The time that a figure covers: an interval such as "2011-12/2021-12", or a single date.

    `field` is the name that the remedy quotes. A Flaw has the rule `date-unreadable`.
    """
    return _read(raw, field, "period")


_LONGEST = 60

# A component may carry a qualifier on either side: EDTF level 2, of which level 1 is a case.
_DATE = re.compile(
    r"[?~%]?([0-9X]{4})[?~%]?"
    r"(?:-[?~%]?([0-9]{2}|XX)[?~%]?"
    r"(?:-[?~%]?([0-9]{2}|XX)[?~%]?)?)?"
)
_YEAR = re.compile(r"[0-9]{4}|[0-9]{3}X|[0-9]{2}XX")

# EDTF's parts of a year: first month and number of months. 21 to 24 leave the hemisphere open;
# they are read as the northern ones, and a winter runs into the next year.
_PARTS = {
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)},
    **{25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3)},
    **{29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)},
    **{33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},
    **{37: (1, 4), 38: (5, 4), 39: (9, 4)},
    **{40: (1, 6), 41: (7, 6)},
}

_EXPECTED = 'an EDTF date such as "2021", "2021-12" or "2021-12-17"'


@dataclass(frozen=True, slots=True)
class _Fault:
    """Which component of one date cannot be read; `short` is the date without it."""

    name: str
    expected: str
    found: str
    short: str = ""
    rest: str = ""


def _read(raw: object, field: str, noun: str) -> Period | Flaw:
    if isinstance(raw, str):
        return _read_text(raw.strip(), field, noun)
    if isinstance(raw, datetime):
        return _flaw(raw, noun, "a whole day, without a time", _write(field, _iso(raw.date())))
    if isinstance(raw, date):
        return Period(_iso(raw), raw, raw)
    form = as_edtf(str(raw)) if _is_small_int(raw) else ""
    remedy = _write(field, form) if form else f'quote it, as in {field} = "2021-12"'
    return _flaw(raw, noun, "a date in quotes", remedy)


def _read_text(text: str, field: str, noun: str) -> Period | Flaw:
    if len(text) > _LONGEST:
        return _flaw(text, noun, _EXPECTED, _give(field))
    first, slash, last = text.partition("/")
    if not slash:
        span = _span(text)
        if isinstance(span, _Fault):
            return _explain(text, span, "", "", field, noun)
        return Period(text, *span)
    if first in ("", "..") and last in ("", ".."):
        remedy = f"leave {field} out where neither end is known"
        return _flaw(text, noun, "an interval with a date at one end or both", remedy)
    start = (None, None) if first in ("", "..") else _span(first)
    if isinstance(start, _Fault):
        return _explain(text, start, "", "/" + last, field, noun)
    end = (None, None) if last in ("", "..") else _span(last)
    if isinstance(end, _Fault):
        return _explain(text, end, first + "/", "", field, noun)
    since, until = start[0], end[1]
    if since and until and since > until:
        return Flaw(
            "date-unreadable",
            f"the {noun} ends before it begins",
            expected=f"a last day on or after {_iso(since)}",
            found=last,
            remedy=f'write the earlier end first: {field} = "{last}/{first}"',
        )
    return Period(text, since, until)


def _span(text: str) -> tuple[date, date] | _Fault:
    """The first and the last day of one EDTF date."""
    match = _DATE.fullmatch(text)
    if not match:
        return _Fault("", _EXPECTED, text)
    year, month, day = match.groups()
    if "X" in year or month == "XX":
        return _vague_span(text, year, month, day)
    number = int(year)
    if not number:
        return _Fault("year", "a year from 0001 to 9999", year)
    if month is None:
        return date(number, 1, 1), date(number, 12, 31)
    part = int(month)
    if part in _PARTS and day is None:
        return _part_span(number, *_PARTS[part])
    if not 1 <= part <= 12:
        return _Fault("month", "a month from 01 to 12", month, year, "year")
    length = monthrange(number, part)[1]
    if day is None or day == "XX":
        return date(number, part, 1), date(number, part, length)
    if not 1 <= int(day) <= length:
        return _Fault("day", f"a day from 1 to {length}", day, f"{year}-{month}", "month")
    exact = date(number, part, int(day))
    return exact, exact


def _vague_span(
    text: str, year: str, month: str | None, day: str | None
) -> tuple[date, date] | _Fault:
    """The days of a year of which a digit, or of which month and day are not known."""
    if not _YEAR.fullmatch(year):
        return _Fault("year", 'a year, or one such as "202X"', year)
    if month not in (None, "XX") or day not in (None, "XX"):
        return _Fault("", 'no month beside "202X", and no day beside a month "XX"', text, year)
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not last:
        return _Fault("year", "a year from 0001 to 9999", year)
    return date(max(first, 1), 1, 1), date(last, 12, 31)


def _part_span(year: int, first: int, months: int) -> tuple[date, date]:
    since = date(year, first, 1)
    over, last = divmod(first + months - 2, 12)
    if year + over > 9999:
        return since, date.max
    return since, date(year + over, last + 1, monthrange(year + over, last + 1)[1])


def _explain(text: str, fault: _Fault, before: str, after: str, field: str, noun: str) -> Flaw:
    """The flaw of a text whose one date, between `before` and `after`, has a fault."""
    short = before + fault.short + after
    if fault.rest and _is_readable(short):
        remedy = (
            f'write the {fault.name}, or {field} = "{short}" where only the {fault.rest} is known'
        )
    elif fault.name:
        remedy = f"write the {fault.name}"
    else:
        form = short if fault.short and _is_readable(short) else _other_form(text)
        remedy = _write(field, form) if form else _give(field)
    found = fault.found if fault.name else shown(text)
    return Flaw(
        "date-unreadable",
        f"the {fault.name or noun} cannot be read",
        expected=fault.expected,
        found=found,
        remedy=remedy,
    )


def _other_form(text: str) -> str:
    """The EDTF form of a date or an interval that is written otherwise, or ""."""
    if form := as_edtf(text):
        return form
    ends = text.split("/")
    form = "/".join(end if end in ("", "..") else as_edtf(end) or end for end in ends)
    return form if len(ends) == 2 and _is_readable(form) else ""


def _is_readable(form: str) -> bool:
    ends = form.split("/")
    return len(ends) <= 2 and all(
        end in ("", "..") or not isinstance(_span(end), _Fault) for end in ends
    )


def _flaw(raw: object, noun: str, expected: str, remedy: str) -> Flaw:
    message = f"the {noun} cannot be read"
    return Flaw("date-unreadable", message, expected=expected, found=shown(raw), remedy=remedy)


def _write(field: str, form: str) -> str:
    return f'write {field} = "{form}"'


def _give(field: str) -> str:
    return f'write year, month and day, as in {field} = "2021-12-17", or as many as are known'


def _iso(day: date) -> str:
    # a datetime is a date, but its isoformat holds the time
    return date.isoformat(day)


def _is_small_int(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 10**8
