"""funds: what came into a fund, what left it, what is frozen, and what somebody only stated.

The figures of the tests that name a row of GOLDEN are real, the words are made up unless DOMAIN or
GOLDEN gives them; all other figures are made up.
"""

import pytest

ACTIVITIES = """
[[activity]]
id = "mss"
type = "mission"

[[activity]]
id = "mss-fund"
type = "fund"
"""

ACTORS = """
[[actor]]
id = "hnp"
parent = "hti"

[[actor]]
id = "inl"
type = "government"
parent = "usa"

[[actor]]
id = "undp"
type = "multilateral"

[[actor]]
id = "others"
name = "other countries"
type = "group"
"""

PAID = """
[[disbursement]]
id = "usa-into-fund"
date = 2025-02-04
known = 2025-02-04
who = "usa"
whom = "mss-fund"
amount = "15M USD"
quote = "Sur les 15 millions versés par Washington"

[[disbursement]]
id = "fund-out"
date = 2025-02-04
known = 2025-02-04
who = "mss-fund"
whom = "mss"
funder = "usa"
amount = "1.7M USD"
quote = "1,7 million a déjà été dépensé"
"""


@pytest.fixture
def make(make_book):
    """Trackers of a given text, with the activities and actors that the tests name."""
    return lambda text: make_book(text, {"activities.toml": ACTIVITIES, "actors.toml": ACTORS})


def fund(book, columns, as_of=None, **more):
    """Some columns of the one row of the fund in US dollars."""
    (row,) = [
        row
        for row in book.ask("funds", as_of, **more)
        if (row["activity"], row["unit"]) == ("mss-fund", "USD")
    ]
    return tuple(row[column] for column in columns.split())


def froze(id, about, day="2025-02-05", state="frozen", more=""):
    return f"""
[[status]]
id = "{id}"
date = {day}
known = {day}
about = "{about}"
state = "{state}"
quote = "stop work"
{more}
"""


# --- itemised -----------------------------------------------------------------------------------


def test_e36_what_came_in_less_what_went_out_is_the_balance(make):
    book = make(PAID)
    assert fund(book, "received spent balance basis rests_on") == (
        15_000_000,
        1_700_000,
        13_300_000,
        "itemised",
        ["fund-out", "usa-into-fund"],
    )
    assert fund(book, "pledged frozen unexplained") == (None, None, None)


def test_pledges_count_where_they_count(make):
    """Three pledges to the fund: one promised, one only considered, one via it to the mission."""
    said = 'who = "can"\nquote = "as it says"\n'
    book = make(
        f'[[pledge]]\nid = "a"\nwhom = "mss-fund"\namount = "5M USD"\n{said}'
        f'[[pledge]]\nid = "b"\nwhom = "mss-fund"\namount = "4M USD"\n{said}'
        'strength = "considered"\n'
        f'[[pledge]]\nid = "c"\nwhom = "mss"\nvia = "mss-fund"\namount = "3M USD"\n{said}'
        + '[[pledge]]\nid = "own"\nwho = "mss-fund"\nwhom = "mss"\nvia = "mss-fund"\n'
        + 'amount = "7M USD"\nquote = "what the fund promises is not promised to it"\n'
    )
    assert fund(book, "pledged received spent balance") == (8_000_000, None, None, None)
    assert fund(book, "rests_on") == (["a", "c"],)


def test_committed_and_paid_stand_apart(make):
    said = 'who = "can"\nwhom = "mss-fund"\nquote = "as it says"\n'
    book = make(
        f'[[commitment]]\nid = "a"\namount = "5M USD"\n{said}'
        f'[[disbursement]]\nid = "b"\namount = "3M USD"\ntoward = "a"\n{said}'
    )
    assert fund(book, "pledged committed received") == (None, 5_000_000, 3_000_000)


def test_what_passes_through_is_received_and_spent(make):
    """
    10M paid to the police via the fund, and 2M that stayed in it.
    """
    book = make(
        '[[disbursement]]\nid = "a"\nwho = "usa"\nwhom = "hnp"\nvia = "mss-fund"\n'
        'amount = "10M USD"\nquote = "as it says"\n'
        '[[disbursement]]\nid = "b"\nwho = "usa"\nwhom = "mss-fund"\n'
        'amount = "2M USD"\nquote = "as it says"\n'
    )
    assert fund(book, "received spent through balance") == (
        12_000_000,
        10_000_000,
        10_000_000,
        2_000_000,
    )


def test_what_nobody_knows_is_not_zero(make):
    book = make(
        '[[disbursement]]\nid = "a"\nwho = "mss-fund"\nwhom = "mss"\n'
        'amount = "10M USD"\nquote = "as it says"\n'
    )
    assert fund(book, "received spent balance frozen") == (None, 10_000_000, None, None)
    assert book.rules == ["quote-unchecked"]


def test_bilateral_money_is_no_money_of_the_fund(make):
    book = make(
        PAID + '\n[[disbursement]]\nid = "bilateral"\nwho = "usa"\nwhom = "hnp"\n'
        'amount = "100M USD"\nquote = "as it says"\n'
    )
    assert fund(book, "received") == (15_000_000,)


def test_p18_a_shared_payment_is_in_no_sum_and_is_not_lost(make):
    book = make(
        PAID + '\n[[disbursement]]\nid = "shared"\nwho = "fra"\nwhom = ["mss-fund", "hnp"]\n'
        'amount = "4M USD"\nquote = "as it says"\n'
    )
    assert fund(book, "received shared") == (15_000_000, 4_000_000)


# --- stated -------------------------------------------------------------------------------------


def level(id, stage, amount, day="2024-12-31", known="2025-02-15", more='whom = "mss-fund"'):
    return f"""
[[total]]
id = "{id}"
date = {day}
known = {known}
stage = "{stage}"
amount = "{amount}"
measure = "level"
quote = "the fund's own figure"
{more}
"""


FEBRUARY_2025 = (
    PAID
    + froze("usa-freeze", "usa-into-fund", more='amount = "13.3M USD"')
    + level("fund-pledged", "pledged", "110.3M USD")
    + level("fund-received", "received", "85M USD")
    + level("others-pledged", "pledged", "about 110M USD", more='whom = "mss-fund"\nwho = "others"')
    + """
[[total]]
id = "usa-committed"
known = 2025-02-04
who = "usa"
whom = "mss-fund"
stage = "committed"
amount = "15M USD"
quote = "the US had committed 15 million"

[[total]]
id = "usa-380"
known = 2025-02-04
who = "usa"
whom = "mss"
stage = "pledged"
amount = "380M USD"
quote = "380 million"

[[total]]
id = "can-star"
known = 2025-02-10
who = "can"
whom = "mss-fund"
stage = "pledged"
amount = "59M USD"
quote = "59 million"

[[total]]
id = "can-eastleigh"
known = 2025-02-10
who = "can"
whom = "mss-fund"
stage = "pledged"
amount = "80.5M CAD"
quote = "80.5 million to the fund"
"""
)


def test_a06_the_fund_in_february_2025(make):
    book = make(FEBRUARY_2025)
    as_of = "2025-03-01"
    assert fund(book, "pledged received spent frozen basis", as_of) == (
        110_300_000,
        85_000_000,
        1_700_000,
        13_300_000,
        "stated",
    )
    assert fund(book, "balance unexplained", as_of) == (83_300_000, 70_000_000)
    # the fifteen of Washington stand where payments stand, inside the 85 and never added to it
    assert ("usa", "mss-fund", 15_000_000, "origin") in book.show(
        "flows", "provider receiver amount cut", as_of
    )
    # every stated total is kept, the one that says something else of the same day beside the level
    assert {row["id"] for row in book.ask("totals", as_of)} == {
        "fund-pledged",
        "fund-received",
        "others-pledged",
        "usa-committed",
        "usa-380",
        "can-star",
        "can-eastleigh",
    }
    assert fund(book, "rivals", as_of) == (["others-pledged"],)
    # fund and bilateral money are never added
    for row in book.ask("funds", as_of):
        assert row["pledged"] not in (380_000_000, 490_300_000, 59_000_000, 169_300_000)


def test_a06_before_it_was_known_there_was_less(make):
    book = make(FEBRUARY_2025)
    assert fund(book, "pledged received basis", "2025-02-10") == (None, 15_000_000, "itemised")


def test_e32_and_e33_levels_replace_each_other(make):
    text = level("april", "received", "18M USD", "2024-04-26", "2024-04-26")
    text += level("december", "received", "85M USD")
    book = make(text)
    assert fund(book, "received basis", "2024-05-01") == (18_000_000, "stated")
    assert fund(book, "received rivals", "2025-03-01") == (85_000_000, [])


def test_a_level_that_the_entries_exceed_gives_way(make):
    book = make(PAID + level("old", "received", "8M USD"))
    assert fund(book, "received basis unexplained", "2025-03-01") == (
        15_000_000,
        "itemised",
        -7_000_000,
    )


def test_every_level_stands_beside_its_entries(make):
    book = make(FEBRUARY_2025)
    assert fund(book, "levels", "2025-03-01") == (
        [
            {
                "id": "fund-pledged",
                "stage": "pledged",
                "stated": 110_300_000,
                "itemised": None,
                "unexplained": 110_300_000,
            },
            {
                "id": "fund-received",
                "stage": "received",
                "stated": 85_000_000,
                "itemised": 15_000_000,
                "unexplained": 70_000_000,
            },
        ],
    )


@pytest.mark.parametrize(
    "more",
    [
        'who = "can"\nwhom = "mss-fund"',  # one of many
        'whom = ["mss-fund", "mss"]',  # two funds
        'whom = "mss-fund"\ncomparator = "up to"',  # a ceiling
        'whom = "hti"',  # somebody else
    ],
)
def test_a_total_that_is_not_about_the_whole_fund_is_no_level_of_it(make, more):
    book = make(PAID + level("other", "received", "85M USD", more=more))
    assert fund(book, "received basis", "2025-03-01") == (15_000_000, "itemised")


@pytest.mark.parametrize(
    "more", ['whom = "mss-fund"', 'via = "mss-fund"\nwhom = "mss"', 'covers = ["mss-fund"]']
)
def test_a_level_names_its_fund_in_three_ways(make, more):
    book = make(level("own", "spent", "20M USD", more=more))
    assert fund(book, "spent basis") == (20_000_000, "stated")


# --- frozen -------------------------------------------------------------------------------------


def test_f15_fifteen_million_paused_are_thirteen_point_three(make):
    book = make(PAID + froze("paused", "usa-into-fund", more='amount = "15M USD"'))
    assert fund(book, "frozen balance") == (13_300_000, 13_300_000)


@pytest.mark.parametrize(
    "about, more",
    [
        ("usa-into-fund", ""),
        ("usa", ""),
        ("mss-fund", ""),
        ("mss-fund", 'who = "usa"'),
        ("usa-into-fund", 'amount = "13.3M USD"'),
    ],
)
def test_a_freeze_is_about_a_payment_a_payer_or_the_fund(make, about, more):
    assert fund(make(PAID + froze("freeze", about, more=more)), "frozen") == (13_300_000,)


FRANCE = """
[[disbursement]]
id = "fra-into-fund"
date = 2025-02-04
who = "fra"
whom = "mss-fund"
amount = "5M USD"
quote = "as it says"
"""


def test_only_the_money_of_the_one_who_froze_is_frozen(make):
    for about, more in (("usa", ""), ("mss-fund", 'who = "usa"'), ("usa-into-fund", "")):
        book = make(PAID + FRANCE + froze("freeze", about, more=more))
        assert fund(book, "frozen frozen_is_estimated balance") == (13_300_000, False, 18_300_000)
    whole = make(PAID + FRANCE + froze("freeze", "mss-fund"))
    assert fund(whole, "frozen") == (18_300_000,)


def test_a_frozen_promise_freezes_what_was_paid_of_it(make):
    pledge = """
[[pledge]]
id = "usa-promise"
date = 2024-02-22
known = 2024-02-22
who = "usa"
whom = "mss-fund"
amount = "20M USD"
quote = "as it says"
"""
    paid = PAID.replace('whom = "mss-fund"\n', 'whom = "mss-fund"\ntoward = "usa-promise"\n')
    assert fund(make(pledge + paid + froze("freeze", "usa-promise")), "frozen") == (13_300_000,)


def test_a_fund_of_which_only_a_freeze_is_known(make):
    book = make(froze("freeze", "mss-fund", more='amount = "4M USD"'))
    assert fund(book, "received frozen balance rests_on") == (None, 4_000_000, None, ["freeze"])


def test_two_freezes_of_one_payment_freeze_it_once(make):
    text = PAID + FRANCE + froze("one", "usa-into-fund") + froze("two", "usa")
    assert fund(make(text), "frozen") == (13_300_000,)


def test_what_was_spent_in_nobodys_name_is_shared_out(make):
    text = PAID.replace('funder = "usa"\n', "") + FRANCE + froze("freeze", "usa")
    # three quarters of what came in are Washington's, and so are 1.275M of the 1.7M
    assert fund(make(text), "frozen frozen_is_estimated") == (13_725_000, True)


@pytest.mark.parametrize("state", ["released", "waived"])
def test_a_release_lifts_the_freeze_from_its_day_on(make, state):
    text = PAID + froze("freeze", "usa-into-fund", "2025-02-05")
    text += froze("lift", "usa-into-fund", "2025-03-05", state)
    book = make(text)
    assert fund(book, "frozen", "2025-03-04") == (13_300_000,)
    assert fund(book, "frozen", "2025-03-05") == (0,)
    again = make(text + froze("again", "usa-into-fund", "2025-04-01"))
    assert fund(again, "frozen", "2025-04-01") == (13_300_000,)


def test_e36_a_waiver_for_others_frees_nothing_here(make):
    text = PAID + froze("freeze", "usa-into-fund")
    text += froze("waiver", "hnp", "2025-02-06", "waived", 'amount = "40.7M USD"')
    assert fund(make(text), "frozen") == (13_300_000,)


def test_a_release_with_an_amount_lifts_that_much(make):
    text = PAID + froze("freeze", "usa-into-fund", more='amount = "13.3M USD"')
    text += froze("lift", "usa-into-fund", "2025-03-05", "released", 'amount = "3.3M USD"')
    assert fund(make(text), "frozen") == (10_000_000,)


@pytest.mark.parametrize("about", ["usa-into-fund", "usa", "mss-fund"])
def test_a_release_of_a_part_leaves_the_rest_of_a_freeze_without_a_figure(make, about):
    text = PAID + froze("freeze", about)
    text += froze("lift", about, "2025-03-05", "released", 'amount = "3.3M USD"')
    book = make(text)
    assert fund(book, "frozen", "2025-03-04") == (13_300_000,)
    assert fund(book, "frozen", "2025-03-05") == (10_000_000,)
    other = make(text.replace("3.3M USD", "3.3M CAD"))
    assert fund(other, "frozen") == (13_300_000,)


# --- out of balance -----------------------------------------------------------------------------


def more_out(amount="20M USD", who="mss-fund", more=""):
    return f"""
[[disbursement]]
id = "too-much"
date = 2025-03-01
who = "{who}"
whom = "mss"
amount = "{amount}"
quote = "as it says"
{more}
"""


def unbalanced(book):
    return [one for one in book.findings if one.rule == "fund-unbalanced"]


def test_a_fund_that_spends_more_than_came_in_is_an_error(make):
    (finding,) = unbalanced(make(PAID + more_out("18.3M USD")))
    assert (finding.level, finding.entry) == ("error", "mss-fund")
    assert finding.flaw.found == "spent 20M USD, received 15M USD"
    assert finding.flaw.difference == "5M USD more than came in"


def test_the_fund_balances_to_the_last_cent(make):
    assert unbalanced(make(PAID + more_out("13.3M USD"))) == []
    assert unbalanced(make(PAID + more_out("13300000.01 USD"))) != []


@pytest.mark.parametrize(
    "more",
    [
        level("stated", "received", "85M USD"),  # somebody says that more came in
        # a payment whose figure nobody knows
        '[[disbursement]]\nid = "x"\nwho = "fra"\nwhom = "mss-fund"\nquote = "paid"\n',
        # money of another currency, which may have been changed
        '[[disbursement]]\nid = "x"\nwho = "can"\nwhom = "mss-fund"\namount = "9M CAD"\n'
        'quote = "paid"\n',
        # money for this fund and others
        '[[disbursement]]\nid = "x"\nwho = "fra"\nwhom = ["mss-fund", "hnp"]\n'
        'amount = "9M USD"\nquote = "paid"\n',
    ],
)
def test_what_nobody_knows_is_no_error(make, more):
    assert unbalanced(make(PAID + more_out() + more)) == []


def test_an_organisation_has_money_of_its_own(make):
    paid = (
        '[[disbursement]]\nid = "in"\nwho = "usa"\nwhom = "undp"\namount = "5M USD"\nquote = "q"\n'
    )
    assert unbalanced(make(paid + more_out("9M USD", "undp"))) == []
    (finding,) = unbalanced(make(paid + more_out("9M USD", "undp", 'funder = "usa"')))
    assert finding.entry == "too-much"
    assert finding.flaw.difference == "4M USD more than came in"
