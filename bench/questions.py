"""How long each question takes on a compiled tracker, in this process, as JSON.

    python bench/questions.py DIR

From the opening of the file to the answer as an Arrow table; the best of five, once of all that is
known and once as of a day in the middle.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

RUNS = 5
MIDDLE = date(2023, 1, 1)
TODAY = date(2026, 1, 1)
"""The day on which is asked: the clock would change what is due."""


class Answered(NamedTuple):
    """One question: rows of its answer, then the best seconds on the clock and of CPU."""

    question: str
    rows: int
    clock: float
    cpu: float
    clock_then: float
    cpu_then: float


def main(folder: str) -> None:
    from pledgebook.questions import QUESTIONS
    from pledgebook.tracker import open_tracker

    path = open_tracker(Path(folder)).database
    rows = [
        Answered(name, *_best(path, name), *_best(path, name, MIDDLE)[1:]) for name in QUESTIONS
    ]
    print(json.dumps(rows))


def _best(path: Path, question: str, as_of: date | None = None) -> tuple[int, float, float]:
    from pledgebook.ledger import open_database
    from pledgebook.questions import QUESTIONS

    clocks, cpus, rows = [], [], 0
    for _ in range(RUNS):
        clock, cpu = time.perf_counter(), time.process_time()
        with open_database(path) as database:
            rows = QUESTIONS[question].ask(database.at(as_of, TODAY)).num_rows
        clocks.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
    return rows, min(clocks), min(cpus)


if __name__ == "__main__":
    main(sys.argv[1])
