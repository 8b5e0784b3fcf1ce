"""Dates as people write them, turned into the EDTF form that a remedy offers.

Only where one reading is possible: 17/12/2021 and "Dec 17, 2021" are, 05/04/2021 is not.
"""

from __future__ import annotations

import re
from datetime import date

# English, French and Haitian Creole; a name is known by itself or by its first three letters
# or more, as long as these name one month only ("jui" is June or July in French).
_MONTHS = (
    ("january", "janvier", "janvye"),
    ("february", "février", "fevrier", "fevriye"),
    ("march", "mars", "mas"),
    ("april", "avril", "avr"),
    ("may", "mai", "me"),
    ("june", "juin", "jen"),
    ("july", "juillet", "jiyè"),
    ("august", "août", "aout", "out"),
    ("september", "septembre", "septanm"),
    ("october", "octobre", "oktòb"),
    ("november", "novembre", "novanm"),
    ("december", "décembre", "decembre", "desanm"),
)

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9].*")
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_DAY_WORD = re.compile(r"(?:([0-9]{1,2})(?:er|st|nd|rd|th)?,? )?([^\W\d_]+)\.?,? ([0-9]{4})")
_WORD_DAY = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")


def as_edtf(text: str) -> str:
    """The EDTF form of a date written otherwise, or "" where there is none or more than one.

    Bounded: a text of more than 40 characters has none.
    """
    if len(text) > 40:
        return ""
    text = " ".join(text.translate(_DASHES).split())
    if re.fullmatch(r"[0-9]{4}", text):
        return text
    if re.fullmatch(r"[0-9X?~%/.-]+", text.upper()) and text.upper() != text:
        return text.upper()
    if match := _TIME.fullmatch(text):
        return match[1]
    if match := _BASIC.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        # 2021/22 is a fiscal year to many; only a month with two dashes or dots is a month
        return "" if "/" in text and not match[3] else _form(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        return _day_or_month_first(match[1], match[2], match[3])
    if match := _DAY_WORD.fullmatch(text):
        return _form(match[3], _month(match[2]), match[1])
    if match := _WORD_DAY.fullmatch(text):
        return _form(match[3], _month(match[1]), match[2])
    return ""


def _day_or_month_first(one: str, two: str, year: str) -> str:
    forms = {_form(year, two, one), _form(year, one, two)} - {""}
    return forms.pop() if len(forms) == 1 else ""


def _form(year: str, month: str, day: str | None) -> str:
    try:
        whole = date(int(year), int(month or 0), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7]


def _month(word: str) -> str:
    """The number of the month that `word` names, or "" where it names none or two."""
    word = word.lower()
    for number, names in enumerate(_MONTHS, start=1):
        if word in names:
            return str(number)
    if len(word) < 3:
        return ""
    meant = {n for n, names in enumerate(_MONTHS, 1) if any(x.startswith(word) for x in names)}
    return str(meant.pop()) if len(meant) == 1 else ""
