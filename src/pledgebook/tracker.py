"""A tracker: the folder, and the order of things from its text to its answers.

Reading, checking and compiling happen once for each state of the text; `build/` remembers the
state by the sha256 of every file, so an unchanged tracker opens without work.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pledgebook import __version__
from pledgebook.asking import ONE_AT_A_TIME, Askable, as_day
from pledgebook.books import (
    TABLES,
    Entries,
    File,
    Kept,
    Settings,
    check_private,
    check_quotes,
    check_told,
    known_calendars,
    locator_of,
    read_books,
    read_entries,
    read_files,
    read_settings,
    row_spots,
    rows_of,
    text_of,
)
from pledgebook.finding import RULES, Finding, Flaw, summary
from pledgebook.judgements import Judgement, read_judgements
from pledgebook.kinds import KINDS
from pledgebook.rates import DAILY, Rates, daily_file, read_prices, read_rates
from pledgebook.sources import CHECKED, Document, read_bytes, read_document
from pledgebook.spot import Spot

if TYPE_CHECKING:
    from pledgebook.checks import Broken

BUILD = "build"
BOOKS = "books"
DATABASE = "pledgebook.duckdb"
STATE = "state.json"

LARGEST_STATE = 1 << 30
"""A state is read into memory; in bytes."""


# an old tracker holds many promises that are overdue; `pledges` lists them all
_MOST_COMING = 10


class TrackerError(Exception):
    """A tracker that cannot be opened at all; the sentence says what to do."""


class Coming(NamedTuple):
    """A finding that holds after the day `since` and, unless it has no end, up to `until`; as in
    the text of a date, so that it is kept as it is."""

    finding: Finding
    since: str
    until: str | None

    def holds_on(self, day: str) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


class Tracker(Askable):
    """A tracker's folder after it was read, checked and compiled: what `open_tracker` returns.

    `root` is the folder, `title` and `base` (the currency of its board) are those of tracker.toml.
    `findings` is what is wrong or was assumed, sorted by place; an entry with an error stays out of
    every answer. `was_compiled` says whether this opening had to compile. After an edit open the
    tracker anew: where nothing changed that costs little. `coming` are findings that begin with a
    day; `findings_on` has those that hold.
    """

    def __init__(
        self,
        root: Path,
        findings: list[Finding],
        coming: list[Coming],
        title: str,
        base: str,
        is_fresh: bool,
    ) -> None:
        self.root = root
        self.findings = findings
        self.coming = coming
        self.title = title
        self.base = base
        self.was_compiled = is_fresh

    def __repr__(self) -> str:
        return f"<Tracker {self.title!r}: {summary(self.findings)}>"

    @property
    def database(self) -> Path:
        """The compiled file: a cache in build/, which any DuckDB opens for reading."""
        return self.root / BUILD / DATABASE

    @property
    def has_errors(self) -> bool:
        """Whether entries with errors stay out of every answer."""
        return any(finding.level == "error" for finding in self.findings)

    def findings_on(self, day: date | str) -> list[Finding]:
        """The findings, and with them those that hold on this day alone, such as what is too
        fresh to publish; sorted by place. Raises ValueError for what is no day."""
        wanted = as_day(day)
        with ONE_AT_A_TIME:
            of_the_day = list(_findings_of_the_day(self, wanted))
        return sorted(
            [*self.findings, *_come(self.coming, wanted), *of_the_day],
            key=lambda one: one.sort_key,
        )


def find_root(start: Path) -> Path:
    """The tracker's folder around `start`: the nearest that holds tracker.toml.

    Raises TrackerError where there is none.
    """
    start = Path(os.path.abspath(start))
    if not os.path.isdir(start):
        raise TrackerError(
            f"{start.name[:80]} is no folder; a tracker is a folder with a tracker.toml"
        )
    for folder in (start, *start.parents):
        if os.path.lexists(folder / "tracker.toml"):
            return folder
    raise TrackerError(
        "there is no tracker here: no tracker.toml in this folder or above it; "
        "name one with -t DIR, or try pledgebook demo"
    )


def open_tracker(folder: Path | str) -> Tracker:
    """Read, check and compile the tracker in `folder`, or reuse what stands in its build/.

    Raises TrackerError where the folder is no tracker or build/ cannot be written.
    """
    root = Path(folder)
    if not os.path.lexists(root / "tracker.toml"):
        find_root(root)  # says what is wrong
        raise TrackerError(f"{root} holds no tracker.toml")
    files, findings = read_files(root)
    state: dict[str, object] = {
        "version": _fingerprint_of_the_program(),
        "files": {file.name: file.sha256 for file in files},
    }
    if not findings:
        kept = _kept_state(root, state)
        if kept is not None:
            return kept
    with ONE_AT_A_TIME:
        return _compile(root, files, findings, state)


def copy_example(folder: Path) -> None:
    """Copy the Haiti tracker to `folder`; one that is a tracker already is left as it is.

    Raises TrackerError where the folder holds something else or cannot be written.
    """
    if (folder / "tracker.toml").is_file():
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TrackerError(f"{folder} is there already and is no tracker; name another folder")
    # an installed package carries the example; a development copy has it beside src
    places = (
        resources.files("pledgebook") / "examples" / "haiti",
        Path(__file__).parents[2] / "examples" / "haiti",
    )
    for place in places:
        if place.is_dir():
            with resources.as_file(place) as example:
                _copy(example, folder)
            return
    raise TrackerError("this installation holds no example")


def _copy(example: Path, folder: Path) -> None:
    """The example without what was compiled from it and without the private texts."""

    def left_out(at: str, names: list[str]) -> list[str]:
        is_sources = Path(at).name == "sources"
        return [
            name for name in names if name == BUILD or (is_sources and name != Path(CHECKED).name)
        ]

    try:
        shutil.copytree(example, folder, ignore=left_out, dirs_exist_ok=True)
    except OSError as error:
        raise TrackerError(f"{folder} cannot be written: {error.strerror or error}") from error


def _compile(
    root: Path, files: list[File], findings: list[Finding], state: dict[str, object]
) -> Tracker:
    """The order of things; docs/specs/compile.md tells it in words."""
    # duckdb and pyarrow take a fifth of a second to import
    from pledgebook.checks import found
    from pledgebook.ledger import Contents, write_database

    by_name = {file.name: file for file in files}
    rates = _rates(by_name, findings)
    settings = _settings(by_name, rates.order, findings)
    if settings.rate_tables:
        rates = replace(rates, order=settings.rate_tables)
    books = [file for file in files if file.name not in ("tracker.toml", *TABLES)]
    try:
        blocks = read_books(root, books, Kept(root / BUILD / BOOKS, str(state["version"])))
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    for block in blocks.values():
        findings += block.findings
    rows = rows_of(blocks, lambda name: locator_of(by_name[name]))
    entries = read_entries(rows, settings)
    findings += entries.findings
    quoting = check_quotes(root, entries)
    findings += [*quoting.findings, *check_private(entries, quoting.texts)]
    judgements = _judgements(by_name, entries, findings)
    findings += check_told(entries, *_settled(judgements))
    database = root / BUILD / DATABASE
    try:
        contents = Contents(entries, judgements, rates, settings.base, quoting.texts)
        broken = write_database(contents, database, found)
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    placed, coming = _placed(broken, entries)
    findings += placed
    findings.sort(key=lambda finding: finding.sort_key)
    checked = read_bytes(root, CHECKED)
    state["sources"] = quoting.files
    state["checked"] = hashlib.sha256(checked).hexdigest() if isinstance(checked, bytes) else None
    state["title"], state["base"] = settings.title, settings.base
    state["findings"] = [_as_kept(one) for one in findings]
    state["coming"] = [[_as_kept(one.finding), one.since, one.until] for one in coming]
    try:
        state["size"] = database.stat().st_size
        _write_aside(root / BUILD / STATE, json.dumps(state))
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    return Tracker(root, findings, coming, settings.title, settings.base, True)


def _settings(
    by_name: dict[str, File], rate_tables: Sequence[str], findings: list[Finding]
) -> Settings:
    text = _text_of("tracker.toml", by_name, findings)
    if text is None:
        return Settings(calendars=known_calendars())
    settings, flaws = read_settings(text, rate_tables=rate_tables)
    findings += flaws
    return settings


def _rates(by_name: dict[str, File], findings: list[Finding]) -> Rates:
    """The rate tables that there are, all in use, and the price indices."""
    rates, names, flaws = read_rates(_text_of("rates.csv", by_name, findings) or "")
    prices, more = read_prices(_text_of("prices.csv", by_name, findings) or "")
    findings += [*flaws, *more]
    return Rates((DAILY, *names), tuple(rates), tuple(prices))


def _text_of(name: str, by_name: dict[str, File], findings: list[Finding]) -> str | None:
    """The text of one file of the tracker; None where it is not there or is no text."""
    file = by_name.get(name)
    text = text_of(file) if file else None
    if isinstance(text, Finding):
        findings.append(text)
        return None
    return text


def _judgements(
    by_name: dict[str, File], entries: Entries, findings: list[Finding]
) -> list[Judgement]:
    text = _text_of("links.csv", by_name, findings)
    if text is None:
        return []
    known: dict[str, date | None] = {}
    for name, rows in entries.tables.items():
        if KINDS[name].is_statement:
            ids, days = rows.column("id").to_pylist(), rows.column("known").to_pylist()
            known.update(zip(ids, days, strict=True))
    judgements, flaws = read_judgements(text, known, entries.declared, entries.above)
    findings += flaws
    return judgements


def _settled(judgements: list[Judgement]) -> tuple[set[str], set[tuple[str, str]]]:
    """The entries that a later one corrects, and the pairs that a person judged one way or the
    other."""
    corrected = {one.other for one in judgements if one.judgement == "corrects"}
    pairs = {(min(one.entry, one.other), max(one.entry, one.other)) for one in judgements}
    return corrected, pairs


def _placed(broken: list[Broken], entries: Entries) -> tuple[list[Finding], list[Coming]]:
    """The findings of sql/checks, each at the figure of the entry that breaks the rule, and those
    that begin with a day."""
    places = entries.paragraphs_of({row.entry for row in broken})
    findings, coming = [], []
    for row in broken:
        finding = row.flaw.at(places[row.entry].spot(row.key), row.entry)
        if row.since is None:
            findings.append(finding)
        else:
            coming.append(Coming(finding, str(row.since), str(row.until) if row.until else None))
    return findings, sorted(coming, key=lambda one: (one.since, one.finding.sort_key))


def _come(coming: list[Coming], day: date) -> list[Finding]:
    """Of the findings that begin with a day those that hold; of very many the last to begin, of
    which the first says how many are left out."""
    held = [one.finding for one in coming if one.holds_on(day.isoformat())]
    shown = held[-_MOST_COMING:]
    if len(held) > len(shown):
        first = shown[0]
        more = f"{first.flaw.found}; and {len(held) - len(shown):,} older ones are not shown here"
        shown[0] = replace(first, flaw=replace(first.flaw, found=more))
    return shown


def _findings_of_the_day(tracker: Tracker, day: date) -> Iterable[Finding]:
    """The findings that hold on a day alone, each at the first line of its entry."""
    from pledgebook.checks import found_on_the_day
    from pledgebook.ledger import open_database

    with open_database(tracker.database) as opened:
        moment = opened.at(day=day)
        found = found_on_the_day(moment)
        rows = moment.ask(
            "select id, file, line from entries where list_contains($1, id)",
            [[one.entry for one in found]],
        ).to_pylist()
    places = {row["id"]: (row["file"], row["line"]) for row in rows}
    spots: dict[str, Callable[[int], Spot]] = {}
    for entry, _, flaw, *_ in found:
        file, line = places[entry]
        if file not in spots:
            spots[file] = row_spots(tracker.root, file)
        yield flaw.at(spots[file](line), entry)


def _kept_state(root: Path, state: dict[str, object]) -> Tracker | None:
    """The tracker as build/ remembers it, where nothing has changed since."""
    try:
        # read_bytes waits for no pipe; the size tells of a database that was cut or replaced
        raw = read_bytes(root, f"{BUILD}/{STATE}", largest=LARGEST_STATE)
        kept = json.loads(raw) if isinstance(raw, bytes) else {}
        if kept.get("size") != (root / BUILD / DATABASE).stat().st_size:
            return None
        if kept["version"] != state["version"] or kept["files"] != state["files"]:
            return None
        for name, sha256 in kept["sources"].items():
            document = read_document(root, name)
            if (document.sha256 if isinstance(document, Document) else None) != sha256:
                return None
        checked = read_bytes(root, CHECKED)
        if kept["checked"] != (
            hashlib.sha256(checked).hexdigest() if isinstance(checked, bytes) else None
        ):
            return None
        findings = [_from_kept(*one) for one in kept["findings"]]
        coming = [Coming(_from_kept(*one), *days) for one, *days in kept["coming"]]
        if any(one.rule not in RULES for one in [*findings, *(each.finding for each in coming)]):
            return None
        return Tracker(root, findings, coming, kept["title"], kept["base"], False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # the state is a cache: what cannot be read of it is made again


def _as_kept(finding: Finding) -> list[object]:
    """A finding as build/ keeps it."""
    return [asdict(finding.flaw), asdict(finding.spot), finding.entry]


def _from_kept(flaw: Mapping[str, str], spot: Mapping[str, str | int], entry: str) -> Finding:
    return Finding(Flaw(**flaw), Spot(**spot), entry)  # type: ignore[arg-type]  # as asdict made it


def _fingerprint_of_the_program() -> str:
    """What the answers depend on besides the tracker: the version and the files of the program,
    and the rates that it brings along."""
    digest = hashlib.sha256(__version__.encode())
    home = Path(__file__).parent
    files = {
        str(path.relative_to(home)): path
        for path in sorted(home.rglob("*"))
        if path.suffix in (".py", ".sql", ".csv")
    }
    rates = daily_file()
    for name, path in (files | ({DAILY: rates} if rates else {})).items():
        status = path.stat()
        digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _write_aside(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8", errors="surrogatepass")
    os.replace(aside, path)
