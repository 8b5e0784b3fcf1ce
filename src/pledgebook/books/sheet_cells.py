"""The cells of a sheet as the texts that the same cells of a CSV book would hold.

A spreadsheet program turns what is typed into numbers and days of its own. What it shows can be
told back for nearly all of them; a value that it has changed for good is a flaw, and one that it
may have changed is read, with a warning that says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal

from pledgebook.finding import Flaw
from pledgebook.kinds import FieldType
from pledgebook.values import shown

Oddity = Literal["", "month", "year", "no year", "per cent", "power of ten", "zeros"]
"""What a number format hides or adds, so that a cell shows something else than it holds."""

DAYS = ("day", "period")
FIRST_DAY = date(1900, 3, 1)
"""From this day on spreadsheet programs agree on days: Excel counts a 29 February 1900."""

# the numbers by which days from 1927 to 2198 are kept; a year has four digits
_SERIAL = range(10_000, 109_500)
_LARGEST_EXACT = 10**15


def oddity(format: str) -> Oddity:
    """What a number format does to what a cell shows."""
    plain = re.sub(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', "", format.split(";")[0]).strip().lower()
    if "%" in plain:
        return "per cent"
    if re.fullmatch(r"[#0,.]*0e\+0+", plain):
        return "power of ten"
    if re.fullmatch(r"0{2,}", plain):
        return "zeros"
    if "general" in plain or not re.search("[ymd]", plain) or re.search("[hs]", plain):
        return ""
    has_year, has_month, has_day = (letter in plain for letter in "ymd")
    if has_year and not has_day:
        return "month" if has_month else "year"
    if has_day and not has_year:
        return "no year"
    return ""


def text_of(
    cell: object, name: str, type: FieldType, odd: Oddity = "", format: str = ""
) -> tuple[str | Flaw, Flaw | None]:
    """The text that a cell holds for the field `name`, or a flaw; and a warning, or None.

    `cell` is what calamine gives: text, a float, a bool, a day, a time. `odd` is what its number
    format, `format`, hides.
    """
    if isinstance(cell, str):
        text = cell.strip()
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, None
    if isinstance(cell, bool):
        return _made_other(name, shown(cell)), None
    if isinstance(cell, int | float):
        return _number(float(cell), name, type, odd, format)
    if isinstance(cell, datetime):
        told, warning = _day(cell.date(), name, type, odd)
        if isinstance(told, str) and cell.time() != time():
            warning = _mangled(f"{name} has no time of day", cell.isoformat(" ", "minutes"), told)
        return told, warning
    if isinstance(cell, date):
        return _day(cell, name, type, odd)
    if isinstance(cell, time | timedelta):
        return _made_other(name, f"the time {cell}"), None
    return _made_other(name, shown(cell)), None


def error_flaw(name: str, error: str) -> Flaw:
    """The flaw of a cell that shows an error, such as #N/A."""
    return Flaw(
        "value-unreadable",
        f"{name} holds an error of the spreadsheet",
        expected="a value",
        found=error or "an error",
        remedy="mend the formula, or write the value itself",
    )


def uncomputed_flaw(name: str) -> Flaw:
    """The flaw of a formula whose value nobody has computed."""
    return Flaw(
        "value-unreadable",
        f"{name} holds a formula without a value",
        expected="a formula whose value was saved with it",
        found="a formula that no program has computed",
        remedy="open the workbook in a spreadsheet program and save it, or write the value itself",
    )


def merged_flaw(range: str, first: str, rows: Iterable[int]) -> Flaw:
    """The flaw of merged cells that leave rows without a value of their own."""
    numbers = list(rows)
    return Flaw(
        "entry-unreadable",
        f"of these merged cells only {first} has a value",
        expected="a value in each row",
        found=f"{range}, over {'row' if len(numbers) == 1 else 'rows'} {_listed(numbers)}",
        remedy="unmerge the cells and write the value into each row; "
        + ("the row stays out" if len(numbers) == 1 else "these rows stay out"),
    )


def _listed(numbers: list[int]) -> str:
    told = ", ".join(map(str, numbers[:5]))
    return told + (f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else "")


def _number(
    number: float, name: str, type: FieldType, odd: Oddity, format: str
) -> tuple[str | Flaw, Flaw | None]:
    text = _digits(number)
    if odd == "per cent":
        return _made_other(name, f"the percentage {_digits(number * 100)}%"), None
    if type in DAYS and int(number) in _SERIAL:
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(number))
        flaw = Flaw(
            "date-unreadable",
            f"{name} holds a number that may be a day",
            expected="a day, or a text such as 2021-12",
            found=text,
            remedy=f"format the cell as a date: {text} would be {day}",
        )
        return flaw, None
    if abs(number) >= _LARGEST_EXACT:
        found = f"{text}, of which a spreadsheet program keeps 15 digits"
        return _made_other(name, found), None
    if odd == "power of ten" and type not in ("money", "quantity", "number"):
        return text, _mangled(f"{name} may have been typed with an E in it", text, text)
    if odd == "zeros" and number.is_integer() and number >= 0:
        return text.rjust(len(re.sub("[^0]", "", format)), "0"), None
    return text, None


def _digits(number: float) -> str:
    """A number as a person writes it: 45000, not 45000.0, and 0.3 where 0.1 + 0.2 was meant."""
    if number.is_integer() and abs(number) < 10**18:
        return str(int(number))
    return f"{number:.15g}"


def _day(day: date, name: str, type: FieldType, odd: Oddity) -> tuple[str | Flaw, Flaw | None]:
    iso = day.isoformat()
    if type not in DAYS:
        return _made_other(name, f"the day {iso}"), None
    if day < FIRST_DAY:
        flaw = Flaw(
            "date-unreadable",
            f"before {FIRST_DAY} spreadsheet programs do not agree on days",
            expected="a text such as 1899-12-31",
            found=iso,
            remedy=_again(name),
        )
        return flaw, None
    if odd == "no year":
        message = f"the cell shows no year, and the spreadsheet program has added {day.year}"
        return iso, _mangled(message, iso, iso)
    if odd == "month" and day.day == 1:
        return iso[:7], _mangled("the cell shows a month and holds its first day", iso, iso[:7])
    if odd == "year" and (day.month, day.day) == (1, 1):
        return iso[:4], _mangled("the cell shows a year and holds its first day", iso, iso[:4])
    if odd in ("month", "year"):
        return iso, _mangled(f"the cell shows a {odd} and holds a day", iso, iso)
    return iso, None


def _mangled(message: str, held: str, text: str) -> Flaw:
    """The warning about a cell that may have been changed when it was typed."""
    return Flaw(
        "cell-mangled",
        message,
        expected="a cell that shows what it holds",
        found=f"{held}, read as {text}" if held != text else f"read as {text}",
        remedy=f"format the cell as text and write {text}, or what the source says",
    )


def _made_other(name: str, found: str) -> Flaw:
    """The flaw of a value that a spreadsheet program has made out of what was typed."""
    return Flaw(
        "value-unreadable",
        f"a spreadsheet program has made something else of {name}",
        expected="a text",
        found=found,
        remedy=_again(name),
    )


def _again(name: str) -> str:
    return f"format the cell as text and write {name} again, as the source has it"
