"""flows: one sum through three hands is counted by origin, by channel or by last mile.

The figures of the tests that name a row of DOMAIN or GOLDEN are real; all others are made up.
"""

import pytest

ACTIVITIES = """
[[activity]]
id = "fund"
type = "fund"

[[activity]]
id = "window"
type = "fund"

[[activity]]
id = "mss"
type = "mission"
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
id = "inkas"
type = "private"
"""


@pytest.fixture
def paid(make_book):
    """A tracker of payments: `who > whom : amount`, a line each, with more fields behind a bar."""

    def make(text):
        lines = [line.strip() for line in text.strip().splitlines()]
        entries = [_payment(number, line) for number, line in enumerate(lines, 1)]
        return make_book("\n".join(entries), {"activities.toml": ACTIVITIES, "actors.toml": ACTORS})

    return make


def _payment(number, line):
    hands, _, rest = line.partition(":")
    figure, _, more = rest.partition("|")
    who, _, whom = (part.strip() for part in hands.partition(">"))
    fields = [f'id = "p{number}"', f'who = "{who}"', 'quote = "as it says"']
    if whom:
        names = ", ".join(f'"{name.strip()}"' for name in whom.split(","))
        fields.append(f"whom = [{names}]")
    if figure.strip():
        fields.append(f'amount = "{figure.strip()}"')
    fields += [field.strip() for field in more.split(";") if field.strip()]
    return "[[disbursement]]\n" + "\n".join(fields) + "\n"


def cut(book, name, **more):
    """The rows of one cut as (provider, receiver, amount)."""
    rows = book.ask("flows", **more)
    return [(row["provider"], row["receiver"], row["amount"]) for row in rows if row["cut"] == name]


def origins(book):
    """Who paid the last mile: (origin, amount, is_estimated)."""
    rows = book.ask("flows")
    return [
        (row["origin"], row["amount"], row["is_estimated"])
        for row in rows
        if row["cut"] == "last_mile"
    ]


# --- the three cuts -----------------------------------------------------------------------------


def test_a07_incoming_and_internal_flows_are_never_added(paid):
    book = paid("""
        usa > fund : 15M USD
        fund > window : 6M USD
        window > mss : 1.7M USD
    """)
    assert cut(book, "origin") == [("usa", "fund", 15_000_000)]
    assert cut(book, "channel") == [("fund", "window", 6_000_000), ("usa", "fund", 15_000_000)]
    assert cut(book, "last_mile") == [("window", "mss", 1_700_000)]
    assert cut(book, "iati_fallback") == [(None, None, 1_700_000)]


def test_what_passes_through_a_fund_is_in_all_three_cuts_once(paid):
    book = paid('usa > hnp : 10M USD | via = "fund"')
    assert cut(book, "origin") == [("usa", "hnp", 10_000_000)]
    assert cut(book, "channel") == [("usa", "fund", 10_000_000)]
    assert cut(book, "last_mile") == [("usa", "hnp", 10_000_000)]
    assert origins(book) == [("usa", 10_000_000, False)]


def test_money_to_a_fund_without_a_named_receiver_stops_there(paid):
    book = paid('usa > : 10M USD | via = "fund"')
    assert cut(book, "channel") == [("usa", "fund", 10_000_000)]
    assert cut(book, "last_mile") == []


def test_a_mission_that_something_goes_via_holds_no_money(paid):
    book = paid('usa > hti : 10M USD | via = "mss"')
    assert cut(book, "channel") == []
    assert cut(book, "last_mile") == [("usa", "hti", 10_000_000)]


def test_a_mission_that_pays_passes_on_what_others_gave(paid):
    book = paid("""
        usa > mss : 10M USD
        mss > inkas : 4M USD
    """)
    assert cut(book, "origin") == [("usa", "mss", 10_000_000)]
    assert cut(book, "last_mile") == [("mss", "inkas", 4_000_000)]


def test_an_expenditure_without_a_receiver_is_the_last_mile(paid):
    book = paid("""
        usa > fund : 10M USD
        fund > : 4M USD
    """)
    assert cut(book, "last_mile") == [("fund", None, 4_000_000)]


def test_an_organisation_that_receives_and_gives_passes_on(paid):
    book = paid("""
        can > undp : 10M CAD
        undp > hnp : 4M CAD
        undp > hnp : 3M CAD | funder = "undp"
        usa > undp : 5M USD
    """)
    assert cut(book, "origin", unit="CAD") == [
        ("can", "undp", 10_000_000),
        ("undp", "hnp", 3_000_000),
    ]
    assert cut(book, "channel", unit="CAD") == [("can", "undp", 10_000_000)]
    # of another unit nothing is known to have been given on: there it received for good
    assert cut(book, "last_mile", unit="USD") == [("usa", "undp", 5_000_000)]


# --- states have money of their own -------------------------------------------------------------


def test_e15_a_state_that_receives_also_buys_with_its_own_money(paid):
    book = paid("""
        usa > hti : 10M USD
        hti > inkas : 6M USD
    """)
    assert cut(book, "origin") == [("hti", "inkas", 6_000_000), ("usa", "hti", 10_000_000)]
    assert cut(book, "channel") == []
    assert cut(book, "last_mile") == [("hti", "inkas", 6_000_000), ("usa", "hti", 10_000_000)]


@pytest.mark.parametrize("said", ['funder = "usa"', 'draws_on = ["p1"]', 'toward = ["p1"]'])
def test_a_state_passes_on_what_an_entry_says_it_passes_on(paid, said):
    book = paid(f"""
        usa > hti : 10M USD
        hti > inkas : 6M USD | {said}
        fra > hti : 2M USD
    """)
    assert cut(book, "origin") == [("fra", "hti", 2_000_000), ("usa", "hti", 10_000_000)]
    assert cut(book, "channel") == [("usa", "hti", 10_000_000)]
    assert cut(book, "last_mile") == [("fra", "hti", 2_000_000), ("hti", "inkas", 6_000_000)]
    assert ("usa", 6_000_000, False) in origins(book)


def test_money_of_a_funder_who_is_not_known_to_have_paid_is_new(paid):
    book = paid('can > hnp : 6M CAD | funder = "hti"')
    assert cut(book, "origin") == [("can", "hnp", 6_000_000)]
    assert origins(book) == [("hti", 6_000_000, False)]


def test_money_that_stays_within_a_state_is_internal(paid):
    book = paid("""
        usa > inl : 10M USD
        inl > hnp : 9M USD
        hti > hnp : 1M USD
        usa > usa : 5M USD
    """)
    assert cut(book, "origin") == [("inl", "hnp", 9_000_000)]
    assert cut(book, "last_mile") == [("inl", "hnp", 9_000_000)]
    assert cut(book, "internal") == [
        ("hti", "hnp", 1_000_000),
        ("usa", "inl", 10_000_000),
        ("usa", "usa", 5_000_000),
    ]


# --- the same money once ------------------------------------------------------------------------


def test_a_part_of_a_payment_is_not_a_second_payment(paid):
    book = paid("""
        usa > fund : 15M USD
        inl > fund : 5M USD | part_of = "p1"
    """)
    assert cut(book, "origin") == [("usa", "fund", 15_000_000)]


def test_the_next_hand_is_not_a_part_of_the_hand_before(paid):
    book = paid("""
        usa > fund : 15M USD
        fund > window : 6M USD | draws_on = ["p1"]
        window > mss : 2M USD | draws_on = ["p2"]
    """)
    assert cut(book, "channel") == [("fund", "window", 6_000_000), ("usa", "fund", 15_000_000)]
    assert cut(book, "last_mile") == [("window", "mss", 2_000_000)]
    assert origins(book) == [("usa", 2_000_000, True)]


def test_the_second_leg_of_what_passed_through_is_the_same_money(paid):
    book = paid("""
        usa > hnp : 10M USD | via = "fund"
        fund > hnp : 10M USD | draws_on = ["p1"]
    """)
    assert cut(book, "last_mile") == [("usa", "hnp", 10_000_000)]


def test_unlike_stages_stand_apart(make_book):
    """A promise moves nothing; its contract and its payment stand apart, each at its stage."""
    said = 'who = "usa"\nwhom = "hti"\nquote = "as it says"\n'
    book = make_book(
        f'[[pledge]]\nid = "a"\namount = "9M USD"\n{said}'
        f'[[commitment]]\nid = "b"\namount = "8M USD"\ntoward = "a"\n{said}'
        f'[[disbursement]]\nid = "c"\namount = "7M USD"\ntoward = "b"\n{said}'
    )
    assert book.show("flows", "cut stage amount rests_on") == [
        ("origin", "committed", 8_000_000, ["b"]),
        ("origin", "disbursed", 7_000_000, ["c"]),
        ("last_mile", "committed", 8_000_000, ["b"]),
        ("last_mile", "disbursed", 7_000_000, ["c"]),
        ("iati_fallback", "disbursed", 7_000_000, ["c"]),
    ]


def test_p18_a_flow_to_several_receivers_stands_once(paid):
    book = paid("""
        usa > hnp, undp : 10M USD
        usa > hnp : 1M USD
    """)
    rows = [row for row in book.ask("flows") if row["cut"] == "last_mile"]
    assert [(row["receiver"], row["amount"], row["is_shared"]) for row in rows] == [
        ("hnp", 1_000_000, False),
        ("hnp, undp", 10_000_000, True),
    ]
    assert cut(book, "iati_fallback") == [(None, None, 11_000_000)]


def test_a_payment_without_a_figure_is_shown_and_adds_nothing(paid):
    book = paid("""
        usa > hnp :
        fra > hnp : 1M EUR
    """)
    rows = [row for row in book.ask("flows") if row["cut"] == "last_mile"]
    assert [(row["provider"], row["amount"], row["unknown"]) for row in rows] == [
        ("fra", 1_000_000, 0),
        ("usa", None, 1),
    ]


# --- who paid originally ------------------------------------------------------------------------


def test_a_pool_is_split_by_what_each_had_paid_up_to_that_day(paid):
    book = paid("""
        usa > fund : 10M USD | date = 2020-01-01
        fra > fund : 5M USD  | date = 2020-02-01
        fund > mss : 1M USD  | date = 2020-03-01
        can > fund : 90M USD | date = 2020-04-01
    """)
    assert origins(book) == [("fra", 333_333, True), ("usa", 666_667, True)]


def test_a_named_funder_outranks_the_pool(paid):
    book = paid("""
        usa > fund : 10M USD
        fra > fund : 5M USD
        fund > mss : 1.7M USD | funder = "usa"
    """)
    assert origins(book) == [("usa", 1_700_000, False)]


def test_a_payment_that_draws_on_another_is_that_ones_money(paid):
    book = paid("""
        usa > fund : 10M USD
        fra > fund : 5M USD
        fund > mss : 1M USD | draws_on = ["p2"]
    """)
    assert origins(book) == [("fra", 1_000_000, False)]


def test_of_a_fund_into_which_nothing_is_known_to_have_come_nobody_paid(paid):
    book = paid("""
        fund > mss : 1M USD
        usa > fund : 10M EUR
    """)
    assert origins(book) == [(None, 1_000_000, False)]


def test_a_pool_that_one_alone_filled_stands_for_that_one(paid):
    book = paid("""
        usa > fund : 2M USD     | date = 2020-01-01
        fund > window : 1M USD  | date = 2020-02-01
        can > window : 3M USD   | date = 2020-02-01
        window > mss : 800k USD | date = 2020-03-01
    """)
    assert origins(book) == [("can", 600_000, True), ("usa", 200_000, True)]


def test_a_pool_that_several_filled_stands_for_itself(paid):
    book = paid("""
        usa > fund : 2M USD     | date = 2020-01-01
        fra > fund : 2M USD     | date = 2020-01-01
        fund > window : 1M USD  | date = 2020-02-01
        can > window : 3M USD   | date = 2020-02-01
        window > mss : 800k USD | date = 2020-03-01
    """)
    assert origins(book) == [("can", 600_000, True), ("fund", 200_000, True)]


def test_money_that_goes_round_has_no_known_origin(paid):
    book = paid("""
        fund > window : 3M USD
        window > fund : 3M USD
        window > mss : 1M USD
    """)
    assert origins(book) == [(None, 1_000_000, False)]


# --- filters and days ---------------------------------------------------------------------------


def test_filters_narrow_rows_and_not_what_is_a_hand(paid):
    book = paid("""
        usa > fund : 10M USD | date = 2020-01-01
        fund > mss : 1M USD  | date = 2020-06-01
        fra > hnp : 2M EUR   | date = 2020-06-01
    """)
    assert cut(book, "last_mile", who=["fund"]) == [("fund", "mss", 1_000_000)]
    assert cut(book, "origin", who=["fund"]) == []
    assert cut(book, "channel", whom=["fund"]) == [("usa", "fund", 10_000_000)]
    assert cut(book, "last_mile", unit="EUR") == [("fra", "hnp", 2_000_000)]
    assert cut(book, "origin", until="2020-02-01") == [("usa", "fund", 10_000_000)]
    assert cut(book, "origin", since="2020-02-01") == [("fra", "hnp", 2_000_000)]


def test_a_payment_that_is_not_known_yet_makes_no_hand(paid):
    book = paid("""
        can > undp : 10M CAD
        undp > hnp : 4M CAD | known = 2022-01-01
    """)
    assert cut(book, "last_mile", as_of="2021-12-31") == [("can", "undp", 10_000_000)]
    assert cut(book, "last_mile", as_of="2022-01-01") == [("undp", "hnp", 4_000_000)]
