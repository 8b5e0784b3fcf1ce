"""R8: weak wording and unmet conditions are outlines, never silently in or out."""

import pytest

BLOCK = """
[[source]]
id = "voc-2025-09-23"
publisher = "Voice of Canada"
date = 2025-09-23

[[source]]
id = "observer-2025-09-30"
publisher = "Jamaica Observer"
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
strength = "prepared"
condition = ["gsf-adopted"]
quote = "Canada is ready to spend $40 million to support that mission, if it's adopted by the UN"

[[mandate]]
id = "res-2793"
source = "observer-2025-09-30"
body = "unsc"
symbol = "S/RES/2793 (2025)"
about = ["gsf"]
adopted = 2025-09-30
abstain = ["chn", "pak", "rus"]
quote = "the GSF shall have an authorised personnel ceiling of 5,550"
"""

REPORT = """
[[source]]
id = "december-2025"
date = 2025-12-09

[[pledge]]
id = "can-reported-40"
source = "december-2025"
who = "can"
whom = "hti"
via = "gsf"
amount = "40M CAD"
strength = "promised"
quote = "has reportedly committed $40 million"
"""

SAME = """
entry,judgement,other,judge,day,reason
can-reported-40,same,can-gsf-40,editor,2026-11-24,the same forty million
""".lstrip()

MILLION = 1_000_000


@pytest.mark.parametrize(
    "as_of, condition, sums, state",
    [
        ("2025-09-25", "open", (0, 0, 40 * MILLION), "waits"),
        ("2025-10-01", "met", (0, 40 * MILLION, 0), "weak"),
        ("2025-12-10", "met", (40 * MILLION, 0, 0), "live"),
    ],
)
def test_the_table_of_days(make_worked, as_of, condition, sums, state):
    book = make_worked(BLOCK + REPORT, SAME)
    assert book.show("conditions", "id pledge state", as_of) == [
        ("gsf-adopted", "can-gsf-40", condition)
    ]
    assert book.show("promises", "who unit pledged weak conditional", as_of) == [
        ("can", "CAD", *sums)
    ]
    assert book.show("pledges", "state", as_of) == [(state,)]


def test_the_vote_is_what_the_condition_rests_on(book):
    row = book.row("conditions", "gsf-adopted", "2025-10-01")
    assert row["rests_on"] == ["gsf-adopted", "res-2793"]
    assert str(row["since"]) == "2025-09-30"
    before = book.row("conditions", "gsf-adopted", "2025-09-25")
    assert (before["since"], before["rests_on"]) == (None, ["gsf-adopted"])


def test_both_reports_are_kept_and_count_once(make_worked):
    book = make_worked(BLOCK + REPORT, SAME)
    (row,) = book.ask("pledges", "2025-12-10")
    assert row["amount"] == 40 * MILLION
    assert row["strength"] == "promised"
    assert set(row["reports"]) == {"can-gsf-40", "can-reported-40"}


def test_a_lower_filter_makes_weak_wording_count(book):
    columns = "who unit pledged weak conditional"
    after = book.show("promises", columns, "2025-10-01", strength="prepared")
    assert after == [("can", "CAD", 40 * MILLION, 0, 0)]
    # but an open condition outranks it
    before = book.show("promises", columns, "2025-09-25", strength="prepared")
    assert before == [("can", "CAD", 0, 0, 40 * MILLION)]


def test_a_vote_on_another_activity_meets_nothing(make_worked):
    book = make_worked(BLOCK.replace('about = ["gsf"]', 'about = ["mss"]'))
    assert book.row("conditions", "gsf-adopted")["state"] == "open"
    assert book.show("pledges", "state") == [("waits",)]


KENYA = """
[[ask]]
id = "hti-ask"
date = 2022-10-07
known = 2022-10-07
who = "hti"
whom = "ken"
what = "armed force"
quote = "specialised armed force, in sufficient quantity"

[[pledge]]
id = "ken-police-1000"
date = 2023-07-29
known = 2023-07-29
who = "ken"
whom = "hti"
via = "mss"
what = "police"
quantity = "1000 police"
strength = "considered"
condition = ["vote", "court", "treaty", "counterpart"]
toward = "hti-ask"
quote = "positively consider"

[[condition]]
id = "vote"
known = 2023-07-29
type = "mandate"
about = "mss"
quote = "if the Council mandates it"

[[condition]]
id = "court"
known = 2023-07-29
type = "court"
quote = "unless a court forbids it"

[[condition]]
id = "treaty"
known = 2024-01-26
type = "treaty"
quote = "a reciprocal agreement"

[[condition]]
id = "counterpart"
known = 2024-03-12
type = "counterpart"
quote = "a government to deal with"

[[mandate]]
id = "res-2699"
date = 2023-10-02
known = 2023-10-02
body = "unsc"
symbol = "S/RES/2699 (2023)"
about = "mss"
adopted = 2023-10-02
abstain = ["chn", "rus"]
quote = "Russia and China abstained"

[[status]]
id = "prohibited"
date = 2024-01-26
known = 2024-01-26
about = "court"
state = "breached"
quote = "the court prohibits it"

[[status]]
id = "agreement"
date = 2024-03-01
known = 2024-03-01
about = "treaty"
state = "met"
quote = "the agreement is signed"

[[status]]
id = "paused"
date = 2024-03-12
known = 2024-03-12
about = "counterpart"
state = "open"
quote = "the deployment is paused"

[[delivery]]
id = "arrival"
date = 2024-06-25
known = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "200 police"
toward = "ken-police-1000"
quote = "the first 200 arrived"
"""
"""ken-police-1000 with the days of E14 and E24 to E27; the words are made up."""


@pytest.mark.parametrize(
    "as_of, states",
    [
        ("2023-10-01", {"vote": "open", "court": "open"}),
        ("2023-10-02", {"vote": "met", "court": "open"}),
        ("2024-01-26", {"vote": "met", "court": "breached", "treaty": "open"}),
        ("2024-03-01", {"vote": "met", "court": "breached", "treaty": "met"}),
        (
            "2024-03-12",
            {"vote": "met", "court": "breached", "treaty": "met", "counterpart": "open"},
        ),
    ],
)
def test_plural_conditions_move_day_by_day(make_worked, as_of, states):
    book = make_worked(KENYA)
    assert dict(book.show("conditions", "id state", as_of)) == states
    assert book.row("pledges", "ken-police-1000", as_of)["state"] == "waits"


def test_the_days_from_the_ask_and_from_the_mandate_to_the_arrival(make_worked):
    book = make_worked(KENYA)
    since = dict(book.show("conditions", "id since"))
    assert {name: str(day) for name, day in since.items()} == {
        "vote": "2023-10-02",
        "court": "2024-01-26",
        "treaty": "2024-03-01",
        "counterpart": "2024-03-12",
    }
    row = book.row("pledges", "ken-police-1000")
    assert (row["stage"], row["outstanding"]) == ("delivered", 800)
    (arrival,) = book.ask("timeline", since=_day("2024-06-25"))
    assert arrival["id"] == "arrival"
    (ask,) = book.ask("asks")
    assert (_day(arrival["date"]) - ask["asked_on"]).days == 627
    assert (_day(arrival["date"]) - since["vote"]).days == 267


def _day(text):
    from datetime import date

    return date.fromisoformat(text)
