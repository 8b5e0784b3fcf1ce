"""docs/how-to/notebooks.md runs line by line: what stands below a line is what comes out.

With BLESS=1 the outputs that the page shows are rewritten to what came out; read the diff.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages_run import IS_BLESSING, commands, run

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "notebooks.md"
BLOCK = re.compile(r"```(?P<kind>console|pycon)\n(?P<text>.*?)```", re.S)


def ran(text: str, names: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Each statement of a block as it is typed, what is shown below it, and what it prints."""
    for one in doctest.DocTestParser().get_examples(text):
        first, *more = one.source.rstrip("\n").split("\n")
        typed = "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)])
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(one.source, PAGE.name, "single"), names)
        yield typed, one.want, printed.getvalue()


def test_the_page_runs_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    wrong: list[tuple[str, str, str]] = []

    def followed(block: re.Match[str]) -> str:
        if block["kind"] == "console":
            for command, shown in commands(block["text"]):
                assert run(command, shown).exit_code == 0
            return block[0]
        done = list(ran(block["text"], names))
        wrong.extend(one for one in done if one[1] != one[2])
        return "```pycon\n" + "".join(f"{typed}\n{came}" for typed, _, came in done) + "```"

    page = BLOCK.sub(followed, PAGE.read_text("utf-8"))
    if IS_BLESSING:
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert wrong == []
