"""Read the books of a tracker: each once for each state of its text, on two cores where there are.

What was read is kept in build/books as a block, under the sha256 of the program, the file's name
and its bytes. A long list of unread books is read from both ends: a second process begins with the
last and keeps its blocks in the same place, where this one finds them when it comes so far. If the
second ends early, nothing is lost but time.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pledgebook.books.block import Block, block_of, read_block, write_block
from pledgebook.books.forms import read_book
from pledgebook.files import File, printable, read_file
from pledgebook.finding import Flaw
from pledgebook.spot import Spot

_GONE = Flaw(
    "file-unreadable",
    "this file went away while the books were read",
    remedy="check again",
)

_WORTH_A_SECOND = 3 << 20
"""Reading so many bytes takes longer than starting a process."""


class Kept:
    """The blocks of one tracker that one state of the program has made, in a folder."""

    def __init__(self, root: Path, folder: Path, program: str) -> None:
        self.root = root
        self.folder = folder
        self.program = program

    def path(self, file: File) -> Path:
        """Where the block of a file, as it is now, is kept."""
        key = f"{self.program}\n{file.name}\n{file.sha256}".encode("utf-8", "surrogatepass")
        return self.folder / f"{hashlib.sha256(key).hexdigest()[:32]}.arrow"

    def block_of(self, file: File) -> Block:
        """The block of a file: kept from before, or read and kept.

        Raises OSError where it cannot be kept.
        """
        path = self.path(file)
        if (kept := read_block(path)) is not None:
            return kept
        found = read_file(self.root, file.name)
        if not isinstance(found, File):
            return Block({}, findings=[(found or _GONE).at(Spot(printable(file.name)))])
        block = block_of(*read_book(found))
        if block.can_be_kept and found.sha256 == file.sha256:
            write_block(block, path)
            block = block._replace(locate=None)  # which holds the text
        return block

    def forget_others(self, files: Iterable[File]) -> None:
        """Delete the blocks of files that are no longer as they were."""
        wanted = {self.path(file).name for file in files}
        for path in self.folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)


def read_books(files: Sequence[File], kept: Kept) -> dict[str, Block]:
    """The block of each book, by its name, in the order of the files.

    Raises OSError where blocks cannot be kept.
    """
    kept.folder.mkdir(parents=True, exist_ok=True)
    unread = [file for file in files if not kept.path(file).exists()]
    with _second_reader(unread, kept):
        blocks = {file.name: kept.block_of(file) for file in files}
    kept.forget_others(files)
    return blocks


@contextmanager
def _second_reader(unread: Sequence[File], kept: Kept) -> Iterator[None]:
    """While this lasts, a second process reads the books from the last one on."""
    is_long = sum(file.size for file in unread) >= _WORTH_A_SECOND and len(unread) > 1
    if not is_long or _cores() < 2 or not sys.executable:
        yield
        return
    command = [sys.executable, "-m", __name__, str(kept.root), str(kept.folder), kept.program]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        yield  # no second process can be had: this one reads all
        return
    try:
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.write(json.dumps([(file.name, file.sha256) for file in unread]).encode())
            process.stdin.close()
        yield
    finally:
        process.kill()
        process.wait()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_from_the_last(kept: Kept) -> None:
    for name, sha256 in reversed(json.load(sys.stdin)):
        file = File(name, b"", sha256)
        if kept.path(file).exists():
            return  # the first reader has come so far
        kept.block_of(file)


if __name__ == "__main__":
    _read_from_the_last(Kept(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
