"""Readers of money and of quantities, each with how exactly it was stated."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.finding import Flaw, nearest
from pledgebook.values.figures import (
    NUMBER,
    SCALES,
    Number,
    plain,
    read_digits,
    scale,
    split_comparator,
)
from pledgebook.values.shown import folded, shown
from pledgebook.values.units import plural


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of `currency` (ISO 4217), as a source states it.

    `slack`: how far off the true amount may be, by how it is printed. `bare_dollar`: the text
    has a "$" that does not say which; the source's country decided.
    """

    amount: Decimal
    currency: str
    comparator: str
    slack: Decimal
    bare_dollar: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things or people; `unit` in lower case and in the plural."""

    amount: Decimal
    unit: str
    comparator: str
    slack: Decimal


_BARE = "$"
_YEN = "\u00a5"

# As printed, without spaces. The pound is sterling; other pounds are written with their code.
_SIGNS = {
    **dict.fromkeys(("US$", "$US", "U.S.$"), "USD"),
    **dict.fromkeys(("C$", "CA$", "$CA", "CAN$", "$CAN", "CDN$"), "CAD"),
    **dict.fromkeys(("A$", "AU$", "$AU"), "AUD"),
    **dict.fromkeys(("NZ$", "$NZ"), "NZD"),
    **dict.fromkeys(("HK$", "$HK"), "HKD"),
    **dict.fromkeys(("S$", "SG$"), "SGD"),
    **{"R$": "BRL", "NT$": "TWD", "J$": "JMD", "TT$": "TTD", "EC$": "XCD", "MX$": "MXN"},
    **{"\u20ac": "EUR", "\u00a3": "GBP", "\u20a9": "KRW", "\u20b9": "INR"},
    **{"\u20a6": "NGN", "\u20b1": "PHP", "\u20b4": "UAH"},
}
_DOLLARS = frozenset(code for sign, code in _SIGNS.items() if "$" in sign)
_NAMES = {
    **dict.fromkeys(("dollar", "dollars"), _BARE),
    **dict.fromkeys(("us dollar", "us dollars", "u.s. dollars", "dollars américains"), "USD"),
    **dict.fromkeys(("canadian dollar", "canadian dollars", "dollars canadiens"), "CAD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("gourde", "gourdes"), "HTG"),
    **dict.fromkeys(("yen", "yens"), "JPY"),
    **dict.fromkeys(("yuan", "renminbi"), "CNY"),
}

_MONEY = 'a number and a currency, such as "300M USD"'


def read_money(
    raw: object, *, currencies: Collection[str], dollar: str | None, field: str = "amount"
) -> Money | Flaw:
    """An amount of money with its currency: "300M USD", "US$ 15 million", "up to €5m".

    `currencies` are the ISO 4217 codes that exist. `dollar` is the currency that a bare "$"
    means in the source's country; None makes it a Flaw. "At least" is filed as ">" and "at
    most" as "up to", since the vocabulary of comparators has no closer word. A billion is
    10^9, M and m are a million. An amount has at most 18 digits before the point and 6 after
    it. A Flaw has the rule `amount-unreadable`.
    """
    if isinstance(raw, str) and (match := _COMMON.fullmatch(raw)) and match[4] in currencies:
        return _common(match)
    if not isinstance(raw, str):
        number = isinstance(raw, int | float) and not isinstance(raw, bool)
        form = shown(raw) if number and len(shown(raw)) < 30 else "300"
        return _no_money(raw, _MONEY, f'write {field} = "{form} USD", with its own currency')
    text = plain(raw)
    comparator, rest = split_comparator(text)
    match = NUMBER.search(rest)
    if not match:
        return _no_money(raw, _MONEY, f'write {field} = "300M USD", or leave it out if unknown')
    before, after = rest[: match.start()].strip(), rest[match.end() :].strip()
    negative = before.startswith("-") or before.endswith("-")
    before = before.strip("-").strip()
    power, after = _split_scale(after, currencies)
    currency = _join(_currency(before, currencies), _currency(after, currencies))
    if not before and not after:
        form = f"{text} USD" if _is_money(f"{text} USD", currencies) else "300M USD"
        remedy = f'write {field} = "{folded(form)}", with the currency of the source'
        return _no_money(raw, _MONEY, remedy)
    if currency is None:
        return _no_currency(raw, text, before, after, currencies, field)
    if currency == _YEN:
        remedy = "write JPY for yen or CNY for yuan in its place"
        return _no_money(
            raw, f'a currency that says which: "{_YEN}" is the yen and the yuan', remedy
        )
    if currency == _BARE and dollar is None:
        remedy = "write the currency in its place, such as USD, or the country of the source"
        return _no_money(raw, 'a dollar that says which: "$" is the sign of many', remedy)
    number_read = read_digits(match[0], power > 0)
    if isinstance(number_read, tuple):
        return _no_money(raw, *_two_numbers(number_read))
    scaled = scale(number_read, power, negative, comparator)
    if scaled is None:
        remedy = "look the figure up in its source"
        return _no_money(raw, "at most 18 digits before the point and 6 after it", remedy)
    code = dollar if currency == _BARE and dollar else currency
    return Money(scaled[0], code, comparator, scaled[1], currency == _BARE)


# what nine of ten amounts look like, read without the grammar: "75,833,135 CAD", "1.5M USD"
_COMMON = re.compile(
    r"([0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?![KMb]))"
    r"(?:\.([0-9]{1,2}))?(K|M|bn)? ([A-Z]{3})",
    re.ASCII,
)
_COMMON_POWERS = {None: 0, "K": 3, "M": 6, "bn": 9}


def _common(match: re.Match[str]) -> Money:
    whole, fraction = match[1].replace(",", ""), match[2] or ""
    last_digit = Decimal(10) ** (_COMMON_POWERS[match[3]] - len(fraction))
    return Money(int(whole + fraction) * last_digit, match[4], "=", last_digit / 2, False)


_GLUE = re.compile(r"(?:de |d'|of )", re.IGNORECASE)
_SCALE = re.compile(
    "(?:" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")\b\.?",
    re.ASCII | re.IGNORECASE,
)


def _split_scale(after: str, currencies: Collection[str]) -> tuple[int, str]:
    """The power of ten that `after` starts with, and the rest."""
    if not after or _currency(after, currencies):
        return 0, after
    match = _SCALE.match(after)
    if match:
        rest = after[match.end() :].strip()
        glue = _GLUE.match(rest)
        return SCALES[match[0].rstrip(".").lower()], rest[glue.end() :] if glue else rest
    # 300MUSD, 5M€ has no word boundary; a code that begins like a scale was tried above
    for word in ("bn", "mn", "m", "k", "b"):
        rest = after[len(word) :].strip()
        if after[: len(word)].lower() == word and _currency(rest, currencies):
            return SCALES[word], rest
    return 0, after


def _currency(text: str, currencies: Collection[str]) -> str | None:
    """The code that `text` writes, "$" or "¥" for those that say too little, "" for no text."""
    word = text.replace(" ", "")
    if not word or word in currencies:
        return word
    sign = _SIGNS.get(word) or _SIGNS.get(word.upper()) or _NAMES.get(text.lower())
    if sign:
        return sign
    if word in (_BARE, _YEN):
        return word
    bare = word.strip(_BARE)
    return bare if len(word) - len(bare) == 1 and bare in currencies else None


def _join(before: str | None, after: str | None) -> str | None:
    """One currency of the two places where it may stand."""
    if before is None or after is None:
        return None
    if not before or not after or before == after:
        return before or after or None
    if before == _BARE and after in _DOLLARS:
        # $300M USD
        return after
    return None


def _no_currency(
    raw: str, text: str, before: str, after: str, currencies: Collection[str], field: str
) -> Flaw:
    unknown = [word for word in (before, after) if word and not _currency(word, currencies)]
    word = unknown[0] if len(unknown) == 1 else ""
    near = nearest(word, sorted(currencies))
    remedy = "write one number and one currency, by its ISO 4217 code"
    form = text.replace(word, near) if near else ""
    # one word fewer is unknown in the form than in the text, so this ends at once
    if form and _is_money(form, currencies):
        remedy = f'write {field} = "{folded(form)}"'
    is_code = len(word) == 3 and word.isalpha() and word.isascii()
    return Flaw(
        "amount-unreadable",
        f"no currency has the code {word}" if is_code else "the amount cannot be read",
        expected="an ISO 4217 code, such as USD" if is_code else _MONEY,
        found=shown(raw),
        nearest=near,
        remedy=remedy,
    )


def _is_money(form: str, currencies: Collection[str]) -> bool:
    return isinstance(read_money(form, currencies=currencies, dollar="USD"), Money)


def _no_money(raw: object, expected: str, remedy: str) -> Flaw:
    message = "the amount cannot be read"
    return Flaw("amount-unreadable", message, expected=expected, found=shown(raw), remedy=remedy)


_QUANTITY = 'a number and a unit, such as "1000 police"'
_UNIT_LONGEST = 40
_LONE_SCALES = ("M", "K", "k", "bn")
# "5 m" is five metres; a letter is a scale only where it touches the number
_LETTER_SCALE = re.compile(r"(M|[Kk]|bn) (?=[^\W\d_])")
_WORD_SCALE = re.compile(
    "("
    + "|".join(word for word in sorted(SCALES, key=len, reverse=True) if len(word) > 3)
    + r")\b",
    re.ASCII | re.IGNORECASE,
)


def read_quantity(
    raw: object, field: str = "quantity", currencies: Collection[str] = ()
) -> Quantity | Flaw:
    """A number and its unit: "1000 police", "> 40 people", "1.3 million people".

    The unit is a word or a few, at most 40 characters, that start with a letter; one thing
    reads like many ("1 vehicle" is of the unit "vehicles"). A unit among `currencies` is a
    Flaw that leads to `amount`. Limits and comparators are those of `read_money`. A Flaw has
    the rule `quantity-unreadable`.
    """
    if not isinstance(raw, str):
        number = isinstance(raw, int | float) and not isinstance(raw, bool)
        form = shown(raw) if number and len(shown(raw)) < 30 else "1000"
        return _no_quantity(raw, _QUANTITY, f'write {field} = "{form} police", with its own unit')
    text = plain(raw)
    comparator, rest = split_comparator(text)
    match = NUMBER.match(rest)
    if not match:
        if re.match(r"[^\w\s-]+ ?[0-9]", rest):
            return _money_instead(raw)
        remedy = f'write {field} = "4 vehicles", or leave {field} out if the number is not known'
        return _no_quantity(raw, _QUANTITY, remedy)
    if (metres := rest[match.end() :]).startswith("m ") and metres[2].isalpha():
        # 1.3m people are millions, 100m rope is metres
        remedy = f'write "{match[0]} million {folded(metres[2:])}" where m is a million'
        return _no_quantity(raw, "a unit, or a scale that is no unit too", remedy)
    number_read, power, unit = _split_unit(rest, match)
    if unit in currencies or unit[:1] in tuple("$\u20ac\u00a3"):
        return _money_instead(raw)
    if not unit or unit in _LONE_SCALES:
        mended = not isinstance(read_quantity(f"{text} police"), Flaw)
        form = f"{text} police" if mended else "1000 police"
        remedy = f'write {field} = "{folded(form)}", with its own unit'
        return _no_quantity(raw, _QUANTITY, remedy)
    if not unit[0].isalpha() or len(unit) > _UNIT_LONGEST or not unit.isprintable():
        remedy = f'write {field} = "4 vehicles", or "35 per cent", with the unit that is meant'
        expected = f"a unit of at most {_UNIT_LONGEST} characters that starts with a letter"
        return _no_quantity(raw, expected, remedy)
    if isinstance(number_read, tuple):
        return _no_quantity(raw, *_two_numbers(number_read))
    scaled = scale(number_read, power, False, comparator)
    if scaled is None:
        remedy = "look the figure up in its source"
        return _no_quantity(raw, "at most 18 digits before the point and 6 after it", remedy)
    return Quantity(scaled[0], plural(unit.lower()), comparator, scaled[1])


def _split_unit(rest: str, match: re.Match[str]) -> tuple[Number | tuple[str, str], int, str]:
    """The number, the power of ten and the unit of a quantity that starts with `match`."""
    after = rest[match.end() :]
    letter, power = _LETTER_SCALE.match(after), 0
    word = _WORD_SCALE.match(after.strip())
    if letter:
        power, after = SCALES[letter[1].lower()], after[letter.end() :]
    elif word:
        power, after = SCALES[word[1].lower()], after.strip()[word.end() :]
    unit = after.strip()
    glue = _GLUE.match(unit) if power else None
    return read_digits(match[0], power > 0), power, unit[glue.end() :] if glue else unit


def _two_numbers(numbers: tuple[str, str]) -> tuple[str, str]:
    """The rows `expected` and `remedy` for digits whose separators do not tell one number."""
    one, two = numbers
    if not one:
        return "digits grouped by three", "write the number without separators, such as 1234567.5"
    return "a number that can be read in one way only", f"write {one} or {two}"


def _money_instead(raw: str) -> Flaw:
    return _no_quantity(raw, "a unit that is not a currency", f"write amount = {shown(raw)}")


def _no_quantity(raw: object, expected: str, remedy: str) -> Flaw:
    message = "the quantity cannot be read"
    return Flaw("quantity-unreadable", message, expected=expected, found=shown(raw), remedy=remedy)
