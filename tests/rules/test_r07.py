"""R7: a promise counts once, at its highest evidenced stage."""

BLOCK = """
[[source]]
id = "gac-2024-02"
publisher = "Global Affairs Canada"
date = 2024-02-22

[[source]]
id = "gac-projects"
publisher = "Global Affairs Canada"
date = "2024"

[[pledge]]
id = "can-80"
source = "gac-2024-02"
who = "can"
whom = "hti"
via = "mss"
amount = "80.5M CAD"
strength = "promised"
quote = "including $80.5 million to support the deployment"

[[commitment]]
id = "can-dos-75"
source = "gac-projects"
date = 2024-02-28
who = "can"
whom = "un-dos"
via = "mss"
amount = "75833135 CAD"
purpose = "15230"
toward = "can-80"
quote = "$75,833,135 United Nations Department ofOperational Support (41305) 2024-02-28 - 2026-06-01"
"""  # noqa: E501

JUNE = """
[[source]]
id = "gac-2024-06-26"
date = 2024-06-26

[[pledge]]
id = "can-fund-5"
source = "gac-2024-06-26"
who = "can"
whom = "mss-fund"
amount = "5.7M CAD"
strength = "promised"
quote = "an additional $5.7 million"
"""

PAID = """
[[disbursement]]
id = "can-paid-63"
source = "gac-projects"
who = "can"
whom = "mss-fund"
amount = "63M USD"
quote = "about $63 million"
"""


def test_what_is_committed_is_part_of_what_was_pledged(book):
    (row,) = book.ask("promises")
    assert (row["who"], row["unit"]) == ("can", "CAD")
    assert (row["pledged"], row["committed"]) == (80_500_000, 75_833_135)
    assert (row["disbursed"], row["delivered"]) == (None, None)  # none known, not 0
    assert (row["outstanding"], row["unpromised"]) == (80_500_000, None)
    assert row["rests_on"] == ["can-80", "can-dos-75"]


def test_the_promise_stands_at_its_highest_stage(book):
    row = book.row("pledges", "can-80")
    assert (row["stage"], row["state"]) == ("committed", "live")
    assert row["rests_on"] == ["can-80", "can-dos-75"]
    assert [one["id"] for one in book.ask("pledges")] == ["can-80"]


def test_a_later_promise_adds(make_worked):
    rows = make_worked(BLOCK + JUNE).show("promises", "who unit pledged committed")
    assert rows == [("can", "CAD", 86_200_000, 75_833_135)]


def test_what_was_paid_in_another_currency_is_a_row_of_its_own(make_worked):
    rows = make_worked(BLOCK + PAID).show("promises", "who unit pledged disbursed unpromised")
    assert rows == [
        ("can", "CAD", 80_500_000, None, None),
        ("can", "USD", 0, None, 63_000_000),
    ]


# The block links no payment. These two say, for the test, that the 63M USD went toward the promise
# of 80.5M CAD, and on which day.
LINKED = PAID.replace('who = "can"', 'date = 2024-06-28\ntoward = "can-80"\nwho = "can"')


def test_p21_what_was_paid_toward_a_promise_in_another_currency_counts_in_that_of_the_promise(
    make_worked,
):
    book = make_worked(BLOCK + JUNE + LINKED)
    # 28 June 2024: a euro bought 1.0705 USD and 1.467 CAD
    paid = round(63_000_000 * round(1.467 / 1.0705, 12), 2)
    (row,) = book.ask("promises")
    assert (row["unit"], row["pledged"], row["committed"]) == ("CAD", 86_200_000, 75_833_135)
    assert (row["disbursed"], row["unpromised"]) == (paid, None)
    assert row["converted"] == ["63,000,000 USD at 1.370387669313 (ecb-daily, 2024-06-28)"]
    # 63M USD were 86.3M CAD, all of the 80.5M and nothing of the other 5.7M
    assert row["outstanding"] == 5_700_000
    assert row["rests_on"] == ["can-80", "can-dos-75", "can-fund-5", "can-paid-63"]


def test_p21_the_promise_is_delivered_and_says_at_which_rate(make_worked):
    row = make_worked(BLOCK + JUNE + LINKED).row("pledges", "can-80")
    assert (row["amount"], row["unit"], row["outstanding"]) == (80_500_000, "CAD", 0)
    assert (row["stage"], row["state"]) == ("disbursed", "delivered")
    assert row["converted"] == ["63,000,000 USD at 1.370387669313 (ecb-daily, 2024-06-28)"]


def test_before_the_payment_is_known_nothing_is_converted(make_worked):
    book = make_worked(BLOCK + JUNE + LINKED)
    row = book.row("pledges", "can-80", as_of="2024-12-30")
    assert (row["stage"], row["outstanding"], row["converted"]) == ("pledged", 80_500_000, None)


def test_a_payment_without_a_rate_stays_in_its_currency(make_worked):
    """Gourdes: the ECB has no rate for them. Made up, as is the figure."""
    book = make_worked(BLOCK + LINKED.replace("63M USD", "63M HTG"))
    assert book.show("promises", "unit pledged disbursed outstanding converted") == [
        ("CAD", 80_500_000, None, 80_500_000, None),
        ("HTG", 0, 63_000_000, 0, None),
    ]
    missing = {finding.rule: finding for finding in book.findings}["rate-missing"]
    assert missing.entry == "can-paid-63"
    assert missing.flaw.found == "1 amount in HTG, of 2024-06-28"


def test_money_toward_a_promise_in_kind_stays_apart(make_worked):
    book = make_worked(
        """
        [[pledge]]
        id = "vehicles"
        who = "can"
        whom = "hnp"
        quantity = "4 vehicles"
        quote = "four vehicles"

        [[disbursement]]
        id = "money"
        who = "can"
        whom = "hnp"
        amount = "3M CAD"
        toward = "vehicles"
        quote = "three million"
        """
    )
    assert book.show("promises", "unit pledged disbursed outstanding converted") == [
        ("CAD", 0, 3_000_000, 0, None),
        ("vehicles", 4, None, 4, None),
    ]
    rows = book.show("promises", "unit pledged disbursed", currency="EUR")
    assert [row[:2] for row in rows] == [("EUR", 0), ("vehicles", 4)]


def test_a_chain_across_currencies_is_one_chain(make_worked):
    """A payment in dollars under a commitment in euros that fulfils no promise. Made up."""
    book = make_worked(
        """
        [[commitment]]
        id = "signed"
        who = "fra"
        whom = "hnp"
        amount = "10M EUR"
        quote = "has signed"

        [[disbursement]]
        id = "paid"
        who = "fra"
        whom = "hnp"
        amount = "4M USD"
        toward = "signed"
        quote = "has paid"
        """
    )
    assert book.show("promises", "unit unpromised") == [("EUR", 10_000_000)]
    # 1 January 2021 was no working day: the euro bought 1.2271 USD on 31 December 2020
    row = book.row("pledges", "signed")
    assert row["converted"] == ["4,000,000 USD at 0.814929508598 (ecb-daily, 2020-12-31)"]
    assert row["outstanding"] == 6_740_281.97  # 10,000,000 - 3,259,718.03


def test_outstanding_is_never_negative(make_worked):
    book = make_worked(
        """
        [[pledge]]
        id = "fifty"
        who = "usa"
        whom = "hnp"
        quantity = "50 vehicles"
        quote = "fifty vehicles"

        [[pledge]]
        id = "ten"
        who = "usa"
        whom = "hnp"
        quantity = "10 vehicles"
        quote = "ten vehicles"

        [[delivery]]
        who = "usa"
        whom = "hnp"
        quantity = "60 vehicles"
        toward = "fifty"
        quote = "sixty vehicles"
        """
    )
    # promise by promise: the ten above the fifty are not the other ten
    assert book.show("pledges", "id state outstanding") == [
        ("fifty", "delivered", 0),
        ("ten", "live", 10),
    ]
    rows = book.show("promises", "unit pledged delivered outstanding")
    assert rows == [("vehicles", 60, 60, 10)]


def test_stages_of_one_chain_are_never_added(make_worked):
    chain = """
        [[pledge]]
        id = "promised"
        who = "can"
        whom = "hnp"
        amount = "10M CAD"
        quote = "will provide"

        [[commitment]]
        id = "signed"
        who = "can"
        whom = "hnp"
        amount = "8M CAD"
        toward = "promised"
        quote = "has signed"

        [[disbursement]]
        id = "paid"
        who = "can"
        whom = "hnp"
        amount = "3M CAD"
        toward = "signed"
        quote = "has paid"
        """
    book = make_worked(chain)
    columns = "pledged committed disbursed outstanding unpromised"
    assert book.show("promises", columns) == [(10_000_000, 8_000_000, 3_000_000, 7_000_000, None)]
    assert book.show("pledges", "id stage outstanding") == [("promised", "disbursed", 7_000_000)]
