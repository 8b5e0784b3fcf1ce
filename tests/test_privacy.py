"""What could endanger people is found before it is published (DOMAIN, section g, rules 8 and 9).

Every event and every count here is made up.
"""

from datetime import date, timedelta

import pytest

from pledgebook.data import fine_places
from pledgebook.values import PEOPLE
from pledgebook.values.units import plural


def event(place, day="2021-01-01", id="it"):
    return f"""
[[event]]
id = "{id}"
date = {day}
what = "visit"
place = "{place}"
quote = "a visit"
"""


def found(book, rule, day=None):
    tracker = book.open()
    findings = tracker.findings_on(date.fromisoformat(day)) if day else tracker.findings
    return [one for one in findings if one.rule == rule]


# --- places -------------------------------------------------------------------------------------

FINE = {
    "it names a house": ["his home, Pétion-Ville", "domicile d'un témoin", "Lakay yon temwen"],
    "it names a shelter": ["women's shelter, Delmas", "Centre d'hébergement, Tabarre"],
    "it names a camp": [
        *("IDP camp, Delmas", "Camp de déplacés de Carradeux", "camps des déplacés, Tabarre"),
        "Kan deplase, Kafou",
    ],
    "it names a base": ["the base of the mission, Port-au-Prince", "Caserne de Kenscoff", "Baz la"],
    "it names a convoy route": ["convoy to Gonaïves", "Itinéraire de patrouille, Martissant"],
    "it names a hospital or ward": ["ward 3, General Hospital", "Hôpital de Mirebalais", "lopital"],
    "it names a street and a number": [
        *("12 rue Capois, Port-au-Prince", "Rue de la Réunion 45", "5 bis, ruelle Nazon"),
        *(
            "10 Downing Street, London",
            "Avenue John Brown #10",
            "ri Kapwa 12",
            "Route de Frères 18",
        ),
    ],
    "it has coordinates of more than two decimals": ["18.5392, -72.3364", "18,539 N", "-72.336°"],
    "it has coordinates with seconds": ["18°32′21″N 72°20′06″W", "18° 32' 21 N"],
    "it is a plus code": ["7CGM+7QP Port-au-Prince", "77CGGMQ8+2V"],
}


def test_a_place_finer_than_a_commune_is_found_in_three_languages(make_book):
    places = [(reason, place) for reason, some in FINE.items() for place in some]
    book = make_book("".join(event(place, id=f"e-{i}") for i, (_, place) in enumerate(places)))
    findings = {one.entry: one.flaw for one in found(book, "place-too-fine")}
    said = {
        place: findings[f"e-{i}"].message if f"e-{i}" in findings else None
        for i, (_, place) in enumerate(places)
    }
    assert said == {place: f"the place could endanger people: {reason}" for reason, place in places}


COARSE = [
    *("Port-au-Prince", "Delmas", "Camp-Perrin", "Paris", "Artibonite", "Cité Soleil", "Les Cayes"),
    *("Basse-Pointe", "White House, Washington", "Maison Blanche", "Rue", "18.54, -72.34"),
    *("Route nationale 1", "House of Representatives", "Fort-Liberté", "L'Asile", "Homs"),
    *("Abricots", "Grand-Rivière-du-Nord", "Croix-des-Bouquets", "Ri", "72.33"),
]


def test_a_commune_and_what_is_larger_may_stand(make_book):
    book = make_book("".join(event(place, id=f"e-{i}") for i, place in enumerate(COARSE)))
    assert [one.flaw.found for one in found(book, "place-too-fine")] == []


def test_the_place_of_any_entry_is_looked_at(make_book):
    text = """
[[delivery]]
id = "radios"
who = "usa"
whom = "hnp"
quantity = "5 radios"
place = "police base, Delmas"
quote = "five radios"

[[indicator]]
id = "families"
series = "displaced"
quantity = "500 families"
period = "2020"
place = "IDP site, Tabarre"
quote = "500 families"
"""
    findings = found(make_book(text), "place-too-fine")
    assert [(one.entry, one.level) for one in findings] == [
        ("radios", "warning"),
        ("families", "warning"),
    ]
    assert findings[0].spot.text == 'place = "police base, Delmas"'


def test_the_words_of_fine_places_are_three_languages_of_the_same_sorts():
    words = fine_places()
    assert len(words) == len(set(words))
    assert ("camp de deplaces", "camp") in words
    sorts = {site for _, site in words}
    assert len(sorts) == 7
    for word, _ in words:
        assert word == word.lower()
        assert word.isascii()


# --- small counts -------------------------------------------------------------------------------


def count(quantity, period, place="Kenscoff", more=""):
    where = f'place = "{place}"\n' if place else ""
    return f"""
[[indicator]]
id = "count"
series = "kidnappings"
{where}period = "{period}"
quantity = "{quantity}"
quote = "a count"
{more}"""


@pytest.mark.parametrize(
    "quantity", ["1 victim", "4 kidnappings", "3 people", "2 police", "3 cases", "2 viktim"]
)
def test_a_count_below_five_for_a_commune_and_a_month_is_found(make_book, quantity):
    (finding,) = found(make_book(count(quantity, "2020-11")), "count-too-small")
    assert (finding.entry, finding.level) == ("count", "warning")
    # one victim reads like many
    assert finding.flaw.found.split(",")[0].split()[0] == quantity.split()[0]


@pytest.mark.parametrize(
    "quantity, period, place",
    [
        ("5 kidnappings", "2020-11", "Kenscoff"),
        ("0 kidnappings", "2020-11", "Kenscoff"),
        ("< 5 kidnappings", "2020-11", "Kenscoff"),
        ("4 kidnappings", "2020", "Kenscoff"),
        ("4 kidnappings", "2020-11/2020-12", "Kenscoff"),
        ("4 kidnappings", "2020-11", None),
    ],
)
def test_a_larger_a_longer_and_a_wider_count_may_stand(make_book, quantity, period, place):
    assert found(make_book(count(quantity, period, place)), "count-too-small") == []


def test_a_small_count_of_things_is_nobodys(make_book):
    things = count("2 boats", "2020-11").replace('"kidnappings"', '"boats seized"')
    assert found(make_book(things), "count-too-small") == []


# --- fresh events -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "days_ago, is_found", [(0, True), (1, True), (3, True), (4, False), (-1, True), (-400, True)]
)
def test_an_event_of_the_last_three_days_or_to_come_is_found(make_book, days_ago, is_found):
    day = date(2021, 3, 10)
    book = make_book(event("Delmas", day - timedelta(days=days_ago)))
    assert bool(found(book, "event-too-fresh", day.isoformat())) is is_found


def test_a_fresh_event_says_until_when_it_waits(make_book):
    book = make_book(event("Delmas", "2021-03-09"))
    (finding,) = found(book, "event-too-fresh", "2021-03-10")
    assert finding.level == "warning"
    assert finding.flaw.message == "what happened in the last 72 hours stands here with its place"
    assert finding.flaw.found == "2021-03-09, Delmas"
    assert finding.flaw.remedy == "leave the place out until 2021-03-13"
    assert found(book, "event-too-fresh", "2021-03-12") != []
    assert found(book, "event-too-fresh", "2021-03-13") == []


def test_a_planned_movement_stays_out(make_book):
    (finding,) = found(make_book(event("Delmas", "2021-04-01")), "event-too-fresh", "2021-03-10")
    assert finding.flaw.message == "what is still to come stands here with its place"


def test_an_event_without_a_place_needs_not_to_wait(make_book):
    text = event("Delmas", "2021-03-09").replace('place = "Delmas"\n', "")
    assert found(make_book(text), "event-too-fresh", "2021-03-10") == []


def test_fresh_is_a_matter_of_the_day_and_not_of_the_tracker(make_book):
    """What is kept in build/ holds no finding that is only true today."""
    book = make_book(event("Delmas", "2021-03-09"))
    assert found(book, "event-too-fresh") == []
    assert found(book, "event-too-fresh", "2021-03-10") != []
    assert found(book, "event-too-fresh") == []


# --- the vocabulary -----------------------------------------------------------------------------


def test_every_noun_of_people_is_the_unit_that_a_quantity_gets():
    assert [word for word in PEOPLE if plural(word) != word] == []
    assert set(PEOPLE.values()) == {"police", "military", "civilian", "people", "harmed"}


@pytest.mark.parametrize(
    "one, many",
    [
        *(("person", "people"), ("officer", "officers")),
        *(("troop", "troops"), ("gendarme", "gendarmes"), ("peacekeeper", "peacekeepers")),
    ],
)
def test_one_of_them_is_of_the_same_unit(one, many):
    assert plural(one) == many


def test_no_noun_of_people_has_an_accent():
    """Units are compared without accents, and so is the vocabulary."""
    assert [word for word in PEOPLE if not word.isascii() or not word.islower()] == []
