"""Findings are folders that run: tests/findings/RULE is a tracker that breaks the rule.

expected.txt is what `pledgebook -t . check` prints there, why.md says when the rule appears and
what to do, and make.py, where there is one, builds into a copy of the folder what git cannot hold
well. `BLESS=1 pytest tests/test_findings.py` rewrites expected.txt; read the diff.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from pledgebook.cli import main
from pledgebook.finding import ROWS, RULES, Finding
from pledgebook.tracker import open_tracker

FOLDERS = Path(__file__).parent / "findings"
EXAMPLES = sorted(path.name for path in FOLDERS.iterdir() if path.is_dir())
IS_BLESSING = os.environ.get("BLESS") == "1"

FIRST_LINE = re.compile(
    r"(?P<file>[^:\n]+)(?::(?P<line>[1-9]\d*):(?P<column>[1-9]\d*)|:(?P<cell>[^:\n]+))?: "
    r"(?P<level>error|warning|note): (?P<message>.+) \[(?P<rule>[a-z-]+)\]"
)
KEYS = ["rule", "level", "message", "file", "line", "column", "entry", "remedy"]
COUNT = re.compile(r"no findings|(\d+ errors?)?(, )?(\d+ warnings?)?(, )?(\d+ notes?)?", re.ASCII)


class Example(NamedTuple):
    """A copy of the folder of one rule, and what `check` said about it."""

    folder: Path
    text: str
    exit_code: int
    rows: list[dict[str, str | int]]
    findings: list[Finding]


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Each example in a copy: build/ and checked.csv are not written into the project."""
    folder = copied(request.param, tmp_path_factory.mktemp("findings"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        text = CliRunner().invoke(main, ["-t", ".", "check"])
        rows = CliRunner().invoke(main, ["-t", ".", "check", "--format", "json"])
    gc.enable()  # the command line is one short run and turns it off
    assert rows.exit_code == text.exit_code
    # with those that hold on the day of the test alone, as `check` prints them
    findings = open_tracker(folder).findings_on(date.today())
    return Example(folder, text.output, text.exit_code, json.loads(rows.output), findings)


def copied(rule: str, place: Path) -> Path:
    """A copy of the rule's folder, whole: what make.py builds is in it."""
    folder = place / rule
    shutil.copytree(FOLDERS / rule, folder, ignore=shutil.ignore_patterns("build"))
    maker = folder / "make.py"
    if maker.exists():
        # it may use what the tests share
        path = os.pathsep.join(map(str, (FOLDERS.parent, *sys.path)))
        subprocess.run(
            [sys.executable, maker, folder], check=True, env={**os.environ, "PYTHONPATH": path}
        )
    return folder


def test_every_rule_has_a_folder_and_every_folder_a_rule():
    assert set(EXAMPLES) == set(RULES)


def test_check_prints_what_is_expected(example: Example):
    expected = FOLDERS / example.folder.name / "expected.txt"
    if IS_BLESSING:
        expected.write_text(example.text, encoding="utf-8", newline="")
    assert example.text == expected.read_bytes().decode("utf-8")


def test_the_folder_shows_its_rule_and_little_else(example: Example):
    others = {finding.rule for finding in example.findings} - {example.folder.name}
    # a source that cannot be read always has a finding of its own
    assert others == ({"date-unreadable"} if example.folder.name == "source-unreadable" else set())
    assert len(example.findings) <= 2


def test_only_an_error_ends_with_exit_code_1(example: Example):
    has_error = any(finding.level == "error" for finding in example.findings)
    assert example.exit_code == has_error
    assert example.exit_code == (": error: " in example.text)


def test_the_first_line_of_a_finding_can_be_read_by_an_editor(example: Example):
    *lines, count = example.text.splitlines()
    # the rows and the excerpt of a finding begin with a space or are `LINE | text`
    heads = [line for line in lines if not re.match(r"\s|\d+ \| ", line)]
    assert len(heads) == len(example.findings)
    for head, finding in zip(heads, example.findings, strict=True):
        match = FIRST_LINE.fullmatch(head)
        assert match, head
        assert match["file"] == finding.spot.file
        if finding.spot.sheet:
            assert str(finding.spot) == f"{match['file']}:{match['cell']}"
        else:
            assert int(match["line"] or 0) == finding.spot.line
            assert int(match["column"] or 1) == (finding.spot.column or 1)
        assert (match["level"], match["message"]) == (finding.level, finding.flaw.message)
        assert match["rule"] == finding.rule
        assert RULES[finding.rule].level == finding.level
    assert COUNT.fullmatch(count)


def test_the_excerpt_is_the_line_of_the_file_and_the_caret_stands_under_the_spot(example: Example):
    for finding in example.findings:
        spot = finding.spot
        if not spot.line or spot.sheet:  # what is shown of a workbook is in test_xlsx.py
            continue
        raw = (example.folder / spot.file).read_bytes()
        written = raw.decode("utf-8-sig", "replace").split("\n")[spot.line - 1].rstrip("\r")
        assert spot.text == written
        thing = written[spot.column - 1 : spot.column - 1 + spot.width]
        assert len(thing) == spot.width
        # a spot never begins or ends in the white space around a thing
        assert thing == thing.strip() != ""
        # a long line is shown as a window around the spot, between two signs that say so
        _, _, shown, caret, *_ = finding.as_text().split("\n")
        gutter = f"{spot.line} | "
        assert shown.startswith(gutter)
        assert shown.removeprefix(gutter).strip("…") in written
        assert caret.startswith(" " * len(str(spot.line)) + " | ")
        under = shown[caret.index("^") : caret.rindex("^") + 1]
        assert thing.startswith(under.removesuffix("…"))
        assert under.endswith("…") or under == thing
        if "…" not in shown:
            assert caret.index("^") == len(gutter) + spot.column - 1


def test_a_finding_says_what_to_do(example: Example):
    for finding in example.findings:
        assert finding.flaw.remedy
        for name in ("message", *ROWS):
            said = getattr(finding.flaw, name)
            assert "\n" not in said
            assert not said.endswith(".") or said.endswith("...")
            assert "invalid" not in said.lower()
            assert str(example.folder) not in said


def test_json_has_the_documented_keys_and_says_the_same(example: Example):
    assert [list(row)[: len(KEYS)] for row in example.rows] == [KEYS] * len(example.findings)
    for row, finding in zip(example.rows, example.findings, strict=True):
        assert set(list(row)[len(KEYS) :]) <= {*ROWS, "sheet", "cell"} - {"remedy"}
        assert row == finding.as_dict()
        assert all(row[name] for name in row if name not in ("entry", "line", "column"))


@pytest.mark.parametrize("rule", ["entry-duplicate", "quote-not-found", "total-over"])
def test_a_second_check_says_the_same(rule: str, tmp_path: Path):
    """From what build/ remembers, and from the text alone: the database is a cache."""
    folder = copied(rule, tmp_path)
    first = open_tracker(folder)
    again = open_tracker(folder)
    shutil.rmtree(folder / "build")
    anew = open_tracker(folder)
    assert [one.was_compiled for one in (first, again, anew)] == [True, False, True]
    assert first.findings == again.findings == anew.findings


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_is_explained_in_a_few_plain_sentences(rule: str):
    text = (FOLDERS / rule / "why.md").read_text("utf-8")
    assert text.endswith(".\n")
    assert "\n\n" not in text
    sentences = re.findall(r"[.?!](?=\s)(?<!\bU\.S\.)", text)
    assert 2 <= len(sentences) <= 5
    assert max(len(line) for line in text.splitlines()) <= 100


@pytest.mark.parametrize("rule", ["total-short", "reference-cycle"])
def test_the_installed_command_says_the_same(rule: str, tmp_path: Path):
    """One warning, exit code 0, and one error, exit code 1, in a process of their own."""
    folder = copied(rule, tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", "from pledgebook.cli import main; main()", "-t", ".", "check"],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "40", "PYTHONUTF8": "1"},
    )
    assert ran.stderr == b""
    assert ran.stdout == (FOLDERS / rule / "expected.txt").read_bytes()
    assert ran.returncode == (RULES[rule].level == "error")
