"""R11: overdue is said with care; unknown is never zero."""

from pledgebook.questions import QUESTIONS

BLOCK = """
[[source]]
id = "d1-2022"
host = "D1 Softball News"
date = "2022-10"

[[source]]
id = "herald-2022-10"
publisher = "Miami Herald"
date = "2022-10"

[[commitment]]
id = "hti-buys-18"
source = "d1-2022"
who = "hti"
whom = "hnp"
funder = "hti"
supplier = "inkas"
carrier = "can"
note = "usa flew part of it"
what = "armoured vehicles"
quantity = "18 vehicles"
amount = "18M USD"
due = 2022-12-31
strength = "signed"
quote = "ordered to the tune of $18 million were supposed to arrive in Haiti several months ago"

[[delivery]]
id = "hti-first-lot"
source = "herald-2022-10"
date = 2022-10-15
who = "hti"
whom = "hnp"
what = "armoured vehicles"
quantity = "4 vehicles"
toward = "hti-buys-18"
quote = "delivering the first four of more than a dozen new armored vehicles for the Haiti National Police"
"""  # noqa: E501


def test_overdue_says_what_is_known(book):
    row = book.row("pledges", "hti-buys-18", "2023-01-05")
    assert (row["state"], row["amount"], row["outstanding"]) == ("overdue", 18, 14)
    assert row["note"] == "due 2022-12-31; no evidence of delivery since 2022-10-15"
    assert row["rests_on"] == ["hti-buys-18", "hti-first-lot"]


def test_before_the_day_it_is_not_overdue(book):
    assert book.row("pledges", "hti-buys-18", "2022-12-31")["state"] == "live"


def test_the_day_is_an_argument(book):
    assert book.row("pledges", "hti-buys-18", day="2022-12-31")["state"] == "live"
    assert book.row("pledges", "hti-buys-18", day="2023-01-01")["state"] == "overdue"


def test_nobody_broke_a_promise_and_the_carrier_gave_nothing(book):
    for question in QUESTIONS:
        assert "broken" not in str(book.ask(question, "2023-01-05"))
    assert {row["who"] for row in book.ask("promises")} == {"hti"}
    assert {row["who"] for row in book.ask("pledges")} == {"hti"}


def test_an_unknown_amount_is_null_and_never_zero(make_worked):
    book = make_worked(
        """
        [[pledge]]
        id = "unknown"
        who = "mex"
        whom = "hnp"
        quote = "will contribute"
        """
    )
    row = book.row("pledges", "unknown")
    assert (row["amount"], row["outstanding"], row["state"]) == (None, None, "live")
    (promised,) = book.ask("promises")
    assert (promised["unit"], promised["unknown"]) == (None, 1)
    assert (promised["committed"], promised["disbursed"]) == (None, None)
