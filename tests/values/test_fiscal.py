"""Fiscal years by the actor's calendar, and the readings of a stated total."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.finding import Flaw
from pledgebook.values import (
    Calendar,
    FiscalYear,
    Reading,
    fiscal_year_at,
    read_calendar,
    read_fiscal_year,
    read_reading,
)

USA = Calendar(10, 1, "end")
HTI = Calendar(10, 1, "both")
CAN = Calendar(4, 1, "both")
JPN = Calendar(4, 1, "start")
FRA = Calendar(1, 1, "start")


@pytest.mark.parametrize(
    "text, calendar, expected",
    [
        ("FY2021", USA, "2020-10-01..2021-09-30"),
        ("FY 2021", USA, "2020-10-01..2021-09-30"),
        ("fy21", USA, "2020-10-01..2021-09-30"),
        ("FY99", USA, "1998-10-01..1999-09-30"),
        ("2021", USA, "2020-10-01..2021-09-30"),
        ("2020-21", USA, "2020-10-01..2021-09-30"),
        ("2021-2022", HTI, "2021-10-01..2022-09-30"),
        ("2023-24", CAN, "2023-04-01..2024-03-31"),
        ("2023\u201324", CAN, "2023-04-01..2024-03-31"),
        ("2021/22", CAN, "2021-04-01..2022-03-31"),
        ("FY2021/22", CAN, "2021-04-01..2022-03-31"),
        ("FY2021/2022", CAN, "2021-04-01..2022-03-31"),
        ("1999-00", CAN, "1999-04-01..2000-03-31"),
        ("FY2021", JPN, "2021-04-01..2022-03-31"),
        ("2025", FRA, "2025-01-01..2025-12-31"),
    ],
)
def test_a_fiscal_year_runs_by_its_actors_calendar(text, calendar, expected):
    read = read_fiscal_year(text, calendar)
    assert isinstance(read, FiscalYear), read
    assert read.text == text
    assert f"{read.since}..{read.until}" == expected


def test_one_year_is_not_enough_where_both_name_it():
    assert read_fiscal_year("FY2021", HTI) == Flaw(
        "fiscal-year-unreadable",
        "the fiscal year needs both of its years",
        expected="two years: its actor's calendar names a year by both",
        found='"FY2021"',
        remedy='write fiscal_year = "FY2020-2021" where it ends in 2021, '
        'or "FY2021-2022" where it begins in 2021',
    )


@pytest.mark.parametrize(
    "raw, calendar, remedy",
    [
        ("2020-2022", CAN, 'write fiscal_year = "2020-2021" for the year that begins in 2020'),
        ("2020-12", USA, 'write fiscal_year = "2020-2021" for the year that begins in 2020'),
        ("2020-21", FRA, 'write fiscal_year = "FY2020" or "FY2021"'),
        (2021, USA, 'write fiscal_year = "FY2021"'),
        ("21", USA, 'write fiscal_year = "FY2021", with the year that is meant'),
        ("FY2021 Q3", USA, 'write fiscal_year = "FY2021", with the year that is meant'),
        ("FY0001", USA, "write the year"),
        ("FY9999", JPN, "write the year"),
    ],
)
def test_a_fiscal_year_that_cannot_be_read_says_what_to_write(raw, calendar, remedy):
    read = read_fiscal_year(raw, calendar)
    assert isinstance(read, Flaw)
    assert read.rule == "fiscal-year-unreadable"
    assert read.remedy == remedy


@given(st.integers(1, 9998), st.sampled_from([USA, HTI, CAN, JPN, FRA]))
def test_the_name_of_a_fiscal_year_is_read_as_that_year(start, calendar):
    year = fiscal_year_at(start, calendar)
    assert read_fiscal_year(year.text, calendar) == year
    following = fiscal_year_at(start + 1, calendar)
    if following:
        assert (following.since - year.until).days == 1


def test_the_past_decade_is_ten_fiscal_years():
    read = read_reading("FY2011/FY2020", USA)
    assert [year.text for year in read.years] == [f"FY{y}" for y in range(2011, 2021)]
    assert f"{read.since}..{read.until}" == "2010-10-01..2020-09-30"


@pytest.mark.parametrize(
    "text, calendar, names",
    [
        ("FY2020", USA, "FY2020"),
        ("fy2019 / fy2020", USA, "FY2019 FY2020"),
        ("FY2020-21/FY2022-23", CAN, "FY2020-21 FY2021-22 FY2022-23"),
        ("FY2020-21/2022-23", CAN, "FY2020-21 FY2021-22 FY2022-23"),
        ("FY2020/21/FY2021/22", CAN, "FY2020-21 FY2021-22"),
        ("FY2020-21", USA, "FY2021"),
    ],
)
def test_a_reading_in_fiscal_years_names_each(text, calendar, names):
    read = read_reading(text, calendar)
    assert isinstance(read, Reading), read
    assert read.text == text
    assert " ".join(year.text for year in read.years) == names
    assert (read.since, read.until) == (read.years[0].since, read.years[-1].until)


def test_a_reading_without_fy_is_a_period():
    read = read_reading("2011-12/2021-12", USA)
    assert read.years is None
    assert f"{read.since}..{read.until}" == "2011-12-01..2021-12-31"
    assert str(read_reading("2021-22", CAN).until) == "2021-08-31"  # EDTF: a summer


@pytest.mark.parametrize(
    "text, calendar, remedy",
    [
        ("FY2020/FY2011", USA, 'write the earlier year first: readings = ["FY2011/FY2020"]'),
        ("FY2011/2020", USA, 'write "FY2011/FY2020" for two years, "FY2011-2020" for one'),
        ("FY1000/FY1400", USA, "write the years that are meant"),
        ("FY2011/FY2012/FY2013", USA, "write readings ="),
        ("FY2011/FY2020", HTI, 'write readings = "FY2010-2011" where it ends in 2011'),
    ],
)
def test_a_reading_that_cannot_be_read_says_what_to_write(text, calendar, remedy):
    read = read_reading(text, calendar)
    assert isinstance(read, Flaw)
    assert read.rule == "fiscal-year-unreadable"
    assert read.remedy.startswith(remedy)


def test_four_hundred_fiscal_years_are_the_most():
    assert len(read_reading("FY1000/FY1399", USA).years) == 400


def test_a_reading_that_is_no_period_says_so_as_a_date():
    assert read_reading("2021-13", USA).rule == "date-unreadable"


@pytest.mark.parametrize(
    "raw, expected",
    [
        ({"starts": "10-01", "named": "end"}, USA),
        ({"starts": "04-01", "named": "both"}, CAN),
        ({"starts": "01-01"}, FRA),
    ],
)
def test_a_calendar_is_its_first_day_and_its_name(raw, expected):
    assert read_calendar(raw) == expected


@pytest.mark.parametrize(
    "raw, found, nearest",
    [
        ("10-01", '"10-01"', ""),
        ({"named": "end"}, "no starts", ""),
        ({"starts": "13-01", "named": "end"}, 'starts = "13-01"', ""),
        ({"starts": "02-29", "named": "end"}, 'starts = "02-29"', ""),
        ({"starts": 10, "named": "end"}, "starts = 10", ""),
        ({"starts": "10-01"}, "no named", ""),
        ({"starts": "10-01", "named": "ends"}, '"ends"', "end"),
        ({"starts": "10-01", "name": "end"}, '"name"', "named"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_a_flaw_of_the_tracker(raw, found, nearest):
    read = read_calendar(raw)
    assert isinstance(read, Flaw)
    assert (read.rule, read.found, read.nearest) == ("tracker-unreadable", found, nearest)


@given(st.from_regex(r"(FY ?)?[0-9]{2,4}([-/][0-9]{2,4}){0,3}", fullmatch=True))
def test_what_a_remedy_writes_can_be_read(text):
    for calendar in (USA, CAN, FRA):
        read = read_fiscal_year(text, calendar)
        if isinstance(read, Flaw) and read.message == "the fiscal year needs both of its years":
            year = int(re.search(r"ends in ([0-9]+)", read.remedy)[1])
            if 1000 < year < 9999:
                form = re.search(r'"([^"]*)"', read.remedy)[1]
                assert isinstance(read_fiscal_year(form, calendar), FiscalYear)
