"""docs/explanation: a page per rule, each run line by line like the tutorial.

`BLESS=1 pytest tests/test_explanation.py` rewrites the outputs in the pages and the list of pages
in the folder's README; read the diff.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages_run import IS_BLESSING, follow

FOLDER = Path(__file__).parents[1] / "docs" / "explanation"
README = FOLDER / "README.md"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path != README)

LIST = re.compile(r"(?<=<!-- pages -->\n).*?(?=<!-- end -->)", re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_works_line_by_line(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    typed = follow(page, tmp_path)
    assert any(one.shown for one in typed), "a page has to show at least one answer"


def test_there_is_a_page_for_every_rule():
    rules = {page.stem.partition("-")[0] for page in PAGES if re.match(r"r\d\d-", page.name)}
    assert rules == {f"r{number:02}" for number in range(1, 13)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_is_short(page: Path):
    lines = page.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 250, "a page explains one rule"


def test_the_readme_lists_every_page():
    text = README.read_text("utf-8")
    listed = "".join(f"- {line(page)}\n" for page in PAGES)
    if IS_BLESSING:
        README.write_text(LIST.sub(lambda _: listed, text), encoding="utf-8")
        return
    found = LIST.search(text)
    assert found
    assert found[0] == listed


def line(page: Path) -> str:
    """The page's title as a link, and the first sentence of its first paragraph."""
    title, paragraph, *_ = page.read_text("utf-8").split("\n\n")
    sentence = re.split(r"(?<=\.)\s", " ".join(paragraph.split()), maxsplit=1)[0]
    return f"[{title.removeprefix('# ')}]({page.name}): {sentence}"
