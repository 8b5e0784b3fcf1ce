"""Days that cannot both be right, and days that are hardly meant: F20, F24, M55.

The days of F20, F24 and of the Council's decisions are real; the quotes are made up.
"""

from __future__ import annotations

from datetime import date

import pytest

from pledgebook.ledger import open_database
from pledgebook.questions import QUESTIONS
from votes import ACTIVITIES, mandate

SOURCES = """
[[source]]
id = "early"
date = 2023-01-31

[[source]]
id = "late"
date = 2026-04-30
"""

HEADER = "entry,judgement,other,judge,day,reason\n"


@pytest.fixture
def make(make_book):
    """Trackers of a given text, with two sources and the missions of the tests."""

    def made(text, links="", activities=ACTIVITIES):
        files = {"activities.toml": activities, "links.csv": HEADER + links}
        return make_book(SOURCES + text, files)

    return made


def conflicts(book):
    """What the check found: the entry, the line's key, and the printed rows."""
    return [
        (one.entry, one.flaw.expected, one.flaw.found, one.flaw.difference)
        for one in book.findings
        if one.rule == "date-conflict"
    ]


def voted(number, day, about="mss", lines="", id=""):
    """A mandate of the Council that the later source tells of."""
    return mandate(number, day, about, f'source = "late"\n{lines}', id)


def entry(kind, id, **fields):
    lines = [f"[[{kind}]]", f'id = "{id}"', f'quote = "{id}, made up"']
    lines += [f'{name} = "{value}"' for name, value in fields.items()]
    return "\n" + "\n".join(lines) + "\n"


# --- two reports of one decision ------------------------------------------------------------------

COUNCIL_OF_HAITI = entry(
    "mandate", "see-news", source="early", body="hti", about="plan", expires="2026-02-07"
)
BRIEF = entry("mandate", "brief-27", source="late", body="hti", about="plan", expires="2027-02-07")


@pytest.mark.parametrize("links", ["", "brief-27,same,see-news,e,2026-11-24,one accord\n"])
def test_f24_the_mandate_of_the_transition_ends_in_2026_or_2027(make, links):
    book = make(COUNCIL_OF_HAITI + BRIEF, links)
    assert conflicts(book) == [
        (
            "brief-27",
            "2026-02-07, says see-news",
            "2027-02-07, says brief-27",
            "the year differs: 365 days apart",
        )
    ]
    (finding,) = [one for one in book.findings if one.rule == "date-conflict"]
    assert finding.level == "warning"
    assert finding.spot.text == 'expires = "2027-02-07"'
    rows = 1 if links else 2
    assert len(book.ask("mandates")) == rows  # both are kept, and what is one is one row


def test_f24_two_decisions_that_are_judged_different_do_not_conflict(make):
    assert conflicts(make(COUNCIL_OF_HAITI + BRIEF, "brief-27,different,see-news,e,,two\n")) == []


def test_an_entry_that_was_corrected_conflicts_no_more(make):
    assert conflicts(make(COUNCIL_OF_HAITI + BRIEF, "see-news,corrects,brief-27,e,,a typo\n")) == []


@pytest.mark.parametrize(
    "symbol, is_one",
    [("S/RES/2699(2023)", True), ("s/res/2699 (2023)", True), ("2699 (2023)", True), ("x", False)],
)
def test_one_symbol_is_one_decision_however_it_is_written(make, symbol, is_one):
    one = voted(2699, "2023-10-02", lines="expires = 2024-10-02")
    two = voted(2699, "2023-10-02", lines="expires = 2024-10-03", id="other")
    found = conflicts(make(one + two.replace("S/RES/2699 (2023)", symbol)))
    assert [row[3] for row in found] == (["the day differs: 1 day apart"] if is_one else [])


def test_symbols_of_other_bodies_are_taken_as_they_are(make):
    fields = {"source": "late", "body": "hti", "about": "plan"}
    one = entry("mandate", "a", symbol="2024/15", expires="2026", **fields)
    two = entry("mandate", "b", symbol="2024/16", expires="2027", **fields)
    assert conflicts(make(one + two)) == []
    assert len(conflicts(make(one + two.replace("2024/16", "2024 / 15")))) == 1


PAIRS = {
    ("2026", "2026-02-07"): None,
    ("2026-02", "2026-02-07"): None,
    ("2025-12/2026-03", "2026-02-07"): None,
    ("../2026-03", "2026-02-07"): None,
    ("2026", "2027-02"): "the year differs: 32 days apart",
    ("2026-01", "2026-02-07"): "the month differs: 7 days apart",
    ("2026-02-06", "2026-02-07"): "the day differs: 1 day apart",
    ("2025-12-31", "2026-01-01"): "the year differs: 1 day apart",
    ("../2026-01", "2026-02-07"): "the month differs: 7 days apart",
}


def test_days_are_compared_as_precisely_as_they_are_told(make):
    text = ""
    for number, days in enumerate(PAIRS):
        for name, day in zip("ab", days, strict=True):
            text += entry(
                "mandate", f"{number}{name}", source="late", body="hti", about="plan",
                symbol=f"no. {number}", expires=day,
            )  # fmt: skip
    found = {row[0]: row[3] for row in conflicts(make(text))}
    expected = {f"{number}b": said for number, said in enumerate(PAIRS.values()) if said}
    assert found == expected


def test_of_many_reports_each_that_differs_is_found_once(make):
    reports = "".join(BRIEF.replace("brief-27", f"brief-{number}") for number in range(5))
    found = conflicts(make(COUNCIL_OF_HAITI + reports))
    assert [row[0] for row in found] == [f"brief-{number}" for number in range(5)]
    assert {row[1] for row in found} == {"2026-02-07, says see-news"}


# --- against what is on record --------------------------------------------------------------------


def test_a_day_of_adoption_is_held_against_the_table_of_resolutions(make):
    text = voted(2699, "2023-10-03")
    assert conflicts(make(text)) == [
        (
            "res-2699",
            "2023-10-02, says the table of resolutions",
            "2023-10-03, says res-2699",
            "the day differs: 1 day apart",
        )
    ]
    assert conflicts(make(text.replace("2023-10-03", '"2023-10"'))) == []
    assert conflicts(make(text.replace('body = "unsc"', 'body = "hti"'))) == []


def test_a_mandate_ends_no_earlier_than_it_begins(make):
    cases = {
        "expires = 2022-10-02": "365 days before",
        "expires = 2023-10-02": None,
        'expires = "2023"': None,
        "starts = 2024-01-01\nexpires = 2023-12-31": "1 day before",
    }
    texts = [voted(9000 + i, "2023-10-02", lines=lines) for i, lines in enumerate(cases)]
    found = {row[0]: row[3] for row in conflicts(make("".join(texts)))}
    assert found == {f"res-{9000 + i}": said for i, said in enumerate(cases.values()) if said}


# --- activities -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "about, state, day, difference",
    [
        # F20: MINUSTAH "2004 and 2007"; MINUJUSTH "15 février 2019", on a page of the UN itself
        ("minustah", "ended", "2007", "the year differs: 3,562 days apart"),
        ("minujusth", "ended", "2019-02-15", "the month differs: 228 days apart"),
        ("minustah", "ended", "2017-10-15", None),
        ("minustah", "began", "2004-06-01", None),
        ("minujusth", "began", "2019", "the year differs: 427 days apart"),
        ("mss", "ended", "2019", None),  # nothing says when it ended
    ],
)
def test_f20_a_mission_did_not_end_twice(make, about, state, day, difference):
    book = make(entry("status", "said", source="late", about=about, state=state, date=day))
    assert [(row[0], row[3]) for row in conflicts(book)] == (
        [("said", difference)] if difference else []
    )
    if difference:
        assert conflicts(book)[0][1].endswith(f", says {about}")


def test_f20_15_february_against_15_april_2019(make):
    """Two statements about one mission of which no entry says the day."""
    fields = {"source": "late", "about": "mss", "state": "ended"}
    book = make(
        entry("status", "other", date="2019-04-15", **fields)
        + entry("status", "un-page", date="2019-02-15", **fields)
    )
    assert conflicts(book) == [
        (
            "un-page",
            "2019-04-15, says other",
            "2019-02-15, says un-page",
            "the month differs: 59 days apart",
        )
    ]


@pytest.mark.parametrize("source, is_found", [("late", False), ("early", True)])
def test_the_day_of_a_source_is_only_the_last_day_on_which_it_can_have_been(make, source, is_found):
    """A page of 2026 that says "has ended" does not say when; one of January 2023 is too early."""
    activities = ACTIVITIES + '\n[[activity]]\nid = "gone"\nends = "2023-12"\n'
    book = make(entry("status", "said", source=source, about="gone", state="ended"), "", activities)
    assert bool(conflicts(book)) == is_found


def test_an_activity_ends_no_earlier_than_it_starts(make):
    odd = '\n[[activity]]\nid = "odd"\nstarts = "2020"\nends = "2019-12"\n'
    assert conflicts(make("", "", ACTIVITIES + odd)) == [
        ("odd", "a last day on or after 2020", "2019-12", "1 day before")
    ]
    assert conflicts(make("", "", ACTIVITIES + odd.replace("2019-12", "2020-01"))) == []


FIRST = voted(2350, "2017-04-13", "minujusth", "yes_count = 15\nexpires = 2018-04-15")
LAST = voted(2466, "2019-04-12", "minujusth", 'abstain = ["dom", "rus"]\nexpires = 2019-10-15')
JUSTICE = FIRST + LAST


@pytest.mark.parametrize(
    "starts, ends, found",
    [
        ("2017-10", "2019-10", []),  # M55: it holds
        ("2017", "2019", []),
        ("2017-02", "2019-10", [("starts", "44 days before")]),
        ("2017-10", "2019-12", [("ends", "47 days after")]),
        ("2016", "2020-01-01", [("starts", "103 days before"), ("ends", "78 days after")]),
        ("2016", "", []),  # it goes on: older mandates may not be in the book
    ],
)
def test_m55_a_mission_lies_within_its_mandates(make, starts, ends, found):
    activity = f'[[activity]]\nid = "minujusth"\nstarts = "{starts}"\n'
    activity += f'ends = "{ends}"\n' if ends else ""
    book = make(JUSTICE, "", activity)
    said = [one for one in book.findings if one.rule == "date-conflict"]
    assert [(one.spot.text.split()[0], one.flaw.difference) for one in said] == found


def test_a_last_mandate_without_a_last_day_leaves_the_end_open(make):
    activity = '[[activity]]\nid = "minujusth"\nstarts = "2017-10"\nends = "2030"\n'
    assert conflicts(make(JUSTICE.replace("expires = 2019-10-15", ""), "", activity)) == []
    assert len(conflicts(make(JUSTICE, "", activity))) == 1


def test_an_activity_without_mandates_is_not_held_against_any(make):
    text = JUSTICE.replace("yes_count = 15", 'no = ["rus"]')
    text = text.replace('abstain = ["dom", "rus"]', 'no = ["rus"]')
    activity = '[[activity]]\nid = "minujusth"\nstarts = "2000"\nends = "2030"\n'
    assert conflicts(make(text, "", activity)) == []  # both were voted down
    assert conflicts(make("", "", activity)) == []


# --- two reports of one fact ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["delivery", "pledge", "event"])
def test_two_reports_of_one_fact_give_one_day(make, kind):
    fields = {"who": "ken", "what": "police"} | ({} if kind == "event" else {"whom": "hti"})
    one = entry(kind, "one", source="late", date="2024-06-25", **fields)
    two = entry(kind, "two", source="late", date="2024-07-16", **fields)
    same = "two,same,one,e,2026-11-24,one contingent\n"
    assert conflicts(make(one + two, same)) == [
        (
            "two",
            "2024-06-25, says one",
            "2024-07-16, says two",
            "the month differs: 21 days apart",
        )
    ]
    assert conflicts(make(one + two)) == []
    assert conflicts(make(one + two.replace("2024-07-16", "2024"), same)) == []
    # a report without a day of its own has only that of its source, which is later
    assert conflicts(make(one + two.replace('date = "2024-07-16"', ""), same)) == []


# --- days that are hardly meant -------------------------------------------------------------------


UNLIKELY = {
    "1899-12-31": True,
    "1899-12/1900-01": False,
    "1900-01-01": False,
    "2100-12-31": False,
    "2101": True,
    "2204-05": True,
    "../1850": True,
    "2150/..": True,
    "1850/..": False,
    "0001": True,
    "9999-12-31": True,
}


def test_a_day_before_1900_or_after_2100_is_shown(make):
    fields = {"source": "late", "who": "usa", "whom": "hti"}
    texts = [entry("pledge", f"p{i:02}", due=day, **fields) for i, day in enumerate(UNLIKELY)]
    book = make("".join(texts))
    found = [one for one in book.findings if one.rule == "date-unlikely"]
    assert [one.flaw.found for one in found] == [day for day in UNLIKELY if UNLIKELY[day]]
    assert {one.level for one in found} == {"warning"}
    assert all(one.flaw.message.startswith("due lies ") for one in found)
    # nothing is lost
    assert sorted(row["due"] for row in book.ask("pledges")) == sorted(UNLIKELY)


def test_every_field_that_holds_a_day_is_looked_at(make):
    text = """
    [[source]]
    id = "old"
    date = 1804-01-01

    [[total]]
    id = "t"
    source = "old"
    date = 1804-01-01
    known = 1804-01-01
    who = "usa"
    stage = "spent"
    amount = "1M USD"
    period = "1800/1803"
    quote = "made up"

    [[mandate]]
    id = "m"
    source = "old"
    body = "unsc"
    about = "plan"
    adopted = 2201-01-01
    starts = 2202-01-01
    expires = 2203-01-01
    quote = "made up too"
    """.replace("\n    ", "\n")
    activities = ACTIVITIES + '\n[[activity]]\nid = "far"\nstarts = "2300"\nends = "2400"\n'
    book = make(text, "", activities)
    found = {one.flaw.message.split()[0] for one in book.findings if one.rule == "date-unlikely"}
    assert found == {"date", "known", "period", "adopted", "starts", "expires", "ends"}
    assert len([one for one in book.findings if one.rule == "date-unlikely"]) == 9


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_break_no_question(make, day):
    """Each entry with every day that it can have at the end of the calendar."""
    days = {"source": "late", "date": day}
    due = {**days, "due": day, "expires": day}
    text = "".join(
        [
            entry("mandate", "m", body="unsc", about="plan", adopted=day, expires=day, **days),
            entry("ask", "a", who="hti", whom="usa", **due),
            entry("pledge", "p", who="usa", whom="hti", amount="1M USD", toward="a", **due),
            entry("delivery", "d", who="usa", whom="hti", quantity="5 cars", toward="p", **days),
            entry("status", "s", about="plan", state="ended", **days),
        ]
    )
    with open_database(make(text).open().database) as database:
        for as_of in (None, date.min, date(2024, 1, 1), date.max):
            moment = database.at(as_of, date(2026, 11, 24))
            for question in QUESTIONS.values():
                question.ask(moment).to_pylist()
