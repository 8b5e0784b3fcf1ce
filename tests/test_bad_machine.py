"""What the machine does wrong: a damaged database, a full disk. One sentence, never a traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bad_input import PLEDGE, MakeBook, large

FULL = Path("/dev/full")
RUN = [sys.executable, "-c", "from pledgebook.cli import main; main()"]


@pytest.mark.parametrize("verb", [("show", "promises"), ("board",), ("sql", "from entries")])
def test_a_database_that_was_damaged_without_changing_its_size(make_book: MakeBook, verb):
    book = make_book(PLEDGE.replace("%", "1"))
    path = book.open().database
    damaged = bytearray(path.read_bytes())
    for place in range(0, len(damaged), 997):
        damaged[place] ^= 0x5A
    path.write_bytes(damaged)
    run = large(book.folder, *verb)
    assert run.code == 2
    assert run.err == (
        "pledgebook: build/pledgebook.duckdb is damaged; delete build/, it is made again\n"
    )
    shutil.rmtree(book.folder / "build")
    assert large(book.folder, *verb).code == 0


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("verb", [("check",), ("show", "promises", "--format", "json"), ("board",)])
def test_a_full_device(make_book: MakeBook, verb):
    book = make_book(PLEDGE.replace("%", "1"))
    with FULL.open("w") as full:
        run = subprocess.run(
            [*RUN, "-t", str(book.folder), *verb],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (run.returncode, run.stderr) == (2, "pledgebook: No space left on device\n")
