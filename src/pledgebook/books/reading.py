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
from pledgebook.files import File, Listed, printable, read_file
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

    def path(self, book: Listed) -> Path:
        """Where the block of a book, as it is now, is kept."""
        key = f"{self.program}\n{book.name}\n{book.sha256}".encode("utf-8", "surrogatepass")
        return self.folder / f"{hashlib.sha256(key).hexdigest()[:32]}.arrow"

    def block_of(self, book: Listed) -> Block:
        """The block of a book: kept from before, or read and kept.

        Raises OSError where it cannot be kept.
        """
        path = self.path(book)
        if (kept := read_block(path)) is not None:
            return kept
        found = read_file(self.root, book.name)
        if not isinstance(found, File):
            return Block({}, findings=[(found or _GONE).at(Spot(printable(book.name)))])
        block = block_of(*read_book(found))
        if block.can_be_kept and found.sha256 == book.sha256:
            write_block(block, path)
            block = block._replace(locate=None)  # which holds the text
        return block

    def forget_others(self, books: Iterable[Listed]) -> None:
        """Delete the blocks of books that are no longer as they were."""
        wanted = {self.path(book).name for book in books}
        for path in self.folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)


def read_books(books: Sequence[Listed], kept: Kept) -> dict[str, Block]:
    """The block of each book, by its name, in the order of the books.

    Raises OSError where blocks cannot be kept.
    """
    kept.folder.mkdir(parents=True, exist_ok=True)
    unread = [book for book in books if not kept.path(book).exists()]
    with _second_reader(unread, kept):
        blocks = {book.name: kept.block_of(book) for book in books}
    kept.forget_others(books)
    return blocks


@contextmanager
def _second_reader(unread: Sequence[Listed], kept: Kept) -> Iterator[None]:
    """While this lasts, a second process reads the books from the last one on."""
    is_long = sum(book.size for book in unread) >= _WORTH_A_SECOND and len(unread) > 1
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
            process.stdin.write(json.dumps(unread).encode())
            process.stdin.close()
        yield
    finally:
        process.kill()
        process.wait()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_from_the_last(kept: Kept) -> None:
    for listed in reversed(json.load(sys.stdin)):
        book = Listed(*listed)
        if kept.path(book).exists():
            return  # the first reader has come so far
        kept.block_of(book)


if __name__ == "__main__":
    _read_from_the_last(Kept(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
