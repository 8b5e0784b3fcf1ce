"""The package itself: its public names, what importing costs, what a type checker sees."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import pledgebook
from pledgebook import (
    Tracker,
)
from pledgebook.questions import QUESTIONS

ROOT = Path(__file__).parents[1]


# --- the package --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pledgebook.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str):
    value = getattr(pledgebook, name)
    assert name in dir(pledgebook)
    if name != "__version__":
        assert (inspect.getdoc(value) or "").strip()


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'opentracker'"):
        pledgebook.opentracker  # noqa: B018
    for row in (one.row for one in QUESTIONS.values()):
        assert row.__name__ in pledgebook.__all__


def test_opening_what_is_compiled_imports_no_database(example: Tracker):
    code = (
        "import sys, pledgebook\n"
        f"tracker = pledgebook.open_tracker({str(example.root)!r})\n"
        "assert not tracker.was_compiled\n"
        "print(*sorted({'duckdb', 'pyarrow', 'rich'} & sys.modules.keys()))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_a_type_checker_sees_the_rows(tmp_path: Path):
    """What mypy tells a user: the types of fields, and of keywords that there are none."""
    names = ", ".join(name for name in pledgebook.__all__ if name != "__version__")
    code = textwrap.dedent(f"""
        from datetime import date
        from decimal import Decimal
        from typing import Any, assert_type

        from pledgebook import {names}

        tracker = open_tracker("haiti")
        assert_type(tracker, Tracker)
        for row in tracker.totals(as_of="2023-07", who="usa"):
            assert_type(row, TotalsRow)
            assert_type(row.stated, Decimal | None)
            assert_type(row.known, date | None)
            assert_type(row.rests_on, list[str])
            assert_type(row.readings[0].verdict, str)
        assert_type(tracker.strength()[0].date, date)
        assert_type(tracker.pledges()[:3], Answer[PledgesRow])
        assert_type(tracker.sql("select 1 as a")[0], dict[str, Any])
        assert_type(tracker.entries()[0].line, int)
        assert_type([finding.rule for finding in tracker.findings], list[str])
        tracker.conditions(who="usa")
        tracker.totals(asof="2023-07")
        row.stated + 1
    """)
    (tmp_path / "snippet.py").write_text(code, encoding="utf-8")
    lines = code.split("\n")
    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-error-summary",
         "--config-file", str(ROOT / "pyproject.toml"), "snippet.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "MYPYPATH": str(ROOT / "src"), "NO_COLOR": "1"},
    )  # fmt: skip
    found = {
        (lines[int(line.split(":")[1]) - 1], line.rpartition("[")[2].rstrip("]"))
        for line in said.stdout.splitlines()
        if ": error:" in line
    }
    assert found == {
        ('tracker.conditions(who="usa")', "call-arg"),
        ('tracker.totals(asof="2023-07")', "call-arg"),
        ("row.stated + 1", "operator"),
    }, said.stdout + said.stderr
