"""One `check` in this process, with the seconds and the memory of each stage, as JSON.

    python bench/stages.py DIR

It calls the same verb as the command line and times the functions that tracker.py strings
together, wherever they are called from there.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

# a stage: its words, then the module and the name that the caller looks it up by
STAGES = (
    ("files: list, open, hash", "pledgebook.tracker", "list_files"),
    ("books: cut, read as TOML or CSV, keep", "pledgebook.compiling", "read_books"),
    ("entries: values, ids, sources, references", "pledgebook.compiling", "read_entries"),
    ("quotes", "pledgebook.compiling", "check_quotes"),
    ("database: fill, steps, disk", "pledgebook.compiling", "write_database"),
    ("checks: the SQL steps, while the file is written", "pledgebook.compiling", "found"),
)
# a part of one stage, shown below it
PARTS = (
    ("of it rtoml", "rtoml", "loads", STAGES[1][0]),
    ("of it columns", "pledgebook.books.reading", "block_of", STAGES[1][0]),
    ("of it values", "pledgebook.books.entries", "Cells", STAGES[2][0]),
    ("of it references", "pledgebook.books.entries", "check_references", STAGES[2][0]),
    ("of it filling", "pledgebook.ledger", "fill", STAGES[4][0]),
)


class Watch:
    """Adds up the seconds that functions take, and notes the peak memory after their last call.

    A stage that is called within another is no part of that one.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peaks: dict[str, int] = {}
        self.inner = 0.0

    def wrap(self, words: str, module: str, name: str, is_stage: bool = True) -> None:
        """Replace a function by itself with a clock around it."""
        home = import_module(module)
        inner: Callable[..., object] | None = getattr(home, name, None)
        if inner is None:
            raise SystemExit(f"{module} has no {name} any more: amend STAGES in bench/stages.py")
        self.seconds[words] = 0.0
        clock = time.process_time  # of all threads: a busy machine spoils it less

        def outer(*given: object, **named: object) -> object:
            start, before = clock(), self.inner
            try:
                return inner(*given, **named)
            finally:
                spent = clock() - start
                self.seconds[words] += spent - (self.inner - before if is_stage else 0)
                self.inner = before + spent if is_stage else before
                self.peaks[words] = peak_bytes() if is_stage else 0

        setattr(home, name, outer)


def peak_bytes() -> int:
    """The most memory that this process has held until now."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main(folder: str) -> None:
    from pledgebook.cli import Without

    sys.meta_path.insert(0, Without)  # as the command does
    begun = time.process_time()
    for _, module, *_ in (*STAGES, *PARTS):
        import_module(module)
    imported = time.process_time()
    import rtoml

    # a book may repeat [source], which no TOML document may
    books = sorted(Path(folder).glob("books/*.toml"))
    texts = [book.read_text("utf-8").replace("\n[source]", "\n[[source]]") for book in books]
    before = time.process_time()
    for text in texts:
        rtoml.loads(text)
    alone = time.process_time() - before
    del texts

    watch = Watch()
    for words, module, name in STAGES:
        watch.wrap(words, module, name)
    for words, module, name, _ in PARTS:
        watch.wrap(words, module, name, is_stage=False)
    from pledgebook.books import reading
    from pledgebook.cli import main as verb

    reading._cores = lambda: 1  # else a second process reads half of the books, unseen from here
    gc.collect()
    start = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        verb(["-t", folder, "check"])
    whole = time.process_time() - start
    print(
        json.dumps(
            {
                "imports": imported - begun,
                "rtoml_alone": alone,
                "whole": whole,
                "seconds": watch.seconds,
                "peaks": watch.peaks,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
