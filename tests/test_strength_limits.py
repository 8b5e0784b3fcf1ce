"""strength: reports that differ, departures that exceed arrivals, what is promised and allowed.

The figures of the F and E rows are those of GOLDEN, the others are made up and say so.
"""

from datetime import date

import pytest

from force_entries import ACTIVITIES, FIRST, SECOND, arrival, by_day, left, level, mandate, pledge


@pytest.fixture
def make(make_book):
    """Trackers of a given text with the forces that the rows name."""

    def made(text: str, links: str = "", actors: str = ""):
        files = {"activities.toml": ACTIVITIES}
        files |= {"links.csv": links} if links else {}
        files |= {"actors.toml": actors} if actors else {}
        return make_book(text, files)

    return made


# --- reports that differ ------------------------------------------------------------------------

F03 = """
[[source]]
id = "lenouvelliste-249051"
date = 2024-06-25
rights = "public_domain"
grade = "B"

[[source]]
id = "haitify"
date = 2024-06-26
rights = "public_domain"
grade = "C"

[[source]]
id = "kenyan-post-2024-07"
date = 2024-07-16
rights = "public_domain"
grade = "B"
""" + "".join(
    arrival(id, day, "ken", f"{number} police", f'source = "{source}"')
    for id, day, number, source in (
        ("first-200", "2024-06-25", 200, "lenouvelliste-249051"),
        ("first-400", "2024-06-25", 400, "haitify"),
        ("second-200", "2024-07-16", 200, "kenyan-post-2024-07"),
    )
)
SAME = """
entry,judgement,other,judge,day,reason
first-400,same,first-200,XY,2024-07-01,one flight
""".lstrip()


def test_f03_e27_strength_gives_both_readings(make):
    book = make(F03, SAME)
    assert by_day(book, "reading present rests_on") == [
        ("2024-06-25", "lowest", 200, ["first-200", "first-400"]),
        ("2024-06-25", "highest", 400, ["first-200", "first-400"]),
        ("2024-07-16", "lowest", 400, ["first-200", "first-400", "second-200"]),
        ("2024-07-16", "highest", 600, ["first-200", "first-400", "second-200"]),
    ]


def test_f03_a_departure_of_all_who_came_leaves_nobody_in_either_reading(make):
    text = F03 + left("gone", "2024-12-01", "first-200", 'source = "kenyan-post-2024-07"')
    (row,) = [row for row in make(text, SAME).ask("strength") if str(row["date"]) == "2024-12-01"]
    assert (row["reading"], row["present"]) == (None, 200)


def test_f03_a_level_ends_the_quarrel(make):
    text = F03 + level("ken-400", "2025-01-17", "400 police", 'who = "ken"\nsource = "haitify"')
    assert by_day(make(text, SAME), "reading present")[-1] == ("2025-01-17", None, 400)


def test_rival_levels_of_one_day_are_both_shown(make):
    """Made up: two counts of one day, by two sources."""
    text = (
        FIRST + level("a", "2025-01-17", "980 personnel") + level("b", "2025-01-17", "990 police")
    )
    assert by_day(make(text), "reading present")[1:] == [
        ("2025-01-17", "lowest", 980),
        ("2025-01-17", "highest", 990),
    ]


# --- more left than came ------------------------------------------------------------------------


def test_more_left_than_came_is_a_finding_and_never_a_negative_number(make):
    gone = left("ken-home", "2024-12-01", "mss", 'who = "ken"\nquantity = "250 police"')
    book = make(FIRST + gone)
    assert by_day(book, "present parts")[-1] == ("2024-12-01", None, None)
    (finding,) = [one for one in book.findings if one.rule == "stock-negative"]
    assert (finding.entry, finding.level) == ("ken-home", "warning")
    assert finding.flaw.difference == "200 came, 250 left: 50 more than came"


def test_the_stock_stays_unknown_until_somebody_states_it(make):
    text = FIRST + left("home", "2024-12-01", "mss", 'who = "ken"\nquantity = "250 police"')
    text += arrival("ken-3", "2025-01-01", "ken", "200 police")
    text += level("whole", "2025-02-01", "400 police")
    book = make(text)
    assert [present for _, present in by_day(book)] == [200, None, None, 400]
    assert [one.rule for one in book.findings].count("stock-negative") == 1


def test_more_of_one_contributor_left_than_came_is_found_too(make):
    text = FIRST + arrival("gtm-1", "2024-07-01", "gtm", "150 soldiers")
    text += left("home", "2024-12-01", "ken-1", 'quantity = "210 police"')
    book = make(text)
    assert by_day(book)[-1] == ("2024-12-01", None)
    (finding,) = [one for one in book.findings if one.rule == "stock-negative"]
    assert finding.flaw.expected == "at most 200 police to leave, sent by ken"
    assert finding.flaw.difference == "200 came, 210 left: 10 more than came"


def test_departures_that_a_level_replaced_are_not_counted_again(make):
    text = FIRST + left("a", "2024-12-01", "mss", 'who = "ken"\nquantity = "50 police"')
    text += level("ken-100", "2025-01-01", "100 police", 'who = "ken"')
    text += left("b", "2025-02-01", "mss", 'who = "ken"\nquantity = "120 police"')
    (finding,) = [one for one in make(text).findings if one.rule == "stock-negative"]
    assert finding.entry == "b"
    assert finding.flaw.difference == "100 came, 120 left: 20 more than came"


def test_what_leaves_a_stated_whole_needs_no_arrivals(make):
    text = level("whole", "2025-01-31", "572 personnel")
    text += left("gone", "2025-04-01", "mss", 'quantity = "300 police"')
    book = make(text)
    assert by_day(book)[-1] == ("2025-04-01", 272)
    assert "stock-negative" not in book.rules


# --- promised and allowed -----------------------------------------------------------------------

PLEDGES = (
    pledge("tcd-1500", "2025-12-09", "tcd", "1500 personnel", 'measure = "level"')
    + pledge("bgd-1500", "2025-12-09", "bgd", "1500 personnel", 'expires = "2026-02"')
    + pledge("tcd-800", "2026-03-21", "tcd", "800 personnel", 'measure = "level"')
)


def test_e43_e46_the_latest_level_of_a_provider_is_what_is_pledged(make):
    book = make(PLEDGES)
    assert by_day(book, "present pledged rests_on", as_of="2026-04-01") == [
        ("2025-12-09", None, 3000, ["bgd-1500", "tcd-1500"]),
        ("2026-03-01", None, 1500, ["tcd-1500"]),  # Bangladesh's offer ran out in February
        ("2026-03-21", None, 800, ["tcd-800"]),
    ]
    # what runs out later has not run out yet
    assert by_day(book, "pledged", as_of="2026-01-01") == [("2025-12-09", 3000)]


def test_a_withdrawn_promise_counts_until_its_withdrawal(make):
    text = pledge("bgd-1500", "2025-12-09", "bgd", "1500 personnel")
    text += left("never-mind", "2026-01-15", "bgd-1500")
    assert by_day(make(text), "pledged rests_on") == [
        ("2025-12-09", 1500, ["bgd-1500"]),
        ("2026-01-15", 0, []),
    ]


def test_a_conditional_promise_counts_from_the_day_it_is_met(make):
    """The Council's vote on 2793, as in R8; the 1,000 people are made up."""
    condition = """
[[condition]]
id = "adopted"
type = "mandate"
about = ["gsf"]
date = 2025-09-23
quote = "if it's adopted"
"""
    vote = mandate("res-2793", "2025-09-30", "5550 personnel", known="2025-09-30")
    text = condition + pledge("kos", "2025-09-23", "tcd", "1000 police", 'condition = ["adopted"]')
    assert make(text).ask("strength") == []
    assert by_day(make(text + vote), "pledged ceiling") == [("2025-09-30", 1000, 5550)]


def test_weak_wording_is_no_promise_unless_it_is_asked_for(make):
    book = make(pledge("maybe", "2025-12-09", "tcd", "1500 police", 'strength = "considered"'))
    assert book.ask("strength") == []
    assert by_day(book, "pledged", strength="considered") == [("2025-12-09", 1500)]


def test_a_commitment_that_fulfils_a_pledge_is_no_second_promise(make):
    text = pledge("bgd-1500", "2025-12-09", "bgd", "1500 police")
    text += pledge("signed", "2026-01-09", "bgd", "1500 police", 'toward = ["bgd-1500"]').replace(
        "[[pledge]]", "[[commitment]]"
    )
    assert by_day(make(text), "pledged") == [("2025-12-09", 1500)]


def test_the_ceiling_is_that_of_the_mandate_in_force(make):
    """2793 as in GOLDEN; the later mandate and the arrival are made up."""
    text = mandate("res-2793", "2025-09-30", "5550 personnel", "expires = 2026-10-02")
    text += mandate("res-9999", "2026-10-01", "4000 personnel", "starts = 2026-10-03")
    text += arrival("jam-1", "2025-12-01", "jam", "100 soldiers").replace("mss", "gsf")
    book = make(text)
    assert by_day(book, "present ceiling mandate") == [
        ("2025-09-30", None, 5550, "res-2793"),
        ("2025-12-01", 100, 5550, "res-2793"),
        ("2026-10-03", 100, 4000, "res-9999"),
    ]
    # without a day nothing has run out; on 3 October 2026 the mandate of 2025 has
    alone = make(RES_2793)
    assert by_day(alone, "ceiling") == [("2025-09-30", 5550)]
    assert by_day(alone, "ceiling", day="2026-10-02") == [("2025-09-30", 5550)]
    assert by_day(alone, "ceiling", day="2026-10-03")[1:] == [("2026-10-03", None)]
    assert by_day(book, "present ceiling", as_of="2025-12-31")[-1] == ("2025-12-01", 100, 5550)


def test_a_vetoed_mandate_sets_no_ceiling(make):
    vetoed = mandate("res-2793", "2025-09-30", "5550 personnel")
    vetoed = vetoed.replace('abstain = ["chn", "pak", "rus"]', 'no = ["chn", "pak", "rus"]')
    assert make(vetoed).ask("strength") == []


def test_without_a_mandate_the_ceiling_of_the_activity_holds(make):
    assert by_day(make(FIRST), "ceiling mandate") == [("2024-06-25", 2500, None)]


RES_2793 = mandate("res-2793", "2025-09-30", "5550 personnel", "expires = 2026-10-02")
E44 = """
[[total]]
id = "up-to-7500"
date = 2025-12-19
via = "gsf"
stage = "pledged"
quantity = "7500 personnel"
comparator = "up to"
quote = "pledges of up to 7,500"
"""


def over(book):
    return [
        (one.entry, one.flaw.expected, one.flaw.found, one.flaw.difference)
        for one in book.findings
        if one.rule == "over-ceiling"
    ]


def test_f19_e44_7500_pledged_is_over_the_ceiling(make):
    book = make(RES_2793 + E44)
    assert over(book) == [
        (
            "up-to-7500",
            "5,550 (S/RES/2793)",
            "up to 7,500 personnel pledged, 2025-12-19",
            "1,950 personnel more than the ceiling",
        )
    ]
    # neither what is authorised nor what is promised is anybody's presence
    assert [row["present"] for row in book.ask("strength")] == [None]


def test_f19_promises_that_add_up_above_the_ceiling_are_found_once(make):
    """Made up: three promises, of which the second crosses the line."""
    text = RES_2793 + "".join(
        pledge(f"{who}-3000", f"2025-12-0{day}", who, "3000 personnel")
        for day, who in enumerate(("tcd", "bgd", "ken"), 1)
    )
    assert over(make(text)) == [
        (
            "bgd-3000",
            "5,550 (S/RES/2793)",
            "6,000 personnel pledged, 2025-12-02",
            "450 personnel more than the ceiling",
        )
    ]


def test_f19_too_many_present_stand_at_the_arrival(make):
    text = FIRST + arrival("ken-3", "2025-01-03", "ken", "2400 police")
    assert over(make(text)) == [
        (
            "ken-3",
            "2,500 (the ceiling of mss)",
            "2,600 police present, 2025-01-03",
            "100 police more than the ceiling",
        )
    ]


def test_a_lower_ceiling_is_found_at_its_mandate(make):
    text = arrival("jam-1", "2025-12-01", "jam", "5000 soldiers").replace("mss", "gsf") + RES_2793
    text += mandate("res-9999", "2026-10-01", "4000 personnel", "starts = 2026-10-03")
    ((entry, expected, _, difference),) = over(make(text))
    assert (entry, expected) == ("res-9999", "4,000 (S/RES/9999)")
    assert difference == "1,000 soldiers more than the ceiling"


def test_f19_as_many_as_allowed_is_no_finding(make):
    book = make(RES_2793 + E44.replace("7500", "5550").replace("7,500", "5,550"))
    assert over(book) == []


# --- asking -------------------------------------------------------------------------------------


def test_an_answer_holds_what_was_known_on_the_day(make):
    book = make(FIRST + SECOND)
    # the source of a made-up book is of 2021, so what it tells of 2024 is known, but not yet so
    assert by_day(book, as_of="2024-07-15") == [("2024-06-25", 200)]
    assert book.ask("strength", as_of="2024-06-24") == []


def test_strength_can_be_narrowed(make):
    book = make(FIRST + SECOND + pledge("tcd-1", "2025-12-09", "tcd", "10 soldiers"))
    assert {row["activity"] for row in book.ask("strength")} == {"gsf", "mss"}
    assert {row["activity"] for row in book.ask("strength", via="mss")} == {"mss"}
    assert len(book.ask("strength", since=date(2024, 7, 1), via="mss")) == 1
    assert [row["unit"] for row in book.ask("strength", unit="soldiers")] == ["soldiers"]
