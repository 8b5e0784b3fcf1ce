"""R12: nothing is dropped in silence."""

import subprocess
import sys
from pathlib import Path

import pytest

BLOCK = """
[source]
id = "tatv-2023-05"
publisher = "TATV Miami"
date = "2023-05"
file = "sources/2023-05-tatv.txt"

[[delivery]]
id       = "lot-4"
date     = "2023-05-38"
who      = "inkass"
whom     = "hnp"
quantity = "some vehicles"
quote    = "received forty brand-new armored vehicles"
"""

TEXT = "On Monday the police received four brand-new armored vehicles from abroad.\n"

COMPILED = """
[[source]]
id = "test"
date = 2023-01-01

[[pledge]]
id = "stays"
source = "test"
who = "can"
whom = "hnp"
amount = "1M CAD"
quote = "will give a million"
"""

DAY = """
books/2023-05.toml:9:12: error: the day cannot be read [date-unreadable]
  |
9 | date     = "2023-05-38"
  |            ^^^^^^^^^^^^
  expected   a day from 1 to 31
  found      38
  remedy     write the day, or date = "2023-05" where only the month is known
""".strip()

QUOTE = """
books/2023-05.toml:13:12: error: the quote is not in the source [quote-not-found]
   |
13 | quote    = "received forty brand-new armored vehicles"
   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  found      nothing in sources/2023-05-tatv.txt
  nearest    received four brand-new armored vehicles
  remedy     copy the words from the source
""".strip()


@pytest.fixture
def tracker(make_book):
    return make_book(
        COMPILED,
        {
            "books/2023-05.toml": BLOCK.lstrip("\n"),
            "sources/2023-05-tatv.txt": TEXT,
            "actors.toml": (
                '[[actor]]\nid = "hnp"\nparent = "hti"\n[[actor]]\nid = "inkas"\ntype = "private"\n'
            ),
        },
    )


def test_each_mistake_is_a_finding(tracker):
    errors = [finding for finding in tracker.findings if finding.level == "error"]
    assert {finding.rule for finding in errors} == {
        "date-unreadable",
        "actor-unknown",
        "quantity-unreadable",
        "quote-not-found",
    }
    assert len(errors) == 4
    by_rule = {finding.rule: finding for finding in errors}
    assert (by_rule["actor-unknown"].spot.line, by_rule["actor-unknown"].spot.column) == (10, 12)
    assert by_rule["actor-unknown"].flaw.nearest == "inkas"
    assert by_rule["quantity-unreadable"].spot.line == 12


def test_the_layout_of_a_finding(tracker):
    texts = {finding.rule: finding.as_text().strip() for finding in tracker.findings}
    assert texts["date-unreadable"] == DAY
    assert texts["quote-not-found"] == QUOTE


def test_the_entry_stays_out_and_everything_else_compiles(tracker):
    assert tracker.show("promises", "who unit pledged unpromised") == [
        ("can", "CAD", 1_000_000, None)
    ]


def test_check_exits_with_one(tracker):
    command = [Path(sys.executable).with_name("pledgebook"), "-t", tracker.folder, "check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stdout.count(": error: ") == 4
    assert DAY in done.stdout
    assert QUOTE in done.stdout
