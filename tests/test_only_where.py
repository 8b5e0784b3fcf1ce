"""A check is run only where the tracker holds what it looks at, and leaves nothing out by that."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest

from conftest import PROJECT, Book
from generate import crowd, files, write
from pledgebook.checks import broken, due, rules_of
from pledgebook.ledger import checks, header_line, open_database
from pledgebook.tracker import copy_example, open_tracker

FOLDERS = PROJECT / "tests" / "findings"
CONDITIONED = sorted(name for name, text in checks().items() if header_line("only where", text))
WITHOUT_CONDITIONS = {
    name: re.sub(r"(?m)^-- only where:.*\n", "", text) for name, text in checks().items()
}

MONEY_GOES_BACK = """
[[activity]]
id = "fund"
type = "fund"

[[disbursement]]
who = "can"
whom = "fund"
amount = "{amount}"
quote = "back and forth"

[[disbursement]]
who = "can"
whom = "hnp"
via = "fund"
amount = "5M USD"
quote = "through the fund"
"""


def assert_nothing_is_left_out(folder: Path) -> None:
    with open_database(open_tracker(folder).database) as database:
        moment = database.at()
        assert broken(moment, checks()) == broken(moment, WITHOUT_CONDITIONS)


@pytest.mark.parametrize(
    "rule", sorted({rule for name in CONDITIONED for rule in rules_of(name, checks()[name])})
)
def test_a_check_is_run_where_it_finds_something(rule: str, tmp_path: Path):
    shutil.copytree(FOLDERS / rule, tmp_path / "t", ignore=shutil.ignore_patterns("build"))
    tracker = open_tracker(tmp_path / "t")
    assert rule in {finding.rule for finding in tracker.findings_on(date.max)}
    with open_database(tracker.database) as database:
        run = due(database.at(), checks())
    assert any(rule in rules_of(name, checks()[name]) for name in run)


def test_a_tracker_without_entries_runs_no_check_that_has_a_condition(make_book):
    with open_database(make_book("").open().database) as database:
        assert set(due(database.at(), checks())) == set(checks()) - set(CONDITIONED)


@pytest.mark.parametrize("folder", sorted(path.name for path in FOLDERS.iterdir() if path.is_dir()))
def test_the_examples_of_all_rules_have_the_same_findings_without_conditions(
    folder: str, tmp_path: Path
):
    if (FOLDERS / folder / "make.py").exists():
        pytest.skip("its files are about reading, not about meaning")
    shutil.copytree(FOLDERS / folder, tmp_path / "t", ignore=shutil.ignore_patterns("build"))
    assert_nothing_is_left_out(tmp_path / "t")


@pytest.mark.parametrize("traits", ["", "funds", "twins", "levels", "twins funds", "rates"])
@pytest.mark.parametrize("seed", [1, 2])
def test_random_trackers_have_the_same_findings_without_conditions(
    traits: str, seed: int, tmp_path: Path
):
    worlds = crowd(seed, 2, 12, traits)
    assert_nothing_is_left_out(write(tmp_path, files(worlds, Random(seed))))


def test_the_example_has_the_same_findings_without_conditions(tmp_path: Path):
    copy_example(tmp_path / "haiti")
    assert_nothing_is_left_out(tmp_path / "haiti")


@pytest.mark.parametrize("amount", ["1M USD", "-1M USD"])
def test_money_that_goes_back_is_looked_at(make_book, amount: str):
    book: Book = make_book(MONEY_GOES_BACK.format(amount=amount))
    book.open()
    assert_nothing_is_left_out(book.folder)
