"""Mandates and votes: the Council's rule, and what a source may say of a vote.

The Council's votes are those of DOMAIN (e); names of papers, quotes and other bodies are made up.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ACTORS, Book
from pledgebook.data import council, resolution_number, resolutions
from pledgebook.ledger import open_database
from votes import ACTIVITIES, CONDITION, mandate, told


@pytest.fixture
def make(make_book):
    """Trackers of a given text with the missions of the tests."""
    return lambda text, links="": make_book(
        text, {"activities.toml": ACTIVITIES, **({"links.csv": links} if links else {})}
    )


# --- who voted ------------------------------------------------------------------------------------


def test_2699_who_is_in_no_list_voted_yes_and_it_is_marked(make):
    row = make(mandate(2699, "2023-10-02", lines='abstain = ["chn", "rus"]')).row(
        "mandates", "res-2699"
    )
    expected = {one.alpha3 for one in council(2023)} - {"chn", "rus"}
    assert (set(row["yes"]), row["yes_count"], row["is_derived"]) == (expected, 13, True)
    assert (row["no"], row["abstain"], row["absent"]) == ([], ["chn", "rus"], [])
    assert (row["no_count"], row["abstain_count"], row["absent_count"]) == (0, 2, 0)
    assert (row["carried"], row["rests_on"]) == (True, ["res-2699"])


@pytest.mark.parametrize("day, has_voted", [("2021-12-31", True), ("2022-01-01", False)])
def test_members_change_on_the_first_of_january(make, day, has_voted):
    """Estonia sat to the end of 2021, Albania from 2022 on."""
    row = make(mandate(1, day, lines='abstain = ["chn"]')).row("mandates", "res-1")
    assert ("est" in row["yes"]) == has_voted
    assert ("alb" in row["yes"]) != has_voted


@pytest.mark.parametrize("lines", ["yes_count = 15", "yes_count = 15\nno = []\nabsent_count = 0"])
def test_2751_a_count_of_fifteen_names_all_members(make, lines):
    book = make(mandate(2751, "2024-09-30", lines=lines))
    row = book.row("mandates", "res-2751")
    assert row["yes"] == sorted(one.alpha3 for one in council(2024))
    assert (row["is_derived"], row["no"], told(book)) == (True, [], [])


def test_m55_before_2021_the_counts_stand_and_the_names_are_unknown(make):
    """2350 was unanimous; 2466 was adopted by 13-0-2, dom and rus abstaining."""
    book = make(
        mandate(2350, "2017-04-13", "minujusth", "yes_count = 15")
        + mandate(2466, "2019-04-12", "minujusth", 'abstain = ["dom", "rus"]\nexpires = 2019-10-15')
    )
    first, last = book.ask("mandates")
    assert (first["yes"], first["yes_count"], first["is_derived"]) == (None, 15, False)
    assert (last["yes"], last["yes_count"], last["is_derived"]) == (None, 13, True)
    assert (last["no"], last["abstain"]) == ([], ["dom", "rus"])
    assert (first["carried"], last["carried"]) == (True, True)
    # M55: from 2017 until 2019, which these two cover
    assert told(book) == ["votes-underived", "votes-underived"]


def test_a_vote_of_which_nothing_is_told_names_nobody(make):
    book = make(mandate(9001, "2024-09-30"))
    row = book.row("mandates", "res-9001")
    votes = [row[name] for name in ("yes", "no", "abstain", "absent", "yes_count", "no_count")]
    assert votes == [None] * 6
    assert (row["carried"], row["is_derived"], told(book)) == (True, None, [])


def test_2751_only_the_table_of_resolutions_may_say_that_all_agreed(make):
    book = make(mandate(2751, "2024-09-30") + mandate(2699, "2023-10-02"))
    assert len(book.row("mandates", "res-2751")["yes"]) == 15
    assert book.row("mandates", "res-2699")["yes"] is None  # 13-0-2: somebody abstained


@pytest.mark.parametrize(
    "lines, note",
    [
        ("abstain_count = 2", "it does not name who is meant by abstain_count"),
        (
            'yes_count = 12\nabstain = ["chn", "rus"]',
            "12 voted yes, and 13 are not named otherwise",
        ),
    ],
)
def test_names_that_cannot_be_worked_out_stay_unknown(make, lines, note):
    book = make(mandate(2699, "2023-10-02", lines=lines))
    row = book.row("mandates", "res-2699")
    assert (row["yes"], row["carried"]) == (None, True)
    (finding,) = [one for one in book.findings if one.rule == "votes-underived"]
    assert finding.flaw.found == note


def test_a_count_without_names_leaves_open_whether_it_was_a_veto(make):
    row = make(mandate(1, "2023-10-02", lines="no_count = 1")).row("mandates", "res-1")
    assert (row["yes_count"], row["no"], row["carried"]) == (14, None, None)
    all_five = 'no_count = 1\nabstain = ["chn", "fra", "gbr", "rus", "usa"]'
    assert make(mandate(1, "2023-10-02", lines=all_five)).row("mandates", "res-1")["carried"]


def test_a_state_with_an_id_of_its_own_has_its_seat_and_its_veto(make_book):
    text = mandate(1, "2023-10-02", lines='no = ["china"]')
    own = '[[actor]]\nid = "china"\niso = "chn"\n'
    book = make_book(text, {"activities.toml": ACTIVITIES, "actors.toml": ACTORS + own})
    row = book.row("mandates", "res-1")
    assert (row["carried"], row["no"], told(book)) == (False, ["china"], [])
    assert "chn" not in row["yes"]
    assert book.ask("could_pass")[0]["member"] == "china"


@pytest.mark.parametrize(
    "lines, carried",
    [
        ("", True),
        ('no = ["fra"]', None),
        ('yes = ["usa", "can"]\nno = ["fra"]', True),
        ("yes_count = 5\nno_count = 6", False),
        ('no = ["fra"]\nabstain = ["usa"]\nyes_count = 1', False),
    ],
)
def test_elsewhere_what_was_adopted_stands_unless_it_was_voted_down(make, lines, carried):
    """A body without known seats; made up."""
    text = mandate(1, "2023-10-02", lines=lines).replace('"unsc"', '"hnp"')
    row = make(text).row("mandates", "res-1")
    assert (row["carried"], row["is_derived"]) == (carried, False if "yes" in lines else None)


# --- what a source may say of a vote --------------------------------------------------------------


def test_f01_thirteen_and_three_are_sixteen_of_fifteen(make):
    """The right vote, 12-0-3, stands beside the wrong report of it."""
    day, three = "2025-09-30", 'abstain = ["chn", "pak", "rus"]'
    book = make(
        mandate(2793, day, "gsf", three)
        + mandate(2793, day, "gsf", f"yes_count = 13\n{three}", id="localnewswave")
    )
    (finding,) = [one for one in book.findings if one.rule == "votes-exceed-members"]
    assert finding.flaw.message == "13 yes + 3 abstain = 16, the body has 15 members"
    assert (finding.entry, finding.level) == ("localnewswave", "error")
    assert "12-0-3 (chn, pak, rus abstained)" in finding.flaw.remedy
    assert book.show("mandates", "id yes_count") == [("res-2793", 12)]


IMPOSSIBLE = {
    'yes = ["alb"]\nno = ["alb"]': "alb stands in two lists",
    'abstain = ["pak"]': "no member of unsc on 2023-10-02: pak",
    'abstain = ["chn", "rus"]\nabstain_count = 3': "abstain counts 3 and names 2",
    "yes_count = -1": "yes_count is less than nobody",
    "yes_count = 16": "16 yes = 16, the body has 15 members",
    "yes_count = 12\nno = []\nabstain_count = 2\nabsent = []": (
        "12 yes + 2 abstain = 14, the body has 15 members"
    ),
    "yes_count = 0\nno_count = 0\nabstain_count = 0\nabsent_count = 0": (
        "nobody = 0, the body has 15 members"
    ),
    "yes_count = 2147483647": "2147483647 yes = 2147483647, the body has 15 members",
}


def test_a_vote_that_cannot_be_stays_out(make):
    votes = [mandate(9000 + i, "2023-10-02", lines=lines) for i, lines in enumerate(IMPOSSIBLE)]
    book = make("".join(votes))
    found = [one for one in book.findings if one.rule == "votes-exceed-members"]
    assert [one.flaw.message for one in found] == list(IMPOSSIBLE.values())
    assert [one.entry for one in found] == [f"res-{9000 + i}" for i in range(len(IMPOSSIBLE))]
    assert {one.level for one in found} == {"error"}
    assert book.ask("mandates") == []


@pytest.mark.parametrize("day", ["2019-04-12", '"2021-12/2022-01"', '"2023/.."', '"XX"'])
def test_a_voter_is_no_stranger_where_the_members_are_not_known(make, day):
    book = make(mandate(1, "2019-04-12", lines='no = ["tuv"]').replace("2019-04-12", day))
    assert "votes-exceed-members" not in book.rules


def test_a_mandate_with_one_id_twice_is_the_one_whose_votes_can_be(make):
    day = "2025-09-30"
    text = mandate(2793, day, "gsf", "yes_count = 16") + mandate(2793, day, "gsf", "yes_count = 15")
    book = make(text)
    assert sorted(told(book)) == ["entry-duplicate", "votes-exceed-members"]
    assert book.show("mandates", "id yes_count") == [("res-2793", 15)]


@pytest.mark.parametrize("about", ["binuh", "mss", "hti", "hnp", "gsf-air"])
def test_f02_2587_is_about_cyprus(make, about):
    """What says Haiti: the activity, a mission of the table, a country, a part of it, a parent."""
    book = make(mandate(2587, "2021-07-29", about, 'abstain = ["chn"]'))
    (finding,) = [one for one in book.findings if one.rule == "subject-mismatch"]
    assert finding.level == "error"
    assert finding.flaw.expected.startswith("cyp: UNFICYP, adopted 2021-07-29")
    assert finding.flaw.found == f"hti: {about}"
    assert book.ask("mandates") == []


@pytest.mark.parametrize(
    "number, day, about",
    [(2587, "2021-07-29", "cyp"), (2587, "2021-07-29", "plan"), (2600, "2021-10-15", "binuh")],
)
def test_where_nothing_says_another_country_nothing_is_found(make, number, day, about):
    assert told(make(mandate(number, day, about, 'abstain = ["chn"]'))) == []


# --- on a day -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, state, left",
    [
        ("2025-09-29", "not yet adopted", None),
        ("2025-09-30", "not yet in force", 367),
        ("2025-10-02", "in force", 365),
        ("2026-10-02", "in force", 0),
        ("2026-10-03", "expired", None),
        (None, None, None),
    ],
)
def test_2793_runs_twelve_months_from_2_october_2025(make, day, state, left):
    lines = 'abstain = ["chn", "pak", "rus"]\nstarts = 2025-10-02\nexpires = 2026-10-02'
    book = make(mandate(2793, "2025-09-30", "gsf", lines))
    row = book.row("mandates", "res-2793", day=day)
    assert (row["state"], row["days_left"], row["carried"]) == (state, left, True)


def test_a_mandate_that_was_voted_down_is_never_in_force(make):
    book = make(mandate(1, "2023-10-02", lines='no = ["rus"]\nexpires = 2024-10-02'))
    row = book.row("mandates", "res-1", day="2023-12-01")
    assert (row["carried"], row["state"], row["days_left"]) == (False, "not carried", None)


def test_a_status_ends_a_mandate(make):
    ended = """
    [[status]]
    id = "revoked"
    about = "res-1"
    state = "withdrawn"
    date = 2024-01-15
    known = 2024-01-15
    quote = "revoked, made up"
    """
    book = make(mandate(1, "2023-10-02", lines="yes_count = 15") + ended.replace("    ", ""))
    before, after = (book.row("mandates", "res-1", day=day) for day in ("2024-01-14", "2024-01-15"))
    assert (before["state"], after["state"]) == ("in force", "ended")
    assert after["rests_on"] == ["res-1", "revoked"]


def test_a_mandate_is_there_from_the_day_it_is_known(make):
    book = make(mandate(2699, "2023-10-02", lines='abstain = ["chn", "rus"]'))
    assert book.ask("mandates", "2023-10-01") == []
    assert len(book.ask("mandates", "2023-10-02")) == 1


def test_two_reports_of_one_decision_are_one_row(make):
    same = "entry,judgement,other,judge,day,reason\nother,same,res-2699,e,2026-11-24,one vote\n"
    book = make(
        mandate(2699, "2023-10-02", lines='abstain = ["chn", "rus"]')
        + mandate(2699, "2023-10-02", "gsf", id="other"),
        same,
    )
    (row,) = book.ask("mandates")
    assert (row["id"], row["rests_on"]) == ("res-2699", ["other", "res-2699"])
    assert row["about"] == ["gsf", "mss"]
    assert row["yes_count"] == 13  # the report that tells of the vote


def test_filters(make):
    book = make(
        mandate(2699, "2023-10-02", lines="yes_count = 15")
        + mandate(2814, "2026-01-29", "binuh", "yes_count = 15")
    )
    assert [row["id"] for row in book.ask("mandates")] == ["res-2699", "res-2814"]
    assert [row["id"] for row in book.ask("mandates", via="binuh")] == ["res-2814"]
    assert [row["id"] for row in book.ask("mandates", who=["unsc"])] == ["res-2699", "res-2814"]
    assert [row["id"] for row in book.ask("mandates", since=date(2024, 1, 1))] == ["res-2814"]


# --- conditions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "type, state", [("mandate", "met"), ("court", "open"), ("funding", "open")]
)
def test_a_vote_meets_only_a_condition_that_waits_on_a_mandate(make, type, state):
    text = CONDITION.format(type=type, about="mss") + mandate(2751, "2024-09-30")
    assert make(text).row("conditions", "a-vote")["state"] == state


@pytest.mark.parametrize("about, state", [("mss", "met"), ("gsf", "open"), ("minustah", "open")])
def test_m48_a_vote_on_another_activity_meets_nothing(make, about, state):
    text = CONDITION.format(type="mandate", about=about) + mandate(2751, "2024-09-30")
    assert make(text).row("conditions", "a-vote")["state"] == state


def test_a_condition_that_was_met_stays_met_when_the_mandate_has_expired(make):
    text = CONDITION.format(type="mandate", about="mss")
    text += mandate(2751, "2024-09-30", lines="expires = 2025-10-02")
    row = make(text).row("conditions", "a-vote", "2026-11-24")
    assert (row["state"], str(row["since"]), row["rests_on"]) == (
        "met",
        "2024-09-30",
        ["a-vote", "res-2751"],
    )


CIRCLE = """
[[pledge]]
id = "first"
who = "usa"
whom = "hti"
amount = "1M USD"
condition = "if-second"
quote = "if the second pays, made up"

[[condition]]
id = "if-second"
type = "funding"
about = "second"
quote = "the second, made up"

[[pledge]]
id = "second"
who = "fra"
whom = "hti"
amount = "1M EUR"
condition = "if-first"
quote = "if the first pays, made up"

[[condition]]
id = "if-first"
type = "funding"
about = "first"
quote = "the first, made up"
"""


def test_promises_that_wait_on_each_other_are_a_circle(make_book):
    book = make_book(CIRCLE)
    (finding,) = [one for one in book.findings if one.rule == "reference-cycle"]
    assert finding.flaw.found == "first > if-second > second > if-first > first"
    assert book.ask("pledges") == []
    assert book.ask("conditions") == []


def test_a_promise_may_wait_on_another_that_waits_on_something_else(make_book):
    book = make_book(CIRCLE.replace('condition = "if-first"\n', ""))
    assert told(book) == []
    assert book.show("pledges", "id state") == [("first", "waits"), ("second", "live")]


def test_a_condition_may_be_about_the_promise_that_hangs_on_it(make_book):
    book = make_book(CIRCLE.replace('about = "second"', 'about = "first"'))
    assert told(book) == []
    assert book.show("pledges", "id state") == [("first", "waits"), ("second", "waits")]


def test_two_events_may_be_about_each_other(make_book):
    event = '[[event]]\nid = "{}"\nabout = "{}"\nquote = "made up {}"\n'
    book = make_book(event.format("a", "b", 1) + event.format("b", "a", 2))
    assert told(book) == []


# --- the rule, against a small Python one ---------------------------------------------------------

MEMBERS = tuple(sorted(one.alpha3 for one in council(2023)))
PERMANENT = {one.alpha3 for one in council(2023) if one.permanent}

ballots = st.tuples(
    st.lists(
        st.sampled_from(("yes", "yes", "yes", "no", "abstain", "absent")), min_size=15, max_size=15
    ),
    st.booleans(),  # whether the matter is procedural
    st.booleans(),  # whether those who voted yes are named
)


def carries(votes: list[str], procedural: bool) -> bool:
    """Article 27 of the Charter, as practised."""
    against = {member for member, vote in zip(MEMBERS, votes, strict=True) if vote == "no"}
    return votes.count("yes") >= 9 and (procedural or not against & PERMANENT)


def lines_of(votes: list[str], procedural: bool, is_named: bool) -> str:
    lines = ['procedural = "yes"'] if procedural else []
    for word in ("yes", "no", "abstain", "absent"):
        voters = [one for one, vote in zip(MEMBERS, votes, strict=True) if vote == word]
        if word == "yes" and not is_named:
            lines.append(f"yes_count = {len(voters)}")
        else:
            lines.append(f"{word} = {json.dumps(voters)}")
    return "\n".join(lines)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ballots, min_size=40, max_size=40))
def test_what_carries_is_what_the_charter_says(tmp_path_factory, cast):
    texts = [
        mandate(9000 + i, "2023-10-02", lines=lines_of(*ballot)) for i, ballot in enumerate(cast)
    ]
    folder = tmp_path_factory.mktemp("votes")
    book = Book(folder, "".join(texts), {"activities.toml": ACTIVITIES})
    rows = {row["id"]: row for row in book.ask("mandates")}
    for i, (votes, procedural, is_named) in enumerate(cast):
        row = rows[f"res-{9000 + i}"]
        assert row["carried"] == carries(votes, procedural), row
        for word in ("yes", "no", "abstain", "absent"):
            voters = [one for one, vote in zip(MEMBERS, votes, strict=True) if vote == word]
            assert (row[word], row[f"{word}_count"]) == (voters, len(voters)), row
        assert row["is_derived"] == (not is_named and "yes" in votes) or is_named
    assert told(book) == []


# --- the table of resolutions ---------------------------------------------------------------------


def test_the_table_is_sorted_and_ends_its_lines_with_lf():
    raw = files("pledgebook.data").joinpath("resolutions.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert list(resolutions()) == sorted(resolutions())


def test_the_table_holds_the_votes_on_haiti_and_one_on_cyprus():
    """DOMAIN (e): 23 on Haiti; 2587 is the negative test of F02."""
    table = [one for (body, _), one in resolutions().items() if body == "unsc"]
    assert len([one for one in table if one.country == "hti"]) == 23
    (cyprus,) = [one for one in table if one.country == "cyp"]
    assert (cyprus.number, cyprus.adopted, cyprus.missions) == (
        2587,
        date(2021, 7, 29),
        ("UNFICYP",),
    )
    for one in table:
        if one.yes is not None:
            assert one.yes + one.no + one.abstain == 15
            assert len(one.abstained) == one.abstain
            members = {member.alpha3 for member in council(one.adopted.year)}
            assert not members or members >= set(one.abstained)


@pytest.mark.parametrize(
    "symbol, number",
    [
        ("S/RES/2699 (2023)", 2699),
        ("S/RES/2699(2023)", 2699),
        ("s/res/2699", 2699),
        ("2699 (2023)", 2699),
        ("Security Council resolution 2699", 2699),
        ("Resolution 2699 (2023), paragraph 1", 2699),
        ("S/2023/729", None),
        ("2024/15", None),
        ("A/RES/55/2", None),
        ("99999999999999999999", None),
        ("resolution", None),
        ("", None),
    ],
)
def test_the_number_of_a_symbol_is_the_same_in_python_and_in_sql(make_book, symbol, number):
    assert resolution_number(symbol) == number
    with open_database(make_book("").open().database) as database:
        asked = database.at().ask("select resolution_number($1) as number", [symbol])
    assert asked.to_pylist() == [{"number": number}]
