"""One fact, its independent tellings, and what contradicts it. Made-up figures say so."""

from __future__ import annotations

from datetime import date

import pytest

FOUR = """
[[source]]
id = "steningsimpson"
date = 2024-06-25
grade = "C"
[[source]]
id = "haitify"
date = 2024-06-26
grade = "C"
[[source]]
id = "lenouvelliste"
date = 2024-06-26
grade = "B"
[[source]]
id = "police-chief"
date = 2024-06-27
grade = "B"

[[activity]]
id = "mss"
type = "mission"

[[delivery]]
id = "ken-400-a"
source = "steningsimpson"
date = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "400 police"
cell = "made up: the words are not at hand"

[[delivery]]
id = "ken-400-b"
source = "haitify"
date = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "400 police"
cell = "made up: the words are not at hand"

[[delivery]]
id = "ken-200-a"
source = "lenouvelliste"
date = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "200 police"
cell = "made up: the words are not at hand"

[[delivery]]
id = "ken-200-b"
source = "police-chief"
date = 2024-06-25
who = "ken"
whom = "mss"
what = "police"
quantity = "200 police"
cell = "made up: the words are not at hand"
"""


def test_f03_the_first_kenyans_are_counted_once_and_all_reports_are_kept(make_book):
    book = make_book(FOUR)
    # the better report counts; no sum of the four, which would be 1,200, and none of the two
    assert book.show("promises", "unpromised rests_on") == [
        (200, ["ken-200-a", "ken-200-b", "ken-400-a", "ken-400-b"])
    ]
    assert book.show("promises", "unpromised", "2024-06-25") == [(400,)]


def test_f03_each_stands_under_contradicts_of_the_other(make_book):
    rows = {row["id"]: row for row in make_book(FOUR).ask("evidence")}
    assert rows["ken-400-a"]["contradicts"] == ["ken-200-a", "ken-200-b"]
    assert rows["ken-200-b"]["contradicts"] == ["ken-400-a", "ken-400-b"]
    assert {row["origins"] for row in rows.values()} == {4}
    assert {row["weakest"] for row in rows.values()} == {"C"}
    assert rows["ken-200-a"]["rests_on"] == ["ken-200-a", "ken-200-b", "ken-400-a", "ken-400-b"]


def test_f04_two_reports_of_two_contingents_are_no_sum_of_four(book):
    """
    [[source]]
    id = "1804times"
    date = 2025-01-03
    grade = "C"
    [[source]]
    id = "uslive"
    date = 2025-01-04
    grade = "C"

    [[activity]]
    id = "mss"
    type = "mission"

    [[delivery]]
    id = "gtm-150"
    source = "1804times"
    date = 2025-01-03
    who = "gtm"
    whom = "mss"
    what = "police"
    quantity = "150 police"
    cell = "made up: the words are not at hand"

    [[delivery]]
    id = "slv-8"
    source = "1804times"
    date = 2025-01-03
    who = "slv"
    whom = "mss"
    what = "police"
    quantity = "8 police"
    cell = "made up: the words are not at hand"

    [[delivery]]
    id = "gtm-75"
    source = "uslive"
    date = 2025-01-03
    who = "gtm"
    whom = "mss"
    what = "police"
    quantity = "~75 police"
    cell = "made up: the words are not at hand"

    [[delivery]]
    id = "slv-75"
    source = "uslive"
    date = 2025-01-03
    who = "slv"
    whom = "mss"
    what = "police"
    quantity = "~75 police"
    cell = "made up: the words are not at hand"
    """
    assert book.show("promises", "who unpromised") == [("gtm", 150), ("slv", 8)]
    assert book.show("evidence", "id contradicts") == [
        ("gtm-150", ["gtm-75"]),
        ("gtm-75", ["gtm-150"]),
        ("slv-75", ["slv-8"]),
        ("slv-8", ["slv-75"]),
    ]


def test_f12_the_first_lot_of_vehicles_was_three_or_four(book):
    """
    [[source]]
    id = "cbc"
    date = 2022-10-16
    grade = "C"
    [[source]]
    id = "herald-2022-10"
    date = "2022-10"
    grade = "B"

    [[delivery]]
    id = "first-lot-cbc"
    source = "cbc"
    date = 2022-10-15
    who = "hti"
    whom = "hnp"
    what = "armoured vehicles"
    quantity = "3 vehicles"
    cell = "made up: the words are not at hand"

    [[delivery]]
    id = "first-lot-herald"
    source = "herald-2022-10"
    date = 2022-10-15
    who = "hti"
    whom = "hnp"
    what = "armoured vehicles"
    quantity = "4 vehicles"
    quote = "delivering the first four of more than a dozen new armored vehicles"
    """
    assert book.show("promises", "unpromised") == [(4,)]
    assert book.row("evidence", "first-lot-cbc")["contradicts"] == ["first-lot-herald"]


# --- one event of several reports (made-up figures) ----------------------------------------------

TWO = """
[[source]]
id = "one"
date = 2024-01-10
grade = "B"
[[source]]
id = "two"
date = 2024-01-11
grade = "C"
"""


def delivery(id: str, source: str, quantity: str, **more: str) -> str:
    fields = {
        "date": "2024-01-09", "who": "usa", "whom": ["hnp", "hti"], "what": "trucks", **more,
    }  # fmt: skip
    lines = "".join(
        f"{name} = {value}\n"
        if name == "date"
        else f"{name} = {str(value)!r}\n"
        if isinstance(value, str)
        else f"{name} = {value}\n"
        for name, value in fields.items()
    )
    return (
        f'[[delivery]]\nid = "{id}"\nsource = "{source}"\nquantity = "{quantity}"\n'
        f'cell = "row {id}"\n{lines}\n'
    )


def facts(book) -> list[list[str]]:
    """The reports of each thing delivered."""
    return sorted({tuple(row["rests_on"]) for row in book.ask("evidence")})


@pytest.mark.parametrize(
    "more",
    [
        {"date": "2024-01-08"},
        {"who": "can"},
        {"whom": "hti"},
        {"via": "road"},
        {"what": "cars"},
        {"measure": "level"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_is_of_another_day_hand_thing_or_measure_is_another_event(make_book, more):
    road = '[[activity]]\nid = "road"\n'
    book = make_book(
        TWO + road + delivery("a", "one", "5 trucks") + delivery("b", "two", "6 trucks", **more)
    )
    assert facts(book) == [("a",), ("b",)]


def test_another_unit_is_another_thing(make_book):
    text = TWO + delivery("a", "one", "5 trucks") + delivery("b", "two", "5 cars")
    assert facts(make_book(text)) == [("a",), ("b",)]


def test_receivers_in_another_order_are_the_same_receivers(make_book):
    text = (
        TWO
        + delivery("a", "one", "5 trucks")
        + delivery("b", "two", "6 trucks", whom=["hti", "hnp", "hti"])
    )
    assert facts(make_book(text)) == [("a", "b")]


def test_a_month_is_no_day(make_book):
    text = TWO + delivery("a", "one", "5 trucks", date='"2024-01"')
    assert facts(make_book(text + delivery("b", "two", "6 trucks", date='"2024-01"'))) == [
        ("a",),
        ("b",),
    ]


def test_a_promise_of_one_day_may_be_one_of_two(make_book):
    text = TWO + delivery("a", "one", "5 trucks") + delivery("b", "two", "6 trucks")
    assert facts(make_book(text.replace("[[delivery]]", "[[pledge]]"))) == [("a",), ("b",)]
    assert facts(make_book(text.replace("[[delivery]]", "[[use]]"))) == [("a", "b")]


def test_two_of_one_source_stay_two_and_pair_by_figure(make_book):
    text = TWO + delivery("a1", "one", "10 trucks") + delivery("a2", "one", "24 trucks")
    assert facts(make_book(text)) == [("a1",), ("a2",)]
    # the second paper repeats the second figure only
    book = make_book(text + delivery("b", "two", "24 trucks"))
    assert facts(book) == [("a1",), ("a2", "b")]
    assert book.show("promises", "unpromised") == [(34,)]


def test_what_is_left_pairs_with_what_is_left_the_largest_first(make_book):
    text = TWO + "".join(
        delivery(f"a{number}", "one", f"{number} trucks") for number in (10, 24, 30)
    )
    book = make_book(
        text + delivery("b11", "two", "11 trucks") + delivery("b24", "two", "24 trucks")
    )
    assert facts(book) == [("a10",), ("a24", "b24"), ("a30", "b11")]
    assert book.show("promises", "unpromised") == [(64,)]


def test_a_person_says_that_they_were_two(make_book):
    links = "entry,judgement,other,judge,day,reason\nb,different,a,ab,2024-02-01,two lots\n"
    text = TWO + delivery("a", "one", "5 trucks") + delivery("b", "two", "6 trucks")
    book = make_book(text, {"links.csv": links})
    assert facts(book) == [("a",), ("b",)]
    assert book.show("promises", "unpromised") == [(11,)]
    taken_back = links + "b,withdrawn,a,ab,2024-02-02,\n"
    assert facts(make_book(text, {"links.csv": taken_back})) == [("a", "b")]


def test_a_third_report_does_not_join_what_a_person_parted(make_book):
    three = TWO + '[[source]]\nid = "three"\ndate = 2024-01-12\ngrade = "C"\n'
    text = three + "".join(
        delivery(id, source, quantity)
        for id, source, quantity in (
            ("c", "three", "5 trucks"),
            ("a", "one", "5 trucks"),
            ("b", "two", "6 trucks"),
        )
    )
    links = "entry,judgement,other,judge,day,reason\na,different,b,ab,2024-02-01,two lots\n"
    assert facts(make_book(text)) == [("a", "b", "c")]
    assert facts(make_book(text, {"links.csv": links})) == [("a", "c"), ("b",)]


COPIES = """
[[source]]
id = "wire"
date = 2024-01-05
[[source]]
id = "copy"
date = 2024-01-06
origin = "wire"
[[source]]
id = "mirror"
date = 2024-01-07
origin = "copy"

[[pledge]]
id = "a"
source = "wire"
who = "usa"
whom = ["hnp", "hti"]
amount = "5M USD"
cell = "made up"
[[pledge]]
id = "b"
source = "copy"
who = "usa"
whom = ["hti", "hnp"]
amount = "5M USD"
cell = "made up"
[[pledge]]
id = "c"
source = "mirror"
who = "usa"
whom = ["hnp", "hti"]
amount = "5M USD"
cell = "made up"
"""


def test_a_judgement_parts_copies_too(make_book):
    links = "entry,judgement,other,judge,day,reason\nb,different,a,ab,2024-02-01,a second tranche\n"
    assert facts(make_book(COPIES)) == [("a", "b", "c")]
    book = make_book(COPIES, {"links.csv": links})
    assert facts(book) == [("a", "c"), ("b",)]
    assert book.show("promises", "pledged") == [(10_000_000,)]
    assert not book.rules


# --- what a row tells ----------------------------------------------------------------------------


def test_m11_m16_m18_speaker_and_venue_stand_beside_the_quote(book):
    """
    [source]
    id = "herald-2021-12"
    publisher = "Miami Herald"
    date = 2021-12-17
    grade = "B"

    [[pledge]]
    id = "usa-swat-team"
    who = "usa"
    whom = "hnp"
    what = "training"
    strength = "considered"
    venue = "Senate Foreign Relations Committee"
    speaker = "multiple sources"
    quote = "looking at training a new SWAT team"
    """
    row = book.row("evidence", "usa-swat-team")
    assert (row["speaker"], row["venue"]) == (
        "multiple sources",
        "Senate Foreign Relations Committee",
    )
    assert row["quote"] == "looking at training a new SWAT team"
    assert (row["origins"], row["reports"], row["weakest"], row["contradicts"]) == (1, 1, "B", [])


def test_the_weakest_grade_is_that_of_the_worst_report(make_book):
    text = TWO + '[[source]]\nid = "three"\ndate = 2024-01-12\ngrade = "{}"\n'
    text += delivery("a", "one", "5 trucks") + delivery("c", "three", "5 trucks")
    for grade, weakest in (("A", "B"), ("B", "B"), ("C", "C"), ("D", "D")):
        assert make_book(text.format(grade)).row("evidence", "a")["weakest"] == weakest
    assert make_book(text.replace('grade = "{}"', "")).row("evidence", "a")["weakest"] is None


def test_what_quotes_nothing_is_no_better_than_grade_c(make_book):
    text = TWO + delivery("a", "one", "5 trucks").replace('cell = "row a"\n', "")
    assert make_book(text).row("evidence", "a")["weakest"] == "C"


def test_every_kind_of_statement_has_its_row(book):
    """
    [[ask]]
    id = "k-ask"
    who = "hti"
    cell = "made up"
    [[need]]
    id = "k-need"
    who = "hti"
    cell = "made up"
    [[condition]]
    id = "k-condition"
    type = "court"
    cell = "made up"
    [[mandate]]
    id = "k-mandate"
    body = "unsc"
    about = ["hnp"]
    cell = "made up"
    [[position]]
    id = "k-position"
    about = ["hnp"]
    stance = "critical"
    cell = "made up"
    [[status]]
    id = "k-status"
    about = ["k-condition"]
    state = "met"
    cell = "made up"
    [[event]]
    id = "k-event"
    cell = "made up"
    [[case]]
    id = "k-case"
    cell = "made up"
    [[indicator]]
    id = "k-indicator"
    cell = "made up"
    [[control]]
    id = "k-control"
    type = "audit"
    cell = "made up"
    [[total]]
    id = "k-total"
    stage = "spent"
    cell = "made up"
    """
    rows = book.show("evidence", "id kind origins rests_on")
    assert len(rows) == 11
    assert all(id == f"k-{kind}" and (count, ids) == (1, [id]) for id, kind, count, ids in rows)


def test_a_corrected_statement_is_evidence_no_more(make_book):
    text = (
        TWO + delivery("a", "one", "5 trucks") + delivery("b", "two", "6 trucks", date="2024-01-08")
    )
    links = "entry,judgement,other,judge,day,reason\nb,corrects,a,ab,2024-02-01,\n"
    book = make_book(text, {"links.csv": links})
    assert book.show("evidence", "id rests_on contradicts") == [("b", ["b"], [])]
    assert book.show("evidence", "id", "2024-01-10") == [("a",)]


def test_evidence_is_narrowed_by_who_and_by_day(make_book):
    text = TWO + delivery("a", "one", "5 trucks") + delivery("b", "two", "6 trucks", who="can")
    book = make_book(text)
    assert book.show("evidence", "id", who=["can"]) == [("b",)]
    assert book.show("evidence", "id", until=date(2024, 1, 10)) == [("a",)]
