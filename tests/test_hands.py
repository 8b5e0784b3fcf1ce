"""What holds for every web of payments: nothing appears between the hands, and nothing is lost.

The payments are random and made up. Each currency of a tracker is a web of its own, so that one
tracker tries many.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from conftest import SOURCE
from pledgebook.engine import Moment
from pledgebook.ledger import open_database
from pledgebook.questions import QUESTIONS
from pledgebook.tracker import open_tracker

UNITS = ("USD", "EUR", "CAD", "JPY", "GBP", "CHF", "KES", "XOF")
STATES, FUNDS, ORGANISATIONS = ("usa", "fra", "can"), ("f1", "f2", "f3"), ("o1", "o2")
ACTIVITIES = "".join(f'[[activity]]\nid = "{name}"\ntype = "fund"\n\n' for name in FUNDS)
ACTORS = "".join(f'[[actor]]\nid = "{name}"\ntype = "multilateral"\n\n' for name in ORGANISATIONS)
ACTORS += '[[actor]]\nid = "inl"\nparent = "usa"\n'
FIRST = date(2020, 1, 1)


@dataclass(frozen=True)
class Payment:
    id: str
    unit: str
    who: str
    whom: str | None
    amount: Decimal
    day: date
    via: str | None = None
    funder: str | None = None
    draws_on: str | None = None

    def toml(self) -> str:
        said = {"id": self.id, "who": self.who, "whom": self.whom, "via": self.via}
        said |= {"funder": self.funder, "draws_on": self.draws_on, "date": self.day.isoformat()}
        said |= {"amount": f"{self.amount} {self.unit}", "quote": "as it says"}
        lines = [f'{name} = "{value}"' for name, value in said.items() if value is not None]
        return "\n".join(["[[disbursement]]", *lines, ""])


def web(rng: Random, unit: str, count: int, names: tuple[str, ...]) -> list[Payment]:
    """Random payments among `names`, in one currency, in any order of days."""
    made: list[Payment] = []
    for number in range(count):
        made.append(
            Payment(
                f"{unit}-{number:02}",
                unit,
                rng.choice(names),
                rng.choice((*names, None)),
                Decimal(rng.randrange(1, 10**9)) / 100,
                FIRST + timedelta(rng.randrange(60)),
                rng.choice((*FUNDS, None, None, None)),
                rng.choice(names) if rng.random() < 0.2 else None,
                rng.choice(made).id if made and rng.random() < 0.2 else None,
            )
        )
    return made


@contextmanager
def asked(payments: list[Payment]) -> Iterator[Moment]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "books").mkdir()
        (root / "tracker.toml").write_text('title = "Made up"\n', "utf-8")
        (root / "actors.toml").write_text(ACTORS, "utf-8")
        (root / "activities.toml").write_text(ACTIVITIES, "utf-8")
        book = SOURCE + "\n".join(one.toml() for one in payments)
        (root / "books" / "a.toml").write_text(book, "utf-8")
        tracker = open_tracker(root)
        wrong = {one.rule for one in tracker.findings if one.level == "error"}
        assert wrong <= {"fund-unbalanced"}
        with open_database(tracker.database) as database:
            yield database.at()


def sums(rows: list[dict[str, object]], column: str) -> dict[str, Decimal]:
    out = dict.fromkeys(UNITS, Decimal(0))
    for row in rows:
        out[row["unit"]] += row[column] or 0  # type: ignore[index, operator]
    return out


@pytest.mark.parametrize("seed", range(3))
def test_in_less_out_is_the_balance_and_the_cuts_agree_with_it(seed: int):
    rng = Random(seed)
    names = (*STATES, *FUNDS, *ORGANISATIONS, "inl", "hti")
    payments = [one for unit in UNITS for one in web(rng, unit, rng.randrange(10, 40), names)]
    with asked(payments) as moment:
        flows = QUESTIONS["flows"].ask(moment).to_pylist()
        funds = QUESTIONS["funds"].ask(moment).to_pylist()
        traced = moment.ask(
            "select flow.fact, flow.amount, sum(traced.amount) as parts, count(*) as number,"
            " min(traced.amount) as least from flow join traced using (fact, stage) group by all"
        ).to_pylist()
    cut = {
        name: sums([row for row in flows if row["cut"] == name], "amount")
        for name in ("origin", "channel", "last_mile", "iati_fallback")
    }
    for row in funds:
        known = row["received"] is not None and row["spent"] is not None
        assert row["balance"] == (row["received"] - row["spent"] if known else None)
    received, spent = sums(funds, "received"), sums(funds, "spent")
    for unit in UNITS:
        assert cut["channel"][unit] == received[unit]
        assert cut["origin"][unit] - cut["last_mile"][unit] == received[unit] - spent[unit]
        assert cut["iati_fallback"][unit] == cut["last_mile"][unit]
    assert any(row["number"] > 1 for row in traced)
    for row in traced:
        assert row["parts"] == row["amount"]
        assert row["least"] >= 0


@pytest.mark.parametrize("seed", range(2))
def test_funds_that_states_fill_are_split_as_a_second_opinion_says(seed: int):
    """Only states pay in and only funds pay out, to nobody's fund: then the rule is one line."""
    rng = Random(seed)
    payments: list[Payment] = []
    for unit in UNITS:
        for number in range(rng.randrange(2, 20)):
            fund, day = rng.choice(FUNDS), FIRST + timedelta(rng.randrange(20))
            is_in = rng.random() < 0.6
            payments.append(
                Payment(
                    f"{unit}-{number:02}",
                    unit,
                    rng.choice(STATES) if is_in else fund,
                    fund if is_in else "hti",
                    Decimal(rng.randrange(1, 10**6)),
                    day,
                )
            )
    with asked(payments) as moment:
        parts = {
            (row["fact"], row["origin"]): row["amount"]
            for row in moment.ask("select fact, origin, amount from traced").to_pylist()
        }
    expected: dict[tuple[str, str | None], Fraction] = {}
    for out in payments:
        if out.who not in FUNDS:
            continue
        paid = dict.fromkeys(STATES, Fraction(0))
        for one in payments:
            if (one.whom, one.unit) == (out.who, out.unit) and one.day <= out.day:
                paid[one.who] += Fraction(one.amount)
        total = sum(paid.values())
        for state, amount in paid.items():
            if amount:
                expected[out.id, state] = Fraction(out.amount) * amount / total
        if not total:
            expected[out.id, None] = Fraction(out.amount)
    assert parts.keys() == expected.keys()
    for key, amount in expected.items():
        assert abs(Fraction(parts[key]) - amount) <= 1, key
