"""What changed since a day: from one look at the book, without asking it twice."""

from __future__ import annotations

from datetime import date

import pytest

R9 = """
[source]
id = "fa-gov-haiti"
publisher = "ForeignAssistance.gov"
date = "2021"
rights = "public_domain"

[[disbursement]]
id = "fa-fy2021-v1"
who = "usa"
whom = "hti"
amount = "47.5M USD"
fiscal_year = "FY2021"
known = "2021"
cell = "made up: a row of the table"

[[disbursement]]
id = "fa-fy2021-v2"
who = "usa"
whom = "hti"
amount = "213.9M USD"
fiscal_year = "FY2021"
known = "2022-10"
cell = "made up: a row of the table"

[[disbursement]]
id = "fa-fy2021-v3"
who = "usa"
whom = "hti"
amount = "258.7M USD"
fiscal_year = "FY2021"
known = "2025-04"
cell = "made up: a row of the table"
"""

LINKS = """
entry,judgement,other,judge,day,reason
fa-fy2021-v2,corrects,fa-fy2021-v1,editor,2026-11-24,a later state of one table
fa-fy2021-v3,corrects,fa-fy2021-v2,editor,2026-11-24,a later state of one table
""".lstrip()

STEPS = [
    ("fa-fy2021-v2", "revised", "47.5M USD", "213.9M USD", date(2022, 10, 31)),
    ("fa-fy2021-v3", "revised", "213.9M USD", "258.7M USD", date(2025, 4, 30)),
]


def changed(book, as_of=None, **more):
    """Every change but the judgements."""
    rows = book.show("changes", "id change before after known", as_of, **more)
    return [row for row in rows if row[1] != "judged"]


def test_p16_both_steps_of_the_restated_table_are_listed(make_book):
    book = make_book(R9, {"links.csv": LINKS})
    assert changed(book, since=date(2022, 1, 1)) == STEPS
    assert changed(book) == [
        ("fa-fy2021-v1", "new", None, "47.5M USD", date(2021, 12, 31)),
        *STEPS,
    ]


def test_as_of_bounds_what_changed(make_book):
    book = make_book(R9, {"links.csv": LINKS})
    assert changed(book, "2025-04-29", since=date(2022, 1, 1)) == STEPS[:1]
    assert changed(book, "2022-10-30", since=date(2022, 1, 1)) == []


def test_since_and_until_include_their_day(make_book):
    book = make_book(R9, {"links.csv": LINKS})
    assert changed(book, since=date(2022, 10, 31), until=date(2025, 4, 30)) == STEPS
    assert changed(book, since=date(2022, 11, 1), until=date(2025, 4, 29)) == []


def test_a_judgement_changes_an_answer_on_the_day_it_was_recorded(make_book):
    book = make_book(R9, {"links.csv": LINKS})
    assert book.show(
        "changes", "id change before after known rests_on", since=date(2026, 1, 1)
    ) == [
        (
            *("fa-fy2021-v2", "judged", None, "corrects fa-fy2021-v1", date(2026, 11, 24)),
            ["fa-fy2021-v1", "fa-fy2021-v2"],
        ),
        (
            *("fa-fy2021-v3", "judged", None, "corrects fa-fy2021-v2", date(2026, 11, 24)),
            ["fa-fy2021-v2", "fa-fy2021-v3"],
        ),
    ]
    assert "judged" not in [row[0] for row in book.show("changes", "change", "2026-11-23")]


def test_a_judgement_without_a_day_is_told_where_no_day_is_asked(make_book):
    book = make_book(R9, {"links.csv": LINKS.replace("2026-11-24", "")})
    judged = [row for row in book.show("changes", "id change known") if row[1] == "judged"]
    assert judged == [("fa-fy2021-v2", "judged", None), ("fa-fy2021-v3", "judged", None)]
    assert changed(book, since=date(2022, 1, 1)) == STEPS


def test_a_correction_that_was_known_first_is_the_first_word(make_book):
    # made up: the misprint reached the tracker after its correction
    links = LINKS.splitlines()[0] + "\nfa-fy2021-v1,corrects,fa-fy2021-v2,editor,2026-11-24,\n"
    book = make_book(R9, {"links.csv": links})
    assert [row[:2] for row in changed(book)] == [
        ("fa-fy2021-v1", "new"),
        ("fa-fy2021-v2", "new"),
        ("fa-fy2021-v3", "new"),
    ]


def test_a05_a_level_restated_is_revised(book):
    """
    [[pledge]]
    id = "first"
    who = "fra"
    whom = "hti"
    amount = "100 EUR"
    measure = "level"
    date = "2024-01"
    known = "2024-01"
    cell = "made up"

    [[pledge]]
    id = "second"
    who = "fra"
    whom = "hti"
    amount = "150 EUR"
    measure = "level"
    date = "2024-03"
    known = "2024-03"
    cell = "made up"
    """
    assert changed(book) == [
        ("first", "new", None, "100 EUR", date(2024, 1, 31)),
        ("second", "revised", "100 EUR", "150 EUR", date(2024, 3, 31)),
    ]
    assert book.row("changes", "second")["rests_on"] == ["first", "second"]
    assert changed(book, "2024-03-30", since=date(2024, 2, 1)) == []


def test_e46_chads_later_level_replaces_the_earlier(book):
    """
    [[source]]
    id = "arcamax"
    date = 2025-12-09
    [[source]]
    id = "daily-nation"
    date = 2026-03-21

    [[activity]]
    id = "gsf"

    [[pledge]]
    id = "tcd-1500"
    source = "arcamax"
    who = "tcd"
    whom = "gsf"
    quantity = "1500 police"
    measure = "level"
    cell = "made up: the words are not at hand"

    [[pledge]]
    id = "tcd-800"
    source = "daily-nation"
    who = "tcd"
    whom = "gsf"
    quantity = "800 police"
    measure = "level"
    cell = "made up: the words are not at hand"
    """
    assert changed(book, since=date(2026, 1, 1)) == [
        ("tcd-800", "revised", "1,500 police", "800 police", date(2026, 3, 21))
    ]


@pytest.mark.parametrize(
    "more",
    ['date = 2019-01-01\namount = "150 EUR"', 'amount = "100 EUR"', 'amount = "150 USD"'],
    ids=["of an earlier day", "the same figure", "of another series"],
)
def test_a_level_that_replaces_nothing_is_new(make_book, more):
    level = (
        '[[pledge]]\nid = "{}"\nwho = "fra"\nmeasure = "level"\nknown = 2021-0{}-01\n'
        'cell = "made up"\n{}\n'
    )
    first = level.format("first", 2, 'date = 2020-01-01\namount = "100 EUR"')
    if "date" not in more:
        more += "\ndate = 2020-06-01"
    book = make_book(first + level.format("second", 3, more))
    assert [row[:2] for row in changed(book)] == [("first", "new"), ("second", "new")]


def test_a_total_that_is_a_level_is_a_series_too(book):
    """
    [[activity]]
    id = "mss-fund"
    type = "fund"

    [[total]]
    id = "fund-18"
    whom = "mss-fund"
    stage = "received"
    amount = "18M USD"
    measure = "level"
    date = 2024-04-26
    known = 2024-04-26
    cell = "made up: E32"

    [[total]]
    id = "fund-85"
    whom = "mss-fund"
    stage = "received"
    amount = "85M USD"
    measure = "level"
    date = 2024-12-31
    known = "2025-02"
    cell = "made up: E33"
    """
    assert changed(book)[1:] == [("fund-85", "revised", "18M USD", "85M USD", date(2025, 2, 28))]


CONDITIONS = """
[[source]]
id = "s1"
date = 2023-07-29
[[source]]
id = "s2"
date = 2023-10-02
[[source]]
id = "s3"
date = 2024-01-26
[[source]]
id = "s4"
date = 2024-03-01

[[activity]]
id = "mss"

[[condition]]
id = "vote"
source = "s1"
type = "mandate"
about = "mss"
cell = "made up: E24"

[[condition]]
id = "court"
source = "s1"
type = "court"
cell = "made up: E26"

[[pledge]]
id = "ken-1000"
source = "s1"
who = "ken"
whom = "hti"
quantity = "1000 police"
strength = "considered"
condition = ["vote", "court"]
cell = "made up: E24"

[[mandate]]
id = "res-2699"
source = "s2"
body = "unsc"
symbol = "S/RES/2699 (2023)"
about = ["mss"]
adopted = 2023-10-02
abstain = ["chn", "rus"]
cell = "made up: E25"

[[status]]
id = "court-forbids"
source = "s3"
about = "court"
state = "breached"
cell = "made up: E26"

[[status]]
id = "court-again"
source = "s4"
about = "court"
state = "breached"
cell = "made up: nothing new"

[[status]]
id = "court-allows"
source = "s4"
date = 2024-03-05
about = "court"
state = "waived"
cell = "made up"
"""


def test_e25_a_carried_vote_meets_a_condition_and_a_court_breaches_one(make_book):
    book = make_book(CONDITIONS)
    rows = book.show(
        "changes", "id kind change before after known rests_on", since=date(2023, 8, 1)
    )
    assert rows == [
        *[
            (
                "res-2699",
                "mandate",
                "new",
                None,
                "S/RES/2699 (2023)",
                date(2023, 10, 2),
                ["res-2699"],
            )
        ],
        *[("vote", "condition", "met", "open", "met", date(2023, 10, 2), ["res-2699", "vote"])],
        (
            *("court", "condition", "breached", "open", "breached", date(2024, 1, 26)),
            ["court", "court-forbids"],
        ),
        # it said again what was so: a statement, and no change of a state
        *[("court-again", "status", "new", None, "breached", date(2024, 3, 1), ["court-again"])],
        # known on 1 March, of 5 March: it holds from then
        (
            *("court", "condition", "waived", "breached", "waived", date(2024, 3, 5)),
            ["court", "court-allows"],
        ),
    ]
    assert [row[0] for row in changed(book, "2024-02-01", since=date(2023, 11, 1))] == ["court"]


def test_a_word_that_comes_late_about_an_earlier_day_changes_nothing_now(make_book):
    late = """
[[source]]
id = "s5"
date = 2024-06-01
[[status]]
id = "late"
source = "s5"
date = 2023-12-01
about = "court"
state = "met"
cell = "made up"
"""
    rows = changed(make_book(CONDITIONS + late), since=date(2024, 5, 1))
    assert rows == [("late", "new", None, "met", date(2024, 6, 1))]


def test_the_state_of_every_condition_is_the_last_of_its_changes(make_book):
    book = make_book(CONDITIONS)
    for day in ("2023-08-01", "2023-10-02", "2024-01-26", "2024-03-04", "2024-03-05"):
        said = [row for row in book.ask("changes", day) if row["kind"] == "condition"]
        last = dict.fromkeys(("vote", "court"), "open")
        last |= {row["id"]: row["after"] for row in said if row["change"] != "new"}
        assert {row["id"]: row["state"] for row in book.ask("conditions", day)} == last, day


def test_a_promise_withdrawn_and_reinstated(book):
    """
    [[pledge]]
    id = "p"
    who = "can"
    whom = "hti"
    amount = "40M CAD"
    cell = "made up"

    [[status]]
    id = "off"
    about = "p"
    state = "{state}"
    date = 2021-03-01
    known = 2021-03-01
    cell = "made up"

    [[status]]
    id = "on"
    about = "p"
    state = "open"
    date = 2021-05-01
    known = 2021-05-01
    cell = "made up"
    """
    text = (book.folder / "books" / "a.toml").read_text("utf-8")
    for state in ("withdrawn", "cancelled", "lapsed"):
        book.write("books/a.toml", text.replace("{state}", state))
        assert changed(book) == [
            ("p", "new", None, "40M CAD", date(2021, 1, 1)),
            ("p", "withdrawn", "40M CAD", state, date(2021, 3, 1)),
            ("p", "open", state, "open", date(2021, 5, 1)),
        ]


def test_e36_money_is_frozen_and_released(book):
    """
    [[activity]]
    id = "mss-fund"

    [[disbursement]]
    id = "usa-into-fund"
    who = "usa"
    whom = "mss-fund"
    amount = "15M USD"
    cell = "made up: E36"

    [[status]]
    id = "freeze"
    about = "usa-into-fund"
    state = "frozen"
    amount = "13.3M USD"
    date = 2025-02-04
    known = 2025-02-04
    cell = "made up: E36"

    [[status]]
    id = "release"
    about = "usa-into-fund"
    state = "released"
    date = 2025-03-01
    known = 2025-03-01
    cell = "made up"
    """
    assert changed(book)[1:] == [
        ("usa-into-fund", "frozen", "15M USD", "frozen 13.3M USD", date(2025, 2, 4)),
        ("usa-into-fund", "released", "frozen 13.3M USD", "released", date(2025, 3, 1)),
    ]


def test_a_figure_is_written_as_people_say_it(book):
    """
    [[total]]
    id = "more"
    stage = "spent"
    amount = "250M USD"
    comparator = ">"
    cell = "made up"
    [[total]]
    id = "unknown"
    stage = "spent"
    cell = "made up"
    [[need]]
    id = "words"
    who = "hti"
    what = "police"
    cell = "made up"
    [[delivery]]
    id = "small"
    who = "usa"
    quantity = "12.5 tonnes"
    cell = "made up"
    """
    assert dict(book.show("changes", "id after")) == {
        "more": "more than 250M USD",
        "unknown": "no figure",
        "words": "police",
        "small": "12.5 tonnes",
    }


def test_changes_are_narrowed_by_who_and_via(make_book):
    more = '[[delivery]]\nid = "d"\nsource = "s4"\nwho = "usa"\nvia = "mss"\ncell = "made up"\n'
    book = make_book(CONDITIONS + more)
    assert book.show("changes", "id", who=["ken"]) == [("ken-1000",)]
    assert book.show("changes", "id", via="mss") == [("d",)]


def test_what_was_new_up_to_a_day_is_what_was_known_on_it(make_book):
    book = make_book(R9, {"links.csv": LINKS})
    for day in ("2021-12-31", "2022-10-31", "2025-04-30", "2026-12-01"):
        asked = [row for row in book.ask("changes") if row["known"] <= date.fromisoformat(day)]
        assert asked == book.ask("changes", day)
