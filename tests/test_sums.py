"""R7 to R9 on small books, one sentence a test. All figures are made up."""

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

SUMS = "who unit pledged weak conditional committed disbursed delivered outstanding unpromised"


# --- R7: a promise counts once ------------------------------------------------------------------


def test_what_was_committed_and_paid_stands_inside_what_was_pledged(book):
    """
    [[pledge]]
    id = "p"
    who = "can"
    amount = "80 CAD"
    quote = "eighty"

    [[commitment]]
    id = "c"
    who = "can"
    amount = "75 CAD"
    toward = "p"
    quote = "seventy-five signed"

    [[disbursement]]
    id = "d"
    who = "can"
    amount = "30 CAD"
    toward = "c"
    quote = "thirty paid"
    """
    assert book.show("promises", SUMS) == [("can", "CAD", 80, 0, 0, 75, 30, None, 50, None)]
    assert book.show("pledges", "id stage state outstanding") == [("p", "disbursed", "live", 50)]


def test_more_than_was_promised_leaves_nothing_outstanding(book):
    """
    [[pledge]]
    id = "p"
    who = "usa"
    quantity = "50 vehicles"
    quote = "fifty vehicles"

    [[delivery]]
    who = "usa"
    quantity = "60 vehicles"
    toward = "p"
    quote = "sixty came"
    """
    assert book.show("pledges", "state outstanding") == [("delivered", 0)]
    assert book.show("promises", "pledged delivered outstanding") == [(50, 60, 0)]


def test_unlike_units_never_add(book):
    """
    [[pledge]]
    id = "p"
    who = "usa"
    quantity = "50 vehicles"
    amount = "9 USD"
    quote = "fifty vehicles worth nine"

    [[disbursement]]
    who = "usa"
    amount = "5 USD"
    toward = "p"
    quote = "five paid for them"
    """
    rows = book.show("promises", "unit pledged disbursed outstanding")
    assert rows == [("USD", 0, 5, 0), ("vehicles", 50, None, 50)]


def test_a_payment_toward_two_promises_is_paid_once(book):
    """
    [[pledge]]
    id = "one"
    who = "usa"
    amount = "30 USD"
    quote = "thirty"

    [[pledge]]
    id = "two"
    who = "usa"
    amount = "20 USD"
    quote = "twenty more"

    [[disbursement]]
    who = "usa"
    amount = "50 USD"
    toward = ["one", "two"]
    quote = "all fifty paid"
    """
    assert book.show("promises", "pledged disbursed outstanding") == [(50, 50, 0)]


def test_a_payment_toward_a_promise_of_grade_d_is_not_lost(make_book):
    book = make_book(
        TWO_SOURCES
        + """
    [[pledge]]
    id = "rumour"
    source = "poor"
    who = "usa"
    amount = "50 USD"
    quote = "fifty, they say"

    [[disbursement]]
    source = "good"
    who = "usa"
    amount = "20 USD"
    toward = "rumour"
    quote = "twenty paid"
    """
    )
    assert book.show("promises", SUMS) == [("usa", "USD", 0, 0, 0, None, 20, None, 0, None)]


def test_a_delivery_toward_a_level_that_was_replaced_is_not_lost(book):
    """
    [[pledge]]
    id = "first"
    who = "tcd"
    date = 2020-01-01
    quantity = "1500 police"
    measure = "level"
    quote = "fifteen hundred in all"

    [[pledge]]
    who = "tcd"
    date = 2020-06-01
    quantity = "800 police"
    measure = "level"
    quote = "eight hundred in all"

    [[delivery]]
    who = "tcd"
    date = 2020-03-01
    quantity = "100 police"
    toward = "first"
    quote = "a hundred came"
    """
    assert book.show("promises", "pledged delivered unpromised") == [(800, 100, None)]


def test_a_commitment_that_fulfils_no_pledge_is_on_the_books_and_unpromised(book):
    """
    [[commitment]]
    id = "frame"
    who = "usa"
    amount = "50 USD"
    quote = "fifty signed"

    [[commitment]]
    id = "lot"
    who = "usa"
    amount = "20 USD"
    toward = "frame"
    quote = "twenty of it signed"
    """
    assert book.show("promises", SUMS) == [("usa", "USD", 0, 0, 0, None, None, None, 0, 50)]
    assert book.show("pledges", "id") == [("frame",), ("lot",)]


def test_a_part_counts_in_a_year_in_which_its_whole_does_not(book):
    """
    [[commitment]]
    id = "whole"
    who = "usa"
    fiscal_year = "FY2020"
    amount = "100 USD"
    quote = "a hundred"

    [[commitment]]
    who = "usa"
    fiscal_year = "FY2021"
    amount = "30 USD"
    part_of = "whole"
    quote = "thirty of it"

    [[total]]
    who = "usa"
    stage = "committed"
    amount = "100 USD"
    readings = ["FY2020/FY2021", "FY2021"]
    quote = "a hundred in all"
    """
    (row,) = book.ask("totals")
    readings = [(one["itemised"], one["verdict"]) for one in row["readings"]]
    assert readings == [(100, "holds"), (30, "short")]


# --- R8: weak words and unmet conditions --------------------------------------------------------


def test_a_weak_promise_counts_once_a_firmer_one_is_made_toward_it(book):
    """
    [[pledge]]
    id = "idea"
    who = "fra"
    amount = "40 EUR"
    strength = "considered"
    quote = "is thinking of forty"

    [[pledge]]
    who = "fra"
    amount = "40 EUR"
    strength = "promised"
    known = 2021-06-01
    toward = "idea"
    quote = "will give forty"
    """
    assert book.show("promises", "pledged weak", as_of="2021-02-01") == [(0, 40)]
    assert book.show("promises", "pledged weak", as_of="2021-07-01") == [(40, 0)]


def test_a_firm_part_does_not_make_the_weak_whole_firm(book):
    """
    [[pledge]]
    id = "idea"
    who = "fra"
    amount = "100 EUR"
    strength = "considered"
    quote = "is thinking of a hundred"

    [[pledge]]
    who = "fra"
    amount = "20 EUR"
    strength = "promised"
    part_of = "idea"
    quote = "will give twenty of it"
    """
    assert book.show("promises", "pledged weak") == [(20, 100)]


def test_what_waits_makes_nothing_firm(book):
    """
    [[condition]]
    id = "vote"
    type = "legislature_hold"
    quote = "if parliament agrees"

    [[pledge]]
    id = "idea"
    who = "fra"
    amount = "40 EUR"
    strength = "considered"
    quote = "is thinking of forty"

    [[pledge]]
    who = "fra"
    amount = "40 EUR"
    strength = "promised"
    toward = "idea"
    condition = ["vote"]
    quote = "will give forty if parliament agrees"
    """
    assert book.show("promises", "pledged weak") == [(0, 40)]


def test_an_unmet_condition_outranks_weak_words(book):
    """
    [[condition]]
    id = "vote"
    type = "legislature_hold"
    quote = "if parliament agrees"

    [[pledge]]
    who = "fra"
    amount = "40 EUR"
    strength = "considered"
    condition = ["vote"]
    quote = "might give forty if parliament agrees"

    [[status]]
    about = "vote"
    state = "met"
    date = 2021-06-01
    known = 2021-06-01
    quote = "parliament agreed"
    """
    sums = "pledged weak conditional"
    assert book.show("promises", sums, as_of="2021-02-01") == [(0, 0, 40)]
    assert book.show("promises", sums, as_of="2021-07-01") == [(0, 40, 0)]
    assert book.show("conditions", "state", as_of="2021-02-01") == [("open",)]


def test_a_figure_of_grade_d_moves_no_sum_whoever_else_tells_of_it(make_book):
    book = make_book(
        TWO_SOURCES
        + """
    [[pledge]]
    id = "rumour"
    source = "poor"
    who = "fra"
    amount = "40 EUR"
    quote = "forty, they say"

    [[pledge]]
    id = "confirmed"
    source = "good"
    who = "fra"
    quote = "will give"
    """,
        {
            "links.csv": "entry,judgement,other,judge,day,reason\n"
            "confirmed,same,rumour,ab,2021-02-01,\n"
        },
    )
    assert [row for row in book.show("promises", "unit pledged") if row[1]] == []
    assert book.show("pledges", "amount") == [(40,)]


# --- R9: what was known when --------------------------------------------------------------------


def test_an_imprecise_day_counts_from_its_end(book):
    """
    [[pledge]]
    who = "fra"
    amount = "40 EUR"
    known = "2021-05"
    quote = "forty"
    """
    assert book.ask("promises", as_of="2021-05-30") == []
    assert book.show("promises", "pledged", as_of="2021-05-31") == [(40,)]


def test_judgements_take_effect_on_the_later_known_of_their_ends(make_book):
    book = make_book(
        """
    [[pledge]]
    id = "first"
    who = "fra"
    amount = "100 EUR"
    quote = "a hundred"

    [[pledge]]
    id = "again"
    who = "fra"
    amount = "100 EUR"
    known = 2021-03-01
    quote = "a hundred, says another"

    [[pledge]]
    id = "restated"
    who = "fra"
    amount = "150 EUR"
    known = 2021-06-01
    quote = "a hundred and fifty"
    """,
        {
            "links.csv": "entry,judgement,other,judge,day,reason\n"
            "again,same,first,ab,2024-01-01,\n"
            "restated,corrects,first,ab,2024-01-01,\nrestated,corrects,again,ab,2024-01-01,\n"
        },
    )
    for day, pledged in (("2021-02-01", 100), ("2021-04-01", 100), ("2021-07-01", 150)):
        assert book.show("promises", "pledged", as_of=day) == [(pledged,)]
    assert book.show("pledges", "id", as_of="2021-07-01") == [("restated",)]
