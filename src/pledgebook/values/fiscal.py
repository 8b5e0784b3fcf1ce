"""Readers of fiscal years and of readings: the intervals in which a stated total is summed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from pledgebook.finding import Flaw, nearest
from pledgebook.values.dates import read_period
from pledgebook.values.shown import shown


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an actor's fiscal year starts, and which calendar year it is named by.

    `named`: by the year in which it starts (jpn), by the one in which it ends (usa), or by
    both (can: 2023-24). A year that starts on 1 January is a calendar year, whatever `named`.
    """

    starts_month: int
    starts_day: int
    named: Literal["start", "end", "both"]

    @property
    def is_calendar_year(self) -> bool:
        return (self.starts_month, self.starts_day) == (1, 1)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """One fiscal year: its name (as written, or as `fiscal_year_at` names it), first, last day."""

    text: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A period in which a total is read: some `years`, or where that is None plain dates.

    `since` and `until` are the first and the last day; None is an end that is open or unknown.
    """

    text: str
    years: tuple[FiscalYear, ...] | None
    since: date | None
    until: date | None


NAMED = ("start", "end", "both")

MOST_YEARS = 400
"""No reading holds more fiscal years than this."""


def read_calendar(raw: object) -> Calendar | Flaw:
    """An actor's calendar in tracker.toml, such as { starts = "10-01", named = "end" }.

    `named` may be left out for a year that starts on 1 January. A Flaw has the rule
    `tracker-unreadable`.
    """
    if not isinstance(raw, dict):
        return _no_calendar(shown(raw))
    extra = next((key for key in raw if key not in ("starts", "named")), None)
    if extra is not None:
        return Flaw(
            "tracker-unreadable",
            "a calendar has no such key",
            expected="starts and named",
            found=shown(extra),
            nearest=nearest(extra, ["starts", "named"]) if isinstance(extra, str) else "",
            remedy="leave the key out",
        )
    starts, named = raw.get("starts"), raw.get("named")
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", starts) if isinstance(starts, str) else None
    if not match:
        return _no_calendar("no starts" if starts is None else f"starts = {shown(starts)}")
    month, day = int(match[1]), int(match[2])
    # 2023 has no 29 February, and a fiscal year starts on a day that every year has
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2023, month)[1]:
        return _no_calendar(f"starts = {shown(starts)}")
    if named is None and (month, day) == (1, 1):
        named = "start"
    if not isinstance(named, str) or named not in NAMED:
        return Flaw(
            "tracker-unreadable",
            "a calendar has to say which year names it",
            expected="start, end or both",
            found="no named" if named is None else shown(named),
            nearest=nearest(named, list(NAMED)) if isinstance(named, str) else "",
            remedy='write named = "end" where FY2021 ends in 2021, "start" where it begins in it',
        )
    # the membership test above narrows it, which mypy does not see
    return Calendar(month, day, cast(Literal["start", "end", "both"], named))


def fiscal_year_at(start: int, calendar: Calendar) -> FiscalYear | None:
    """The fiscal year that starts in the calendar year `start`; None outside 0001 to 9999.

    It is named "FY2021", or "FY2020-21" where both years name it.
    """
    end = start if calendar.is_calendar_year else start + 1
    if start < 1 or end > 9999:
        return None
    since = date(start, calendar.starts_month, calendar.starts_day)
    until = date(start, 12, 31) if start == end else since.replace(year=end) - timedelta(days=1)
    if calendar.named == "both" and start != end:
        name = f"FY{start:04}-{end % 100:02}"
    else:
        name = f"FY{end if calendar.named == 'end' else start:04}"
    return FiscalYear(name, since, until)


# "FY2021", "FY 21", "2020-21", "FY2020/2021"
_NAME = re.compile(r"(FY ?)?([0-9]{4}|[0-9]{2})(?:[-/]([0-9]{4}|[0-9]{2}))?", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))
_LONGEST = 40


def read_fiscal_year(
    raw: object, calendar: Calendar, field: str = "fiscal_year"
) -> FiscalYear | Flaw:
    """One fiscal year of the actor whose `calendar` it is; its `text` is what was written.

    One year names it ("FY2021", "FY21", "2021"), or two that follow each other ("2020-21",
    "2020/2021", "FY2020-21"). One year is not enough where the calendar is named by both, and
    two are too many where it is a calendar year. A Flaw has the rule `fiscal-year-unreadable`.
    """
    if not isinstance(raw, str):
        form = f"FY{raw}" if isinstance(raw, int) and 1000 <= raw <= 9999 else "FY2021"
        return _unread(raw, "a fiscal year in quotes", f'write {field} = "{form}"')
    text = _plain(raw)
    match = _NAME.fullmatch(text)
    if not match or (len(match[2]) == 2 and not match[1]):
        expected = 'a fiscal year such as "FY2021" or "2020-21"'
        return _unread(raw, expected, f'write {field} = "FY2021", with the year that is meant')
    start = _start(raw, match[2], match[3], calendar, field)
    if isinstance(start, Flaw):
        return start
    year = fiscal_year_at(start, calendar)
    if year is None:
        return _unread(raw, "a year from 0001 to 9999", "write the year")
    return FiscalYear(raw.strip(), year.since, year.until)


def read_reading(raw: object, calendar: Calendar, field: str = "readings") -> Reading | Flaw:
    """The years or the dates in which a stated total is summed.

    "FY2011/FY2020" is ten fiscal years, "FY2020-21/FY2023-24" and "FY2020-21/2023-24" are
    three, "FY2020" is one. Without FY it is an EDTF period, so that "2021-22" is a summer. At
    most 400 fiscal years. A Flaw has the rule `fiscal-year-unreadable` or `date-unreadable`.
    """
    if not isinstance(raw, str) or raw.strip()[:2].upper() != "FY":
        period = read_period(raw, field)
        if isinstance(period, Flaw):
            return period
        return Reading(period.text, None, period.since, period.until)
    names = _ends(_plain(raw))
    if not names:
        remedy = f'write {field} = ["FY2011/FY2020"], with the years that are meant'
        return _unread(raw, 'fiscal years such as "FY2011/FY2020"', remedy)
    if calendar.named != "both" and re.fullmatch(r"FY ?[0-9]{4}/[0-9]{4}", names[-1].upper()):
        one, two = names[-1][-9:-5], names[-1][-4:]
        remedy = f'write "FY{one}/FY{two}" for two years, "FY{one}-{two}" for one'
        return _unread(raw, "a reading that says whether it is one year or two", remedy)
    first = read_fiscal_year(names[0], calendar, field)
    if isinstance(first, Flaw):
        return first
    last = read_fiscal_year(names[-1], calendar, field)
    if isinstance(last, Flaw):
        return last
    count = last.since.year - first.since.year + 1
    if count < 1:
        remedy = f'write the earlier year first: {field} = ["{names[1]}/{names[0]}"]'
        return _unread(raw, f"a last year that is not before {names[0]}", remedy)
    if count > MOST_YEARS:
        return _unread(raw, f"at most {MOST_YEARS} fiscal years", "write the years that are meant")
    starts = range(first.since.year, last.since.year + 1)
    named = (fiscal_year_at(start, calendar) for start in starts)
    years = tuple(year for year in named if year)
    return Reading(raw.strip(), years, first.since, last.until)


def _ends(text: str) -> list[str]:
    """The first and the last name in a reading, or its only one; none where it is unclear."""
    parts = re.split(r" ?/ ?(?=FY)", text, flags=re.IGNORECASE)
    if len(parts) == 1:
        # FY2020-21/2023-24: the second FY may be left out where both names hold two years
        numbers = re.split(r"[-/]", text)
        if len(numbers) == 4:
            return [f"{numbers[0]}-{numbers[1]}", f"FY{numbers[2]}-{numbers[3]}"]
    return parts if len(parts) <= 2 else []


def _start(raw: str, first: str, second: str | None, calendar: Calendar, field: str) -> int | Flaw:
    """The calendar year in which the fiscal year named by `first` and `second` starts."""
    year = _century(first)
    # without FY, a reading's "2020-21" would be a spring
    fy = "FY" if raw.strip()[:2].upper() == "FY" else ""
    if second is None:
        if calendar.is_calendar_year or calendar.named == "start":
            return year
        if calendar.named == "end":
            return year - 1
        return Flaw(
            "fiscal-year-unreadable",
            "the fiscal year needs both of its years",
            expected="two years: its actor's calendar names a year by both",
            found=shown(raw),
            remedy=f'write {field} = "{fy}{year - 1}-{year}" where it ends in {year}, '
            f'or "{fy}{year}-{year + 1}" where it begins in {year}',
        )
    follows = int(second) == (year + 1 if len(second) == 4 else (year + 1) % 100)
    if calendar.is_calendar_year:
        remedy = f'write {field} = "FY{year}" or "FY{year + 1}"'
        return _unread(raw, "one year: its actor's fiscal year is a calendar year", remedy)
    if not follows:
        remedy = f'write {field} = "{fy}{year}-{year + 1}" for the year that begins in {year}'
        return _unread(raw, "two years that follow each other", remedy)
    return year


def _century(digits: str) -> int:
    """The year; of two digits, 70 to 99 are the last century and the rest this one."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _plain(raw: str) -> str:
    """One line with plain dashes; what is longer than any fiscal year becomes unreadable."""
    text = raw.strip()
    return " ".join(text.translate(_DASHES).split()) if len(text) <= _LONGEST else ""


def _unread(raw: object, expected: str, remedy: str) -> Flaw:
    return Flaw(
        "fiscal-year-unreadable",
        "the fiscal year cannot be read",
        expected=expected,
        found=shown(raw),
        remedy=remedy,
    )


def _no_calendar(found: str) -> Flaw:
    return Flaw(
        "tracker-unreadable",
        "the calendar cannot be read",
        expected='the first day of the fiscal year as month and day, such as "10-01"',
        found=found,
        remedy='write { starts = "10-01", named = "end" }',
    )
