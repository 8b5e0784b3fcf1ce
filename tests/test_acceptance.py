"""Acceptance tests of the golden data: A rows by number, and its story "conditional, then live".

The items of A03 and everything of A02 and A05 are made up.
"""

import json

import pytest

from conftest import Book

ACTIVITIES = """
[[activity]]
id = "mss"
type = "mission"

[[activity]]
id = "gsf"
type = "force"

[[activity]]
id = "un-police-hti"
type = "mission"
"""


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    """Trackers of a given text, with the activities that the rows name; the same text is the
    same tracker, compiled once."""
    made = {}

    def make(text):
        if text not in made:
            files = {"activities.toml": ACTIVITIES}
            made[text] = Book(tmp_path_factory.mktemp("tracker"), text, files)
        return made[text]

    return make


def test_a02_each_mistake_is_a_finding_with_its_place(make):
    book = make(
        """
        [[source]]
        id = "a-paper"
        date = 2024-01-01
        rights = "public_domain"

        [[delivery]]
        source = "a-paper"
        date = "2024-13"
        who = "usa"
        whom = "hnp"
        quantity = "9 vehicles"
        quote = "nine vehicles"

        [[pledge]]
        source = "a-paper"
        who = "france-gov"
        whom = "hnpp"
        quantity = "9 vehicles"
        quote = "nine vehicles"

        [[total]]
        id = "stated"
        source = "a-paper"
        who = "usa"
        whom = "hnp"
        stage = "pledged"
        amount = "10M USD"
        quote = "ten million"

        [[pledge]]
        source = "a-paper"
        who = "usa"
        whom = "hnp"
        amount = "3M USD"
        quote = "three million"

        [[pledge]]
        id = "twice"
        source = "a-paper"
        who = "usa"
        whom = "hnp"
        amount = "4M USD"
        quote = "four million"

        [[pledge]]
        id = "twice"
        source = "a-paper"
        who = "can"
        whom = "hnp"
        amount = "4M CAD"
        quote = "four million of another sort"
        """
    )
    findings = {}
    for finding in book.findings:
        findings.setdefault(finding.rule, finding)
    wanted = {"date-unreadable": 9, "actor-unknown": 17, "total-short": 28, "entry-duplicate": 47}
    for rule, line in wanted.items():
        spot = findings[rule].spot
        assert (spot.file, spot.line) == ("books/a.toml", line), rule
        assert spot.column > 1
        assert "^" in findings[rule].as_text()
    # the column is that of the value
    assert findings["date-unreadable"].spot.column == len("date = ") + 1
    (whom,) = [one for one in book.findings if one.rule == "actor-unknown" and one.spot.line == 18]
    assert whom.flaw.nearest == "hnp"
    keys = {"rule", "level", "message", "file", "line", "column", "entry", "remedy"}
    for finding in book.findings:
        assert keys <= finding.as_dict().keys()
        json.dumps(finding.as_dict())
    assert book.rules == [
        "date-unreadable",
        "actor-unknown",
        "actor-unknown",
        "total-short",
        "entry-duplicate",
        "quote-unchecked",
    ]


MADE_UP = "".join(
    f"""
[[disbursement]]
id = "item-{amount}"
date = 2020-05-01
who = "usa"
whom = "hnp"
amount = "{amount}M USD"
quote = "{amount} million"
"""
    for amount in (42, 61, 18)
)


def test_a03_the_rest_of_a_stated_total_is_unexplained(make):
    book = make(
        MADE_UP
        + """
[[total]]
id = "stated"
who = "usa"
whom = "hnp"
stage = "spent"
amount = "300M USD"
quote = "despite receiving $300 million"
"""
    )
    total = book.row("totals", "stated")
    assert (total["itemised"], total["unexplained"]) == (121_000_000, 179_000_000)
    assert (total["verdict"], total["basis"]) == ("short", "disbursed")
    (finding,) = [one for one in book.findings if one.level != "note"]
    assert finding.rule == "total-short"
    assert "179M USD unexplained" in finding.as_text()
    assert "too much" not in finding.as_text()


OFFER = """
[[pledge]]
id = "offer"
who = "fra"
whom = "hnp"
what = "police"
strength = "{strength}"
condition = ["un-authority", "if-needed"]
quote = "France would be prepared to provide police, if needed"

[[condition]]
id = "un-authority"
type = "mandate"
about = "un-police-hti"
quote = "under the authority of the United Nations"

[[condition]]
id = "if-needed"
type = "counterpart"
quote = "if needed"
"""

VOTE = """
[[mandate]]
id = "vote-{about}"
body = "unsc"
about = "{about}"
adopted = 2021-01-01
quote = "the Council decides on {about}"
"""

VETOED = VOTE.format(about="un-police-hti").replace("adopted", 'no = ["rus"]\nadopted')

NEEDED = """
[[status]]
id = "asked-for"
about = "if-needed"
state = "met"
quote = "Haiti asks for it"
"""


@pytest.mark.parametrize(
    "more, states, state",
    [
        ([], ("open", "open"), "waits"),
        ([VOTE.format(about="mss"), VOTE.format(about="gsf")], ("open", "open"), "waits"),
        ([VOTE.format(about="gsf"), NEEDED], ("met", "open"), "waits"),
        ([VOTE.format(about="un-police-hti")], ("open", "met"), "waits"),
        ([NEEDED], ("met", "open"), "waits"),
        ([VOTE.format(about="un-police-hti"), NEEDED], ("met", "met"), "live"),
        (
            [
                VOTE.format(about="un-police-hti").replace("adopted", 'no = ["rus"]\nadopted'),
                NEEDED,
            ],
            ("met", "open"),
            "waits",
        ),
    ],
)
def test_a04_an_offer_waits_for_both_of_its_conditions(make, more, states, state):
    book = make(OFFER.format(strength="promised") + "".join(more))
    assert book.show("conditions", "id state") == list(
        zip(("if-needed", "un-authority"), states, strict=True)
    )
    assert book.row("pledges", "offer")["state"] == state


def test_a04_freed_it_is_still_worded_weakly(make):
    freed = VOTE.format(about="un-police-hti") + NEEDED
    book = make(OFFER.format(strength="implied") + freed)
    assert book.row("pledges", "offer")["state"] == "weak"


def test_a04_it_is_in_no_live_total(make):
    with_figure = OFFER.format(strength="promised").replace(
        'what = "police"', 'what = "police"\nquantity = "100 police"'
    )
    waiting = make(with_figure)
    columns = "who unit pledged weak conditional"
    assert waiting.show("promises", columns) == [("fra", "police", 0, 0, 100)]
    freed = make(with_figure + VOTE.format(about="un-police-hti") + NEEDED)
    assert freed.show("promises", columns) == [("fra", "police", 100, 0, 0)]


RESTATED = """
[[pledge]]
id = "first"
date = 2024-01-05
known = "2024-01"
who = "usa"
whom = "hnp"
amount = "100 USD"
measure = "level"
quote = "a hundred"

[[pledge]]
id = "second"
date = 2024-02-10
known = 2024-02-10
who = "usa"
whom = "hnp"
amount = "150 USD"
measure = "level"
quote = "a hundred and fifty"
"""


@pytest.mark.parametrize(
    "as_of, pledged",
    [
        ("2024-01-30", []),
        ("2024-01-31", [100]),
        ("2024-02-09", [100]),
        ("2024-02-10", [150]),
        (None, [150]),
    ],
)
def test_a05_a_restated_pledge_is_its_last_level(make, as_of, pledged):
    book = make(RESTATED)
    assert [row[0] for row in book.show("promises", "pledged", as_of)] == pledged
    assert [row[0] for row in book.show("pledges", "amount", as_of)] == pledged


READY = """
[[source]]
id = "voc-2025-09-23"
date = 2025-09-23

[[source]]
id = "ap-2025-09-30"
date = 2025-09-30

[[condition]]
id = "gsf-adopted"
source = "voc-2025-09-23"
type = "mandate"
about = "gsf"
quote = "if it's adopted by the UN"

[[pledge]]
id = "can-gsf-40"
source = "voc-2025-09-23"
who = "can"
whom = "hti"
via = "gsf"
amount = "40M CAD"
strength = "promised"
condition = ["gsf-adopted"]
quote = "to support that mission, if it's adopted by the UN"

[[mandate]]
id = "res-2793"
source = "ap-2025-09-30"
body = "unsc"
symbol = "S/RES/2793 (2025)"
about = "gsf"
adopted = 2025-09-30
abstain = ["chn", "pak", "rus"]
quote = "The vote was 12-0 with Russia, China and Pakistan abstaining"
"""


def test_conditional_then_live(make):
    book = make(READY)
    columns = "who unit pledged weak conditional"
    assert book.show("promises", columns, "2025-09-29") == [("can", "CAD", 0, 0, 40_000_000)]
    assert book.show("promises", columns, "2025-09-30") == [("can", "CAD", 40_000_000, 0, 0)]
    assert book.row("pledges", "can-gsf-40", "2025-09-29")["state"] == "waits"
    row = book.row("pledges", "can-gsf-40", "2025-09-30")
    assert (row["state"], row["rests_on"]) == ("live", ["can-gsf-40", "res-2793"])


def test_conditional_then_live_not_by_the_vote_on_another_mission(make):
    book = make(READY.replace('about = "gsf"\nadopted', 'about = "mss"\nadopted'))
    assert book.row("pledges", "can-gsf-40", "2025-12-31")["state"] == "waits"
