"""What amounts and quantities have in common: a comparator, a number, a scale.

A figure is read from at most 80 characters. Numbers are English, French or Swiss in writing:
"1,234,567.89", "1 234 567,89", "1.234.567,89", "1'234'567". What may be two numbers is none:
"1,234M" is 1.234 million to some readers and 1,234 million to others.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

LONGEST = 80
"""A figure of more characters is not read."""

COMPARATORS = {
    **{"=": "=", ">": ">", "<": "<", "~": "~"},
    # at least 100 is filed as > 100, at most 100 as up to 100: the vocabulary is closed
    **{">=": ">", "\u2265": ">", "<=": "up to", "\u2264": "up to", "\u2248": "~"},
    **{"up to": "up to", "at most": "up to", "no more than": "up to"},
    **{"jusqu'à": "up to", "jusqu'a": "up to", "au plus": "up to", "jiska": "up to"},
    **{"more than": ">", "over": ">", "above": ">", "at least": ">"},
    **{"plus de": ">", "au moins": ">", "plis pase": ">"},
    **{"less than": "<", "fewer than": "<", "under": "<", "below": "<", "moins de": "<"},
    **{"about": "~", "around": "~", "nearly": "~", "almost": "~", "roughly": "~"},
    **{"approximately": "~", "some": "~", "circa": "~", "ca.": "~", "c.": "~"},
    **{"environ": "~", "près de": "~", "presque": "~", "quelque": "~", "anviwon": "~"},
}
"""How the words before a figure are filed."""

_COMPARATOR = re.compile(
    "|".join(
        re.escape(word) + (r"(?![^\W\d_])" if word[-1].isalpha() else "")
        for word in sorted(COMPARATORS, key=len, reverse=True)
    ),
    # without ASCII, "\u017fome" would match "some" and not be found in the table
    re.ASCII | re.IGNORECASE,
)

SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands", "mille"), 3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "million", "millions", "milyon"), 6),
    **dict.fromkeys(("b", "bn", "billion", "billions", "milliard", "milliards"), 9),
    **dict.fromkeys(("mrd", "md", "mds", "milya"), 9),
    **dict.fromkeys(("tn", "trillion", "trillions"), 12),
}
"""Powers of ten. A billion is 10^9, as in English; French writes that "milliard"."""

# NO-BREAK SPACE, FIGURE SPACE, THIN SPACE, NARROW NO-BREAK SPACE; curly apostrophe; MINUS SIGN
_PLAIN = str.maketrans(
    {**dict.fromkeys("\u00a0\u2007\u2009\u202f", " "), "\u2019": "'", "\u2212": "-"}
)

NUMBER = re.compile(r"(?:[0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,][0-9]+)*")

_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.])[0-9]{3})(?:\1[0-9]{3})*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: its digits without separators, and how many follow the point."""

    digits: str
    decimals: int


def plain(text: str) -> str:
    """`text` on one line with plain spaces; "" where it is longer than any figure."""
    text = text.strip()
    if len(text) > LONGEST:
        return ""
    # text out of a PDF has its accents apart, as in "jusqu'a" and a combining grave
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def split_comparator(text: str) -> tuple[str, str]:
    """The comparator before a figure ("=" where there is none) and what follows it."""
    match = _COMPARATOR.match(text)
    if not match:
        return "=", text
    return COMPARATORS[match[0].lower()], text[match.end() :].lstrip()


def read_digits(text: str, scaled: bool) -> Number | tuple[str, str]:
    """The number that `text`, a match of NUMBER, prints; else how the two that it may be are
    written, or two empty texts where it is none.

    `scaled`: a scale such as M follows. Then "1,234" may be 1.234 or 1234; without a scale a
    comma before three digits groups them, and "1.234" is the form that may be either.
    """
    text = text.replace(" ", "").replace("'", "")
    marks = text.count(","), text.count(".")
    if marks == (0, 0):
        return Number(text, 0)
    if marks[0] and marks[1]:
        point = max(text.rfind(","), text.rfind("."))
        whole, fraction = text[:point], text[point + 1 :]
        if not _GROUPED.fullmatch(whole) or text[point] in whole:
            return ("", "")
        return _number(whole, fraction)
    mark = "," if marks[0] else "."
    if sum(marks) > 1:
        return _number(text, "") if _GROUPED.fullmatch(text) else ("", "")
    whole, _, fraction = text.partition(mark)
    groups = len(fraction) == 3 and len(whole) <= 3 and whole.strip("0") != ""
    if groups and mark == "," and not scaled:
        return _number(text, "")
    if groups and (mark == "," or not scaled):
        return (f"{whole}.{fraction}{'' if scaled else '0'}", whole + fraction)
    return _number(whole, fraction)


def _number(whole: str, fraction: str) -> Number:
    return Number(whole.replace(",", "").replace(".", "") + fraction, len(fraction))


LARGEST = 18
DECIMALS = 6
_STEP = Decimal(1).scaleb(-DECIMALS)


def scale(
    number: Number, power: int, negative: bool, comparator: str
) -> tuple[Decimal, Decimal] | None:
    """The figure and its slack, in units; None beyond 18 digits before or 6 after the point.

    The slack is half of the last printed digit; of a figure that is only "about", 5 per cent
    where that is more. It is rounded up to six decimals, so that it is never nothing.
    """
    exponent = power - number.decimals
    digits = number.digits.lstrip("0") or "0"
    if len(digits) + exponent > LARGEST or exponent < -DECIMALS:
        return None
    amount = _times_ten(int(digits), exponent)
    slack = _times_ten(5, exponent - 1)
    if comparator == "~":
        slack = max(slack, amount / 20)
    if slack != slack.to_integral_value():
        slack = slack.quantize(_STEP, rounding=ROUND_UP).normalize()
    return -amount if negative else amount, slack


def _times_ten(number: int, exponent: int) -> Decimal:
    """Written out, not as 3E+8: so it prints as a person would."""
    return Decimal(number * 10**exponent) if exponent >= 0 else Decimal(number).scaleb(exponent)
