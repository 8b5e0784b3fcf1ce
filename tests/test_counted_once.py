"""R1 to R3 on small books, one sentence a test. All figures are made up."""

from __future__ import annotations

TWO_SOURCES = """
[[source]]
id = "good"
publisher = "A made-up paper"
date = 2021-01-01
grade = "B"

[[source]]
id = "poor"
publisher = "A made-up page"
date = 2021-01-01
grade = "D"
"""


# --- R1: increments add, levels replace ---------------------------------------------------------


def test_a_later_level_replaces_an_earlier_one(book):
    """
    [[pledge]]
    who = "tcd"
    whom = "hnp"
    date = 2020-01-01
    quantity = "1500 police"
    measure = "level"
    quote = "fifteen hundred officers in all"

    [[pledge]]
    who = "tcd"
    whom = "hnp"
    date = 2020-06-01
    quantity = "800 police"
    measure = "level"
    quote = "eight hundred officers in all"
    """
    assert book.show("promises", "unit pledged outstanding") == [("police", 800, 800)]
    assert book.show("pledges", "amount") == [(800,)]


def test_a_level_stands_for_what_the_increments_up_to_its_day_leave_over(book):
    """
    [[pledge]]
    who = "fra"
    date = 2020-01-01
    amount = "100 EUR"
    quote = "a hundred"

    [[pledge]]
    who = "fra"
    date = 2020-06-01
    amount = "150 EUR"
    measure = "cumulative"
    quote = "a hundred and fifty so far"

    [[pledge]]
    who = "fra"
    date = 2020-09-01
    amount = "20 EUR"
    quote = "twenty more"
    """
    assert book.show("promises", "pledged outstanding") == [(170, 170)]


def test_a_level_below_its_increments_adds_nothing(book):
    """
    [[delivery]]
    who = "ken"
    date = 2020-01-01
    quantity = "200 police"
    quote = "two hundred arrived"

    [[delivery]]
    who = "ken"
    date = 2020-06-01
    quantity = "150 police"
    measure = "level"
    quote = "a hundred and fifty are there"
    """
    assert book.show("promises", "unpromised") == [(200,)]


def test_receivers_named_in_another_order_are_the_same_receivers(book):
    """
    [[pledge]]
    who = "fra"
    whom = ["hti", "hnp"]
    date = 2020-01-01
    amount = "100 EUR"
    measure = "level"
    quote = "a hundred in all"

    [[pledge]]
    who = "fra"
    whom = ["hnp", "hti"]
    date = 2020-06-01
    amount = "150 EUR"
    measure = "level"
    quote = "a hundred and fifty in all"
    """
    assert book.show("promises", "pledged") == [(150,)]


# --- R2: never across hands ---------------------------------------------------------------------


def test_what_the_next_hand_passes_on_is_not_added(book):
    """
    [[disbursement]]
    id = "into-fund"
    who = "usa"
    whom = "unsc"
    amount = "15 USD"
    quote = "fifteen paid in"

    [[disbursement]]
    who = "unsc"
    whom = "hnp"
    amount = "2 USD"
    draws_on = "into-fund"
    quote = "two paid out"

    [[total]]
    whom = ["unsc", "hnp"]
    stage = "disbursed"
    amount = "15 USD"
    quote = "fifteen in all"
    """
    assert book.show("promises", "who unpromised") == [("usa", 15)]
    assert book.show("totals", "itemised verdict") == [(15, "holds")]


def test_what_stands_under_a_contract_of_grade_d_is_not_lost(make_book):
    book = make_book(
        TWO_SOURCES
        + """
    [[commitment]]
    id = "rumour"
    source = "poor"
    who = "usa"
    amount = "50 USD"
    quote = "fifty signed, they say"

    [[commitment]]
    source = "good"
    who = "usa"
    amount = "20 USD"
    part_of = "rumour"
    quote = "twenty signed"
    """
    )
    assert book.show("promises", "unpromised") == [(20,)]


# --- R3: old money is no new money --------------------------------------------------------------


def test_what_draws_on_an_older_promise_is_in_no_sum(book):
    """
    [[pledge]]
    id = "old"
    who = "can"
    amount = "100 CAD"
    quote = "a hundred"

    [[pledge]]
    id = "recycled"
    who = "can"
    amount = "40 CAD"
    draws_on = "old"
    quote = "forty of it"

    [[pledge]]
    id = "part"
    who = "can"
    amount = "10 CAD"
    part_of = "recycled"
    quote = "ten of those"
    """
    assert book.show("promises", "pledged outstanding") == [(100, 100)]
    assert len(book.ask("pledges")) == 3


def test_what_draws_on_a_promise_that_was_withdrawn_counts(book):
    """
    [[pledge]]
    id = "old"
    who = "can"
    amount = "100 CAD"
    quote = "a hundred"

    [[status]]
    about = "old"
    state = "withdrawn"
    known = 2021-06-01
    date = 2021-06-01
    quote = "not any more"

    [[pledge]]
    who = "can"
    amount = "40 CAD"
    draws_on = "old"
    quote = "forty of it"
    """
    assert book.show("promises", "pledged", as_of="2021-02-01") == [(100,)]
    assert book.show("promises", "pledged", as_of="2021-07-01") == [(40,)]


def test_what_draws_on_a_promise_of_grade_d_counts(make_book):
    book = make_book(
        TWO_SOURCES
        + """
    [[pledge]]
    id = "rumour"
    source = "poor"
    who = "can"
    amount = "100 CAD"
    quote = "a hundred, they say"

    [[pledge]]
    source = "good"
    who = "can"
    amount = "40 CAD"
    draws_on = "rumour"
    quote = "forty of what was announced"
    """
    )
    assert book.show("promises", "pledged outstanding") == [(40, 40)]


def test_a_judgement_about_a_corrected_entry_stands_for_its_correction(make_book):
    book = make_book(
        """
    [[pledge]]
    id = "old"
    who = "can"
    amount = "100 CAD"
    quote = "a hundred"

    [[pledge]]
    id = "misread"
    who = "can"
    amount = "400 CAD"
    quote = "four hundred of it"

    [[pledge]]
    id = "reread"
    who = "can"
    amount = "40 CAD"
    quote = "forty of it"
    """,
        {
            "links.csv": "entry,judgement,other,judge,day,reason\n"
            "misread,draws_on,old,ab,2021-02-01,\nreread,corrects,misread,ab,2021-03-01,\n"
        },
    )
    assert book.show("promises", "pledged") == [(100,)]
