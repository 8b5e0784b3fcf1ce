"""Money and quantities: every way of printing a figure that a source is known to use."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.finding import Flaw
from pledgebook.values import Money, Quantity, read_money, read_quantity

WORDS = "CAD CHF CNY EUR GBP HTG JPY KES KWD MXN MMK USD XOF"
CODES = frozenset(WORDS.split())


def money(raw, dollar="USD"):
    return read_money(raw, currencies=CODES, dollar=dollar)


@pytest.mark.parametrize(
    "text, amount, currency",
    [
        ("300M USD", "300000000", "USD"),
        ("USD 300M", "300000000", "USD"),
        ("300 million USD", "300000000", "USD"),
        ("US$15M", "15000000", "USD"),
        ("US$ 15 million", "15000000", "USD"),
        ("US $15M", "15000000", "USD"),
        ("C$50.4M", "50400000", "CAD"),
        ("CA$5.7M", "5700000", "CAD"),
        ("5,7 M$ CA", "5700000", "CAD"),
        ("CAD $5.7M", "5700000", "CAD"),
        ("$300M USD", "300000000", "USD"),
        ("A$5", "5", "AUD"),
        ("AU$5", "5", "AUD"),
        ("NZ$5", "5", "NZD"),
        ("HK$5", "5", "HKD"),
        ("S$5", "5", "SGD"),
        ("\u20ac5m", "5000000", "EUR"),
        ("5 M\u20ac", "5000000", "EUR"),
        ("EUR 5,2 Mio", "5200000", "EUR"),
        ("\u00a33m", "3000000", "GBP"),
        ("75833135 CAD", "75833135", "CAD"),
        ("75.833135M CAD", "75833135", "CAD"),
        ("300,000,000 USD", "300000000", "USD"),
        ("300,000 USD", "300000", "USD"),
        ("300 000 000 USD", "300000000", "USD"),
        ("300\u00a0000\u202f000 USD", "300000000", "USD"),
        ("300'000 CHF", "300000", "CHF"),
        ("300\u2019000 CHF", "300000", "CHF"),
        ("1.7M USD", "1700000", "USD"),
        ("1,7M EUR", "1700000", "EUR"),
        ("1.234.567 EUR", "1234567", "EUR"),
        ("1.234,56 EUR", "1234.56", "EUR"),
        ("1,234.56 EUR", "1234.56", "EUR"),
        ("0,125M EUR", "125000", "EUR"),
        ("0.125 EUR", "0.125", "EUR"),
        ("1234.567 KWD", "1234.567", "KWD"),
        ("5 millions d'euros", "5000000", "EUR"),
        ("3 milliards de gourdes", "3000000000", "HTG"),
        ("5k USD", "5000", "USD"),
        ("5 thousand USD", "5000", "USD"),
        ("2.6bn USD", "2600000000", "USD"),
        ("2.6B USD", "2600000000", "USD"),
        ("1 trillion USD", "1000000000000", "USD"),
        ("300MUSD", "300000000", "USD"),
        ("300 KES", "300", "KES"),  # a code that begins like a scale
        ("300 MMK", "300", "MMK"),
        ("0 USD", "0", "USD"),
        ("-5M USD", "-5000000", "USD"),
        ("\u22125M USD", "-5000000", "USD"),
        ("-$5M USD", "-5000000", "USD"),
        ("999999999999999999 USD", "999999999999999999", "USD"),
    ],
)
def test_money_is_read_as_it_is_printed(text, amount, currency):
    read = money(text)
    assert isinstance(read, Money), read
    assert (str(read.amount), read.currency) == (amount, currency)
    assert not read.bare_dollar


@pytest.mark.parametrize(
    "text, slack",
    [
        ("300M USD", "500000"),
        ("2.6 billion USD", "50000000"),
        ("300000000 USD", "0.5"),
        ("5.70 USD", "0.005"),
        ("0.000001 USD", "0.000001"),  # never nothing: half of it has seven decimals
        ("~ 100M USD", "5000000"),
        ("~ 1M USD", "500000"),
        ("~ -100M USD", "5000000"),
    ],
)
def test_the_slack_is_half_of_the_last_printed_digit_or_5_per_cent_of_about(text, slack):
    assert str(money(text).slack) == slack


@pytest.mark.parametrize(
    "before, comparator",
    [
        ("", "="),
        ("=", "="),
        (">", ">"),
        ("> ", ">"),
        ("more than ", ">"),
        ("Over ", ">"),
        ("at least ", ">"),
        ("plus de ", ">"),
        ("< ", "<"),
        ("less than ", "<"),
        ("under ", "<"),
        ("up to ", "up to"),
        ("at most ", "up to"),
        ("jusqu'à ", "up to"),
        ("jusqu\u2019a\u0300 ", "up to"),
        ("~", "~"),
        ("about ", "~"),
        ("around ", "~"),
        ("nearly ", "~"),
        ("environ ", "~"),
    ],
)
def test_the_words_before_a_figure_are_its_comparator(before, comparator):
    assert money(before + "300M USD").comparator == comparator
    assert money(before + "$300M").comparator == comparator
    assert read_quantity(before + "40 people").comparator == comparator


def test_a_word_that_only_begins_like_a_comparator_is_none():
    assert isinstance(money("overall 5 USD"), Flaw)
    assert isinstance(money("\u017fome 5 USD"), Flaw)


@pytest.mark.parametrize("text", ["$300M", "300 million dollars", "300 M$"])
def test_a_bare_dollar_takes_the_currency_of_the_country_and_says_so(text):
    assert money(text, dollar="CAD") == Money(
        Decimal(300_000_000), "CAD", "=", Decimal(500_000), True
    )
    assert "which" in money(text, dollar=None).expected


@pytest.mark.parametrize(
    "raw, row, said",
    [
        ("\u00a55m", "expected", "the yen and the yuan"),
        ("1,234M USD", "remedy", "write 1.234 or 1234"),
        ("1.234 EUR", "remedy", "write 1.2340 or 1234"),
        ("12,34.5 USD", "expected", "grouped by three"),
        ("1,00,000 USD", "expected", "grouped by three"),
        ("1 0000 USD", "expected", "a number and a currency"),
        ("300M usd", "remedy", 'write amount = "300M USD"'),
        ("300M usd", "nearest", "USD"),
        ("300M", "remedy", 'write amount = "300M USD", with the currency of the source'),
        (300, "remedy", 'write amount = "300 USD"'),
        (300.5, "remedy", 'write amount = "300.5 USD"'),
        (300, "expected", 'a number and a currency, such as "300M USD"'),
        ("5-10M USD", "remedy", "one number and one currency"),
        ("\u20ac5M USD", "remedy", "one number and one currency"),
        ("$5M EUR", "remedy", "one number and one currency"),
        ("300 USD million", "expected", "a number and a currency"),
        ("five USD", "expected", "a number and a currency"),
        ("9999999999999999999 USD", "expected", "at most 18 digits"),
        ("9999999 trillion USD", "expected", "at most 18 digits"),
        ("0.0000015 USD", "expected", "6 after it"),
        ("5 " + "9" * 400 + " USD", "expected", "a number and a currency"),
        ("", "found", '""'),
    ],
)
def test_an_amount_that_cannot_be_read_says_what_to_write(raw, row, said):
    read = money(raw)
    assert isinstance(read, Flaw), read
    assert read.rule == "amount-unreadable"
    assert said in getattr(read, row)


@pytest.mark.parametrize(
    "text, amount, unit",
    [
        ("1000 police", 1000, "police"),
        ("1,500 police", 1500, "police"),
        ("1 000 policiers", 1000, "policiers"),
        ("18 armoured vehicles", 18, "armoured vehicles"),
        ("1 armoured vehicle", 1, "armoured vehicles"),
        ("1 vehicle", 1, "vehicles"),
        ("1 person", 1, "people"),
        ("40 people", 40, "people"),
        ("40  Police \n Officers", 40, "police officers"),
        ("1.3 million people", 1_300_000, "people"),
        ("1.3M people", 1_300_000, "people"),
        ("5 millions de personnes", 5_000_000, "personnes"),
        ("1.5 tonnes", Decimal("1.5"), "tonnes"),
        ("5 m", 5, "m"),
        ("35 per cent", 35, "per cent"),
        ("0 staff", 0, "staff"),
    ],
)
def test_a_quantity_is_a_number_and_a_unit(text, amount, unit):
    read = read_quantity(text, currencies=CODES)
    assert isinstance(read, Quantity), read
    assert (read.amount, read.unit) == (amount, unit)


def test_some_vehicles_is_no_quantity():
    read = read_quantity("some vehicles")
    assert read.rule == "quantity-unreadable"
    assert read.expected == 'a number and a unit, such as "1000 police"'
    assert read.found == '"some vehicles"'
    assert "leave quantity out" in read.remedy


@pytest.mark.parametrize(
    "raw, row, said",
    [
        ("300 USD", "remedy", 'write amount = "300 USD"'),
        ("300M USD", "remedy", 'write amount = "300M USD"'),
        ("$300", "remedy", 'write amount = "$300"'),
        ("300\u20ac", "remedy", 'write amount = "300\u20ac"'),
        ("1000", "remedy", 'write quantity = "1000 police", with its own unit'),
        ("300M", "remedy", "with its own unit"),
        (1000, "remedy", 'write quantity = "1000 police", with its own unit'),
        ("1.500 police", "remedy", "write 1.5000 or 1500"),
        ("1.3m people", "remedy", 'write "1.3 million people" where m is a million'),
        ("35 %", "remedy", "35 per cent"),
        ("10 " + "x" * 41, "expected", "at most 40 characters"),
        ("-5 vehicles", "expected", "a number and a unit"),
        ("1000 - 1500 police", "expected", "starts with a letter"),
        ("9999999999999999999 police", "expected", "at most 18 digits"),
    ],
)
def test_a_quantity_that_cannot_be_read_says_what_to_write(raw, row, said):
    read = read_quantity(raw, currencies=CODES)
    assert isinstance(read, Flaw), read
    assert read.rule == "quantity-unreadable"
    assert said in getattr(read, row)


SCALES = {"": 0, "k": 3, "M": 6, " million": 6, "bn": 9, " billion": 9, " trillion": 12}


def grouped(whole, mark):
    return f"{whole:,}".replace(",", mark)


@given(
    st.integers(0, 99_999),
    st.integers(0, 99) | st.none(),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "'"]),
    st.booleans(),
)
def test_printed_money_is_read_back(whole, cents, scale, mark, code_first):
    number = grouped(whole, mark) + ("" if cents is None else f".{cents:02}")
    text = f"USD {number}{scale}" if code_first else f"{number}{scale} USD"
    read = money(text)
    unit = Decimal(10) ** SCALES[scale]
    assert isinstance(read, Money), read
    assert read.amount == (whole + Decimal(cents or 0) / 100) * unit
    assert read.slack == unit / (2 if cents is None else 200)
    assert "E" not in f"{read.amount}{read.slack}"


@given(st.from_regex(r"[$\u20ac-]?[0-9]{1,4}([., ][0-9]{1,3}){0,2} ?(M|bn|m)? ?(USD|usd|EURO|\$)?"))
def test_what_a_remedy_writes_can_be_read(text):
    read = money(text)
    if isinstance(read, Flaw):
        for form in re.findall(r'amount = "([^"]*)"', read.remedy):
            assert isinstance(money(form), Money)


@given(
    st.integers(0, 999_999_999),
    st.none() | st.integers(0, 99).map(str),
    st.sampled_from(["", "K", "M", "bn"]),
    st.booleans(),
)
def test_the_short_way_reads_what_the_grammar_reads(whole, fraction, letter, grouped):
    number = f"{whole:,}" if grouped and not letter else str(whole)
    text = f"{number}{'.' + fraction if fraction else ''}{letter} USD"
    # a space in front leads past the short way
    assert money(text) == money(" " + text)
