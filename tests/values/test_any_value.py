"""No reader raises and none takes long, whatever stands in the book."""

import time
from datetime import datetime
from datetime import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.finding import RULES, Flaw
from pledgebook.values import (
    Calendar,
    read_calendar,
    read_day,
    read_fiscal_year,
    read_id,
    read_money,
    read_number,
    read_path,
    read_period,
    read_quantity,
    read_reading,
    read_text,
    read_word,
)

CALENDARS = (Calendar(10, 1, "end"), Calendar(4, 1, "both"), Calendar(1, 1, "start"))
CODES = ("CAD", "EUR", "USD")

READERS = {
    "day": read_day,
    "period": read_period,
    "calendar": read_calendar,
    "calendar starts": lambda raw: read_calendar({"starts": raw, "named": "end"}),
    "calendar named": lambda raw: read_calendar({"starts": "10-01", "named": raw}),
    "fiscal year usa": lambda raw: read_fiscal_year(raw, CALENDARS[0]),
    "fiscal year can": lambda raw: read_fiscal_year(raw, CALENDARS[1]),
    "fiscal year fra": lambda raw: read_fiscal_year(raw, CALENDARS[2]),
    "reading usa": lambda raw: read_reading(raw, CALENDARS[0]),
    "reading can": lambda raw: read_reading(raw, CALENDARS[1]),
    "money": lambda raw: read_money(raw, currencies=CODES, dollar=None),
    "money at home": lambda raw: read_money(raw, currencies=CODES, dollar="USD"),
    "quantity": lambda raw: read_quantity(raw, currencies=CODES),
    "word": lambda raw: read_word(raw, "strength", ("implied", "done")),
    "text": lambda raw: read_text(raw, "what"),
    "number": lambda raw: read_number(raw, "sensitivity"),
    "id": lambda raw: read_id(raw, "id"),
    "path": lambda raw: read_path(raw, "file"),
}

# text made of what the readers look for reaches further into them than any text does
WORDS = "FY 2021 20 12 31 - / .. X XX ? ~ , . ' $ US$ \u20ac M bn million USD usd police"
pieces = st.sampled_from(
    [
        *WORDS.split(),
        *("m ", "up to ", "> ", "de ", " ", "0", "000", "Dec", "er", "C:"),
        *("\u00a0", "\u2212", "\u0661", "\u00b2", "\u0130", "\u017f"),
    ]
)
texts = st.text() | st.lists(pieces, max_size=12).map("".join)
scalars = st.one_of(
    *(texts, st.booleans(), st.integers(), st.floats()),
    *(st.dates(), st.datetimes(), st.times(), st.none()),
)
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner))


@settings(max_examples=400)
@given(values)
def test_no_value_makes_a_reader_raise(raw):
    for name, reader in READERS.items():
        read = reader(raw)
        assert read is not None, name
        if isinstance(read, Flaw):
            assert read.rule in RULES, name
            assert read.remedy, name
            rows = (read.message, read.expected, read.found, read.nearest, read.remedy)
            assert all("\n" not in row and len(row) < 300 for row in rows), name


LONG = {
    "letters": "x" * 10**6,
    "digits": "9" * 10**6,
    "400 digits": "9" * 400,
    "groups": "1,234" * 10**5,
    "spaces": " " * 10**6,
    "spaces inside": "1" + " " * 10**6 + "USD",
    "slashes": "/" * 10**6,
    "marks": "?~%" * 10**5,
    "comparators": "up to " * 10**5,
    "fiscal": "FY2021/" * 10**5,
    "lines": "a\n" * 10**5,
    "accents": "e\u0301" * 10**5,
    "an int": 10**100_000,
    "a negative int": -(10**100_000),
    "a float": 1e308,
    "a list": [1] * 10**5,
    "a time": clock(10, 30),
    "a time of day": datetime(2021, 12, 17, 10, 30),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_no_value_takes_a_reader_long(reader):
    start = time.process_time()
    for raw in LONG.values():
        reader(raw)
    assert time.process_time() - start < 1
