"""Days and periods: what is read, and what the finding says where nothing is."""

import re
import warnings
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.finding import Flaw
from pledgebook.values import Period, read_day, read_period


def days(raw):
    read = read_day(raw)
    assert isinstance(read, Period), read
    return f"{read.since or ''}..{read.until or ''}"


def flaw(raw, **named):
    read = read_day(raw, **named)
    assert isinstance(read, Flaw), read
    assert read.rule == "date-unreadable"
    return read


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2021-12-17", "2021-12-17..2021-12-17"),
        ("2021-12", "2021-12-01..2021-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2021", "2021-01-01..2021-12-31"),
        ("0001", "0001-01-01..0001-12-31"),
        ("2021-21", "2021-03-01..2021-05-31"),
        ("2021-22", "2021-06-01..2021-08-31"),
        ("2021-23", "2021-09-01..2021-11-30"),
        ("2021-24", "2021-12-01..2022-02-28"),
        ("2023-24", "2023-12-01..2024-02-29"),
        ("9999-24", "9999-12-01..9999-12-31"),
        ("2021-29", "2021-09-01..2021-11-30"),
        ("2021-34", "2021-04-01..2021-06-30"),
        ("2021-39", "2021-09-01..2021-12-31"),
        ("2021-41", "2021-07-01..2021-12-31"),
        ("2021~", "2021-01-01..2021-12-31"),
        ("2021-12?", "2021-12-01..2021-12-31"),
        ("2021-12-17%", "2021-12-17..2021-12-17"),
        ("2021-?12", "2021-12-01..2021-12-31"),
        ("2021-12~-17", "2021-12-17..2021-12-17"),
        ("20XX", "2000-01-01..2099-12-31"),
        ("000X", "0001-01-01..0009-12-31"),
        ("202X", "2020-01-01..2029-12-31"),
        ("2021-XX", "2021-01-01..2021-12-31"),
        ("2021-12-XX", "2021-12-01..2021-12-31"),
        ("2021-XX-XX", "2021-01-01..2021-12-31"),
        ("2011-12/2021-12", "2011-12-01..2021-12-31"),
        ("2021-10/2021-11-12", "2021-10-01..2021-11-12"),
        ("2022-10-15/2023-05-08", "2022-10-15..2023-05-08"),
        ("2021/..", "2021-01-01.."),
        ("../2021", "..2021-12-31"),
        ("2021-12~/", "2021-12-01.."),
        ("/2021", "..2021-12-31"),
    ],
)
def test_an_edtf_date_is_the_days_that_it_may_mean(text, expected):
    assert days(text) == expected
    assert read_period(text) == read_day(text)
    assert read_day(f" {text}\n").text == text


def test_a_day_of_toml_needs_no_quotes():
    assert read_day(date(2021, 12, 17)) == read_day("2021-12-17")


def test_a_day_of_38_names_the_range_and_offers_the_month():
    assert flaw("2023-05-38") == Flaw(
        "date-unreadable",
        "the day cannot be read",
        expected="a day from 1 to 31",
        found="38",
        remedy='write the day, or date = "2023-05" where only the month is known',
    )


@pytest.mark.parametrize(
    "text, expected, found, remedy",
    [
        ("2023-02-30", "1 to 28", "30", 'due = "2023-02" where only the month'),
        ("2024-02-30", "1 to 29", "30", 'due = "2024-02" where only the month'),
        ("2023-05-00", "1 to 31", "00", 'due = "2023-05" where'),
        ("2023-13", "a month from 01 to 12", "13", 'due = "2023" where only the year'),
        ("2023-00-10", "a month from 01 to 12", "00", 'due = "2023" where only the year'),
        ("2023-21-10", "a month from 01 to 12", "21", 'due = "2023" where only the year'),
        ("0000-05", "a year from 0001 to 9999", "0000", "write the year"),
        ("2023/2024-02-30", "1 to 29", "30", 'due = "2023/2024-02" where'),
        ("2023-02-31/2024", "1 to 28", "31", 'due = "2023-02/2024" where'),
        ("2021-XX-12", 'no month beside "202X"', '"2021-XX-12"', 'write due = "2021"'),
        ("202X-12", 'no month beside "202X"', '"202X-12"', 'write due = "202X"'),
    ],
)
def test_the_component_that_cannot_be_read_is_named(text, expected, found, remedy):
    read = flaw(text, field="due")
    assert expected in read.expected
    assert read.found == found
    assert remedy in read.remedy


@pytest.mark.parametrize(
    "text, form",
    [
        ("17/12/2021", "2021-12-17"),
        ("12/17/2021", "2021-12-17"),
        ("17.12.2021", "2021-12-17"),
        ("12/12/2021", "2021-12-12"),
        ("Dec 17, 2021", "2021-12-17"),
        ("December 2021", "2021-12"),
        ("17th December 2021", "2021-12-17"),
        ("17 décembre 2021", "2021-12-17"),
        ("1er août 2021", "2021-08-01"),
        ("17 desanm 2021", "2021-12-17"),
        ("juil. 2021", "2021-07"),
        ("2021-1-5", "2021-01-05"),
        ("2021.12", "2021-12"),
        ("20211217", "2021-12-17"),
        ("2021\u201312\u201317", "2021-12-17"),
        ("2021-12-17T10:30:00Z", "2021-12-17"),
        ("202x", "202X"),
        ("2021-1/2021-3", "2021-01/2021-03"),
        (2021, "2021"),
        (202112, "2021-12"),
        (20211217, "2021-12-17"),
        (datetime(2021, 12, 17, 10, 30), "2021-12-17"),
    ],
)
def test_a_date_written_otherwise_is_offered_as_edtf(text, form):
    assert flaw(text).remedy == f'write date = "{form}"'


@pytest.mark.parametrize(
    "text", ["05/04/2021", "jui 2021", "ma 2021", "2021/22", "soon", "", "..", 17, 2021.12, True]
)
def test_a_date_with_two_readings_or_none_is_not_guessed(text):
    remedy = flaw(text).remedy
    assert "2021-12-17" in remedy or '"2021-12"' in remedy  # the sample, not a guess
    assert "as in" in remedy


def test_an_interval_that_ends_before_it_begins_is_turned_round():
    read = read_period("2022/2021", field="period")
    assert read.message == "the period ends before it begins"
    assert read.remedy == 'write the earlier end first: period = "2021/2022"'


def test_an_interval_may_narrow_its_own_first_date():
    assert days("2021/2021-06") == "2021-01-01..2021-06-30"


@pytest.mark.parametrize("text", ["/", "../..", "../", "/.."])
def test_an_interval_open_at_both_ends_says_nothing(text):
    assert "leave date out" in flaw(text).remedy


years = st.integers(1, 9998).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
exact = st.dates(max_value=date(9998, 12, 31)).map(date.isoformat)
plain = st.one_of(years, months, exact)
ends = plain | st.sampled_from(["", ".."])
vague = st.one_of(
    st.integers(100, 999).map("{}X".format),
    st.integers(10, 99).map("{}XX".format),
    years.map("{}-XX".format),
    months.map("{}-XX".format),
    st.builds("{}-{}".format, years, st.integers(21, 23)),
    st.builds("{}-{}".format, years, st.integers(33, 41)),
    st.builds("{}{}".format, plain, st.sampled_from("?~%")),
)


@given(st.one_of(plain, vague, st.builds("{}/{}".format, plain, plain)))
def test_days_agree_with_the_edtf_library(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        edtf = pytest.importorskip("edtf")
        parsed = edtf.parse_edtf(text)
        since, until = parsed.lower_strict(), parsed.upper_strict()
    read = read_day(text)
    if isinstance(read, Flaw):
        assert since > until
    else:
        assert read.since == date(*since[:3])
        assert read.until == date(*until[:3])


@given(st.one_of(plain, vague), ends)
def test_an_interval_begins_with_its_first_and_ends_with_its_last_date(first, last):
    read = read_period(f"{first}/{last}")
    alone = read_period(first)
    end = read_period(last) if last not in ("", "..") else Period("", None, None)
    if isinstance(read, Flaw):
        assert alone.since > end.until
    else:
        assert (read.since, read.until) == (alone.since, end.until)


@given(
    st.one_of(plain, vague, st.from_regex(r"[0-9X]{1,4}([-/.][0-9X]{1,2}){0,2}", fullmatch=True))
)
def test_what_a_remedy_writes_can_be_read(text):
    read = read_day(text)
    if isinstance(read, Flaw):
        for form in re.findall(r'date = "([^"]*)"', read.remedy):
            assert isinstance(read_day(form), Period)
