"""R4: money keeps its currency and its day."""

BLOCK = """
[source]
id = "gac-2024-06-26"
publisher = "Global Affairs Canada"
date = 2024-06-26

[[pledge]]
id = "can-fund-5"
who = "can"
whom = "mss-fund"
amount = "5.7M CAD"
strength = "promised"
quote = "Canada will provide an additional $5.7 million to the United Nations Trust Fund for the MSS mission"
"""  # noqa: E501


def test_an_amount_stays_in_its_currency(book):
    assert book.show("promises", "who unit pledged") == [("can", "CAD", 5_700_000)]
    assert book.rules == ["quote-unchecked"]


def test_a_bare_dollar_is_that_of_the_publishers_country(make_worked):
    bare = BLOCK.replace("5.7M CAD", "$5.7M")
    book = make_worked(bare.replace("date = 2024", 'country = "can"\ndate = 2024', 1))
    assert book.show("promises", "who unit pledged") == [("can", "CAD", 5_700_000)]
    assert book.rules == ["bare-dollar", "quote-unchecked"]
    assert [finding.level for finding in book.findings] == ["warning", "note"]


def test_another_currency_in_another_report_is_kept_and_not_merged(make_worked):
    book = make_worked(
        BLOCK.replace("[source]", "[[source]]")
        + """
[[source]]
id = "copy-2024-06"
date = 2024-06-27

[[pledge]]
id = "can-fund-usd"
source = "copy-2024-06"
who = "can"
whom = "mss-fund"
amount = "5.7M USD"
strength = "promised"
quote = "US$5.7 million"
"""
    )
    assert book.show("promises", "who unit pledged") == [
        ("can", "CAD", 5_700_000),
        ("can", "USD", 5_700_000),
    ]
    assert book.show("pledges", "id amount unit") == [
        ("can-fund-5", 5_700_000, "CAD"),
        ("can-fund-usd", 5_700_000, "USD"),
    ]
    conflict = {finding.rule: finding for finding in book.findings}["currency-conflict"]
    assert (conflict.level, conflict.entry) == ("warning", "can-fund-usd")
    assert "can-fund-5" in conflict.flaw.expected


def test_in_a_usd_view_the_row_says_rate_table_day_and_rate(book):
    row = book.row("pledges", "can-fund-5", currency="USD")
    # the ECB's reference rates of 26 June 2024: a euro bought 1.0689 USD and 1.4628 CAD
    assert (row["rate_table"], str(row["rate_day"])) == ("ecb-daily", "2024-06-26")
    assert row["rate"] == round(1.0689 / 1.4628, 12)
    assert (row["amount"], row["unit"]) == (4_165_114.85, "USD")
    assert row["outstanding"] == row["amount"]


def test_two_currencies_are_one_column_only_where_they_were_converted(make_worked):
    book = make_worked(
        BLOCK
        + """
[[pledge]]
id = "usa-made-up"
who = "usa"
whom = "mss-fund"
amount = "1M USD"
quote = "a made-up promise"
"""
    )
    assert {row["unit"] for row in book.ask("promises")} == {"CAD", "USD"}
    assert {row["unit"] for row in book.ask("promises", currency="USD")} == {"USD"}
    assert {row["unit"] for row in book.ask("promises", currency="EUR")} == {"EUR"}
