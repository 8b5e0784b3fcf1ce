"""What the tests of bad input share: large runs that are measured, and books of many mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner, Result

from conftest import SOURCE, Book
from pledgebook.cli import main
from pledgebook.finding import Finding
from pledgebook.ledger import open_database

MOST_SECONDS = 20
MOST_MEGABYTES = 1_500
FAR = MOST_SECONDS * 3
"""When a run is ended that does not end by itself, in seconds."""

PLEDGE = """
[[pledge]]
id = "p%"
who = "fra"
whom = "hti"
what = "police"
quantity = "10 police"
strength = "promised"
quote = "ten police"
"""
"""A pledge that reads; the mark stands for a number."""

DIGITS = "9" * 400
"""A number that no figure has."""

MakeBook = Callable[..., Book]


class Run(NamedTuple):
    """What came of one run of the command line."""

    code: int
    out: str
    err: str


def large(folder: Path, *arguments: str) -> Run:
    """Run the command line in a process of its own; fail where it takes too long or too much."""
    command = [
        sys.executable,
        "-c",
        "from pledgebook.cli import main; main()",
        "-t",
        str(folder),
        *arguments,
    ]
    paths = [folder.parent / f"{folder.name}.{name}" for name in ("out", "err")]
    began = time.monotonic()
    with paths[0].open("wb") as out, paths[1].open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        try:
            status, usage = _wait(process, FAR)
        finally:
            process.returncode = 0  # it was waited for already
    code = os.waitstatus_to_exitcode(status)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    took = f"{time.monotonic() - began:.1f} s, {usage.ru_maxrss >> 10} MB"
    assert "Traceback" not in texts[1], texts[1][-2000:]
    assert code in (0, 1, 2), took
    # time of the processor, so that a busy machine does not fail it
    assert usage.ru_utime + usage.ru_stime < MOST_SECONDS, took
    assert usage.ru_maxrss >> 10 < MOST_MEGABYTES, took
    return Run(code, *texts)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, object]:
    until = time.monotonic() + seconds
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            return status, usage
        if time.monotonic() > until:
            process.kill()
            _, status, usage = os.wait4(process.pid, 0)
            return status, usage
        time.sleep(0.02)


def call(folder: Path, *arguments: str) -> Result:
    """Run the command line in this process."""
    result = CliRunner().invoke(main, ["-t", str(folder), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def many(paragraph: str, number: int = 10_000) -> str:
    """A book of one good pledge and `number` paragraphs in which the mark is their number."""
    good = PLEDGE.replace("p%", "good")
    return SOURCE + good + "".join(paragraph.replace("%", str(i)) for i in range(number))


def rules(findings: list[Finding]) -> Counter[str]:
    """How often each rule was broken; the note about unchecked quotes is not counted."""
    return Counter(one.rule for one in findings if one.rule != "quote-unchecked")


def ids(book: Book) -> set[str]:
    """The ids of all statements that were read."""
    return {str(row["id"]) for row in entries(book)}


def opened(book: Book) -> tuple[Counter[str], set[str]]:
    """The rules that were broken and the ids that were read, of one opening.

    That the pledges of these tests all say the same is no news.
    """
    tracker = book.open()
    with open_database(tracker.database) as database:
        rows = database.at().ask("select id from entries").to_pylist()
    told = [finding for finding in tracker.findings if finding.rule != "entry-restated"]
    return rules(told), {str(row["id"]) for row in rows}


def entries(book: Book) -> list[dict[str, object]]:
    """The rows of the view `entries`."""
    with open_database(book.open().database) as database:
        return database.at().ask("select id, quote from entries order by id").to_pylist()
