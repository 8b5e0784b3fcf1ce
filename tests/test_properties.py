"""What holds for every tracker: random ones against a second opinion, and against themselves."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generate import END, START, World, days_asked, files, grow, worlds, write
from oracle import Row
from oracle_totals import totals
from pledgebook.engine import Database
from pledgebook.ledger import open_database
from pledgebook.out.answers import as_csv, as_json
from pledgebook.questions import QUESTIONS
from pledgebook.tracker import open_tracker

LATER = END + timedelta(400)
"""A day on which everything of a first growth is known."""

COLUMNS = {
    "promises": "who unit pledged weak conditional committed disbursed delivered outstanding "
    "unpromised",
    "pledges": "id who amount unit strength stage state outstanding",
    "totals": "id stated unit itemised unexplained verdict reading readings",
    "conditions": "id pledge type state since",
}
"""The columns that the second opinion computes."""


def trackers(examples: int) -> settings:
    """Few examples, the same in every run, and no shrinking: each compiles a tracker.

    To look further and to shrink what is found, take `derandomize` and `phases` out.
    """
    return settings(
        deadline=None,
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


seeds = st.integers(0, 2**32 - 1)


@contextmanager
def opened(texts: dict[str, str]) -> Iterator[Database]:
    """A tracker of these files, read and compiled, without any error but a total that fails."""
    with tempfile.TemporaryDirectory() as folder:
        tracker = open_tracker(write(Path(folder), texts))
        wrong = [
            finding
            for finding in tracker.findings
            if finding.level == "error" and not finding.rule.startswith("total-")
        ]
        assert wrong == []
        with open_database(tracker.database) as database:
            yield database


def written(texts: dict[str, str], *days: date) -> dict[tuple[str, date], tuple[str, str]]:
    """Every answer on every day, as the bytes that a script gets."""
    out = {}
    with opened(texts) as database:
        for day in days:
            moment = database.at(day, day)
            for name, question in QUESTIONS.items():
                answer = question.ask(moment)
                out[name, day] = as_json(answer), as_csv(answer)
            moment.close()
    return out


def asked(database: Database, question: str, day: date) -> list[Row]:
    """The rows of an answer, in the columns that the second opinion computes."""
    moment = database.at(day, day)
    rows = QUESTIONS[question].ask(moment).to_pylist()
    moment.close()
    names = COLUMNS[question].split()
    return [{name: row[name] for name in names} for row in rows]


def in_order(rows: list[Row]) -> list[Row]:
    """Rows in one order, whatever the order of the answer; readings without what they rest on."""
    for row in rows:
        for reading in row.get("readings") or []:
            reading.pop("rests_on", None)
    return sorted(rows, key=lambda row: json.dumps(row, default=str))


def plain(cell: object) -> object:
    """Decimals of equal worth are written alike."""
    if isinstance(cell, Decimal):
        return cell.normalize() if cell else Decimal(0)
    if isinstance(cell, list):
        return [plain(one) for one in cell]
    if isinstance(cell, dict):
        return {name: plain(one) for name, one in cell.items()}
    return cell


def alike(rows: list[Row]) -> list[Row]:
    return in_order([{name: plain(cell) for name, cell in row.items()} for row in rows])


def check_against_oracle(world: World, texts: dict[str, str], days: list[date]) -> None:
    with opened(texts) as database:
        for day in days:
            oracle = world.oracle(day)
            expected = {
                "promises": oracle.promises(),
                "pledges": oracle.pledges(),
                "totals": totals(oracle),
                "conditions": oracle.conditions(),
            }
            for question, rows in expected.items():
                assert alike(asked(database, question, day)) == alike(rows), (question, day)


# --- answers are computed -----------------------------------------------------------------------


@trackers(12)
@given(worlds(24), seeds, days_asked)
def test_answers_equal_those_of_a_second_opinion(world: World, seed: int, day: date):
    check_against_oracle(world, files(world, Random(seed)), [day, LATER])


@trackers(8)
@given(worlds(16, levels=True), seeds, days_asked)
def test_levels_replace_each_other_as_a_second_opinion_says(world: World, seed: int, day: date):
    check_against_oracle(world, files(world, Random(seed)), [day, LATER])


# --- time, order, bytes -------------------------------------------------------------------------


@trackers(8)
@given(worlds(16), seeds, st.dates(START, END))
def test_what_is_known_later_never_changes_an_earlier_answer(world: World, seed: int, day: date):
    before = written(files(world, Random(seed)), day)
    later = grow(Random(seed), copy.deepcopy(world), 12, day + timedelta(1), LATER)
    assert written(files(later, Random(seed)), day) == before


@trackers(8)
@given(worlds(20), st.lists(seeds, min_size=2, max_size=2, unique=True), days_asked)
def test_the_order_of_files_and_entries_never_matters(world: World, seeds: list[int], day: date):
    one, other = (files(world, Random(seed)) for seed in seeds)
    assert written(one, day) == written(other, day)


@trackers(6)
@given(worlds(20), seeds, days_asked)
def test_the_same_inputs_give_the_same_bytes(world: World, seed: int, day: date):
    texts = files(world, Random(seed))
    assert written(texts, day) == written(texts, day)


# --- nothing counts twice -----------------------------------------------------------------------


figures = st.integers(1, 500)


@trackers(5)
@given(st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=6))
def test_stages_never_double_count(chains: list[tuple[int, int, int]]):
    world = World(entries=[{"kind": "source", "id": "s", "publisher": "P", "date": "2021-01-01"}])
    for number, (pledged, committed, paid) in enumerate(chains):
        said = {"source": "s", "who": "fra", "whom": "hti", "quote": "as it says"}
        for kind, amount, above in (
            ("pledge", pledged, None),
            ("commitment", committed, "pledge"),
            ("disbursement", paid, "commitment"),
        ):
            entry = {"kind": kind, "id": f"{kind}{number}", "amount": f"{amount} EUR", **said}
            world.entries.append(entry | ({"toward": [f"{above}{number}"]} if above else {}))
    with opened(files(world, Random(0))) as database:
        (row,) = asked(database, "promises", LATER)
    assert row["pledged"] == sum(pledged for pledged, _, _ in chains)
    assert row["committed"] == sum(committed for _, committed, _ in chains)
    assert row["disbursed"] == sum(paid for _, _, paid in chains)
    assert row["outstanding"] == sum(max(0, pledged - paid) for pledged, _, paid in chains)
    assert (row["weak"], row["conditional"], row["unpromised"]) == (0, 0, None)


@trackers(8)
@given(worlds(20), seeds, days_asked)
def test_no_sum_exceeds_what_it_sums(world: World, seed: int, day: date):
    """Of each provider and unit: the promises, and what was committed, paid or delivered."""
    oracle = world.oracle(day)
    with opened(files(world, Random(seed))) as database:
        rows = asked(database, "promises", day)

    def all_of(stage: str, unit: object, who: object = None) -> Decimal:
        return sum(
            (
                fact.amount
                for fact in oracle.facts
                if fact.stage == stage and fact.unit == unit and who in (None, fact.who)
                if fact.amount is not None
            ),
            Decimal(0),
        )

    for row in rows:
        unit, zero = row["unit"], Decimal(0)
        promised = sum((row[name] or zero for name in ("pledged", "weak", "conditional")), zero)
        assert promised <= all_of("pledged", unit, row["who"])
        assert (row["outstanding"] or zero) <= promised
        for stage in ("committed", "disbursed", "delivered"):
            assert (row[stage] or zero) <= all_of(stage, unit)


@trackers(6)
@given(worlds(20), seeds)
def test_a_duplicate_report_never_raises_a_sum(world: World, seed: int):
    """Every entry of support and every total is told once more, word for word, a year later."""
    double = copy.deepcopy(world)
    known = (END + timedelta(30)).isoformat()
    for entry in world.of("pledge", "commitment", "disbursement", "delivery", "use", "total"):
        name = str(entry["id"])
        double.entries.append({**entry, "id": f"{name}-again", "known": known})
        double.links.append((f"{name}-again", "same", name))
    with (
        opened(files(world, Random(seed))) as once,
        opened(files(double, Random(seed))) as twice,
    ):
        for question in COLUMNS:
            assert alike(asked(twice, question, LATER)) == alike(asked(once, question, LATER))


@trackers(6)
@given(worlds(20), seeds, st.integers(1, 9))
def test_a_correction_replaces(world: World, seed: int, figure: int):
    """A tracker with a corrected entry answers as one in which only the correction stands."""
    linked = {name for one, _, other in [*world.links, *world.taken_back] for name in (one, other)}
    free = [
        entry
        for entry in world.of("pledge", "commitment", "disbursement", "delivery", "total")
        if "amount" in entry and "quantity" not in entry and entry["id"] not in linked
    ]
    if not free:
        return
    old = Random(seed).choice(free)
    new = {**old, "id": "corrected", "amount": f"{figure}M USD"}
    new["known"] = (END + timedelta(30)).isoformat()
    corrected, replaced = copy.deepcopy(world), copy.deepcopy(world)
    corrected.entries.append(new)
    corrected.links.append(("corrected", "corrects", str(old["id"])))
    replaced.entries = [
        {
            name: _renamed(value, old["id"]) if name != "quote" else value
            for name, value in entry.items()
        }
        for entry in replaced.entries
        if entry["id"] != old["id"]
    ]
    replaced.entries.append(new)
    with (
        opened(files(corrected, Random(seed))) as one,
        opened(files(replaced, Random(seed))) as other,
    ):
        for question in COLUMNS:
            assert alike(asked(one, question, LATER)) == alike(asked(other, question, LATER))


def _renamed(value: object, old: object) -> object:
    if isinstance(value, list):
        return ["corrected" if one == old else one for one in value]
    return "corrected" if value == old else value
