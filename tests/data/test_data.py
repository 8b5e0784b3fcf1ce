"""The facts that are shipped agree with where they come from, and with each other."""

import subprocess
import sys
import time
from importlib.resources import files

import pytest

from pledgebook.data import (
    calendars,
    council,
    countries,
    country_by_any,
    currencies,
    dollar_of,
)
from pledgebook.values import Calendar, read_calendar, read_fiscal_year

# withdrawn, but named by sources since 2010
CODES = "ANG BGN BYR CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL"
WITHDRAWN = set(CODES.split())


def test_countries_are_those_of_iso_3166():
    pycountry = pytest.importorskip("pycountry")
    expected = {c.alpha_3.lower(): (c.alpha_2, c.numeric) for c in pycountry.countries}
    assert {c.alpha3: (c.alpha2, c.numeric) for c in countries().values()} == expected
    for country in pycountry.countries:
        assert country_by_any(country.name) is countries()[country.alpha_3.lower()]


def test_currencies_are_those_of_iso_4217():
    pycountry = pytest.importorskip("pycountry")
    expected = {c.alpha_3 for c in pycountry.currencies} - {"XXX", "XTS"}
    assert set(currencies()) - WITHDRAWN == expected - WITHDRAWN


@pytest.mark.parametrize(
    "word", ["hti", "HTI", "HT", "ht", "Haiti", "HAÏTI", " Republic of  Haiti", "Ayiti"]
)
def test_a_country_is_found_by_any_of_its_names(word):
    assert country_by_any(word) is countries()["hti"]


@pytest.mark.parametrize(
    "word, alpha3",
    [
        ("Ivory Coast", "civ"),
        ("Cote d\u2019Ivoire", "civ"),
        ("Democratic Republic of the Congo", "cod"),
        ("Congo", "cog"),
        ("South Korea", "kor"),
        ("Türkiye", "tur"),
        ("Turkey", "tur"),
        ("États-Unis", "usa"),
        ("Bahamas", "bhs"),
    ],
)
def test_a_country_is_found_by_the_name_in_use(word, alpha3):
    assert country_by_any(word) is countries()[alpha3]


@pytest.mark.parametrize("word", ["", "hnp", "Korea", "x" * 10**6])
def test_a_word_that_names_no_country_or_two_finds_none(word):
    assert country_by_any(word) is None


def test_every_country_is_found_by_every_one_of_its_names():
    for country in countries().values():
        for word in (country.alpha3, country.alpha2, country.name, *country.names):
            assert country_by_any(word) is country, word


@pytest.mark.parametrize(
    "alpha3, currency",
    [("usa", "USD"), ("hti", "HTG"), ("can", "CAD"), ("fra", "EUR"), ("ken", "KES")],
)
def test_a_country_has_its_own_currency(alpha3, currency):
    assert countries()[alpha3].currency == currency


def test_every_country_but_antarctica_has_a_currency_that_exists():
    without = [c.alpha3 for c in countries().values() if c.currency not in currencies()]
    assert without == ["ata"]


@pytest.mark.parametrize(
    "alpha3, dollar",
    [
        *[("usa", "USD"), ("can", "CAD"), ("ecu", "USD"), ("bhs", "BSD"), ("dom", "DOP")],
        *[("hti", None), ("fra", None), ("ata", None), ("hnp", None)],
    ],
)
def test_a_bare_dollar_is_that_of_the_country_or_of_none(alpha3, dollar):
    assert dollar_of(alpha3) == dollar


@pytest.mark.parametrize("code, minor", [("USD", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3)])
def test_a_currency_has_as_many_digits_as_its_coins(code, minor):
    assert currencies()[code].minor == minor
    assert currencies()["XAU"].minor is None


@pytest.mark.parametrize(
    "actor, year, days",
    [
        ("usa", "FY2021", "2020-10-01..2021-09-30"),
        ("hti", "2021-2022", "2021-10-01..2022-09-30"),
        ("can", "2023-24", "2023-04-01..2024-03-31"),
        ("gbr", "2023-24", "2023-04-01..2024-03-31"),
        ("jpn", "FY2021", "2021-04-01..2022-03-31"),
        ("ken", "2024/25", "2024-07-01..2025-06-30"),
        ("eu", "2025", "2025-01-01..2025-12-31"),
        ("un", "2025", "2025-01-01..2025-12-31"),
    ],
)
def test_a_shipped_calendar_reads_the_example_of_its_actor(actor, year, days):
    starts, named = calendars()[actor]
    read = read_fiscal_year(year, read_calendar({"starts": starts, "named": named}))
    assert f"{read.since}..{read.until}" == days


def test_every_shipped_calendar_can_be_read():
    for actor, (starts, named) in calendars().items():
        assert isinstance(read_calendar({"starts": starts, "named": named}), Calendar)
        assert actor in countries() or actor in ("eu", "un")


@pytest.mark.parametrize("year", range(2021, 2028))
def test_the_council_has_fifteen_members_of_which_five_are_permanent(year):
    members = council(year)
    assert len({member.alpha3 for member in members}) == 15
    permanent = {member.alpha3 for member in members if member.permanent}
    assert permanent == {"chn", "fra", "gbr", "rus", "usa"}
    assert {member.alpha3 for member in members} <= set(countries())


def test_an_elected_member_sits_for_two_years_in_a_row():
    for year in range(2022, 2027):
        for member in council(year):
            around = {m.alpha3 for m in (*council(year - 1), *council(year + 1))}
            assert member.alpha3 in around


def test_the_council_of_a_year_that_is_not_in_the_table_is_empty():
    assert council(2020) == []
    assert council(2028) == []


@pytest.mark.parametrize("name", ["countries", "currencies", "calendars", "council"])
def test_a_table_is_sorted_and_ends_its_lines_with_lf(name):
    raw = files("pledgebook.data").joinpath(f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = raw.decode().splitlines()[1:]
    keys = [tuple(row.split(",")[: 3 if name == "council" else 1]) for row in rows]
    assert keys == sorted(set(keys))


def test_the_tables_are_quick_to_load():
    code = (
        "import time; import pledgebook.data as d; t = time.process_time();"
        "d.countries(); d.currencies(); d.calendars(); d.council(2024); d.country_by_any('Haiti');"
        "print(time.process_time() - t)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", code], text=True) for _ in range(3)]
    start = time.process_time()
    for _ in range(1000):
        country_by_any("Haiti")
    assert min(map(float, runs)) < 0.05  # 5 ms on a laptop; a loaded CI machine is slower
    assert time.process_time() - start < 0.5
