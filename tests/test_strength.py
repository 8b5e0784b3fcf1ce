"""strength: people are a stock with arrivals and departures, and never a sum.

The figures of the F and E rows are those of GOLDEN, the others are made up and say so.
"""

from datetime import date

import pytest

from force_entries import ACTIVITIES, FIRST, SECOND, arrival, by_day, left, level


@pytest.fixture
def make(make_book):
    """Trackers of a given text with the forces that the rows name."""

    def made(text: str, links: str = "", actors: str = ""):
        files = {"activities.toml": ACTIVITIES}
        files |= {"links.csv": links} if links else {}
        files |= {"actors.toml": actors} if actors else {}
        return make_book(text, files)

    return made


# --- arrivals and departures --------------------------------------------------------------------


def test_arrivals_add_day_by_day(make):
    book = make(FIRST + SECOND)
    (row, last) = book.ask("strength")
    assert (row["activity"], row["date"], row["present"]) == ("mss", date(2024, 6, 25), 200)
    assert (last["date"], last["present"]) == (date(2024, 7, 16), 400)
    assert (last["pledged"], last["ceiling"], last["reading"]) == (None, 2500, None)
    assert (last["unit"], last["basis"]) == ("police", "itemised")
    assert last["rests_on"] == ["ken-1", "ken-2"]


def test_the_force_may_stand_in_whom_or_in_via_and_counts_once(make):
    via = arrival("ken-3", "2024-08-01", "ken", "50 police", 'via = "mss"')
    assert by_day(make(FIRST + via)) == [("2024-06-25", 200), ("2024-08-01", 250)]
    only_via = FIRST.replace('whom = "mss"', 'whom = "hti"\nvia = "mss"')
    assert by_day(make(only_via)) == [("2024-06-25", 200)]


def test_what_comes_on_one_day_is_one_row(make):
    book = make(FIRST + arrival("gtm-1", "2024-06-25", "gtm", "150 soldiers"))
    (row,) = book.ask("strength")
    assert (row["present"], row["unit"]) == (350, "people")
    assert row["parts"] == ["gtm 150 itemised", "ken 200 itemised"]
    assert row["rests_on"] == ["gtm-1", "ken-1"]


def test_a_departure_about_the_force_takes_away(make):
    gone = left("ken-home", "2024-12-01", "mss", 'who = "ken"\nquantity = "50 police"')
    book = make(FIRST + gone)
    assert by_day(book, "present parts rests_on") == [
        ("2024-06-25", 200, ["ken 200 itemised"], ["ken-1"]),
        ("2024-12-01", 150, ["ken 150 itemised"], ["ken-1", "ken-home"]),
    ]


def test_a_departure_about_an_arrival_without_a_number_is_all_of_it(make):
    book = make(FIRST + SECOND + left("gone", "2024-12-01", "ken-1"))
    assert by_day(book)[-1] == ("2024-12-01", 200)
    both = left("gone", "2024-12-01", "ken-1").replace('["ken-1"]', '["ken-1", "ken-2"]')
    assert by_day(make(FIRST + SECOND + both))[-1] == ("2024-12-01", 0)


def test_a_departure_about_the_force_without_a_number_says_nothing(make):
    """How many left is unknown, and unknown is not all."""
    assert by_day(make(FIRST + left("gone", "2024-12-01", "mss"))) == [("2024-06-25", 200)]


def test_e37_a_death_is_a_loss_of_the_force(make):
    """GOLDEN E37: an officer missing, later confirmed dead; no name is kept."""
    lost = left("dead", "2025-03-28", "mss", 'quantity = "1 officer"', state="lost")
    book = make(FIRST + lost)
    assert by_day(book, "present parts") == [
        ("2024-06-25", 200, ["ken 200 itemised"]),
        ("2025-03-28", 199, ["ken 200 itemised", "rest -1 derived"]),
    ]
    # the belief of the day before stays
    assert by_day(book, as_of="2025-03-27") == [("2024-06-25", 200)]


def test_things_that_were_lost_are_no_people(make):
    lost = left("stuck", "2025-03-28", "mss", 'quantity = "3 vehicles"', state="lost")
    assert by_day(make(FIRST + lost)) == [("2024-06-25", 200)]


def test_a_departure_about_the_force_and_an_arrival_counts_once(make):
    gone = left("gone", "2024-12-01", "mss", 'quantity = "50 police"')
    gone = gone.replace('["mss"]', '["mss", "ken-1"]')
    assert by_day(make(FIRST + gone))[-1] == ("2024-12-01", 150)


def test_two_reports_of_one_departure_count_once(make):
    """Made up: two papers of one flight home, judged to be the same."""
    text = FIRST + left("a", "2024-12-01", "mss", 'quantity = "50 police"')
    text += left("b", "2024-12-01", "mss", 'quantity = "50 police"')
    links = "entry,judgement,other,judge,day,reason\na,same,b,XY,2025-01-01,one flight\n"
    assert by_day(make(text))[-1] == ("2024-12-01", 100)
    assert by_day(make(text, links))[-1] == ("2024-12-01", 150)


def test_a_rotation_is_an_arrival_and_a_departure_on_one_day(make):
    text = FIRST + arrival("ken-3", "2024-12-01", "ken", "144 police")
    text += left("home", "2024-12-01", "ken-1", 'quantity = "144 police"')
    book = make(text)
    assert by_day(book) == [("2024-06-25", 200), ("2024-12-01", 200)]
    assert book.ask("strength")[-1]["rests_on"] == ["home", "ken-1", "ken-3"]


def test_nobody_is_trained_into_a_force(make):
    text = FIRST.replace('whom = "mss"', 'whom = "hnp"\nvia = "academy"')
    assert make(text).ask("strength") == []


def test_people_who_are_helped_are_no_force(make):
    assert make(arrival("aid", "2024-06-25", "ken", "2,000 refugees")).ask("strength") == []


@pytest.mark.parametrize("noun", ["policiers", "polisye", "Kenyan officers", "experts", "troops"])
def test_people_go_by_many_nouns(make, noun):
    assert by_day(make(arrival("ken-1", "2024-06-25", "ken", f"200 {noun}"))) == [
        ("2024-06-25", 200)
    ]


def test_grade_d_never_moves_the_stock(make):
    text = """
[source]
id = "spun"
date = 2024-06-26
rights = "public_domain"
grade = "D"
"""
    assert make(text + FIRST).ask("strength") == []


# --- stated levels ------------------------------------------------------------------------------


def test_a_level_replaces_what_was_counted_and_later_arrivals_add(make):
    """E35 after the level of R6: 400 Kenyans, then 150 from Guatemala and 8 from El Salvador."""
    text = FIRST + level("ken-400", "2025-01-02", "400 police", 'who = "ken"')
    text += arrival("gtm-1", "2025-01-03", "gtm", "150 military police")
    text += arrival("slv-1", "2025-01-03", "slv", "8 soldiers")
    book = make(text)
    assert by_day(book, "present basis") == [
        ("2024-06-25", 200, "itemised"),
        ("2025-01-02", 400, "stated"),
        ("2025-01-03", 558, "stated"),
    ]
    assert book.ask("strength")[-1]["rests_on"] == ["gtm-1", "ken-400", "slv-1"]


def test_a_level_of_one_contributor_replaces_only_its_own_count(make):
    text = FIRST + arrival("gtm-1", "2025-01-03", "gtm", "150 soldiers")
    text += level("ken-400", "2025-01-17", "400 police", 'who = "ken"')
    assert by_day(make(text))[-1] == ("2025-01-17", 550)


def test_an_arrival_on_the_day_of_a_level_is_in_it(make):
    text = FIRST + level("ken-400", "2024-06-25", "400 police", 'who = "ken"')
    assert by_day(make(text), "present rests_on") == [("2024-06-25", 400, ["ken-400"])]


def test_the_level_of_an_office_is_that_of_its_actor_only_where_both_sent_people(make):
    actors = '[[actor]]\nid = "ken-police"\nname = "A police"\nparent = "ken"\n'
    office = arrival("ken-1", "2024-06-25", "ken-police", "200 police")
    said = level("ken-400", "2025-01-17", "400 police", 'who = "ken"')
    assert by_day(make(office + said, actors=actors))[-1] == ("2025-01-17", 400)


def test_levels_of_the_whole_replace_each_other(make):
    """The series of GOLDEN: 572 in January 2025, 991 in June, 980 in December."""
    text = FIRST + SECOND
    text += level("in-january", "2025-01-31", "572 personnel")
    text += level("in-june", "2025-06-30", "991 personnel")
    text += level("in-december", "2025-12-31", "980 personnel")
    book = make(text)
    assert [present for _, present in by_day(book)] == [200, 400, 572, 991, 980]
    last = book.ask("strength")[-1]
    assert (last["basis"], last["rests_on"]) == ("stated", ["in-december"])
    assert last["parts"] == ["ken 400 itemised", "rest 580 derived"]


def test_after_a_level_of_the_whole_what_comes_and_goes_changes_it(make):
    text = FIRST + level("whole", "2025-01-31", "572 personnel")
    text += arrival("jam-1", "2025-03-01", "jam", "20 soldiers")
    text += left("ken-home", "2025-04-01", "mss", 'who = "ken"\nquantity = "30 police"')
    assert by_day(make(text))[1:] == [
        ("2025-01-31", 572),
        ("2025-03-01", 592),
        ("2025-04-01", 562),
    ]


def test_a_contributor_that_was_never_counted_is_inside_the_whole(make):
    """Made up: 572 in all, then 150 Guatemalans are counted, who were among them."""
    text = FIRST + level("whole", "2025-01-31", "572 personnel")
    text += level("gtm-level", "2025-02-15", "150 soldiers", 'who = "gtm"')
    assert by_day(make(text))[-1] == ("2025-02-15", 572)
    # but more than the whole left room for must have come
    text += level("slv-level", "2025-02-20", "300 soldiers", 'who = "slv"')
    assert by_day(make(text))[-1] == ("2025-02-20", 200 + 150 + 300)


def test_a_lower_level_of_a_contributor_that_was_counted_lowers_the_whole(make):
    text = FIRST + arrival("gtm-1", "2025-01-03", "gtm", "150 soldiers")
    text += level("whole", "2025-01-31", "350 personnel")
    text += level("gtm-level", "2025-02-15", "100 soldiers", 'who = "gtm"')
    assert by_day(make(text))[-1] == ("2025-02-15", 300)


def test_roles_of_one_contributor_are_kept_apart_where_every_figure_tells_them(make):
    text = FIRST + arrival("ken-doctors", "2024-07-01", "ken", "10 doctors")
    said = level("ken-400", "2025-01-17", "400 police", 'who = "ken"')
    book = make(text + said)
    assert by_day(book)[-1] == ("2025-01-17", 410)
    assert book.ask("strength")[-1]["parts"] == [
        "ken civilian 10 itemised",
        "ken police 400 stated",
    ]
    untold = said.replace("400 police", "400 personnel")
    assert by_day(make(text + untold))[-1] == ("2025-01-17", 400)


@pytest.mark.parametrize("comparator", ["up to", "<"])
def test_f19_up_to_says_nothing_about_who_is_there(make, comparator):
    text = FIRST + level("most", "2025-01-17", "2500 police", f'comparator = "{comparator}"')
    assert by_day(make(text)) == [("2024-06-25", 200)]


def test_a_cumulative_figure_says_how_many_ever_came_not_how_many_are_there(make):
    text = FIRST + level("ever", "2025-01-17", "700 police", 'who = "ken"')
    assert by_day(make(text.replace('measure = "level"', 'measure = "cumulative"'))) == [
        ("2024-06-25", 200)
    ]


WHOLE = level("mss-991", "2025-06-30", "991 personnel") + "".join(
    level(f"{who}-level", "2025-06-30", f"{number} personnel", f'who = "{who}"')
    for who, number in {"gtm": 150, "slv": 78, "jam": 23, "bhs": 6, "blz": 2}.items()
)


def test_f18_e38_what_the_others_leave_of_991_is_derived(make):
    """991 - (150 + 78 + 23 + 6 + 2) = 732, of the only contributor that is not told."""
    row = make(FIRST + SECOND + WHOLE).ask("strength")[-1]
    assert (row["present"], row["basis"]) == (991, "stated")
    assert "ken 732 derived" in row["parts"]
    assert "gtm 150 stated" in row["parts"]
    assert len(row["parts"]) == 6
    assert row["rests_on"] == sorted(
        ["mss-991", *(f"{who}-level" for who in ("gtm", "slv", "jam", "bhs", "blz"))]
    )


def test_f18_where_two_are_not_told_nobody_gets_the_rest(make):
    more = arrival("tcd-1", "2024-08-01", "tcd", "10 soldiers")
    row = make(FIRST + SECOND + more + WHOLE).ask("strength")[-1]
    assert row["present"] == 991
    # 991 - 259 stated - 400 and 10 counted
    assert row["parts"][-1] == "rest 322 derived"
    assert not any("732" in part for part in row["parts"])


def test_f18_a_derived_number_is_what_later_levels_are_held_against(make):
    later = level("ken-700", "2025-12-31", "700 police", 'who = "ken"')
    assert by_day(make(FIRST + SECOND + WHOLE + later))[-1] == ("2025-12-31", 991 - 32)
