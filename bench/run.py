"""Measure Pledgebook beside Beancount and hledger on made-up books, and write docs/benchmarks.md.

Whole processes are timed, the tools by turns, so that a machine that gets busy slows all of them.
A run counts only if the tool accepted its input and said what the generator expects of it.
hledger is not on PyPI: it is measured where it is installed (Debian: apt install hledger).

    python bench/run.py             1,000, 10,000 and 100,000 entries; writes the page
    python bench/run.py --large     and 1,000,000
    python bench/run.py --quick     10,000 once, on the terminal only
    python bench/run.py --profile   where the time goes, on the terminal only
    python bench/run.py --questions how long each question takes, on the terminal only
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

import generate
import questions
import situation
import stages

BIN = Path(sys.executable).parent
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
RUNS = {1_000: 5, 10_000: 5, 100_000: 3, 1_000_000: 1}
PROFILED = 100_000


class Run(NamedTuple):
    """One whole process: seconds on the clock, seconds of user + system time, peak memory in MB."""

    wall: float
    cpu: float
    peak: float
    said: str


class Row(NamedTuple):
    """The runs of one measurement; `peers` holds those of each other tool, in the same order."""

    label: str
    entries: int
    runs: list[Run]
    peers: Mapping[str, list[Run]] = MappingProxyType({})


class BenchError(Exception):
    """A run that must not be counted; the sentence says why."""


def timed(*command: str | Path) -> Run:
    """Run a command to its end. Raises BenchError where it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], stdout=said, stderr=subprocess.STDOUT
        )
        # the usage of this child alone; that of all children would only ever grow
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    if process.returncode:
        raise BenchError(f"{command[0]} ended with {process.returncode}:\n{text[-2000:]}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6, text)


def check(folder: Path, n: int, short: int | None = None) -> Run:
    """`pledgebook check`; it has to find each total that was made short, and nothing else."""
    run = timed(BIN / "pledgebook", "-t", folder, "check")
    found = re.findall(r"\[([a-z-]+)\]$", run.said, re.M)
    wanted = generate.short_totals(n) if short is None else short
    # of a million figures made up at random two may well look like one in two currencies
    expected = {"total-short", "quote-unchecked", "currency-conflict"}
    if found.count("total-short") != wanted or set(found) - expected:
        raise BenchError(f"pledgebook found something else than {wanted} short totals: {found[:9]}")
    return run


def first_check(folder: Path, n: int) -> Run:
    """A check of a tracker that was never compiled."""
    shutil.rmtree(folder / "build", ignore_errors=True)
    return check(folder, n)


def bean_check(folder: Path) -> Run:
    """`bean-check` without its cache; it has to accept every assertion."""
    run = timed(BIN / "bean-check", "--no-cache", folder / "main.beancount")
    if run.said.strip():
        raise BenchError(f"bean-check complained:\n{run.said[:2000]}")
    return run


def hledger_check(folder: Path) -> Run:
    """`hledger check`: the same assertions; it has to accept each."""
    run = timed("hledger", "check", "-f", folder / "main.journal")
    if run.said.strip():
        raise BenchError(f"hledger complained:\n{run.said[:2000]}")
    return run


PEERS: dict[str, tuple[str, Callable[[Path], Run]]] = {
    "bean-check": ("beancount", bean_check),
    "hledger": ("hledger", hledger_check),
}
"""The other tools: the form of ledger that each reads, and how it checks one."""


def edited_check(folder: Path, n: int, turn: int) -> Run:
    """A check after a figure in one book was changed; the book is put back as it was."""
    books = sorted((folder / "books").glob("0*"))
    book = books[len(books) // 2]
    before = book.read_bytes()
    pattern = re.compile(rb"\[\[delivery\]\].*?quantity = \"[0-9,]+", re.S)
    changed = pattern.sub(lambda match: match.group() + str(turn % 10).encode(), before, count=1)
    if changed == before:
        raise BenchError(f"there is nothing to edit in {book.name}")
    book.write_bytes(changed)
    try:
        run = timed(BIN / "pledgebook", "-t", folder, "check")
    finally:
        book.write_bytes(before)
    return run


def prove(work: Path) -> None:
    """Both tools must read what they are given: a figure changed in one file breaks its total."""
    n = 1_000
    tracker, ledger = made(work, n, "toml"), made(work, n, "beancount")
    first_check(tracker, n)
    bean_check(ledger)
    count = timed(
        *(BIN / "pledgebook", "-t", tracker, "sql", "--format", "csv"),
        "select count(*) as n from entries where id not like 'paper-%' "
        "and kind not in ('actor', 'activity')",
    )
    if count.said.split() != ["n", str(n + n // generate.BLOCK)]:
        raise BenchError(f"pledgebook holds another number of entries: {count.said}")
    book = tracker / "books" / "000.toml"
    text = book.read_text("utf-8")
    book.write_text(
        re.sub(r'(\[\[total\]\]\n.*?= ")(\d)(?=[\d,]* [A-Z])', r"\g<1>9\2", text, flags=re.S),
        "utf-8",
    )
    check(tracker, n, generate.short_totals(n) + 1)
    book.write_text(text, "utf-8")
    ledger_book = ledger / "books" / "000.beancount"
    text = ledger_book.read_text("utf-8")
    ledger_book.write_text(re.sub(r"(balance \S+  )", r"\g<1>9", text, count=1), "utf-8")
    try:
        bean_check(ledger)
    except BenchError:
        ledger_book.write_text(text, "utf-8")
    else:
        raise BenchError("bean-check accepted a wrong balance")


def made(work: Path, n: int, form: str) -> Path:
    """The folder of a made-up book; it is made once."""
    folder = work / f"{form}-{n}"
    if not folder.exists():
        generate.WRITERS[form](folder, n)
    return folder


def growth(work: Path, n: int, runs: int) -> Row:
    """First checks of `n` entries, by turns with the other tools on as many transactions."""
    tracker = made(work, n, "toml")
    here = {name: peer for name, peer in PEERS.items() if name != "hledger" or shutil.which(name)}
    ledgers = {name: made(work, n, form) for name, (form, _) in here.items()}
    mine: list[Run] = []
    peers: dict[str, list[Run]] = {name: [] for name in here}
    for turn in range(runs):
        mine.append(first_check(tracker, n))
        said = f"{mine[-1].wall:.2f} s"
        for name, (_, verb) in here.items():
            peers[name].append(verb(ledgers[name]))
            said += f", {name} {peers[name][-1].wall:.2f} s"
        say(f"{n:>9,} entries, run {turn + 1}: {said}")
    return Row("first check", n, mine, peers)


def again(work: Path, n: int, runs: int) -> list[Row]:
    """What the daily work costs: nothing changed, one file changed, no tracker at all."""
    tracker = made(work, n, "toml")
    kept = len(list((tracker / "books").iterdir()))
    verbs: list[tuple[str, Callable[[int], Run]]] = [
        ("check again, nothing changed", lambda turn: check(tracker, n)),
        (f"check again, one of {kept} files edited", lambda turn: edited_check(tracker, n, turn)),
        ("`pledgebook --help`", lambda turn: timed(BIN / "pledgebook", "--help")),
        ("`python -c pass`", lambda turn: timed(sys.executable, "-c", "pass")),
    ]
    rows = []
    for label, verb in verbs:
        if "again" in label:
            first_check(tracker, n)
        rows.append(Row(label, n, [verb(turn) for turn in range(runs)]))
        say(f"{label}: {median(run.wall for run in rows[-1].runs):.2f} s")
    return rows


def csv_row(work: Path, n: int, runs: int) -> Row:
    """First checks of the same tracker with its books as tables."""
    tracker = made(work, n, "csv")
    return Row("first check, CSV books", n, [first_check(tracker, n) for _ in range(runs)])


def asked(work: Path, n: int) -> list[questions.Answered]:
    """Each question on a compiled tracker that holds entries of every kind; see questions.py."""
    folder = work / f"situation-{n}"
    if not folder.exists():
        situation.write(folder, n)
    timed(BIN / "pledgebook", "-t", folder, "check")
    run = timed(sys.executable, Path(questions.__file__), folder)
    return [questions.Answered(*row) for row in json.loads(run.said)]


def profile(work: Path, n: int) -> dict[str, object]:
    """Where the time of a first check goes; see stages.py."""
    tracker = made(work, n, "toml")
    shutil.rmtree(tracker / "build", ignore_errors=True)
    run = timed(sys.executable, Path(stages.__file__), tracker)
    out: dict[str, object] = json.loads(run.said)
    return out


# --- the page -------------------------------------------------------------------------------

HEAD = """\
# Benchmarks

`make bench` measured this and wrote the page; do not edit it. The books are made up by
`bench/generate.py`, with the same bytes each time: an entry has a source, a provider, a receiver,
an activity, a day, a figure, a quote of 6 to 12 words, and for most of the support that followed
a promise, `toward`; every hundred entries share an activity, and one stated total covers it. The
Beancount ledger holds the same number of transactions, with source and quote as metadata, an
account per activity and stage and one per provider, and a balance assertion per hundred
transactions; hledger's journal says the same, with source and quote as tags. All lie in 100 files
(a small book in fewer).

A run is a whole process, as a person starts it. Pledgebook's `build/` is deleted before each
first check, Beancount runs as `bean-check --no-cache`, hledger as `hledger check`. They run by
turns; the figures are medians. A run counts only if the tool accepted its input: `bean-check` and
`hledger` must say nothing, and `pledgebook check` must find each total that was made short and
nothing else. *CPU* is user plus system time of all its processes, and suffers less than the clock
when other programs run.

"""


def page(
    rows: list[Row],
    profiled: dict[str, object],
    answered: list[questions.Answered],
    n: int,
    load: float,
) -> str:
    """The text of docs/benchmarks.md."""
    parts = [HEAD, machine(load), "\n## First check, beside Beancount and hledger\n\n"]
    parts += [growth_table([row for row in rows if row.peers])]
    others = [row for row in rows if not row.peers]
    parts += ["\n## The daily work, and other forms\n\n", plain_table(others)]
    parts += [f"\n## Each question ({n:,} entries)\n\n", question_table(answered)]
    parts += [f"\n## Where the time goes ({n:,} entries)\n\n", stage_table(profiled)]
    return "".join(parts)


def machine(load: float) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = ""
    if load > 0.5:
        busy = (
            f"\nOther programs ran as well (load {load:.1f} before the first run): the seconds are "
            "longer than on a quiet machine, on the clock most of all; compare the ratios.\n"
        )
    named = ("pledgebook", "duckdb", "pyarrow", "rtoml", "beancount")
    versions = ", ".join(f"{name} {version(name)}" for name in named)
    if shutil.which("hledger"):
        versions += f", hledger {timed('hledger', '--version').said.split()[1].rstrip(',')}"
    return (
        f"Machine: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB of memory, "
        f"{platform.system()}, Python {platform.python_version()}. Versions: {versions}.\n"
        f"{busy}"
    )


def growth_table(rows: list[Row]) -> str:
    """A line per size and tool; how many times faster Pledgebook is stands beside the others."""
    out = [
        "| entries | tool | runs | clock | CPU | peak | Pledgebook is faster: clock | CPU |\n",
        "|--:|---|--:|--:|--:|--:|--:|--:|\n",
    ]
    for row in rows:
        out.append(
            f"| {row.entries:,} | pledgebook | {len(row.runs)} | {figures(row.runs)} | | |\n"
        )
        for name, runs in row.peers.items():
            wall = median(run.wall for run in runs) / median(run.wall for run in row.runs)
            out.append(
                f"| | {name} | {len(runs)} | {figures(runs)} "
                f"| **{wall:.1f}** times | {cpu(runs) / cpu(row.runs):.1f} times |\n"
            )
    return "".join(out)


def plain_table(rows: list[Row]) -> str:
    out = ["| what | entries | runs | clock | CPU | peak |\n", "|---|--:|--:|--:|--:|--:|\n"]
    for row in rows:
        entries = f"{row.entries:,}" if "check" in row.label else ""
        out.append(f"| {row.label} | {entries} | {len(row.runs)} | {figures(row.runs)} |\n")
    return "".join(out)


QUESTIONS = """\
A tracker that was compiled before, half of it the books above, half of it asks, conditions, votes,
funds, forces, equipment, counts, cases and judgements (`bench/situation.py`). The question is asked
in one process that has the libraries loaded, from the opening of the file to its Arrow table: the
best of five. *On a day* is the same as of a day in the middle, where nothing is stored.

| question | rows | all that is known: clock | CPU | on a day: clock | CPU |
|---|--:|--:|--:|--:|--:|
"""


def question_table(answered: list[questions.Answered]) -> str:
    out = [QUESTIONS]
    for one in answered:
        out.append(
            f"| `{one.question}` | {one.rows:,} | {one.clock:.2f} s | {one.cpu:.2f} s "
            f"| {one.clock_then:.2f} s | {one.cpu_then:.2f} s |\n"
        )
    return "".join(out)


def figures(runs: list[Run]) -> str:
    """Median seconds on the clock, of CPU, and the median peak, as cells of a table."""
    wall, peak = median(run.wall for run in runs), median(run.peak for run in runs)
    return f"{wall:.2f} s | {cpu(runs):.2f} s | {peak:,.0f} MB"


def cpu(runs: list[Run]) -> float:
    return median(run.cpu for run in runs)


def stage_table(profiled: dict[str, object]) -> str:
    seconds, peaks = profiled["seconds"], profiled["peaks"]
    assert isinstance(seconds, dict)
    assert isinstance(peaks, dict)
    whole, imports, alone = (
        float(str(profiled[key])) for key in ("whole", "imports", "rtoml_alone")
    )
    out = ["| stage | CPU | share | peak after it |\n", "|---|--:|--:|--:|\n"]
    total = whole + imports

    def row(words: str, taken: float, peak: float = 0) -> None:
        held = f"{peak / 1e6:,.0f} MB" if peak else ""
        out.append(f"| {words} | {taken:.2f} s | {taken / total:.0%} | {held} |\n")

    row("imports", imports)
    for words, _, _ in stages.STAGES:
        row(words, seconds[words], peaks[words])
        for part, _, _, above in stages.PARTS:
            if above == words:
                row(f"&nbsp;&nbsp;{part}", seconds[part])
    row(
        "the rest: findings as text, the state file",
        whole - sum(seconds[one[0]] for one in stages.STAGES),
    )
    row("**all**", total)
    out.append(
        "\nOne run in one process, with clocks around the stages (`bench/stages.py`).\n\n"
        "The bound: rtoml alone, given each file whole and asked for nothing else, takes "
        f"{alone:.2f} s for these books. What is built on it cannot be faster, and after it each "
        "entry still has some ten values to be read, held against the rules and stored.\n"
    )
    return "".join(out)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure Pledgebook beside Beancount.")
    parser.add_argument("--quick", action="store_true", help="10,000 entries, once; no page")
    parser.add_argument("--large", action="store_true", help="1,000,000 entries too")
    parser.add_argument("--profile", action="store_true", help="only where the time goes; no page")
    parser.add_argument("--questions", action="store_true", help="only the questions; no page")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="pledgebook-bench-") as name:
        work = Path(name)
        try:
            if options.questions:
                print(question_table(asked(work, PROFILED)))
                return
            if options.profile:
                print(stage_table(profile(work, PROFILED)))
                return
            prove(work)
            if options.quick:
                n = 10_000
                rows = [growth(work, n, 1), *again(work, n, 1), csv_row(work, n, 1)]
                text = page(rows, profile(work, n), asked(work, n), n, load)
                print(text.removeprefix(HEAD))
                return
            sizes = [n for n in RUNS if n <= PROFILED or options.large]
            rows = [growth(work, n, RUNS[n]) for n in sizes]
            rows += again(work, PROFILED, RUNS[PROFILED])
            rows += [csv_row(work, n, RUNS[n]) for n in sizes if n >= PROFILED]
            answered = asked(work, PROFILED)
            text = page(rows, profile(work, PROFILED), answered, PROFILED, load)
        except BenchError as error:
            sys.exit(f"bench: {error}")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(text.removeprefix(HEAD))


if __name__ == "__main__":
    main()
