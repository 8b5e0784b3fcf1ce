"""What holds for every tracker: random ones against a second opinion, and against themselves."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generate import crowd, days_asked, files, grow, named_apart, seeds, write
from generate_entries import END, START, SUPPORT, World
from oracle import Oracle
from oracle_council import votes
from oracle_facts import UNDECIDED, Entry, Row, listed
from oracle_funds import funds
from oracle_totals import totals
from pledgebook.engine import Database
from pledgebook.ledger import open_database
from pledgebook.out.answers import as_csv, as_json
from pledgebook.questions import QUESTIONS
from pledgebook.tracker import open_tracker
from shrink import as_book, smallest

LATER = END + timedelta(400)
"""A day on which everything of a first growth is known."""

KEYS = {
    "promises": "who unit",
    "pledges": "id",
    "totals": "id",
    "conditions": "id pledge",
    "funds": "activity unit",
    "mandates": "id",
}
"""What no two rows of an answer share."""
VALUES = {
    "promises": "pledged weak conditional committed disbursed delivered outstanding unpromised",
    "pledges": "who amount unit strength stage state outstanding",
    "totals": "stated unit itemised unexplained verdict reading readings",
    "conditions": "type state since",
    "funds": "pledged received spent frozen balance basis",
    "mandates": "yes no abstain absent carried",
}
"""The columns that the second opinion computes."""
NO_ROW = {
    "funds": dict.fromkeys(("received", "spent", "balance"))
    | {"pledged": Decimal(0), "frozen": Decimal(0), "basis": "itemised"}
}
"""What a row says that is not there: nothing is known."""
PROMISES = {
    "promises": Oracle.promises,
    "pledges": Oracle.pledges,
    "totals": totals,
    "conditions": Oracle.conditions,
}
MIXED = ("funds", "twins", "levels", "twins funds", "")
"""The traits of a crowd that is held against itself."""
Questions = dict[str, Callable[[Oracle], list[Row]]]


def trackers(examples: int) -> settings:
    """Few examples, the same in every run, and no shrinking of seeds: each compiles a tracker.

    To look further take `derandomize` out; what differs is made as small as possible anyway.
    """
    return settings(
        deadline=None,
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@contextmanager
def opened(texts: dict[str, str]) -> Iterator[Database]:
    """A tracker of these files, read and compiled, without any error but a fund in the red."""
    with tempfile.TemporaryDirectory() as folder:
        tracker = open_tracker(write(Path(folder), texts))
        wrong = [
            finding
            for finding in tracker.findings
            if finding.level == "error" and finding.rule != "fund-unbalanced"
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


def answers(database: Database, day: date, *questions: str) -> dict[str, dict[object, Row]]:
    """The rows of each answer by their keys, in the columns that the second opinion computes."""
    moment = database.at(day, day)
    out = {name: keyed(name, QUESTIONS[name].ask(moment).to_pylist()) for name in questions}
    moment.close()
    return out


def keyed(question: str, rows: list[Row]) -> dict[object, Row]:
    """The rows by what no two of them share."""
    out = {}
    for row in rows:
        if question == "funds":  # where nothing is known a zero is as good as a blank
            row = row | {name: row[name] or Decimal(0) for name in ("pledged", "frozen")}
        key = tuple(row[name] for name in KEYS[question].split())
        assert key not in out, (question, key)
        out[key] = {name: plain(row[name]) for name in VALUES[question].split()}
    return out


def plain(cell: object) -> object:
    """Decimals of equal worth are written alike; readings do without what they rest on."""
    if isinstance(cell, Decimal):
        return cell.normalize() if cell else Decimal(0)
    if isinstance(cell, list):
        return [plain(one) for one in cell]
    if isinstance(cell, dict):
        return {name: plain(one) for name, one in cell.items() if name != "rests_on"}
    return cell


def differences(
    worlds: list[World], seed: int, days: list[date], questions: Questions, slack: str = "0"
) -> list[str]:
    """Every cell of the answers that is not as the second opinion has it, as a sentence."""
    out = []
    with opened(files(worlds, Random(seed))) as database:
        for day in days:
            found = answers(database, day, *questions)
            oracles = [world.oracle(day) for world in worlds]
            for name, ask in questions.items():
                rows = [row for oracle in oracles for row in ask(oracle)]
                expected, here = keyed(name, rows), found[name]
                if name == "funds":  # whether others who hold money are listed is not compared
                    held = {fund for oracle in oracles for fund in oracle.funds}
                    here = {key: row for key, row in here.items() if key[0] in held}
                for key in sorted({*expected, *here}, key=str):
                    for column in VALUES[name].split():
                        empty = NO_ROW.get(name, {})
                        cells = [
                            one.get(key, empty).get(column, "no row") for one in (expected, here)
                        ]
                        if not agree(cells[0], cells[1], Decimal(slack)):
                            out.append(
                                f"{name} {key} on {day}: {column} expected {cells[0]}, "
                                f"found {cells[1]}"
                            )
    return out


def agree(expected: object, found: object, slack: Decimal) -> bool:
    """Whether two cells say the same; where there is slack, within that share or half a cent."""
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        most = max(slack * max(abs(expected), abs(found)), Decimal("0.005") if slack else slack)
        return abs(expected - found) <= most
    return expected in (found, UNDECIDED)


def check_against_oracle(
    worlds: list[World], seed: int, days: list[date], questions: Questions, slack: str = "0"
) -> None:
    """Compare; where something differs, show the smallest tracker that still differs."""
    wrong = differences(named_apart(worlds), seed, days, questions, slack)
    if not wrong:
        return
    for world in worlds:

        def differs(one: World) -> list[str]:
            return differences([one], seed, days, questions, slack)

        if differs(world):
            small = smallest(world, differs)
            raise AssertionError("\n".join([*differs(small), "", as_book(small)]))
    raise AssertionError("\n".join(["only side by side:", *wrong]))


# --- answers are computed -----------------------------------------------------------------------


@trackers(6)
@given(seeds, days_asked)
def test_answers_equal_those_of_a_second_opinion(seed: int, day: date):
    worlds = crowd(seed, 8, 26, "", "funds", "")
    check_against_oracle(worlds, seed, [day, LATER], PROMISES)


@trackers(4)
@given(seeds, days_asked)
def test_levels_replace_each_other_as_a_second_opinion_says(seed: int, day: date):
    worlds = crowd(seed, 8, 20, "levels", "levels funds")
    check_against_oracle(worlds, seed, [day, LATER], PROMISES)


@trackers(4)
@given(seeds, days_asked)
def test_one_event_told_by_two_sources_is_one_fact(seed: int, day: date):
    worlds = crowd(seed, 8, 26, "twins", "twins funds")
    check_against_oracle(worlds, seed, [day, LATER], PROMISES)


def unnested(world: World) -> World:
    """The same tracker without payments under payments to somebody else.

    Of such money the program counts the upper payment alone, the next hand excepted, and the
    second opinion both, each in its own fund: the pages do not decide it.
    """
    paid = {str(one["id"]): one for one in world.of("disbursement")}

    def is_clear(one: Entry, name: str) -> bool:
        upper = paid.get(name)
        if upper is None or not upper.get("whom"):
            return upper is None
        return str(one["who"]) in listed(upper["whom"]) or one.get("whom") == upper["whom"]

    for one in paid.values():
        for relation in ("toward", "draws_on", "part_of"):
            kept = [name for name in listed(one.get(relation)) if is_clear(one, name)]
            if relation in one:
                one.pop(relation)
                if kept:
                    one[relation] = kept[0] if relation == "part_of" else kept
    world.links = [
        link
        for link in world.links
        if link[1] not in ("draws_on", "part_of")
        or link[0] not in paid
        or is_clear(paid[link[0]], link[2])
    ]
    return world


@trackers(5)
@given(seeds, days_asked)
def test_funds_agree_with_a_second_opinion(seed: int, day: date):
    worlds = [unnested(one) for one in crowd(seed, 8, 40, "funds", "funds", "funds levels")]
    check_against_oracle(worlds, seed, [day, LATER], {"funds": funds}, "0.000001")


@trackers(4)
@given(seeds, days_asked)
def test_currencies_agree_with_a_second_opinion(seed: int, day: date):
    worlds = crowd(seed, 8, 30, "rates")
    questions = {name: PROMISES[name] for name in ("promises", "pledges")}
    check_against_oracle(worlds, seed, [day, LATER], questions, "0.0001")


@trackers(2)
@given(seeds, days_asked)
def test_votes_agree_with_a_second_opinion(seed: int, day: date):
    def mandates(oracle: Oracle) -> list[Row]:
        found = [fact.best for fact in oracle.facts if fact.kind == "mandate"]
        return [{"id": one["id"], **votes(one)} for one in found]

    check_against_oracle(crowd(seed, 8, 30), seed, [day, LATER], {"mandates": mandates})


# --- time, order, bytes -------------------------------------------------------------------------


@trackers(3)
@given(seeds, st.dates(START, END))
def test_what_is_known_later_never_changes_an_earlier_answer(seed: int, day: date):
    worlds = crowd(seed, 5, 20, *MIXED)
    before = written(files(named_apart(worlds), Random(seed)), day)
    later = [
        grow(Random(seed + number), copy.deepcopy(world), 12, day + timedelta(1), LATER)
        for number, world in enumerate(worlds)
    ]
    assert written(files(named_apart(later), Random(seed)), day) == before


@trackers(3)
@given(seeds, st.lists(seeds, min_size=2, max_size=2, unique=True), days_asked)
def test_the_order_of_files_and_entries_never_matters(seed: int, orders: list[int], day: date):
    worlds = named_apart(crowd(seed, 5, 24, *MIXED))
    one, other = (files(worlds, Random(order)) for order in orders)
    assert written(one, day) == written(other, day)


@trackers(2)
@given(seeds, days_asked)
def test_the_same_inputs_give_the_same_bytes(seed: int, day: date):
    texts = files(named_apart(crowd(seed, 5, 24, *MIXED)), Random(seed))
    assert written(texts, day) == written(texts, day)


# --- nothing counts twice -----------------------------------------------------------------------


figures = st.integers(1, 500)


@trackers(3)
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
    with opened(files([world], Random(0))) as database:
        (row,) = answers(database, LATER, "promises")["promises"].values()
    assert row["pledged"] == sum(pledged for pledged, _, _ in chains)
    assert row["committed"] == sum(committed for _, committed, _ in chains)
    assert row["disbursed"] == sum(paid for _, _, paid in chains)
    assert row["outstanding"] == sum(max(0, pledged - paid) for pledged, _, paid in chains)
    assert (row["weak"], row["conditional"], row["unpromised"]) == (0, 0, None)


@trackers(3)
@given(seeds, days_asked)
def test_no_sum_exceeds_what_it_sums(seed: int, day: date):
    """Of each provider and unit: the promises, and what was committed, paid or delivered."""
    worlds = named_apart(crowd(seed, 6, 24, *MIXED))
    facts = [fact for world in worlds for fact in world.oracle(day).facts]
    with opened(files(worlds, Random(seed))) as database:
        rows = answers(database, day, "promises")["promises"]

    def all_of(stage: str, unit: object, who: object = None) -> Decimal:
        return sum(
            (
                fact.amount
                for fact in facts
                if fact.stage == stage and fact.unit == unit and who in (None, fact.who)
                if fact.amount is not None
            ),
            Decimal(0),
        )

    for (who, unit), row in rows.items():
        zero = Decimal(0)
        promised = sum((row[name] or zero for name in ("pledged", "weak", "conditional")), zero)
        assert promised <= all_of("pledged", unit, who)
        assert (row["outstanding"] or zero) <= promised
        for stage in ("committed", "disbursed", "delivered"):
            assert (row[stage] or zero) <= all_of(stage, unit)


@trackers(3)
@given(seeds)
def test_a_duplicate_report_never_raises_a_sum(seed: int):
    """All support and every total that was not corrected is told once more, a year later."""
    worlds = crowd(seed, 6, 24, *MIXED)
    known = (END + timedelta(30)).isoformat()
    doubles = copy.deepcopy(worlds)
    for world, double in zip(worlds, doubles, strict=True):
        replaced = {other for _, judgement, other in world.links if judgement == "corrects"}
        for entry in world.of(*SUPPORT, "total"):
            name = str(entry["id"])
            if name in replaced:
                continue
            double.entries.append({**entry, "id": f"{name}-again", "known": known})
            double.links.append((f"{name}-again", "same", name))
        for one, judgement, other in world.links:
            if judgement == "different" and not {one, other} & replaced:
                double.links.append((f"{one}-again", judgement, f"{other}-again"))
    assert answered(doubles, seed) == answered(worlds, seed)


@trackers(3)
@given(seeds, st.integers(1, 9))
def test_a_correction_replaces(seed: int, figure: int):
    """A tracker with a corrected entry answers as one in which only the correction stands."""
    corrected = crowd(seed, 6, 24, *MIXED)
    replaced = copy.deepcopy(corrected)
    for world, other in zip(corrected, replaced, strict=True):
        linked = {name for one, _, two in [*world.links, *world.taken_back] for name in (one, two)}
        free = [
            entry
            for entry in world.of("pledge", "commitment", "disbursement", "delivery", "total")
            if "amount" in entry and "quantity" not in entry and entry["id"] not in linked
        ]
        if not free:
            continue
        old = Random(seed).choice(free)
        new = {**old, "id": "corrected", "amount": f"{figure}M USD"}
        new["known"] = (END + timedelta(30)).isoformat()
        world.entries.append(new)
        world.links.append(("corrected", "corrects", str(old["id"])))
        other.entries = [
            {
                name: instead(value, old["id"]) if name != "quote" else value
                for name, value in entry.items()
            }
            for entry in other.entries
            if entry["id"] != old["id"]
        ]
        other.entries.append(new)
    assert answered(corrected, seed) == answered(replaced, seed)


def answered(worlds: list[World], seed: int) -> dict[str, dict[object, Row]]:
    with opened(files(named_apart(worlds), Random(seed))) as database:
        return answers(database, LATER, *PROMISES)


def instead(value: object, old: object) -> object:
    if isinstance(value, list):
        return ["corrected" if one == old else one for one in value]
    return "corrected" if value == old else value
