"""F08: one figure that two sources give in two currencies is kept twice, and found.

The figure is that of the announcement of June 2024; sources and wording are made up.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import Book

Make = Callable[..., Book]

CONFLICT = """
[[source]]
id = "one"
publisher = "One"
date = 2024-06-26

[[source]]
id = "two"
publisher = "Two"
date = {date}

[[pledge]]
id = "cad"
source = "one"
who = "can"
whom = "hnp"
amount = "5.7M CAD"
quote = "in Canadian dollars"

[[{kind}]]
id = "usd"
source = "{source}"
who = "{who}"
whom = "{whom}"
amount = "{amount}"
quote = "in American dollars"
"""
SAME = {
    "date": "2024-06-30",
    "kind": "pledge",
    "source": "two",
    "who": "can",
    "whom": "hnp",
    "amount": "5.7M USD",
}


def conflict(make_book: Make, links: str = "", **changes: str) -> bool:
    book = make_book(CONFLICT.format(**(SAME | changes)), {"links.csv": links} if links else {})
    return "currency-conflict" in book.rules


def test_f08_one_figure_in_two_currencies_is_a_conflict_and_both_are_kept(make_book: Make):
    book = make_book(CONFLICT.format(**SAME))
    (found,) = [one for one in book.findings if one.rule == "currency-conflict"]
    assert (found.level, found.entry) == ("warning", "usd")
    assert found.flaw.expected == "5.7M CAD (cad, 2024-06-26)"
    assert found.flaw.found == "5.7M USD (usd, 2024-06-30)"
    assert [row["id"] for row in book.ask("pledges")] == ["cad", "usd"]


def test_a_figure_within_the_rounding_is_the_same(make_book: Make):
    assert conflict(make_book, amount="5.74M USD")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "5.8M USD"},
        {"amount": "5.7M CAD"},
        {"date": "2024-07-28"},
        {"source": "one"},
        {"kind": "disbursement"},
        {"who": "usa"},
        {"whom": "bhs"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_figure_day_source_kind_or_actor_is_no_conflict(
    make_book: Make, changes: dict[str, str]
):
    assert not conflict(make_book, **changes)


@pytest.mark.parametrize("judgement", ["same", "different", "corrects"])
def test_what_a_person_judged_is_settled(make_book: Make, judgement: str):
    header = "entry,judgement,other,judge,day,reason\n"
    assert not conflict(make_book, links=f"{header}usd,{judgement},cad,desk,2024-07-01,read both\n")
