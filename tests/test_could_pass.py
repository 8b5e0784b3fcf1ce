"""Who could block a mandate: the last votes and the stances of a body's members, never a guess.

The Council's votes are those of DOMAIN (e); stances and quotes are made up.
"""

from __future__ import annotations

import pytest

from pledgebook.data import council
from votes import ACTIVITIES, CONDITION, mandate, position


@pytest.fixture
def make(make_book):
    """Trackers of a given text with the missions of the tests."""
    return lambda text, links="": make_book(
        text, {"activities.toml": ACTIVITIES, **({"links.csv": links} if links else {})}
    )


VOTES = (
    mandate(2699, "2023-10-02", lines='abstain = ["chn", "rus"]')
    + mandate(2751, "2024-09-30", lines="yes_count = 15")
    + mandate(2793, "2025-09-30", "gsf", 'abstain = ["chn", "pak", "rus"]')
    + mandate(2814, "2026-01-29", "binuh", "yes_count = 15")
)


def test_m58_the_fifteen_members_with_their_last_vote(make):
    rows = make(VOTES).ask("could_pass", day="2026-06-30")
    assert {row["member"] for row in rows} == {one.alpha3 for one in council(2026)}
    assert {row["year"] for row in rows} == {2026}
    assert {row["last_vote"] for row in rows} == {"yes S/RES/2814 (2026)"}
    assert {(row["verdict"], row["outcome"]) for row in rows} == {("pass", "pass")}
    assert {tuple(row["rests_on"]) for row in rows} == {("res-2814",)}
    assert [row["is_permanent"] for row in rows] == [True] * 5 + [False] * 10


def test_via_takes_the_votes_on_one_activity_and_on_what_it_took_over_from(make):
    book = make(VOTES)
    rows = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30", via="gsf-air")}
    assert rows["chn"]["last_vote"] == "abstained S/RES/2793 (2025)"
    assert rows["fra"]["last_vote"] == "yes S/RES/2793 (2025)"
    assert rows["lva"]["last_vote"] is None  # Latvia came in 2026
    assert (rows["chn"]["verdict"], rows["lva"]["verdict"]) == ("unknown", "unknown")
    # fra, gbr, usa, and of the elected dnk, grc, pan and som: seven of the nine that are needed
    assert {row["outcome"] for row in rows.values()} == {"unknown"}
    older = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30", via="mss")}
    assert older["chn"]["last_vote"] == "yes S/RES/2751 (2024)"
    later = book.ask("could_pass", day="2026-06-30", via="plan")
    assert {row["last_vote"] for row in later} == {None}


@pytest.mark.parametrize(
    "stance, verdict, outcome",
    [
        ("supports", "pass", "pass"),
        ("supports_if", "unknown", "pass"),
        ("reviewing", "unknown", "pass"),
        ("abstained", "unknown", "pass"),
        ("sceptical", "at risk", "at risk"),
        ("critical", "at risk", "at risk"),
        ("opposes", "at risk", "at risk"),
        ("declines", "at risk", "at risk"),
    ],
)
def test_m59_a_later_stance_of_a_permanent_member_outranks_its_vote(make, stance, verdict, outcome):
    book = make(VOTES + position("chn", "binuh", stance, "2026-03-01"))
    rows = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30")}
    row = rows["chn"]
    assert (row["stance"], row["verdict"], row["outcome"]) == (stance, verdict, outcome)
    assert row["last_vote"] == "yes S/RES/2814 (2026)"
    assert (row["rests_on"], str(row["since"])) == ([f"chn-{stance}", "res-2814"], "2026-03-01")
    before = {row["member"]: row for row in book.ask("could_pass", day="2026-02-01")}
    assert (before["chn"]["stance"], before["chn"]["verdict"]) == (None, "pass")


def test_an_older_stance_stands_beside_a_later_vote(make):
    """M59: critical of the mission before 2600, for which it then voted."""
    book = make(
        position("chn", "binuh", "critical", "2021-10-01")
        + mandate(2600, "2021-10-15", "binuh", "yes_count = 15")
    )
    row = book.ask("could_pass", day="2021-12-17")[0]
    assert (row["member"], row["last_vote"]) == ("chn", "yes S/RES/2600 (2021)")
    assert (row["stance"], row["verdict"]) == ("critical", "pass")


@pytest.mark.parametrize(
    "about, is_heard",
    [("gsf", True), ("res-2793", True), ("wanted", True), ("asked", True), ("plan", False)],
)
def test_a_stance_may_be_about_what_concerns_a_mandate(make, about, is_heard):
    """The activity, the decision, a condition that waits on one, an ask; nothing else."""
    text = VOTES + CONDITION.format(type="mandate", about="gsf").replace("a-vote", "wanted")
    text += '\n[[ask]]\nid = "asked"\nwho = "hti"\nvia = "gsf"\nquote = "asked, made up"\n'
    book = make(text + position("rus", about, "opposes", "2026-03-01"))
    rows = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30", via="gsf")}
    assert rows["rus"]["stance"] == ("opposes" if is_heard else None)


def test_m37_a_stance_on_what_a_mission_took_over_from_is_heard(make):
    """usa, fra and gbr supported the withdrawal; here their stance on the mission itself."""
    book = make(VOTES + position("usa", "minustah", "opposes", "2017-04-13"))
    rows = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30", via="binuh")}
    assert (rows["usa"]["stance"], rows["usa"]["verdict"]) == ("opposes", "pass")
    others = {row["member"]: row for row in book.ask("could_pass", day="2026-06-30", via="gsf")}
    assert others["usa"]["stance"] is None


def test_seven_that_oppose_leave_eight(make):
    """No permanent member is against it; elected members of 2026."""
    elected = ["dnk", "grc", "pak", "pan", "som", "bhr", "col"]
    for number, outcome in ((6, "pass"), (7, "at risk")):
        against = [position(one, "binuh", "opposes", "2026-03-01") for one in elected[:number]]
        rows = make(VOTES + "".join(against)).ask("could_pass", day="2026-06-30")
        assert {row["outcome"] for row in rows} == {outcome}


@pytest.mark.parametrize(
    "day, year, members", [(None, 2026, 15), ("2022-06-30", 2022, 15), ("2031-01-01", 2031, 5)]
)
def test_the_members_are_those_of_the_year_of_the_day(make, day, year, members):
    """Without a day: the newest year with a decision. Who is elected for 2031 is not known."""
    rows = make(VOTES).ask("could_pass", day=day)
    assert ({row["year"] for row in rows}, len(rows)) == ({year}, members)


def test_a_tracker_without_votes_knows_nothing_about_anybody(make):
    rows = make('[[event]]\nid = "e"\nwhat = "a meeting"\nquote = "made up"\n').ask(
        "could_pass", day="2026-06-30"
    )
    assert len(rows) == 15
    assert {(row["last_vote"], row["stance"], row["verdict"]) for row in rows} == {
        (None, None, "unknown")
    }
    assert {row["outcome"] for row in rows} == {"unknown"}
