"""The rows of the mission that the example holds, by number, for the questions there are.

The example's book names the row above each entry; what a row asks of a later question (evidence,
mandates, cases, followup ...) is tested where that question is.
"""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from bad_input import call
from conftest import PROJECT, Book
from pledgebook.ledger import open_database


class Copy(Book):
    """A copy of the example; what is private or compiled is left behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        left = shutil.ignore_patterns("build", "*.txt")
        shutil.copytree(PROJECT / "examples" / "haiti", folder, ignore=left)

    def sql(self, query: str) -> list[dict[str, object]]:
        with open_database(self.open().database) as database:
            return database.at().ask(query).to_pylist()

    def entry(self, kind: str, id: str) -> dict[str, object]:
        """All fields of one entry."""
        (row,) = self.sql(f"select * from {kind} where id = '{id}'")
        return row

    def run(self, *arguments: str) -> str:
        """What the command line prints."""
        done = call(self.folder, *arguments)
        assert done.exit_code == 0
        return done.output


@pytest.fixture(scope="module")
def haiti(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("mission") / "haiti")


def test_m01_each_of_those_asked_answers_for_itself(haiti):
    rows = [row for row in haiti.ask("asks") if row["id"] == "us-ask-lead"]
    assert {(row["who"], row["whom"], row["answer"]) for row in rows} == {
        ("usa", "fra", "reviewing"),
        ("usa", "can", "none"),
    }
    assert {row["what"] for row in rows} == {"lead an allied security effort"}
    assert [row["since"] for row in rows if row["whom"] == "can"] == [None]


def test_m02_the_events_of_the_year_are_in_the_timeline_and_in_no_sum(haiti):
    rows = haiti.ask("timeline", since=date(2021, 1, 1), until=date(2021, 12, 31))
    events = {row["id"] for row in rows if row["kind"] == "event"}
    assert {"fuel-blockade", "assassination-2021-07-07", "partners-meeting"} <= events
    for question in ("promises", "pledges", "totals", "needs"):
        for row in haiti.ask(question):
            assert not events & set(row["rests_on"])


def test_m03_autumn_begins_in_september(haiti):
    plan = haiti.entry("activity", "allied-plan")
    assert (plan["starts"], plan["starts_since"]) == ("2021-23", date(2021, 9, 1))


def test_m04_support_to_the_police_is_support_to_haiti_once(haiti):
    for receiver in ("hnp", "hti", "Haiti"):
        shown = haiti.run("show", "pledges", "--whom", receiver, "--format", "json")
        ids = [row["id"] for row in json.loads(shown)]
        assert ids.count("usa-swat-team") == 1
        assert ids.count("fra-police-2021") == 1


def test_m07_m43_the_meeting_is_chaired_by_an_office(haiti):
    meeting = haiti.entry("event", "partners-meeting")
    assert (meeting["who"], meeting["whom"]) == ("usa-state", ["fra", "can"])
    assert haiti.entry("actor", "usa-state")["parent"] == "usa"
    assert haiti.row("timeline", "partners-meeting")["date"] == "2021-12-17"


def test_m08_planned_is_a_status_of_the_meeting(haiti):
    row = haiti.row("timeline", "partners-meeting-planned")
    assert (row["date"], row["kind"]) == ("2021-12-17", "status")
    assert "partners-meeting: planned" in row["text"]


def test_m09_m11_the_talk_in_paris_keeps_the_class_of_its_speaker(haiti):
    talk = haiti.entry("event", "paris-talk-us-account")
    assert (talk["place"], talk["date"], talk["about"]) == ("Paris", "2021-11", ["us-ask-lead"])
    assert talk["speaker"] == "White House official"
    assert haiti.sql("select id from actor where name = 'White House official'") == []


def test_m10_who_was_approached_was_not_asked_to_lead(haiti):
    assert haiti.entry("event", "talks-can-gbr")["whom"] == ["can", "gbr"]
    assert "gbr" not in {row["whom"] for row in haiti.ask("asks")}


def test_m12_two_accounts_of_one_talk_are_one_row(haiti):
    accounts = ["paris-talk-french-account", "paris-talk-us-account"]
    rows = [row for row in haiti.ask("timeline") if row["id"] in accounts]
    assert [sorted(row["rests_on"]) for row in rows] == [accounts]
    quotes = {haiti.entry("event", one)["quote"] for one in accounts}
    assert len(quotes) == 2


def test_m13_france_is_reviewing_the_ask(haiti):
    row = haiti.row("positions", "fra-reviews-ask")
    assert (row["who"], row["about"], row["stance"]) == ("fra", ["us-ask-lead"], "reviewing")
    (answer,) = [row for row in haiti.ask("asks") if row["whom"] == "fra"]
    assert answer["since"] == date(2021, 12, 17)
    assert answer["rests_on"] == ["us-ask-lead", "fra-reviews-ask"]


def test_m14_what_is_sparse_is_unknown_and_not_zero(haiti):
    ask = haiti.entry("ask", "us-ask-lead")
    assert (ask["amount"], ask["quantity"]) == (None, None)
    assert haiti.entry("activity", "allied-plan")["ceiling"] is None


def test_m18_m19_looking_at_is_not_promising(haiti):
    row = haiti.row("pledges", "usa-swat-team")
    assert (row["strength"], row["state"], row["stage"]) == ("considered", "weak", "pledged")
    assert (row["amount"], row["unit"], row["what"]) == (1, "units", "training")
    rows = [row for row in haiti.ask("promises") if row["who"] == "usa-inl"]
    (row,) = [row for row in rows if row["unit"] == "units"]
    assert (row["pledged"], row["weak"]) == (0, 1)
    pledge = haiti.entry("pledge", "usa-swat-team")
    assert pledge["venue"] == "Senate Foreign Relations Committee"


def test_m20_a_stance_without_an_actor_is_the_publishers(haiti):
    row = haiti.row("positions", "hnp-weak")
    assert (row["who"], row["about"], row["stance"]) == ("Miami Herald", ["hnp"], "critical")


def test_m21_stated_total_is_checked_against_its_items(haiti):
    row = haiti.row("totals", "us-decade")
    assert (row["stated"], row["itemised"]) == (300_000_000, 290_216_912)
    assert (row["unexplained"], row["verdict"]) == (9_783_088, "short")
    assert row["rivals"] == ["us-since-2010"]
    assert [one["verdict"] for one in row["readings"]] == ["short", "over", "open"]


def test_m22_a_total_without_a_figure_is_open_and_nowhere_zero(haiti):
    for name in ("can-assistance", "un-assistance"):
        row = haiti.row("totals", name)
        assert (row["stated"], row["itemised"], row["unexplained"]) == (None, None, None)
        assert row["verdict"] == "open"
    for row in haiti.ask("promises"):
        assert not {"can-assistance", "un-assistance"} & set(row["rests_on"])
    assert "un" not in {row["who"] for row in haiti.ask("promises")}


def test_m24_the_blockade_is_an_event_of_the_year(haiti):
    row = haiti.row("timeline", "fuel-blockade")
    assert (row["date"], row["kind"]) == ("2021", "event")


def test_m25_washingtons_doubt_has_its_day(haiti):
    row = haiti.row("positions", "usa-doubts-hnp")
    assert (row["who"], row["about"], row["stance"]) == ("usa", ["hnp"], "sceptical")
    assert row["since"] == date(2021, 12, 17)


def test_m26_m29_the_case_holds_counts_and_no_names(haiti):
    case = haiti.entry("cases", "assassination-case")
    assert (case["about"], case["jurisdiction"]) == (["assassination-2021-07-07"], "hti")
    assert (case["quantity"], case["unit"], case["comparator"]) == (40, "people", ">")
    assert haiti.row("timeline", "assassination-2021-07-07")["date"] == "2021-07-07"


def test_m27_m28_in_december_2021_there_were_no_charges(haiti):
    status = haiti.entry("status", "no-charges-2021-12")
    assert (status["about"], status["stage"]) == (["assassination-case"], "no charges")
    assert status["holder"] == "investigating judge (Haiti)"
    assert "no charges" in haiti.row("timeline", "no-charges-2021-12", "2021-12-31")["text"]


def test_m31_inner_quotation_marks_survive_every_export(haiti):
    words = "its extension of the “Remain in Mexico” policy"
    query = "select quote from entries where id = 'remain-in-mexico-extension'"
    assert json.loads(haiti.run("sql", query, "--format", "json")) == [{"quote": words}]
    assert list(csv.reader(haiti.run("sql", query, "--format", "csv").splitlines())) == [
        ["quote"],
        [words],
    ]
    assert words in haiti.run("sql", query)


def test_m32_m35_groups_may_hold_a_stance(haiti):
    row = haiti.row("positions", "progressives-on-policy")
    assert (row["who"], row["stance"]) == ("usa-progressives", "critical")
    assert row["about"] == ["remain-in-mexico-extension"]
    groups = haiti.sql("select id from actor where type = 'group'")
    assert {row["who"] for row in haiti.ask("positions")} & {row["id"] for row in groups} == {
        "usa-progressives",
        "usa-congress-members",
        "hti-civil-society",
    }


def test_m33_m34_criticism_from_both_directions_stands_together(haiti):
    rows = [row for row in haiti.ask("positions") if row["about"] == ["usa"]]
    assert {row["stance"] for row in rows} == {"critical"}
    assert {row["what"] for row in rows} == {"too much influence", "too little support"}
    row = haiti.row("positions", "usa-declines-transition")
    assert (row["who"], row["stance"]) == ("usa", "declines")
    assert row["about"] == ["transition-initiative"]


def test_m38_m41_said_in_october_and_known_in_december(haiti):
    row = haiti.row("positions", "usa-no-military-lead")
    assert (row["who"], row["stance"], row["what"]) == ("usa", "declines", "military")
    assert (row["since"], row["known"]) == (date(2021, 10, 1), date(2021, 12, 17))
    assert "usa-no-military-lead" not in [one["id"] for one in haiti.ask("positions", "2021-11-30")]
    entry = haiti.entry("position", "usa-no-military-lead")
    assert entry["speaker"] == "senior Biden administration official"


def test_m42_the_meeting_has_its_ask(haiti):
    row = haiti.row("asks", "us-ask-commitments")
    assert (row["who"], row["whom"], row["answer"]) == ("usa", "partners", "yes")
    assert "“commitments to" in haiti.entry("ask", "us-ask-commitments")["quote"]


def test_m48_frances_offer_waits_for_two_conditions(haiti):
    row = haiti.row("pledges", "fra-police-2021")
    assert (row["state"], row["strength"], row["amount"]) == ("waits", "implied", None)
    states = {
        row["id"]: (row["type"], row["state"])
        for row in haiti.ask("conditions")
        if row["pledge"] == "fra-police-2021"
    }
    assert states == {"un-authority": ("mandate", "open"), "if-needed": ("counterpart", "open")}
    rows = [row for row in haiti.ask("promises") if row["who"] == "fra"]
    (row,) = [row for row in rows if row["unit"] is None]
    # how much waits is unknown, and unknown is not zero
    assert (row["pledged"], row["weak"], row["conditional"]) == (0, 0, None)
    assert row["unknown"] == 1
    assert "fra-police-2021" in row["rests_on"]


def test_m49_a_need_without_a_figure(haiti):
    row = haiti.row("needs", "un-presence")
    assert row["who"] == "fra"
    assert (row["stated"], row["covered"], row["gap"]) == (None, None, None)
    assert haiti.entry("need", "un-presence")["about"] == ["fra-police-2021"]


def test_m50_the_offers_purpose_is_elections(haiti):
    assert haiti.entry("pledge", "fra-police-2021")["purpose"] == "15151"


def test_m52_the_troops_of_2004_fulfil_no_known_promise(haiti):
    for who in ("fra", "usa"):
        delivery = haiti.entry("delivery", f"{who}-troops-2004")
        assert (delivery["date"], delivery["quantity"]) == ("2004", None)
        (row,) = [row for row in haiti.ask("promises") if f"{who}-troops-2004" in row["rests_on"]]
        assert (row["who"], row["unit"], row["pledged"]) == (who, None, 0)
        assert (row["delivered"], row["unpromised"]) == (None, None)


def test_m54_one_mission_took_over_from_the_other(haiti):
    first = haiti.entry("activity", "minustah")
    assert (first["successor"], first["ends"]) == ("minujusth", "2017-10")
    assert haiti.entry("activity", "minujusth")["starts"] == "2017-10"


def test_m57_a_new_mission_needs_a_vote_about_it(haiti):
    row = haiti.row("conditions", "un-authority")
    assert (row["type"], row["about"], row["state"]) == ("mandate", ["un-police-hti"], "open")
    assert (row["since"], row["rests_on"]) == (None, ["un-authority"])


def test_m61_m64_publisher_host_and_syndicator_are_three(haiti):
    source = haiti.entry("source", "herald-2021-12")
    assert source["publisher"] == "Miami Herald"
    assert source["host"] == "Stars and Stripes"
    assert source["syndicator"] == "Tribune Content Agency"
    assert (source["rights"], source["credit"]) == ("quote_only", "AFP via Getty Images/TNS")
    assert haiti.sql("select id from actor where type = 'person'") == []
