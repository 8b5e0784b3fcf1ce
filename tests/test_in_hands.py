"""flows, funds and followup in another currency. The entries and the rates are made up."""

from __future__ import annotations

from datetime import date

import pytest

FILES = {
    "tracker.toml": 'title = "A test"\n[rates]\nsource = "own"\n',
    "rates.csv": """\
table,currency,against,day,rate,source
own,CAD,USD,2021-01-04,2.00,made up
own,CAD,USD,2021-03-01,1.60,made up
""",
    "activities.toml": '[[activity]]\nid = "pot"\ntype = "fund"\n',
}

TEXT = """
[[ask]]
id = "help"
who = "hti"
whom = ["can", "usa"]
date = 2021-01-01
quote = "asks for help"

[[pledge]]
id = "promise"
who = "can"
whom = "pot"
amount = "80 CAD"
date = 2021-01-04
known = 2021-01-04
toward = "help"
quote = "eighty dollars"

[[disbursement]]
id = "paid"
who = "can"
whom = "pot"
amount = "32 CAD"
date = 2021-03-02
known = 2021-03-02
toward = "promise"
quote = "thirty-two were paid"

[[disbursement]]
id = "paid-in-usd"
who = "can"
whom = "pot"
amount = "10 USD"
date = 2021-03-02
known = 2021-03-02
toward = "promise"
quote = "and ten American"

[[disbursement]]
id = "out"
who = "pot"
whom = "hti"
amount = "16 CAD"
date = 2021-03-03
known = 2021-03-03
quote = "sixteen were spent"
"""


@pytest.fixture
def book(make_book):
    return make_book(TEXT, FILES)


def test_each_flow_is_converted_at_its_own_day(book):
    rows = book.show("flows", "cut provider amount unit rates", currency="USD")
    assert ("origin", "can", 30, "USD", ["CAD 2021-03-01 0.625 own"]) in rows  # 20 + 10
    assert {row[3] for row in rows} == {"USD"}


def test_without_it_currencies_stand_apart(book):
    rows = book.show("flows", "cut provider amount unit rates")
    assert ("origin", "can", 32, "CAD", None) in rows
    assert ("origin", "can", 10, "USD", None) in rows


def test_a_fund_is_converted_at_one_day_so_that_its_balance_holds(book):
    (cad,) = [row for row in book.ask("funds", currency="USD") if row["own_unit"] == "CAD"]
    assert (cad["received"], cad["spent"], cad["balance"]) == (20, 10, 10)
    assert (cad["pledged"], cad["unit"]) == (50, "USD")
    assert (cad["rate"], cad["rate_day"], cad["rate_table"]) == (0.625, date(2021, 3, 1), "own")


def test_what_came_in_another_currency_follows_up_the_answer(book):
    (row,) = [row for row in book.ask("followup", day="2022-06-01") if row["who"] == "can"]
    assert (row["unit"], row["promised"], row["delivered"]) == ("CAD", 80, 48)  # 32 + 10 * 1.6
    assert (row["after_30"], row["after_90"]) == (0, 48)


def test_a_followup_is_shown_in_another_currency(book):
    rows = book.ask("followup", day="2022-06-01", currency="USD")
    (row,) = [row for row in rows if row["who"] == "can"]
    assert (row["unit"], row["promised"], row["delivered"]) == ("USD", 40, 30)
    assert row["rates"] == ["CAD 2021-01-04 0.5 own", "CAD 2021-03-01 0.625 own"]
