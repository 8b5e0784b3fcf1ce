"""docs/explanation/council.md is run line by line, as the tutorial is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages_run import follow
from test_tutorial import TUTORIAL

PAGE = TUTORIAL.parent / "explanation" / "council.md"


def test_the_page_on_votes_works_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert len(follow(PAGE, tmp_path)) >= 4, "the page has lost its commands"
