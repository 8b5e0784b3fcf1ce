"""docs/how-to/editors.md: its commands run, and the settings that it shows do what it says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages_run import follow
from pledgebook.cli import main
from pledgebook.starter import new_tracker

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "editors.md"
VIM = shutil.which("vim")
JQ = shutil.which("jq")


def block(mark: str, language: str) -> str:
    """The code block of the page below `<!-- mark -->`."""
    found = re.search(rf"<!-- {mark} -->\n```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found, mark
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new tracker with two mistakes and a private text that is gone."""
    folder = tmp_path / "mine"
    new_tracker(folder)
    book = folder / "books" / "2024.toml"
    book.write_text(
        book.read_text().replace('"1.5M USD"', '"1.5M UDS"').replace("4 boats", "boats")
    )
    (folder / "sources" / "2024-09-20-gazette.txt").unlink()
    return folder


FOUND = [
    ("books/2024.toml", 46, 13, "error", "the quantity cannot be read [quantity-unreadable]"),
    ("books/2024.toml", 60, 13, "error", "no currency has the code UDS [amount-unreadable]"),
]


def test_the_page_works_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert len(follow(PAGE, tmp_path)) == 5


def test_the_problem_matcher_finds_every_place(folder: Path):
    (task,) = json.loads(block("tasks.json", "json"))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    text = CliRunner().invoke(main, ["-t", str(folder), "check"]).output
    groups = [pattern[name] for name in ("file", "line", "column", "severity", "message")]
    found = [
        [match[group] for group in groups]
        for line in text.splitlines()
        if (match := re.search(pattern["regexp"], line))
    ]
    assert [(file, int(line), int(at), *rest) for file, line, at, *rest in found] == FOUND


@pytest.mark.skipif(not VIM, reason="vim is not installed")
def test_vim_finds_every_place(folder: Path, tmp_path: Path):
    """`:make` with the settings of the page; a finding about a whole file has no line."""
    program = tmp_path / "bin" / "pledgebook"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\nexec {sys.executable} -c 'from pledgebook.cli import main; main()' \"$@\"\n"
    )
    program.chmod(0o755)
    (tmp_path / "settings.vim").write_text(block("vim", "vim"))
    row = "[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text]"
    commands = [
        f"let $PATH = '{program.parent}:' . $PATH",
        "edit books/2024.toml",
        f"source {tmp_path}/settings.vim",
        "silent make",
        f"call writefile([json_encode(map(getqflist(), '{row}'))], '{tmp_path}/found.json')",
        "qall!",
    ]
    options = [one for command in commands for one in ("-c", command)]
    subprocess.run(
        [str(VIM), "-es", "-N", "-u", "NONE", "-i", "NONE", *options],
        cwd=folder, check=False, timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    found = json.loads((tmp_path / "found.json").read_text())
    assert [(*one[:3], one[4]) for one in found if one[3] == "e"] == [
        (file, line, column, message) for file, line, column, _, message in FOUND
    ]
    others = [one for one in found if one[3] != "e"]
    assert all(one[3] == "n" and one[1] == 0 for one in others)


@pytest.mark.skipif(not JQ, reason="jq is not installed")
def test_one_line_per_finding_is_made_of_json(folder: Path):
    made = re.search(r"jq -r '(.*)'\n", PAGE.read_text("utf-8"))
    assert made
    result = CliRunner().invoke(main, ["-t", str(folder), "check", "--format", "json"])
    said = subprocess.run(
        [str(JQ), "-r", made[1]], input=result.stdout, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert (
        'books/2024.toml:60:13: error: no currency has the code UDS; write amount = "1.5M USD"'
        in said
    )
