"""What came under a promise, held against it: its day, its end, its figure, its currency.

Where a rule has to stay silent is the larger part of this page. Every figure and paper is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Book

Make = Callable[..., Book]

SOURCES = """
[[source]]
id = "first"
publisher = "One"
date = 2021-06-30
grade = "B"

[[source]]
id = "second"
publisher = "Two"
date = 2022-06-30
grade = "B"
"""


def entry(kind: str, source: str = "first", **fields: object) -> str:
    """One entry by can for hnp, with fields of its own; it names a cell, for it quotes nothing."""
    given = {"source": source, "who": "can", "whom": "hnp", "cell": "row 1"} | fields
    lines = [f"{name} = {_value(value)}" for name, value in given.items() if value is not None]
    return f"\n[[{kind}]]\n" + "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"'


def promise(**fields: object) -> str:
    return entry("pledge", **({"id": "p", "date": "2021-03-01", "quantity": "50 radios"} | fields))


def arrival(**fields: object) -> str:
    return entry(
        "delivery",
        **({"id": "d", "date": "2021-05-01", "quantity": "20 radios", "toward": ["p"]} | fields),
    )


def links(*lines: str) -> dict[str, str]:
    rows = "".join(f"{line},test,2024-01-01,made up\n" for line in lines)
    return {"links.csv": f"entry,judgement,other,judge,day,reason\n{rows}"}


def found(book: Book, rule: str) -> list[str]:
    """The entries at which a rule is broken."""
    return [one.entry for one in book.findings if one.rule == rule]


# --- delivery-before-pledge ----------------------------------------------------------------------

BEFORE = "delivery-before-pledge"


def test_what_came_before_it_was_promised_is_found(make_book: Make):
    book = make_book(SOURCES + promise() + arrival(date="2020-12-31"))
    (finding,) = [one for one in book.findings if one.rule == BEFORE]
    assert finding.entry == "d"
    assert finding.spot.text == 'date = "2020-12-31"'
    assert finding.flaw.expected == "a day on or after 2021-03-01, that of p"
    assert finding.flaw.difference == "60 days before"


@pytest.mark.parametrize(
    "day", ["2021-03-01", "2021-03", "2021", "2021-04-01", "2021-01-01/2021-12-31"]
)
def test_what_may_have_come_after_the_promise_is_not(make_book: Make, day: str):
    assert found(make_book(SOURCES + promise() + arrival(date=day)), BEFORE) == []


def test_a_promise_without_a_day_of_its_own_may_be_older_than_its_source(make_book: Make):
    one_source = SOURCES + promise(date=None) + arrival(date="2021-05-01")
    assert found(make_book(one_source), BEFORE) == []
    another = SOURCES + promise(date=None, source="second") + arrival(date="2021-05-01")
    assert found(make_book(another), BEFORE) == ["d"]


def test_an_earlier_report_of_the_promise_will_do(make_book: Make):
    text = (
        SOURCES
        + promise(id="p", source="second", date="2022-03-01")
        + promise(id="early", date="2021-01-01")
        + arrival(date="2021-05-01")
    )
    assert found(make_book(text), BEFORE) == ["d"]
    assert found(make_book(text, links("p,same,early")), BEFORE) == []
    # a report that was corrected tells of nothing any more
    assert found(make_book(text, links("p,corrects,early")), BEFORE) == ["d"]


def test_a_contract_that_follows_a_first_payment_fulfils_an_older_pledge(make_book: Make):
    contract = entry("commitment", id="c", date="2021-06-01", quantity="50 radios", toward=["p"])
    book = make_book(SOURCES + promise() + contract + arrival(toward=["c"], date="2021-05-01"))
    assert found(book, BEFORE) == []


def test_a_contract_may_have_been_signed_before_it_was_announced(make_book: Make):
    contract = entry("commitment", id="c", date="2021-01-01", quantity="50 radios", toward=["p"])
    assert found(make_book(SOURCES + promise() + contract), BEFORE) == []


def test_what_is_corrected_is_not_held_against_anything(make_book: Make):
    text = SOURCES + promise() + arrival(date="2020-12-31") + arrival(id="right", source="second")
    assert found(make_book(text), BEFORE) == ["d"]
    assert found(make_book(text, links("right,corrects,d")), BEFORE) == []


# --- expired-but-counted -------------------------------------------------------------------------

EXPIRED = "expired-but-counted"


def test_what_came_after_the_promise_had_expired_is_found(make_book: Make):
    book = make_book(SOURCES + promise(expires="2021-04-01") + arrival())
    (finding,) = [one for one in book.findings if one.rule == EXPIRED]
    assert finding.entry == "d"
    assert finding.flaw.expected == "a day up to 2021-04-01, the end of p"
    assert finding.flaw.difference == "30 days after"


@pytest.mark.parametrize("expires", ["2021-05-01", "2021-05", "2021", None])
def test_what_may_have_come_in_time_is_not(make_book: Make, expires: str | None):
    assert found(make_book(SOURCES + promise(expires=expires) + arrival()), EXPIRED) == []


def test_a_day_that_is_only_that_of_the_source_says_nothing_of_the_end(make_book: Make):
    text = SOURCES + promise(expires="2021-04-01") + arrival(date=None)
    assert found(make_book(text), EXPIRED) == []


def test_a_promise_that_was_renewed_has_not_expired(make_book: Make):
    renewed = promise(id="again", date="2021-04-15", toward=["p"])
    text = SOURCES + promise(expires="2021-04-01") + renewed + arrival(toward=["again"])
    assert found(make_book(text), EXPIRED) == []


def test_a_contract_of_before_the_end_is_paid_after_it(make_book: Make):
    contract = entry("commitment", id="c", date="2021-03-20", quantity="50 radios", toward=["p"])
    text = SOURCES + promise(expires="2021-04-01") + contract + arrival(toward=["c"])
    assert found(make_book(text), EXPIRED) == []


def test_a_use_after_the_end_is_no_finding(make_book: Make):
    use = entry("use", id="u", date="2022-01-01", quantity="20 radios", toward=["p"])
    assert found(make_book(SOURCES + promise(expires="2021-04-01") + use), EXPIRED) == []


@pytest.mark.parametrize(("measure", "entries"), [("level", ["t"]), (None, []), ("cumulative", [])])
def test_only_a_level_says_what_is_promised_now(
    make_book: Make, measure: str | None, entries: list[str]
):
    total = entry(
        "total",
        id="t",
        date="2021-06-01",
        stage="pledged",
        quantity="50 radios",
        measure=measure,
    )
    book = make_book(SOURCES + promise(expires="2021-04-01") + total)
    assert found(book, EXPIRED) == entries


# --- over-delivered ------------------------------------------------------------------------------

OVER = "over-delivered"


def test_more_than_was_promised_is_a_note_at_the_promise(make_book: Make):
    book = make_book(SOURCES + promise() + arrival(quantity="60 radios"))
    (finding,) = [one for one in book.findings if one.rule == OVER]
    assert (finding.level, finding.entry) == ("note", "p")
    assert finding.flaw.found == "60 radios delivered in 1 entry: d"
    assert finding.flaw.difference == "10 radios more than promised"


@pytest.mark.parametrize(
    ("given", "came", "is_over"),
    [
        ({"quantity": "50 radios"}, "50 radios", False),
        ({"quantity": "50 radios", "comparator": ">"}, "60 radios", False),
        ({"quantity": "50 radios", "comparator": "up to"}, "60 radios", True),
        ({"quantity": "up to 50 radios"}, "60 radios", True),
        ({"quantity": "about 50 radios"}, "52 radios", False),
        ({"quantity": "about 50 radios"}, "53 radios", True),
        ({"quantity": "50 radios"}, "60 boots", False),
        ({"quantity": None}, "60 radios", False),
    ],
)
def test_the_wording_of_the_promise_decides(
    make_book: Make, given: dict[str, object], came: str, is_over: bool
):
    book = make_book(SOURCES + promise(**given) + arrival(quantity=came))
    assert found(book, OVER) == (["p"] if is_over else [])


@pytest.mark.parametrize(("amount", "entries"), [("1540000 USD", []), ("1560000 USD", ["p"])])
def test_half_of_the_last_digit_of_a_promise_is_forgiven(
    make_book: Make, amount: str, entries: list[str]
):
    pledge = promise(quantity=None, amount="1.5M USD")
    paid = entry("disbursement", id="d", date="2021-05-01", amount=amount, toward=["p"])
    assert found(make_book(SOURCES + pledge + paid), OVER) == entries


def test_two_reports_of_one_delivery_are_one(make_book: Make):
    text = SOURCES + promise() + arrival(quantity="30 radios")
    second = arrival(id="e", quantity="30 radios", date="2021-05-02", source="second")
    assert found(make_book(text + second), OVER) == ["p"]
    assert found(make_book(text + second, links("e,same,d")), OVER) == []
    assert found(make_book(text + second, links("e,corrects,d")), OVER) == []


def test_a_delivery_toward_two_promises_is_over_neither(make_book: Make):
    other = promise(id="q", quantity="30 radios")
    both = arrival(quantity="80 radios", toward=["p", "q"])
    assert found(make_book(SOURCES + promise() + other + both), OVER) == []


def test_of_a_contract_and_its_pledge_the_one_that_is_over_is_found(make_book: Make):
    contract = entry("commitment", id="c", date="2021-04-01", quantity="30 radios", toward=["p"])
    text = SOURCES + promise() + contract
    assert found(make_book(text + arrival(quantity="40 radios", toward=["c"])), OVER) == ["c"]
    assert found(make_book(text + arrival(quantity="60 radios", toward=["p", "c"])), OVER) == ["p"]


def test_a_promise_that_was_renewed_for_more_is_not_over(make_book: Make):
    more = promise(id="more", date="2021-04-01", quantity="60 radios", toward=["p"])
    came = arrival(quantity="60 radios", toward=["more"])
    assert found(make_book(SOURCES + promise() + more + came), OVER) == []


def test_a_level_that_a_later_one_replaced_is_not_asked(make_book: Make):
    text = (
        SOURCES
        + promise(measure="level")
        + promise(id="later", date="2021-04-01", quantity="90 radios", measure="level")
        + arrival(quantity="60 radios")
    )
    assert found(make_book(text), OVER) == []


def test_what_grade_d_says_moves_nothing(make_book: Make):
    spun = SOURCES.replace('grade = "B"', 'grade = "D"')
    assert found(make_book(spun + promise() + arrival(quantity="60 radios")), OVER) == []


def test_paid_and_delivered_are_never_added(make_book: Make):
    text = (
        SOURCES
        + promise()
        + arrival(quantity="30 radios")
        + entry("disbursement", id="m", date="2021-05-01", amount="30 USD", toward=["p"])
        + entry("use", id="u", date="2021-05-01", quantity="30 radios", toward=["p"])
    )
    assert found(make_book(text), OVER) == []


# --- payment-unconverted -------------------------------------------------------------------------

UNCONVERTED = "payment-unconverted"
KES = {"rates.csv": "table,currency,against,day,rate,source\nown,KES,USD,2021-04-20,110,made up\n"}


def paid(amount: str, day: str = "2021-05-01") -> str:
    pledge = promise(quantity=None, amount="100M KES")
    return SOURCES + pledge + entry("disbursement", id="m", date=day, amount=amount, toward=["p"])


def test_a_payment_without_a_rate_to_its_promise_is_found(make_book: Make):
    book = make_book(paid("300000 USD"))
    (finding,) = [one for one in book.findings if one.rule == UNCONVERTED]
    assert finding.entry == "m"
    assert "no rate of 2021-05-01 leads from USD to KES" in finding.flaw.message
    assert book.row("pledges", "p")["outstanding"] == 100_000_000


def test_a_payment_with_a_rate_is_not(make_book: Make):
    book = make_book(paid("300000 USD"), KES)
    assert found(book, UNCONVERTED) == []
    assert book.row("pledges", "p")["outstanding"] == 67_000_000


def test_one_currency_needs_no_rate_and_goods_have_none(make_book: Make):
    assert found(make_book(paid("1M KES")), UNCONVERTED) == []
    goods = SOURCES + promise(quantity=None, amount="1M USD") + arrival()
    assert found(make_book(goods), UNCONVERTED) == []


# --- toward-reversed -----------------------------------------------------------------------------


def test_a_promise_that_fulfils_a_delivery_is_upside_down(make_book: Make):
    book = make_book(SOURCES + promise(toward=["d"]) + arrival(toward=None))
    assert found(book, "toward-reversed") == ["p"]
    assert book.show("promises", "who unit pledged") == [("can", "radios", 0)]


def test_a_payment_may_fulfil_what_was_delivered_and_a_pledge_an_ask(make_book: Make):
    text = (
        SOURCES
        + entry("ask", id="a", date="2021-02-01", who="hti", whom=["can"])
        + promise(toward=["a"])
        + arrival()
        + entry("disbursement", id="m", date="2021-06-01", amount="9M USD", toward=["d"])
    )
    assert found(make_book(text), "toward-reversed") == []


# --- over-drawn ----------------------------------------------------------------------------------

DRAWN = "over-drawn"


def old(*parts: str, relation: str = "draws_on", **fields: object) -> str:
    text = SOURCES + promise(quantity=None, amount="100M CAD", **fields)
    for number, amount in enumerate(parts):
        text += promise(
            id=f"new-{number}",
            date="2021-06-01",
            quantity=None,
            amount=amount,
            **{relation: "p"},
        )
    return text


@pytest.mark.parametrize("relation", ["draws_on", "part_of"])
def test_more_than_there_was_cannot_be_drawn_and_parts_are_no_more_than_the_whole(
    make_book: Make, relation: str
):
    assert found(make_book(old("42.5M CAD", "57M CAD", relation=relation)), DRAWN) == []
    book = make_book(old("42.5M CAD", "70M CAD", relation=relation))
    (finding,) = [one for one in book.findings if one.rule == DRAWN]
    assert finding.entry == "p"
    assert finding.flaw.difference == "12.5M CAD more"


def test_rounding_at_least_and_another_currency_draw_too_much_from_nothing(make_book: Make):
    assert found(make_book(old("42.5M CAD", "57.9M CAD")), DRAWN) == []
    assert found(make_book(old("142M CAD", comparator=">")), DRAWN) == []
    # at the European Central Bank's rates of the day, which come along
    assert found(make_book(old("84M USD")), DRAWN) == []
    assert found(make_book(old("142M USD")), DRAWN) == ["p"]


def test_what_is_drawn_by_a_pledge_and_its_contract_counts_once(make_book: Make):
    contract = entry(
        "commitment", id="c", date="2021-07-01", amount="70M CAD", toward=["new-0"], draws_on="p"
    )
    assert found(make_book(old("70M CAD") + contract), DRAWN) == []


# --- overdue -------------------------------------------------------------------------------------


def overdue(book: Book, day: str) -> list[str]:
    on = book.open().findings_on(date.fromisoformat(day))
    return [one.entry for one in on if one.rule == "overdue"]


def test_overdue_begins_after_the_day_and_says_what_is_known(make_book: Make):
    book = make_book(SOURCES + promise(due="2021-09") + arrival())
    assert "overdue" not in book.rules
    assert overdue(book, "2021-09-30") == []
    assert overdue(book, "2021-10-01") == ["p"]
    (finding,) = book.open().findings_on(date(2021, 10, 1))
    assert finding.level == "note"
    assert finding.flaw.message == "no evidence of delivery since 2021-05-01"
    assert finding.flaw.found == "30 of 50 radios outstanding"
    assert finding.spot.text == 'due = "2021-09"'


def test_overdue_is_what_pledges_says(make_book: Make):
    text = SOURCES
    for number, more in enumerate([
        {},
        {"strength": "considered"},
        {"expires": "2021-12-31"},
        {"condition": ["c"]},
        {"quantity": None},
        {"due": None},
    ]):  # fmt: skip
        text += promise(**({"id": f"p{number}", "due": "2021-09-30"} | more))
    text += entry("condition", id="c", who=None, whom=None, type="court")
    text += promise(id="kept", due="2021-09-30") + arrival(toward=["kept"], quantity="50 radios")
    text += promise(id="gone", due="2021-09-30")
    text += entry("status", whom=None, about=["gone"], state="withdrawn", date="2021-06-01")
    book = make_book(text)
    for day in ("2021-09-30", "2021-10-01", "2022-01-01", "2030-01-01"):
        states = book.show("pledges", "id state", day=day)
        assert sorted(overdue(book, day)) == sorted(
            one for one, state in states if state == "overdue"
        )
    assert sorted(overdue(book, "2021-10-01")) == ["p0", "p2", "p4"]
    assert sorted(overdue(book, "2022-01-01")) == ["p0", "p4"]


def test_of_very_many_overdue_promises_the_last_are_shown(make_book: Make):
    text = SOURCES
    for number in range(25):
        text += promise(id=f"p{number:02}", due=f"2021-08-{number + 1:02}", what=f"lot {number}")
    book = make_book(text)
    assert overdue(book, "2023-01-01") == [f"p{number}" for number in range(15, 25)]
    on = book.open().findings_on(date(2023, 1, 1))
    assert on[0].flaw.found.endswith("; and 15 older ones are not shown here")
    assert not any("older ones" in one.flaw.found for one in on[1:])


def test_an_unchanged_tracker_remembers_what_falls_due(make_book: Make):
    book = make_book(SOURCES + promise(due="2021-09-30"))
    assert book.open().was_compiled
    again = book.open()
    assert not again.was_compiled
    assert [one.rule for one in again.findings_on(date(2021, 10, 1))] == ["overdue"]
    assert again.findings_on(date(2021, 9, 30)) == []
