"""--in CUR: money in one currency, each amount at its own day, and nothing that has no rate.

Promises and payments are made up; rates are the ECB's, or fixed ones that say so.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from click.testing import CliRunner, Result

from conftest import Book
from pledgebook.cli import QUESTION_NAMES, main
from pledgebook.questions import QUESTIONS

Make = Callable[..., Book]

# a euro buys two dollars of the United States and three of Canada, on any day: easy to add up
FIXED = """\
table,currency,against,day,rate,source
plain,USD,EUR,,2,made up
plain,CAD,EUR,,3,made up
"""
PLAIN = {"rates.csv": FIXED, "tracker.toml": '[rates]\nsource = "plain"\n'}

MIXED = """
[[pledge]]
id = "cad"
who = "can"
whom = "hnp"
date = 2024-02-24
amount = "9M CAD"
quote = "nine million, on a Saturday"

[[disbursement]]
id = "cad-paid"
who = "can"
whom = "hnp"
date = 2024-06-28
amount = "3M CAD"
toward = "cad"
quote = "three million"

[[pledge]]
id = "usd"
who = "can"
whom = "hnp"
date = 2024-02-22
amount = "4M USD"
quote = "four million American dollars"

[[pledge]]
id = "htg"
who = "can"
whom = "hnp"
date = 2024-02-22
amount = "5M HTG"
quote = "five million gourdes"

[[pledge]]
id = "kind"
who = "can"
whom = "hnp"
quantity = "7 vehicles"
quote = "seven vehicles"
"""


def shown(book: Book, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-t", str(book.folder), "show", *arguments])


def exact(amount: float, numerator: str, denominator: str) -> float:
    """An amount times a cross rate, by the documented arithmetic, in Python's decimals."""
    rate = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("1e-12"), ROUND_HALF_UP)
    return float((Decimal(str(amount)) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP))


# --- promises and pledges -------------------------------------------------------------------------


def test_each_amount_is_converted_at_its_own_day(make_book: Make):
    book = make_book(MIXED)
    rows = book.show("promises", "who unit pledged disbursed outstanding", currency="USD")
    # a euro bought 1.4587 CAD and 1.0834 USD on Friday 23 February, 1.467 and 1.0705 on 28 June
    pledged, paid = exact(9_000_000, "1.0834", "1.4587"), exact(3_000_000, "1.0705", "1.467")
    # what is outstanding is so in the promise's currency, and converted at the promise's day
    left = exact(6_000_000, "1.0834", "1.4587")
    assert rows == [
        ("can", "HTG", 5_000_000, None, 5_000_000),
        ("can", "USD", round(4_000_000 + pledged, 2), paid, round(4_000_000 + left, 2)),
        ("can", "vehicles", 7, None, 7),
    ]


def test_rate_day_and_table_are_part_of_the_answer(make_book: Make):
    book = make_book(MIXED)
    columns = "id amount unit rate rate_day rate_table"
    rows = {row[0]: row[1:] for row in book.show("pledges", columns, currency="USD")}
    amount, unit, rate, rate_day, table = rows["cad"]
    assert (unit, str(rate_day), table) == ("USD", "2024-02-23", "ecb-daily")
    assert amount == round(9_000_000 * rate, 2)
    assert rows["usd"] == (4_000_000, "USD", 1, None, None)
    assert rows["htg"] == (5_000_000, "HTG", None, None, None)
    assert rows["kind"] == (7, "vehicles", None, None, None)
    (row,) = [one for one in book.ask("promises", currency="USD") if one["unit"] == "USD"]
    assert row["rates"] == [
        "CAD 2024-02-23 0.742716117091 ecb-daily",
        "CAD 2024-06-28 0.729720518064 ecb-daily",
    ]


def test_the_sum_of_what_is_shown_is_the_sum_shown(make_book: Make):
    text = "".join(
        f"""
        [[pledge]]
        id = "p{n}"
        who = "can"
        whom = "hnp"
        date = 2024-02-{n + 1:02}
        amount = "{n}.37 CAD"
        quote = "number {n}"
        """
        for n in range(1, 28)
    )
    book = make_book(text)
    rows = book.ask("pledges", currency="JPY")
    assert len({row["rate"] for row in rows}) > 15
    (total,) = book.ask("promises", currency="JPY")
    assert total["pledged"] == round(sum(row["amount"] for row in rows), 2)
    assert total["outstanding"] == round(sum(row["outstanding"] for row in rows), 2)


def test_without_it_every_amount_is_as_it_was_said(make_book: Make):
    book = make_book(MIXED)
    assert book.show("promises", "unit pledged rates") == [
        ("CAD", 9_000_000, None),
        ("HTG", 5_000_000, None),
        ("USD", 4_000_000, None),
        ("vehicles", 7, None),
    ]
    assert {row["rate"] for row in book.ask("pledges")} == {None}


def test_into_its_own_currency_nothing_changes(make_book: Make):
    text = MIXED[: MIXED.index('[[pledge]]\nid = "usd"')]
    book = make_book(text)
    columns = "unit pledged disbursed outstanding unpromised"
    assert book.show("promises", columns, currency="CAD") == book.show("promises", columns)


def test_a_payment_is_converted_once_and_not_by_way_of_the_promise(make_book: Make):
    """Dollars toward a promise of Canadian ones are, in dollars, what was paid."""
    book = make_book(
        """
        [[pledge]]
        id = "cad"
        who = "can"
        whom = "hnp"
        date = 2024-02-22
        amount = "9M CAD"
        quote = "nine million"

        [[disbursement]]
        id = "usd-paid"
        who = "can"
        whom = "hnp"
        date = 2024-06-28
        amount = "2M USD"
        toward = "cad"
        quote = "two million"
        """
    )
    (row,) = book.ask("promises", currency="USD")
    assert row["disbursed"] == 2_000_000
    left = 9_000_000 - exact(2_000_000, "1.467", "1.0705")
    assert row["outstanding"] == exact(round(left, 2), "1.0844", "1.4618")


def test_what_is_partly_of_another_currency_is_hidden_once_both_are_one(make_book: Make):
    """A payment in euros that is part of one in dollars, both toward a promise: one chain."""
    text = """
        [[pledge]]
        id = "promise"
        who = "can"
        whom = "hnp"
        amount = "30M CAD"
        quote = "thirty million"

        [[disbursement]]
        id = "whole"
        who = "can"
        whom = "hnp"
        amount = "10M USD"
        toward = "promise"
        quote = "ten million"

        [[disbursement]]
        id = "part"
        who = "can"
        whom = "hnp"
        amount = "2M EUR"
        part_of = "whole"
        quote = "of which two million euros"
        """
    book = make_book(text, PLAIN)
    assert book.row("pledges", "promise")["outstanding"] == 15_000_000
    for currency, paid in ((None, 15_000_000), ("USD", 10_000_000), ("EUR", 5_000_000)):
        filters = {"currency": currency} if currency else {}
        (row,) = book.ask("promises", **filters)
        assert row["disbursed"] == paid


def test_a_unit_is_that_in_which_it_was_said(make_book: Make):
    book = make_book(MIXED)
    rows = book.show("pledges", "id unit", currency="USD", unit="CAD")
    assert rows == [("cad", "USD")]
    (row,) = book.ask("promises", currency="USD", unit="CAD")
    assert row["pledged"] == exact(9_000_000, "1.0834", "1.4587")


# --- an imprecise day -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "known, rate_day",
    [
        ("2024-03-08", "2024-02-29"),  # the last day of February
        ("2024-02-20", "2024-02-20"),  # nobody could know a later rate when it was said
    ],
)
def test_an_imprecise_day_is_its_last_but_none_after_it_was_known(
    make_book: Make, known: str, rate_day: str
):
    book = make_book(
        f"""
        [[pledge]]
        id = "february"
        who = "can"
        whom = "hnp"
        date = "2024-02"
        known = {known}
        amount = "1M CAD"
        quote = "in February"
        """
    )
    assert str(book.row("pledges", "february", currency="USD")["rate_day"]) == rate_day


# --- totals and needs -----------------------------------------------------------------------------


TOTAL = """
[[total]]
id = "said"
who = "can"
whom = "hnp"
stage = "pledged"
date = 2024-12-31
amount = "30M CAD"
covers = ["one", "two"]
quote = "thirty million in all"

[[pledge]]
id = "one"
who = "can"
whom = "hnp"
date = 2022-01-03
amount = "10M CAD"
quote = "ten million"

[[pledge]]
id = "two"
who = "can"
whom = "hnp"
date = 2024-02-22
amount = "20M CAD"
quote = "twenty million"
"""


def test_a_rate_never_makes_a_hole(make_book: Make):
    """The items are of 2022 and 2024, at other rates: the total holds in every currency."""
    book = make_book(TOTAL)
    for currency in ("CAD", "USD", "JPY"):
        row = book.row("totals", "said", currency=currency)
        assert (row["verdict"], row["unexplained"], row["unit"]) == ("holds", 0, currency)
        assert row["itemised"] == row["stated"]
    row = book.row("totals", "said", currency="USD")
    # a euro bought 1.0389 USD and 1.4948 CAD on the day of the total
    assert row["stated"] == exact(30_000_000, "1.0389", "1.4948")
    assert (str(row["rate_day"]), row["rate_table"]) == ("2024-12-31", "ecb-daily")


def test_a_total_adds_up_to_the_cent_in_another_currency(make_book: Make):
    book = make_book(TOTAL.replace("30M CAD", "33333333.33 CAD"))
    row = book.row("totals", "said", currency="USD")
    assert row["verdict"] == "short"
    assert row["unexplained"] == round(row["stated"] - row["itemised"], 2)
    (reading,) = row["readings"]
    assert reading["itemised"] == row["itemised"]
    assert reading["unexplained"] == row["unexplained"]


def test_items_in_another_currency_stay_out_of_a_total(make_book: Make):
    """A hole is shown rather than filled by a rate: the items are those in the total's currency."""
    book = make_book(TOTAL.replace("20M CAD", "20M USD"))
    for filters in ({}, {"currency": "USD"}):
        row = book.row("totals", "said", **filters)
        assert (row["verdict"], row["rests_on"]) == ("short", ["one"])


def test_a_need_and_its_gap_are_of_one_day(make_book: Make):
    book = make_book(
        """
        [[need]]
        id = "need"
        who = "hnp"
        via = "plan"
        date = 2024-02-22
        amount = "10M CAD"
        quote = "ten million are needed"

        [[commitment]]
        id = "signed"
        who = "can"
        whom = "hnp"
        via = "plan"
        date = 2022-01-03
        amount = "4M CAD"
        quote = "four million are signed"
        """,
        {"activities.toml": '[[activity]]\nid = "plan"\nname = "A made-up plan"\n'},
    )
    row = book.row("needs", "need", currency="USD")
    assert row["stated"] == exact(10_000_000, "1.0844", "1.4618")
    assert row["covered"] == exact(4_000_000, "1.0844", "1.4618")
    assert row["gap"] == round(row["stated"] - row["covered"], 2)
    assert row["unit"] == "USD"


# --- the prices of another year -------------------------------------------------------------------


PRICES = "currency,year,index,source\nUSD,2021,100,made up\nUSD,2024,120,made up\n"


def test_constant_prices(make_book: Make):
    """At its day's rate, times the index of 2021, divided by that of its own year."""
    book = make_book(MIXED, PLAIN | {"prices.csv": PRICES})
    row = book.row("pledges", "cad", currency="USD@2021")
    # 9M CAD are 6M USD, and 6M of 2024 are 5M of 2021
    assert (row["amount"], row["unit"]) == (5_000_000, "USD@2021")
    assert row["rate_table"] == "plain, prices 2024 to 2021"
    row = book.row("pledges", "usd", currency="USD@2021")
    assert row["amount"] == exact(4_000_000, "100", "120")
    assert row["rate_table"] == "prices 2024 to 2021"


def test_without_an_index_of_its_year_an_amount_stays_as_it_is(make_book: Make):
    book = make_book(
        MIXED.replace("date = 2024-02-24", "date = 2023-02-24"), PLAIN | {"prices.csv": PRICES}
    )
    rows = dict(book.show("pledges", "id unit", currency="USD@2021"))
    assert (rows["cad"], rows["usd"]) == ("CAD", "USD@2021")
    assert {unit for _, unit in book.show("pledges", "id unit", currency="USD@1990")} == {
        *("CAD", "USD", "HTG", "vehicles")
    }


# --- on the command line --------------------------------------------------------------------------


def test_the_command_says_what_stays_in_its_currency(make_book: Make):
    said = shown(make_book(MIXED), "pledges", "--in", "EUR", "--format", "json")
    assert said.exit_code == 0
    assert {row["unit"] for row in json.loads(said.stdout)} == {"EUR", "HTG", "vehicles"}
    assert said.stderr == (
        "pledgebook: no rate leads to EUR from HTG (1 amount); they stay in their currency\n"
    )


def test_of_sums_the_entries_behind_them_are_counted(make_book: Make):
    said = shown(make_book(MIXED), "promises", "--in", "HTG", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert {row["unit"] for row in rows} == {"HTG", "CAD", "USD", "vehicles"}
    assert "from CAD (2 amounts), USD (1 amount);" in said.stderr


def test_nothing_is_said_where_all_was_converted(make_book: Make):
    book = make_book(MIXED.replace("5M HTG", "5M EUR"))
    assert shown(book, "promises", "--in", "usd").stderr == ""
    assert shown(book, "promises").stderr == ""


@pytest.mark.parametrize(
    "code, said",
    [
        ("USS", 'no currency has the code "USS"; the nearest is USD'),
        ("CDN", 'no currency has the code "CDN"; the nearest is'),
        ("dollars", 'no currency has the code "DOLLARS"'),
        ("", 'no currency has the code ""'),
        ("USD@", '"" is no year; write it as USD@2021'),
        ("USD@21", '"21" is no year; write it as USD@2021'),
    ],
)
def test_what_is_no_currency_is_one_sentence_and_exit_code_2(make_book: Make, code: str, said: str):
    answer = shown(make_book(MIXED), "promises", "--in", code)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"pledgebook: {said}")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("question", QUESTION_NAMES)
def test_every_question_converts_its_money_or_says_that_it_has_none(make_book: Make, question: str):
    answer = shown(make_book(MIXED), question, "--in", "EUR", "--format", "csv")
    if "currency" in QUESTIONS[question].filters:
        assert answer.exit_code == 0
    else:
        assert answer.exit_code == 2
        assert answer.stderr == (f"pledgebook: {question} has no amounts to show in a currency\n")


def test_the_money_questions_convert():
    can = {name for name, question in QUESTIONS.items() if "currency" in question.filters}
    assert can >= {"promises", "pledges", "totals", "needs"}
