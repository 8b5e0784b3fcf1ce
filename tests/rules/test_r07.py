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
