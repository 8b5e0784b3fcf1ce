"""R2: count by origin, by channel, or by last mile, never across."""


def test_the_two_hands_of_one_sum_are_never_added(book):
    """
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
    assert book.show("promises", "who unit pledged unpromised") == [
        ("mss-fund", "USD", 0, 1_700_000),
        ("usa", "USD", 0, 15_000_000),
    ]
    for question in ("promises", "pledges", "totals", "needs", "timeline"):
        assert not any(cell == 16_700_000 for row in book.ask(question) for cell in row.values())
    assert [row[0] for row in book.show("timeline", "id")] == [
        "fund-out",
        "usa-into-fund",
        "usa-freeze",
    ]
    assert book.rules == ["quote-unchecked"]
