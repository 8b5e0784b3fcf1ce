"""R2: count by origin, by channel, or by last mile, never across."""

from pledgebook.questions import QUESTIONS

BLOCK = """
[[source]]
id = "rfi-2025-02-04"
publisher = "RFI"
date = 2025-02-04

[[source]]
id = "app-2025-02-04"
publisher = "APP"
date = 2025-02-04

[[disbursement]]
id = "usa-into-fund"
source = "rfi-2025-02-04"
who = "usa"
whom = "mss-fund"
amount = "15M USD"
quote = "Sur les 15 millions versés par Washington"

[[disbursement]]
id = "fund-out"
source = "rfi-2025-02-04"
who = "mss-fund"
whom = "mss"
funder = "usa"
amount = "1.7M USD"
quote = "1,7 million a déjà été dépensé"

[[status]]
id = "usa-freeze"
source = "app-2025-02-04"
about = "usa-into-fund"
state = "frozen"
quote = "an official notification from the US asking for an immediate stop work order on their contribution"
"""  # noqa: E501


def test_the_two_hands_of_one_sum_are_never_added(book):
    assert book.show("promises", "who unit pledged unpromised") == [
        ("mss-fund", "USD", 0, 1_700_000),
        ("usa", "USD", 0, 15_000_000),
    ]
    for question in QUESTIONS:
        rows = book.ask(question)
        assert not any(cell == 16_700_000 for row in rows for cell in row.values()), question
    assert [row[0] for row in book.show("timeline", "id")] == [
        "fund-out",
        "usa-into-fund",
        "usa-freeze",
    ]
    assert book.rules == ["quote-unchecked"]


def test_one_sum_in_three_cuts_and_the_fallback_beside_them(book):
    columns = "cut provider receiver stage unit amount rests_on"
    assert book.show("flows", columns) == [
        ("origin", "usa", "mss-fund", "disbursed", "USD", 15_000_000, ["usa-into-fund"]),
        ("channel", "usa", "mss-fund", "disbursed", "USD", 15_000_000, ["usa-into-fund"]),
        ("last_mile", "mss-fund", "mss", "disbursed", "USD", 1_700_000, ["fund-out"]),
        ("iati_fallback", None, None, "disbursed", "USD", 1_700_000, ["fund-out", "usa-into-fund"]),
    ]


def test_the_fund_holds_what_is_not_spent_and_that_is_frozen(book):
    columns = "activity unit pledged received spent frozen balance basis"
    assert book.show("funds", columns) == [
        ("mss-fund", "USD", None, 15_000_000, 1_700_000, 13_300_000, 13_300_000, "itemised")
    ]
    # the day before, nobody knew
    assert book.show("funds", columns, "2025-02-03") == []
