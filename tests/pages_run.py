"""Pages that run: files are written, commands typed, outputs compared, line by line.

A page is Markdown with five kinds of steps, taken in its order:

- `<!-- file: PATH -->` before a code block: the block is written to PATH;
- `<!-- replace: PATH: OLD -> NEW -->`: OLD, which stands there once, becomes NEW;
- `<!-- sheet: PATH: NAME -->` before a table: the workbook PATH gets a sheet NAME with its cells;
- `<!-- cell: PATH: NAME!CELL: TEXT -->`: TEXT is typed into that cell;
- a `console` block: each line that begins with `$ ` is typed, and what is shown below it is what
  has to come out. A command without an output below it only has to work.

With BLESS=1 the outputs that a page shows are rewritten to what came out; read the diff.
"""

from __future__ import annotations

import gc
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from pledgebook.cli import main
from workbooks import Cell, place_of, table, typed, workbook

IS_BLESSING = os.environ.get("BLESS") == "1"

STEP = re.compile(
    r"<!-- file: (?P<file>\S+) -->\n```\w+\n(?P<text>.*?)```"
    r"|<!-- replace: (?P<target>\S+): (?P<old>.+?) -> (?P<new>.*?) -->"
    r"|<!-- sheet: (?P<book>\S+): (?P<sheet>\S+) -->\n(?P<table>(?:\|[^\n]*\n)+)"
    r"|<!-- cell: (?P<typed_in>\S+): (?P<at>\S+)!(?P<cell>[A-Z]+[0-9]+): (?P<typed>.*?) -->"
    r"|```console\n(?P<console>.*?)```",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """One command of a page: what is shown below it, and what came out."""

    command: str
    shown: str
    output: str
    exit_code: int


def typed_in(page: Path, folder: Path) -> Iterator[Typed]:
    """Follow the page in `folder`, which has to be the working directory, command by command."""
    books: dict[str, dict[str, list[list[Cell]]]] = {}
    for step in STEP.finditer(page.read_text("utf-8")):
        if name := step["book"] or step["typed_in"]:
            sheets = books.setdefault(name, {})
            if step["book"]:
                sheets[step["sheet"]] = table(step["table"])
            else:
                row, column = place_of(step["cell"])
                sheets[step["at"]][row][column] = typed(step["typed"])
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(workbook(sheets))
        elif step["file"]:
            path = folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"], encoding="utf-8")
        elif step["target"]:
            path = folder / step["target"]
            text = path.read_text("utf-8")
            assert text.count(step["old"]) == 1, f"{page.name}: {step['old']} does not stand once"
            path.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")
        for command, shown in commands(step["console"] or ""):
            yield run(command, shown)


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output that is shown for it."""
    parts = re.split(r"^\$ ", console, flags=re.M)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def run(command: str, shown: str) -> Typed:
    program, *arguments = shlex.split(command)
    assert program == "pledgebook", command
    result = CliRunner().invoke(main, arguments)
    gc.enable()  # the command line is one short run and turns it off
    return Typed(command, shown, result.output, result.exit_code)


def follow(page: Path, folder: Path) -> list[Typed]:
    """Follow the page and hold each command to what is shown; with BLESS=1 show what came out."""
    done = list(typed_in(page, folder))
    for one in done:
        assert one.exit_code in (0, 1), one.output
    if IS_BLESSING:
        bless(page, done)
        return done
    for one in done:
        if one.shown:
            assert one.output == one.shown, f"{page.name}: {one.command}"
        assert one.exit_code == int("error" in one.shown), f"{page.name}: {one.command}"
    return done


def bless(page: Path, done: list[Typed]) -> None:
    """Put what came out in the place of what the page shows."""
    left = iter(done)

    def renewed(step: re.Match[str]) -> str:
        if step["console"] is None:
            return step[0]
        parts = [next(left) for _ in commands(step["console"])]
        told = [f"$ {one.command}\n{one.output if one.shown else ''}" for one in parts]
        return "```console\n" + "".join(told) + "```"

    text = page.read_text("utf-8")
    page.write_text(STEP.sub(renewed, text), encoding="utf-8")
