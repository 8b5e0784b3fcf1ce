"""The tutorial is run line by line: files are written, commands typed, outputs compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages_run import follow

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"


def test_the_tutorial_works_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    typed = follow(TUTORIAL, tmp_path)
    assert len(typed) >= 8, "the tutorial has lost its commands"
