"""equipment: things are counted in things, apart from people and from money (R6).

The figures of the F and E rows are those of GOLDEN, the others are made up.
"""

import pytest

ACTIVITIES = """
[[activity]]
id = "mss"
type = "mission"

[[activity]]
id = "gsf"
type = "force"
"""


@pytest.fixture
def make(make_book):
    return lambda text, links="": make_book(
        text, {"activities.toml": ACTIVITIES} | ({"links.csv": links} if links else {})
    )


def entry(kind, id, **fields):
    """One entry; a field that is text is quoted unless it is a list."""
    lines = [
        f"{name} = {value}" if str(value).startswith("[") else f'{name} = "{value}"'
        for name, value in fields.items()
    ]
    return "\n".join([f"\n[[{kind}]]", f'id = "{id}"', f'quote = "{id}"', *lines, ""])


def usa(kind, id, **fields):
    return entry(kind, id, who="usa", **fields)


def test_f14_e31_34_of_35_armoured_vehicles_came(make):
    """10 and 24 of 35 planned: 34 delivered, and one is outstanding."""
    text = usa("pledge", "plan", whom="mss", what="MaxxPro", quantity="35 vehicles")
    for id, number in (("first", 10), ("second", 24)):
        text += usa("delivery", id, quantity=f"{number} vehicles", toward='["plan"]')
    book = make(text)
    (row,) = book.ask("equipment")
    assert (row["what"], row["whom"], row["unit"]) == ("MaxxPro", ["mss"], "vehicles")
    assert (row["pledged"], row["delivered"], row["outstanding"]) == (35, 34, 1)
    assert (row["in_use"], row["lost"], row["ordered"]) == (None, None, None)
    assert row["rests_on"] == ["first", "plan", "second"]
    assert book.row("pledges", "plan")["outstanding"] == 1


def test_e42_20_came_and_5_are_in_use(make):
    came = {"whom": "gsf", "what": "armoured vehicles"}
    text = usa("delivery", "came", quantity="20 vehicles", **came)
    text += usa("use", "artibonite", quantity="5 vehicles", place="Artibonite", **came)
    (row,) = make(text).ask("equipment")
    assert (row["delivered"], row["in_use"], row["lost"]) == (20, 5, None)
    # where the use only says what it is the use of, it is the same thing
    text = usa("delivery", "came", quantity="20 vehicles", **came)
    text += usa("use", "artibonite", quantity="5 vehicles", toward='["came"]')
    (row,) = make(text).ask("equipment")
    assert (row["delivered"], row["in_use"]) == (20, 5)


def test_e08_f13_more_came_than_was_pledged(make):
    """50 pledged, 60 delivered: nothing is outstanding, and it is no error."""
    text = usa("pledge", "fifty", whom="hnp", quantity="50 vehicles")
    text += usa("delivery", "sixty", whom="hnp", quantity="60 vehicles", toward='["fifty"]')
    book = make(text)
    (row,) = book.ask("equipment")
    assert (row["what"], row["pledged"], row["delivered"]) == ("vehicles", 50, 60)
    assert row["outstanding"] == 0
    assert "stock-negative" not in book.rules


def test_e15_f12_what_was_ordered_and_what_came_by_a_day(make):
    """18 armoured vehicles ordered; by the end of 2022 only the first lot of three had come."""
    text = entry("commitment", "order", who="hti", whom="hnp", what="armoured vehicles",
                 date="2022-08", quantity="18 vehicles")  # fmt: skip
    for id, day, number in (
        *(("lot-1", "2022-10-15", 3), ("lot-2", "2023-01-11", 3), ("lot-3", "2023-02-19", 3)),
        ("lot-4", "2023-05-08", 4),
    ):
        text += entry("delivery", id, who="hti", date=day, known=day,
                      quantity=f"{number} vehicles", toward='["order"]')  # fmt: skip
    book = make(text)
    (row,) = book.ask("equipment")
    assert (row["pledged"], row["ordered"], row["delivered"]) == (None, 18, 13)
    assert row["outstanding"] == 5
    (row,) = book.ask("equipment", as_of="2022-12-31")
    assert (row["delivered"], row["outstanding"]) == (3, 15)


def test_what_was_given_in_kind_is_worth_something_and_was_never_paid(make):
    text = usa("delivery", "kit", whom="hnp", what="armoured vehicles", quantity="9 vehicles",
               amount="6M USD")  # fmt: skip
    book = make(text)
    (row,) = book.ask("equipment")
    assert (row["valued_in_kind"], row["value_unit"]) == (6_000_000, "USD")
    assert book.show("promises", "unit disbursed") == [("vehicles", None)]
    euros = usa("delivery", "more", whom="hnp", what="armoured vehicles", quantity="1 vehicle",
                amount="1M EUR")  # fmt: skip
    (row,) = make(text + euros).ask("equipment")
    assert (row["delivered"], row["valued_in_kind"], row["value_unit"]) == (10, None, "EUR, USD")


def test_people_and_money_are_no_equipment(make):
    text = usa("delivery", "police", whom="mss", what="police", quantity="200 police")
    text += usa("delivery", "cash", whom="hnp", what="vehicles", amount="6M USD")
    text += usa("disbursement", "paid", whom="hnp", amount="1M USD")
    assert (
        make(text).show("equipment", "what delivered rests_on")
        == [
            # goods of which only the price is known are in no count
        ]
    )


def test_a_delivery_without_a_number_came_all_the_same(make):
    (row,) = make(usa("delivery", "radios", whom="hnp", what="radios")).ask("equipment")
    assert (row["what"], row["delivered"], row["unit"]) == ("radios", None, None)
    assert row["rests_on"] == ["radios"]


def test_things_go_together_by_their_words_receiver_and_unit(make):
    text = usa("delivery", "a", whom="hnp", what="Rifles", quantity="600 rifles")
    text += usa("delivery", "b", whom="hnp", what="rifles", quantity="1 rifle")
    text += usa("delivery", "c", whom="mss", what="rifles", quantity="5 rifles")
    text += usa("delivery", "d", whom="hnp", quantity="2 boats")
    text += usa("delivery", "e", via="gsf", quantity="1 helicopter")
    assert make(text).show("equipment", "what whom delivered") == [
        ("boats", ["hnp"], 2),
        ("helicopters", ["gsf"], 1),
        ("Rifles", ["hnp"], 601),
        ("rifles", ["mss"], 5),
    ]


def test_a_level_replaces_what_was_counted(make):
    text = usa("use", "a", whom="hnp", quantity="5 boats", date="2024-01-01")
    text += usa("use", "b", whom="hnp", quantity="3 boats", date="2024-02-01", measure="level")
    (row,) = make(text).ask("equipment")
    # R1: the increments say five, which is more than the level
    assert row["in_use"] == 5
    text = usa("use", "a", whom="hnp", quantity="5 boats", date="2024-01-01", measure="level")
    text += usa("use", "b", whom="hnp", quantity="3 boats", date="2024-02-01", measure="level")
    (row,) = make(text).ask("equipment")
    assert row["in_use"] == 3


def test_a_weak_offer_is_not_pledged(make):
    text = usa("pledge", "maybe", whom="hnp", quantity="5 boats", strength="considered")
    (row,) = make(text).ask("equipment")
    assert (row["pledged"], row["outstanding"]) == (None, None)
    assert row["rests_on"] == ["maybe"]


CAME = usa("delivery", "came", whom="gsf", what="armoured vehicles", quantity="20 vehicles")
USED = usa("use", "used", whom="gsf", what="armoured vehicles", quantity="5 vehicles")


def lost(id, about, **fields):
    return entry("status", id, about=f'["{about}"]', state="lost", **fields)


@pytest.mark.parametrize("about", ["came", "used", "gsf"])
def test_a_loss_is_about_a_delivery_a_use_or_the_force(make, about):
    book = make(CAME + USED + lost("burnt", about, quantity="2 vehicles"))
    (row,) = book.ask("equipment")
    assert (row["delivered"], row["lost"]) == (20, 2)
    # what is lost of those in use is not in use
    assert row["in_use"] == (3 if about == "used" else 5)
    assert row["rests_on"] == ["burnt", "came", "used"]


def test_a_loss_without_a_number_is_all_of_it(make):
    (row,) = make(CAME + lost("sunk", "came")).ask("equipment")
    assert (row["delivered"], row["lost"]) == (20, 20)


def test_a_loss_about_a_delivery_and_its_use_counts_once(make):
    text = lost("burnt", "came", quantity="2 vehicles").replace('["came"]', '["came", "used"]')
    (row,) = make(CAME + USED + text).ask("equipment")
    assert row["lost"] == 2


def test_two_reports_of_one_loss_count_once(make):
    text = (
        CAME + lost("a", "came", quantity="2 vehicles") + lost("b", "came", quantity="2 vehicles")
    )
    links = "entry,judgement,other,judge,day,reason\na,same,b,XY,2024-01-01,one fire\n"
    assert make(text).show("equipment", "lost") == [(4,)]
    assert make(text, links).show("equipment", "lost") == [(2,)]


def test_a_loss_of_a_force_that_has_two_sorts_stands_alone(make):
    text = CAME + usa("delivery", "trucks", whom="gsf", what="trucks", quantity="4 vehicles")
    text += lost("burnt", "gsf", quantity="2 vehicles")
    assert make(text).show("equipment", "what whom delivered lost") == [
        ("armoured vehicles", ["gsf"], 20, None),
        ("trucks", ["gsf"], 4, None),
        ("vehicles", ["gsf"], None, 2),
    ]


def test_more_lost_than_came_is_a_finding(make):
    book = make(CAME + lost("burnt", "came", quantity="25 vehicles"))
    (finding,) = [one for one in book.findings if one.rule == "stock-negative"]
    assert finding.entry == "burnt"
    assert finding.flaw.message == "more armoured vehicles were lost than are known to have come"
    assert finding.flaw.difference == "20 came, 25 were lost: 5 more than came"


def test_where_it_is_unknown_how_many_came_no_loss_is_too_large(make):
    """Made up after DOMAIN (h): firearms lost of which nobody wrote how many were delivered."""
    book = make(CAME + lost("firearms", "gsf", quantity="2500 firearms"))
    assert "stock-negative" not in book.rules
    assert book.show("equipment", "what delivered lost")[1] == ("firearms", None, 2500)


def test_equipment_can_be_narrowed(make):
    book = make(CAME + usa("delivery", "boats", whom="hnp", quantity="2 boats"))
    assert [row["what"] for row in book.ask("equipment", whom=["hnp"])] == ["boats"]
    assert [row["what"] for row in book.ask("equipment", unit="vehicles")] == ["armoured vehicles"]
