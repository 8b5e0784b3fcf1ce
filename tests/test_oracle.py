"""The second opinion itself, held against what the pages show (DOMAIN, GOLDEN)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oracle import Oracle
from oracle_council import members, votes
from oracle_facts import Entry, Row
from oracle_funds import funds
from oracle_rates import Rate, convert

RFI: Entry = {"kind": "source", "id": "rfi", "date": "2025-02-04", "grade": "B"}
FUND: Entry = {"kind": "activity", "id": "mss-fund", "type": "fund"}
PAID = {"kind": "disbursement", "source": "rfi", "quote": "as it says"}
INTO: Entry = PAID | {"id": "in", "who": "usa", "whom": ["mss-fund"], "amount": "15M USD"}
OUT: Entry = PAID | {"id": "out", "who": "mss-fund", "whom": ["mss"], "amount": "1.7M USD"}
FROZEN: Entry = {"kind": "status", "id": "freeze", "source": "rfi", "about": ["in"]}
FROZEN |= {"state": "frozen"}
DAY = date(2025, 3, 1)


def fund(*entries: Entry) -> Row:
    (row,) = funds(Oracle([RFI, FUND, *entries], [], DAY))
    return row


def test_f15_what_the_fund_has_not_spent_is_frozen():
    row = fund(INTO, OUT | {"funder": "usa"}, FROZEN)
    cells = [row[name] for name in ("received", "spent", "balance", "frozen", "basis")]
    assert cells == [15_000_000, 1_700_000, 13_300_000, 13_300_000, "itemised"]


def test_what_was_spent_in_nobodys_name_is_shared_by_those_who_paid_in():
    """Made up: Canada paid in 45M, so a quarter of what was spent was American money."""
    canada = INTO | {"id": "can", "who": "can", "amount": "45M USD"}
    assert fund(INTO, canada, OUT | {"amount": "4M USD"}, FROZEN)["frozen"] == 14_000_000


def test_a06_levels_of_the_whole_fund_are_stated():
    """110.3M pledged and 85M received, of which the American 15M are a part (E33, E36)."""
    level = {"kind": "total", "source": "rfi", "whom": ["mss-fund"], "measure": "level"}
    said = [
        level | {"id": "all", "stage": "received", "amount": "85M USD", "date": "2024-12-31"},
        level | {"id": "part", "stage": "received", "amount": "15M USD", "who": "usa"},
        level | {"id": "pledged", "stage": "pledged", "amount": "110.3M USD"},
    ]
    row = fund(INTO, OUT, *said)
    cells = [row[name] for name in ("pledged", "received", "spent", "balance", "basis")]
    assert cells == [110_300_000, 85_000_000, 1_700_000, 83_300_000, "stated"]


def test_a_payment_in_another_currency_is_converted_at_its_day():
    """P21: one promise of 86.2M CAD; at about 1.36 it is 63M USD (R7, DOMAIN section j)."""
    promise = PAID | {"kind": "pledge", "id": "p", "who": "can", "amount": "86.2M CAD"}
    paid = PAID | {"id": "paid", "who": "can", "amount": "63M USD", "toward": ["p"]}
    rates = [Rate("own", "CAD", "USD", date(2025, 2, 3), Decimal("1.36"))]
    (row,) = Oracle([RFI, promise, paid], [], DAY, rates=rates).promises()
    assert (row["unit"], row["disbursed"], row["outstanding"]) == ("CAD", 85_680_000, 520_000)
    apart = {row["unit"]: row for row in Oracle([RFI, promise, paid], [], DAY).promises()}
    assert apart["USD"]["disbursed"] == 63_000_000
    assert (apart["CAD"]["disbursed"], apart["CAD"]["outstanding"]) == (None, 86_200_000)


@pytest.mark.parametrize(
    "day, worth",
    [(date(2025, 1, 31), 110), (date(2025, 2, 1), None), (date(2024, 12, 30), None)],
)
def test_a_rate_serves_the_days_after_it_for_a_month(day: date, worth: int | None):
    rates = [Rate("own", "USD", "EUR", date(2024, 12, 31), Decimal("1.1"))]
    assert convert(rates, Decimal(100), "EUR", "USD", day) == worth


@pytest.mark.parametrize(
    "lists, yes, carried",
    [
        ({"adopted": "2023-10-02", "abstain": ["chn", "rus"]}, 13, True),
        ({"adopted": "2025-09-30", "abstain": ["chn", "pak", "rus"]}, 12, True),
        ({"adopted": "2021-10-15", "yes": members(2021)}, 15, True),
        ({"adopted": "2023-10-02", "no": ["rus"]}, 14, False),
    ],
)
def test_votes_of_the_council(lists: Entry, yes: int, carried: bool):
    """E25, E41, E05, and one "no" of a permanent member with 14 in favour."""
    row = votes({"body": "unsc", **lists})
    assert (len(row["yes"]), row["carried"]) == (yes, carried)


@pytest.mark.parametrize("year", range(2021, 2028))
def test_the_council_has_fifteen_members(year: int):
    assert len(set(members(year))) == 15


def event(name: str, source: str, amount: str, **more: object) -> Entry:
    return PAID | {"id": name, "source": source, "who": "usa", "amount": amount, **more}


AP: Entry = {"kind": "source", "id": "ap", "date": "2025-02-04", "grade": "A"}


@pytest.mark.parametrize(
    "entries, links, counted",
    [
        ([event("a", "rfi", "3M USD"), event("b", "ap", "4M USD")], [], [4]),
        ([event("a", "rfi", "3M USD"), event("b", "rfi", "4M USD")], [], [3, 4]),
        (
            [event("a", "rfi", "3M USD"), event("b", "rfi", "4M USD"), event("c", "ap", "4M USD")],
            [],
            [3, 4],
        ),
        ([event("a", "rfi", "3M USD"), event("b", "ap", "4M EUR")], [], [3, 4]),
        (
            [event("a", "rfi", "3M USD"), event("b", "ap", "4M USD")],
            [("b", "different", "a")],
            [3, 4],
        ),
        (
            [event("a", "rfi", "3M USD", date="2025-02"), event("b", "ap", "4M USD")],
            [],
            [3, 4],
        ),
    ],
)
def test_one_event_told_by_two_sources_is_one_fact(entries, links, counted):
    """Made up. The better source counts; a second lot of one source stays a second lot."""
    facts = Oracle([RFI, AP, *entries], links, DAY).facts
    assert sorted(fact.amount / 10**6 for fact in facts) == counted
