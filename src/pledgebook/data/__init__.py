"""Facts that the tracker takes as given: ISO 3166-1, ISO 4217, fiscal calendars, the Council and
what it resolved, and the words of places that are too fine to publish.

Each is a CSV file beside this one, read once when first asked for; what is returned is shared,
so it is not to be changed. Codes and names are those of ISO, further names of countries (English
and French) those in common use; calendars, members of the Council and its resolutions are as
published.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166-1: `alpha3` in lower case is its id as an actor.

    `numeric` keeps its leading zeros. `currency` is the ISO 4217 code of its own currency at
    present, "" for Antarctica. `names` are further names, in English and French.
    """

    alpha3: str
    alpha2: str
    numeric: str
    name: str
    currency: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency of ISO 4217, or one withdrawn since 2010 that old sources still name.

    `minor`: digits after the point that its coins have; None where it has no coins (gold).
    `is_dollar`: it is written with a bare "$" at home, as many pesos are too.
    """

    code: str
    name: str
    minor: int | None
    is_dollar: bool


class Member(NamedTuple):
    """A member of the UN Security Council in one year: its alpha-3 code in lower case."""

    alpha3: str
    permanent: bool


class Seat(NamedTuple):
    """One seat of a body whose permanent members can veto: `body` is the id that a tracker gives
    the body (the UN Security Council), `member` an alpha-3 code in lower case."""

    body: str
    year: int
    member: str
    permanent: bool


class Resolution(NamedTuple):
    """A decision that is on record: `country` is the one it is about, `missions` the short names
    of what it authorises. `yes`, `no` and `abstain` count the votes, None where the table does not
    give them; `abstained` names those who abstained."""

    body: str
    number: int
    adopted: date
    country: str
    missions: tuple[str, ...]
    subject: str
    yes: int | None
    no: int | None
    abstain: int | None
    abstained: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """Every country of ISO 3166-1 by its alpha-3 code in lower case, in the order of the codes."""
    return {
        alpha3: Country(alpha3, alpha2, numeric, name, currency, _split(names))
        for alpha3, alpha2, numeric, name, currency, names in _rows("countries.csv")
    }


def country_by_any(word: str) -> Country | None:
    """The country that `word` names by alpha-3, alpha-2 or name; None where it names none.

    Case, accents and the kind of apostrophe do not matter. No country has more than 80
    characters in its name, and no longer word is looked up.
    """
    return _by_any().get(_key(word)) if len(word) <= 80 else None


@cache
def currencies() -> dict[str, Currency]:
    """Every currency by its ISO 4217 code. Not among them: XXX (none) and XTS (testing)."""
    return {
        code: Currency(code, name, int(minor) if minor else None, sign_dollar == "yes")
        for code, name, minor, sign_dollar in _rows("currencies.csv")
    }


def dollar_of(alpha3: str) -> str | None:
    """The currency that a bare "$" means in a country; None where it does not say which.

    Haiti is such a case: its own currency is the gourde, and prices are told in two dollars.
    """
    country = countries().get(alpha3)
    currency = currencies().get(country.currency) if country else None
    return currency.code if currency and currency.is_dollar else None


@cache
def calendars() -> dict[str, tuple[str, str]]:
    """Fiscal calendars by actor: (starts, named), such as ("10-01", "end"), unread.

    A tracker's own calendars come before these; `values.read_calendar` reads both.
    """
    return {actor: (starts, named) for actor, starts, named in _rows("calendars.csv")}


def seats() -> list[Seat]:
    """Every seat of every year that is known."""
    return [
        Seat(body, int(year), member, permanent == "yes")
        for body, year, member, permanent in _rows("council.csv")
    ]


def council(year: int) -> list[Member]:
    """The members of the UN Security Council in a calendar year; none before 2021, after 2027."""
    return list(_councils().get(year, ()))


SYMBOL = r"^(?:s/res/|.*\bresolution )?([0-9]+)(?:[^0-9/].*)?$"
"""Where the number of a resolution stands in its symbol, in lower case: "S/RES/2699 (2023)",
"Resolution 2699", "2699 (2023)"; "S/2023/729", a draft, has none. sql/macros.sql has the same."""


def resolution_number(symbol: str) -> int | None:
    """The number of the resolution that has this symbol, or None."""
    found = re.match(SYMBOL, symbol.lower())
    return int(found[1]) if found and len(found[1]) <= 9 else None


@cache
def resolutions() -> dict[tuple[str, int], Resolution]:
    """The decisions that are on record by body and number: those about Haiti since 2012, and some
    that are easily taken for one."""
    made = {}
    for body, number, adopted, country, missions, subject, *votes, abstained in _rows(
        "resolutions.csv"
    ):
        yes, no, abstain = (int(vote) if vote else None for vote in votes)
        made[body, int(number)] = Resolution(
            body, int(number), date.fromisoformat(adopted), country, _split(missions), subject,
            yes, no, abstain, _split(abstained),
        )  # fmt: skip
    return made


def fine_places() -> list[tuple[str, str]]:
    """Words that name a place finer than a commune, and the sort of place: ("abri", "shelter").

    English, French and Haitian Creole, in lower case without accents and signs. A word for a
    street makes a place too fine only beside a house number.
    """
    return [
        (" ".join(re.findall(r"[a-z0-9]+", _key(words))), site)
        for _, site, words in _rows("fine_places.csv")
    ]


@cache
def _councils() -> dict[int, tuple[Member, ...]]:
    by_year: dict[int, tuple[Member, ...]] = {}
    for seat in seats():
        members = by_year.get(seat.year, ())
        by_year[seat.year] = (*members, Member(seat.member, seat.permanent))
    return by_year


@cache
def _by_any() -> dict[str, Country]:
    named: dict[str, Country] = {}
    for country in countries().values():
        for word in (country.alpha3, country.alpha2, country.name, *country.names):
            named[_key(word)] = country
    return named


def _key(word: str) -> str:
    """`word` without case, accents and doubled spaces, and with straight apostrophes."""
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
        word = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(word.casefold().split())


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(";")) if names else ()


def _rows(name: str) -> list[list[str]]:
    """The rows of a file beside this one, without its header."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
