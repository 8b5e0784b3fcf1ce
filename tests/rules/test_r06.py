"""R6: in kind is quantity and unit; people are a stock."""

from datetime import date

BLOCK = """
[[source]]
id = "dromage-2025-02-10"
publisher = "Haitian Times"
date = 2025-02-10

[[source]]
id = "kenyan-post-2024-07"
publisher = "Kenyan Post"
date = "2024-07"

[[source]]
id = "watchman-2025-01-18"
publisher = "West Alabama Watchman"
date = 2025-01-18

[[delivery]]
id = "usa-hnp-kit"
source = "dromage-2025-02-10"
who = "usa"
whom = "hnp"
what = "armoured vehicles"
quantity = "9 vehicles"
amount = "6M USD"
note = "value stated by the donor; covers heavy equipment and 600 rifles too"
quote = "delivered $6 million in armored vehicles and heavy equipment to Haiti's National Police (PNH) on Monday"

[[delivery]]
id = "ken-1"
source = "kenyan-post-2024-07"
date = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "200 police"
quote = "the first batch of 200 officers arrived in Haiti on June 25"

[[total]]
id = "ken-before-2025"
source = "watchman-2025-01-18"
date = 2025-01-17
who = "ken"
whom = "mss"
what = "police"
stage = "delivered"
measure = "level"
quantity = "400 police"
quote = "the existing 400 officers who were sent last year"
"""  # noqa: E501


def test_what_is_given_in_kind_is_counted_and_never_money(book):
    assert book.show("promises", "who unit disbursed unpromised") == [
        ("ken", "police", None, 200),
        ("usa", "vehicles", None, 9),
    ]


def test_a_level_of_people_is_checked_against_the_arrivals(book):
    total = book.row("totals", "ken-before-2025")
    assert (total["stated"], total["unit"]) == (400, "police")
    assert (total["itemised"], total["unexplained"], total["verdict"]) == (200, 200, "short")
    assert total["rests_on"] == ["ken-1"]
    (finding,) = [one for one in book.findings if one.rule == "total-short"]
    assert "200 police unexplained" in finding.as_text()


def test_the_second_arrival_makes_the_level_hold(make_worked):
    second = """
[[delivery]]
id = "ken-2"
source = "kenyan-post-2024-07"
date = 2024-07-16
who = "ken"
whom = "mss"
what = "police"
quantity = "200 police"
quote = "a second batch of 200 officers"
"""
    total = make_worked(BLOCK + second).row("totals", "ken-before-2025")
    assert (total["itemised"], total["unexplained"], total["verdict"]) == (400, 0, "holds")


def test_equipment_stands_in_things_and_its_worth_beside_it(book):
    (row,) = book.ask("equipment")
    assert (row["what"], row["whom"], row["delivered"]) == ("armoured vehicles", ["hnp"], 9)
    assert (row["valued_in_kind"], row["value_unit"]) == (6_000_000, "USD")
    assert (row["pledged"], row["in_use"], row["lost"]) == (None, None, None)
    assert row["rests_on"] == ["usa-hnp-kit"]


def test_people_are_a_stock_and_a_level_is_marked_as_stated(book):
    assert book.show("strength", "activity date present basis rests_on") == [
        ("mss", date(2024, 6, 25), 200, "itemised", ["ken-1"]),
        ("mss", date(2025, 1, 17), 400, "stated", ["ken-before-2025"]),
    ]
    # as it was known before the level was stated
    assert book.show("strength", "present", as_of="2025-01-16") == [(200,)]


def test_a_departure_is_a_status_withdrawn_with_a_quantity(make_worked):
    """The arrivals are those of the block, the departure is made up."""
    home = """
[[status]]
id = "ken-home"
source = "watchman-2025-01-18"
date = 2025-01-18
who = "ken"
about = ["mss"]
state = "withdrawn"
quantity = "40 police"
quote = "forty of them went home"
"""
    assert make_worked(BLOCK + home).show("strength", "present")[-1] == (360,)
