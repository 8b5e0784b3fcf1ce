"""The tutorial is run line by line: files are written, commands typed, outputs compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pledgebook.cli import main

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"

STEP = re.compile(
    r"<!-- file: (?P<file>\S+) -->\n```\w+\n(?P<text>.*?)```"
    r"|<!-- replace: (?P<target>\S+): (?P<old>.+?) -> (?P<new>.+?) -->"
    r"|```console\n(?P<console>.*?)```",
    re.S,
)


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output that is shown for it."""
    return [
        (command, output)
        for command, _, output in (part.partition("\n") for part in console.split("$ ")[1:])
    ]


def typed(page: Path, folder: Path) -> int:
    """Do what a page tells, in `folder`, and compare each output; how many commands it has."""
    number = 0
    for step in STEP.finditer(page.read_text("utf-8")):
        if step["file"]:
            path = folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"], encoding="utf-8")
        elif step["target"]:
            path = folder / step["target"]
            text = path.read_text("utf-8")
            assert text.count(step["old"]) == 1
            path.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")
        for command, output in commands(step["console"] or ""):
            program, *arguments = shlex.split(command)
            assert program == "pledgebook"
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code in (0, 1), result.output
            assert result.exit_code == int("error" in output), command
            if output:
                assert result.output == output, command
            number += 1
    return number


def test_the_tutorial_works_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert typed(TUTORIAL, tmp_path) >= 8, "the tutorial has lost its commands"
