"""followup: what followed an ask, after 30, 90 and 365 days (M42).

The ask of M42 is real, and so are E07, E08 and E11; other promises and days are made up.
"""

import pytest

ASK = """
[[source]]
id = "herald-2021-12"
publisher = "Miami Herald"
date = 2021-12-17

[[source]]
id = "later"
publisher = "A made-up paper"

[[ask]]
id = "friday-meeting"
source = "herald-2021-12"
who = "usa"
whom = ["can", "fra", "jpn"]
what = "commitments to prevent further deterioration"
quote = "commitments to prevent further deterioration"
"""


def entry(kind, id, day, figure, more=""):
    field = "quantity" if figure.endswith("vehicles") else "amount"
    said = f'{field} = "{figure}"' if figure else ""
    return f"""
[[{kind}]]
id = "{id}"
source = "later"
date = {day}
known = {day}
whom = "hnp"
quote = "as it says"
{said}
{more}
"""


VOTE = """
[[condition]]
id = "vote"
source = "later"
known = 2022-01-01
type = "legislature_hold"
quote = "once voted"
"""

TOWARD = 'toward = ["friday-meeting"]'
CANADA = entry("pledge", "can-50", "2022-01-21", "50.4M CAD", f'who = "can"\n{TOWARD}')


@pytest.fixture
def make(make_book):
    return make_book


def rows(book, as_of=None, day=None):
    columns = "who unit promised delivered after_30 after_90 after_365"
    return book.show("followup", columns, as_of, day=day)


SILENT_FRANCE = ("fra", None, None, None, None, None, None)
SILENT_JAPAN = ("jpn", None, None, None, None, None, None)


def test_m42_whoever_promised_nothing_has_a_row_without_figures(make):
    book = make(ASK)
    assert rows(book) == [
        ("can", None, None, None, None, None, None),
        SILENT_FRANCE,
        SILENT_JAPAN,
    ]
    assert book.show("followup", "ask asked_by asked_on rests_on")[0][0:2] == (
        "friday-meeting",
        "usa",
    )


def test_e11_a_promise_of_which_nothing_came_is_not_delivered_zero(make):
    book = make(ASK + CANADA)
    assert rows(book, "2024-01-01") == [
        ("can", "CAD", 50_400_000, None, None, None, None),
        SILENT_FRANCE,
        SILENT_JAPAN,
    ]


PAID = (
    CANADA
    + entry("disbursement", "first", "2022-02-01", "1M CAD", 'who = "can"\ntoward = ["can-50"]')
    + entry("disbursement", "second", "2022-06-01", "2M CAD", 'who = "can"\ntoward = ["can-50"]')
)


def test_what_had_come_by_each_day(make):
    book = make(ASK + PAID)
    # 30 days after the ask are 16 January, 90 are 17 March, 365 are 17 December 2022
    assert rows(book, "2024-01-01")[0] == (
        "can",
        "CAD",
        50_400_000,
        3_000_000,
        0,
        1_000_000,
        3_000_000,
    )
    assert book.show("followup", "rests_on", "2024-01-01")[0] == (
        ["can-50", "first", "friday-meeting", "second"],
    )


@pytest.mark.parametrize(
    "as_of, after",
    [
        ("2022-02-01", (0, None, None)),
        ("2022-03-16", (0, None, None)),
        ("2022-03-17", (0, 1_000_000, None)),
        ("2022-12-16", (0, 1_000_000, None)),
        ("2022-12-17", (0, 1_000_000, 3_000_000)),
    ],
)
def test_a_day_that_is_not_over_is_not_known(make, as_of, after):
    book = make(ASK + PAID)
    assert rows(book, as_of)[0][-3:] == after
    assert rows(book, day=as_of)[0][-3:] == after


def test_e07_e08_sixty_vehicles_came_for_fifty_promised(make):
    american = 'who = "usa"\n'
    book = make(
        ASK
        + entry("pledge", "usa-50", "2021-12-17", "50 vehicles", american + TOWARD)
        + entry("delivery", "usa-60", "2022-01-21", "60 vehicles", american + 'toward = ["usa-50"]')
    )
    assert rows(book, "2024-01-01")[-1] == ("usa", "vehicles", 50, 60, 0, 60, 60)


def test_paid_and_delivered_are_two_stages_of_one_thing(make):
    book = make(
        ASK
        + PAID
        + entry("delivery", "kit", "2022-06-01", "2.5M CAD", 'who = "can"\ntoward = ["can-50"]')
    )
    assert rows(book)[0][3] == 3_000_000


def test_two_answers_are_taken_one_by_one(make):
    """Of one answer something was paid, of the other something was delivered: both came."""
    book = make(
        ASK
        + PAID
        + entry("pledge", "more", "2022-03-01", "4M CAD", f'who = "can"\n{TOWARD}')
        + entry("delivery", "kit", "2022-06-01", "2.5M CAD", 'who = "can"\ntoward = ["more"]')
    )
    assert rows(book)[0][2:4] == (54_400_000, 5_500_000)


def test_what_fulfils_two_answers_counts_once(make):
    book = make(
        ASK
        + CANADA
        + entry("pledge", "more", "2022-03-01", "4M CAD", f'who = "can"\n{TOWARD}')
        + entry(
            "disbursement", "x", "2022-06-01", "3M CAD", 'who = "can"\ntoward = ["can-50", "more"]'
        )
    )
    assert rows(book)[0][3] == 3_000_000


def test_the_same_money_in_the_next_hand_came_once(make):
    book = make(
        ASK
        + PAID
        + entry(
            "disbursement", "on", "2022-07-01", "3M CAD", 'who = "undp"\ndraws_on = ["second"]'
        ),
        {"actors.toml": '[[actor]]\nid = "hnp"\n\n[[actor]]\nid = "undp"\n'},
    )
    assert rows(book)[0][3] == 3_000_000


def test_help_without_a_promise_is_delivered(make):
    book = make(ASK + entry("disbursement", "x", "2022-01-01", "3M EUR", f'who = "fra"\n{TOWARD}'))
    assert rows(book)[1] == ("fra", "EUR", None, 3_000_000, 3_000_000, 3_000_000, 3_000_000)


def test_weak_and_conditional_words_are_outlines(make):
    book = make(
        ASK
        + VOTE
        + entry(
            "pledge", "a", "2022-01-01", "3M EUR", f'who = "fra"\nstrength = "considered"\n{TOWARD}'
        )
        + entry(
            "pledge", "b", "2022-01-01", "4M EUR", f'who = "fra"\ncondition = ["vote"]\n{TOWARD}'
        )
    )
    assert book.show("followup", "who promised weak conditional")[1] == (
        "fra",
        0,
        3_000_000,
        4_000_000,
    )


def test_a_promise_without_a_figure_is_an_answer_without_a_figure(make):
    book = make(ASK + entry("pledge", "x", "2022-01-01", "", f'who = "jpn"\n{TOWARD}'))
    assert [
        row for row in book.show("followup", "who unit promised rests_on") if row[0] == "jpn"
    ] == [("jpn", None, None, ["friday-meeting", "x"])]


def test_an_office_answers_for_its_state(make):
    book = make(
        ASK.replace('"jpn"]', '"hti"]')
        + entry("pledge", "x", "2022-01-01", "1M HTG", f'who = "hnp"\n{TOWARD}')
    )
    assert [row[0] for row in rows(book)] == ["can", "fra", "hnp"]


def test_two_reports_of_one_ask_are_one(make_book):
    book = make_book(
        ASK
        + ASK.split("[[ask]]")[1].join(["\n[[ask]]", ""]).replace("friday-meeting", "same-ask")
        + PAID.replace('toward = ["friday-meeting"]', 'toward = ["same-ask"]'),
        {
            "links.csv": "entry,judgement,other,judge,day,reason\n"
            "same-ask,same,friday-meeting,ab,2024-01-01,\n"
        },
    )
    assert [(row["ask"], row["who"]) for row in book.ask("followup")] == [
        ("friday-meeting", "can"),
        ("friday-meeting", "fra"),
        ("friday-meeting", "jpn"),
    ]
    assert rows(book)[0][3] == 3_000_000


def test_filters(make):
    book = make(ASK + PAID)
    assert book.show("followup", "who", who=["fra"]) == [("fra",)]
    assert book.show("followup", "who", unit="CAD") == [("can",)]
    assert book.show("followup", "who", since="2022-01-01") == []
    assert len(book.show("followup", "who", until="2022-01-01")) == 3
