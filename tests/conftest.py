"""What the tests share: a tracker made of a docstring, and the way to ask it."""

from __future__ import annotations

import gc
import inspect
import os
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pledgebook.finding import Finding
from pledgebook.ledger import open_database
from pledgebook.questions import QUESTIONS
from pledgebook.tracker import Tracker, copy_example, open_tracker

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
"""Beside the project where it is developed; tests that read it skip where it is absent."""

ACTORS = """
[[actor]]
id = "hnp"
name = "Haitian National Police"
parent = "hti"

[[actor]]
id = "unsc"
name = "United Nations Security Council"
type = "multilateral"
"""

SOURCE = """
[source]
id = "test"
publisher = "A made-up paper"
date = 2021-01-01
country = "usa"
rights = "public_domain"
grade = "B"
"""
"""The source of a book that names none: made up, as is every figure of such a book."""


class Book:
    """A tracker in a temporary folder, and short ways to ask it.

    `files` maps more files of the tracker to their text; `books/a.toml` is the book itself.
    """

    def __init__(self, folder: Path, text: str, files: dict[str, str] | None = None) -> None:
        self.folder = folder
        text = textwrap.dedent(text)
        if "[source]" not in text and "[[source]]" not in text:
            text = SOURCE + text
        self.write("tracker.toml", 'title = "A test"\n')
        self.write("actors.toml", ACTORS)
        self.write("books/a.toml", text)
        for name, content in (files or {}).items():
            self.write(name, textwrap.dedent(content))

    def write(self, name: str, text: str) -> None:
        """Write one file of the tracker."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def open(self) -> Tracker:
        """Read, check and compile."""
        return open_tracker(self.folder)

    @property
    def findings(self) -> list[Finding]:
        return self.open().findings

    @property
    def rules(self) -> list[str]:
        """The names of the rules that were broken, in order of place."""
        return [finding.rule for finding in self.findings]

    def ask(
        self,
        question: str,
        as_of: str | None = None,
        day: str | None = None,
        strength: str | None = None,
        **filters: object,
    ) -> list[dict[str, object]]:
        """The rows of an answer, decimals without the zeros at their end."""
        tracker = self.open()
        with open_database(tracker.database) as database:
            moment = database.at(_day(as_of), _day(day), strength)
            rows = QUESTIONS[question].ask(moment, filters or None).to_pylist()
        return [{name: _plain(cell) for name, cell in row.items()} for row in rows]

    def show(
        self, question: str, columns: str, as_of: str | None = None, **more: object
    ) -> list[tuple[object, ...]]:
        """Some columns of an answer, such as show("promises", "who unit pledged")."""
        rows = self.ask(question, as_of, **more)  # type: ignore[arg-type]
        return [tuple(row[column] for column in columns.split()) for row in rows]

    def row(
        self, question: str, id: str, as_of: str | None = None, **more: object
    ) -> dict[str, object]:
        """The one row of an answer that has this id."""
        (row,) = [row for row in self.ask(question, as_of, **more) if row["id"] == id]  # type: ignore[arg-type]
        return row


def pytest_configure() -> None:
    """Side by side each worker keeps to one processor: DuckDB starts a thread for every one that it
    may use, which only slows down a book of ten entries."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and hasattr(os, "sched_setaffinity"):
        own = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {own[int(worker.removeprefix("gw")) % len(own)]})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(cell: object) -> object:
    """A Decimal as the int or float that a test writes; in lists and readings too."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == int(cell) else float(cell)
    if isinstance(cell, list):
        return [_plain(part) for part in cell]
    if isinstance(cell, dict):
        return {name: _plain(part) for name, part in cell.items()}
    return cell


@pytest.fixture
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    """The tracker whose book is the test's docstring."""
    text = inspect.cleandoc(request.function.__doc__ or "")
    return Book(tmp_path, text)


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Book]:
    """Trackers of a given text, each in a folder of its own."""
    made: list[Book] = []

    def make(text: str, files: dict[str, str] | None = None) -> Book:
        made.append(Book(tmp_path / f"tracker{len(made)}", text, files))
        return made[-1]

    return make


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Tracker:
    """The Haiti tracker, compiled once for a file of tests that only ask it."""
    folder = tmp_path_factory.mktemp("example") / "haiti"
    copy_example(folder)
    return open_tracker(folder)


@pytest.fixture(autouse=True)
def _no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is compared, so no colour may stand in it."""
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """The command line is one short run and turns the collector off; a test run is a long one."""
    yield
    gc.enable()
