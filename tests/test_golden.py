"""Contradictions in published reports: F rows of the golden data, by number.

The figures are real; the words are made up unless DOMAIN or GOLDEN gives them. The A rows are in
test_acceptance.py.
"""

import pytest

ACTIVITIES = """
[[activity]]
id = "mss"
type = "mission"

[[activity]]
id = "mss-fund"
type = "fund"
"""


@pytest.fixture
def make(make_book):
    """Trackers of a given text, with the activities that the rows name."""
    return lambda text: make_book(text, {"activities.toml": ACTIVITIES})


CANADA = """
[[source]]
id = "nouvelliste-2023-07"
date = 2023-07-25

[[source]]
id = "gac-2024-02"
date = 2024-02-22

[[source]]
id = "gac-2024-06"
date = 2024-06-26

[[pledge]]
id = "can-100"
source = "nouvelliste-2023-07"
date = 2023-03-24
known = 2023-03-24
who = "can"
whom = "hnp"
amount = "100M CAD"
strength = "promised"
quote = "announced 100 million Canadian dollars"

[[commitment]]
id = "can-undp-10"
source = "nouvelliste-2023-07"
who = "can"
whom = "hnp"
amount = "10M CAD"
toward = "can-100"
quote = "ten million"

[[commitment]]
id = "can-unodc-3"
source = "nouvelliste-2023-07"
who = "can"
whom = "hnp"
amount = "3M CAD"
toward = "can-100"
quote = "three million"

[[pledge]]
id = "can-mss-80"
source = "gac-2024-02"
who = "can"
whom = "hti"
via = "mss"
amount = "80.5M CAD"
strength = "promised"
quote = "including $80.5 million to support the deployment"

[[pledge]]
id = "can-recycled-42"
source = "gac-2024-02"
who = "can"
whom = "hnp"
amount = "42.5M CAD"
strength = "promised"
draws_on = "can-100"
quote = "from previously announced funding"

[[total]]
id = "can-123"
source = "gac-2024-02"
who = "can"
whom = "hti"
stage = "pledged"
amount = "123M CAD"
covers = ["can-mss-80", "can-recycled-42"]
quote = "Canada will allocate $123 million in funding"
""" + "".join(
    f"""
[[commitment]]
id = "can-part-{number}"
source = "gac-2024-02"
who = "can"
whom = "hnp"
amount = "{amount}M CAD"
toward = "can-recycled-42"
quote = "part {number} of five"
"""
    for number, amount in enumerate(("15", "12.1", "5.9", "5", "4.5"), 1)
)

COMPLETE = """
[[commitment]]
id = "can-police-12"
source = "gac-2024-06"
who = "can"
whom = "hnp"
amount = "12.5M CAD"
draws_on = "can-100"
quote = "from the 100 million announced in 2023"

[[source]]
id = "mediatexte"

[[total]]
id = "can-100-complete"
source = "mediatexte"
date = 2024-03-31
who = "can"
whom = "hnp"
stage = "spent"
amount = "100M CAD"
covers = ["can-100"]
quote = "le déboursement est complet"
"""


def test_f09_of_canadas_123_million_80_are_new(make):
    book = make(CANADA)
    total = book.row("totals", "can-123")
    assert (total["itemised"], total["verdict"]) == (123_000_000, "holds")
    assert total["new_money"] == 80_500_000
    assert book.show("promises", "who unit pledged committed") == [
        ("can", "CAD", 180_500_000, 55_500_000)
    ]


def test_f10_rest_of_canadas_100_million(make):
    book = make(CANADA + COMPLETE)
    columns = ("itemised", "unexplained", "verdict", "basis")
    total = book.row("totals", "can-100-complete")
    assert tuple(total[name] for name in columns) == (68_000_000, 32_000_000, "short", "committed")
    total = book.row("totals", "can-100-complete", "2024-04-01")
    assert tuple(total[name] for name in columns) == (55_500_000, 44_500_000, "short", "committed")
    # its page has no day of publication: it counts as known when it happened
    assert "known-assumed" in book.rules
    assert not [row for row in book.ask("totals", "2024-03-30") if row["id"] == "can-100-complete"]


SUPPLEMENTAL = """
[[commitment]]
id = "incle-2010-supplemental"
date = 2016-09-30
who = "usa"
whom = "hnp"
amount = "144.6M USD"
quote = "144.6"

[[total]]
id = "decade"
who = "usa"
whom = "hnp"
stage = "spent"
amount = "300M USD"
period = "2011-12/2021-12"
quote = "despite receiving $300 million"

[[total]]
id = "since-2010"
who = "usa"
whom = "hnp"
stage = "spent"
comparator = ">"
amount = "250M USD"
period = "2010/2021-12"
quote = "plus de 250 millions de dollars"
"""


def test_f11_one_account_alone_explains_neither_claim(make):
    book = make(SUPPLEMENTAL)
    columns = "id itemised unexplained verdict rivals"
    assert book.show("totals", columns) == [
        ("decade", 144_600_000, 155_400_000, "short", ["since-2010"]),
        ("since-2010", 144_600_000, 105_400_000, "short", ["decade"]),
    ]
    # as a stated total it is a claim beside the others, and no item of them
    stated = SUPPLEMENTAL.replace("[[commitment]]", "[[total]]").replace(
        'whom = "hnp"\namount = "144.6M', 'whom = "hnp"\nstage = "committed"\namount = "144.6M'
    )
    assert set(make(stated).show("totals", "itemised verdict")) == {(None, "open")}


def test_f13_more_delivered_than_promised_is_no_error(make):
    book = make(
        """
        [source]
        id = "later"
        date = 2022-03-01
        grade = "B"
        rights = "public_domain"

        [[pledge]]
        id = "fifty"
        who = "usa"
        whom = "hnp"
        what = "vehicles"
        quantity = "50 vehicles"
        due = "2022-02"
        quote = "fifty vehicles by February"

        [[delivery]]
        id = "sixty"
        date = 2022-01-21
        who = "usa"
        whom = "hnp"
        what = "vehicles"
        quantity = "60 vehicles"
        toward = "fifty"
        quote = "sixty vehicles were handed over"
        """
    )
    row = book.row("pledges", "fifty")
    assert (row["stage"], row["state"], row["outstanding"]) == ("delivered", "delivered", 0)
    ((pledged, delivered, outstanding),) = book.show("promises", "pledged delivered outstanding")
    assert (delivered / pledged, outstanding) == (1.2, 0)
    assert sorted(book.rules) == ["over-delivered", "quote-unchecked"]
    assert not book.open().has_errors


FUND = "\n".join(
    f"""
[[disbursement]]
id = "{who}-into-fund"
who = "{who}"
whom = "mss-fund"
amount = "{amount}M USD"
quote = "{who} {amount} million"
"""
    for who, amount in (("can", "8.7"), ("fra", "3.2"), ("usa", "6"))
)


def test_f16_17_9_million_are_18_within_rounding(make):
    book = make(
        FUND
        + """
[[total]]
id = "fund-18"
whom = "mss-fund"
stage = "received"
measure = "level"
amount = "18M USD"
quote = "18 million dollars"
"""
    )
    total = book.row("totals", "fund-18")
    assert (total["itemised"], total["unexplained"]) == (17_900_000, 100_000)
    assert total["verdict"] == "holds"
    assert book.rules == ["quote-unchecked"]


@pytest.mark.parametrize(
    "parts, stated, comparator, verdict",
    [
        (("3.0M", "3.3M"), "6.3M", "=", "holds"),
        (("95M", "15M"), "109M", "~", "holds"),
        (("95M", "15M"), "109M", "=", "over"),
        # the six lines as two: 1,336 for security, and the rest
        (("1336M", "1286.4M"), "2.6bn", "=", "holds"),
    ],
)
def test_f21_sums_hold_within_what_their_wording_allows(make, parts, stated, comparator, verdict):
    items = "".join(
        f'[[pledge]]\nwho = "usa"\nwhom = "hti"\namount = "{part} USD"\nquote = "part {part}"\n'
        for part in parts
    )
    book = make(
        items
        + f"""
[[total]]
id = "sum"
who = "usa"
whom = "hti"
stage = "pledged"
comparator = "{comparator}"
amount = "{stated} USD"
quote = "{stated}"
"""
    )
    assert book.row("totals", "sum")["verdict"] == verdict
