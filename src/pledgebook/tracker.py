"""A tracker: the folder, and the order of things from its text to its answers.

Reading, checking and compiling happen once for each state of the text; `build/` remembers the
state by the sha256 of every file, so an unchanged tracker opens without work.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib import resources
from pathlib import Path

from pledgebook import __version__
from pledgebook.books import (
    TABLES,
    Entries,
    File,
    Settings,
    check_quotes,
    known_calendars,
    read_book,
    read_entries,
    read_files,
    read_settings,
    text_of,
)
from pledgebook.books.toml_book import TomlText
from pledgebook.finding import RULES, Finding, Flaw
from pledgebook.judgements import Judgement, read_judgements
from pledgebook.kinds import KINDS
from pledgebook.rates import DAILY, Rates, daily_file, read_prices, read_rates
from pledgebook.sources import CHECKED, Document, read_bytes, read_document
from pledgebook.spot import Spot

BUILD = "build"
DATABASE = "pledgebook.duckdb"
STATE = "state.json"
# wider than any line that is shown: the excerpt cuts it
_WHOLE_LINE = 1 << 20

LARGEST_STATE = 1 << 30
"""A state is read into memory; in bytes."""


class TrackerError(Exception):
    """A tracker that cannot be opened at all; the sentence says what to do."""


class Tracker:
    """A tracker's folder after it was read, checked and compiled.

    `findings` are sorted by place; `database` is the compiled file; `title` and `base` (the
    currency of its board) are those of tracker.toml.
    """

    def __init__(
        self, root: Path, findings: list[Finding], title: str, base: str, is_fresh: bool
    ) -> None:
        self.root = root
        self.findings = findings
        self.title = title
        self.base = base
        self.was_compiled = is_fresh

    @property
    def database(self) -> Path:
        return self.root / BUILD / DATABASE

    @property
    def has_errors(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    def findings_on(self, day: date) -> list[Finding]:
        """The findings, and with them those that hold on this day alone, such as what is too
        fresh to publish; sorted by place."""
        return sorted(
            [*self.findings, *_findings_of_the_day(self, day)], key=lambda one: one.sort_key
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


def root_of(folder: Path | str | None) -> Path:
    """The folder of the tracker that was named, or of the one around the current folder.

    Raises TrackerError where there is none.
    """
    if folder is None:
        return find_root(Path())
    root = Path(folder)
    if not os.path.lexists(root / "tracker.toml"):
        find_root(root)  # says what is wrong
        raise TrackerError(f"{root} holds no tracker.toml")
    return root


def open_tracker(folder: Path | str) -> Tracker:
    """Read, check and compile the tracker in `folder`, or reuse what stands in its build/.

    Raises TrackerError where the folder is no tracker or build/ cannot be written.
    """
    root = root_of(folder)
    files, findings = read_files(root)
    state: dict[str, object] = {
        "version": _fingerprint_of_the_program(),
        "files": {file.name: file.sha256 for file in files},
    }
    if not findings:
        kept = _kept_state(root, state)
        if kept is not None:
            return kept
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
    from pledgebook.ledger import (
        Contents,
        write_database,
    )  # duckdb and pyarrow take a fifth of a second to import

    by_name = {file.name: file for file in files}
    rates = _rates(by_name, findings)
    settings = _settings(by_name, rates.order, findings)
    if settings.rate_tables:
        rates = replace(rates, order=settings.rate_tables)
    paragraphs = []
    for file in files:
        if file.name not in ("tracker.toml", *TABLES):
            read, flaws = read_book(file)
            paragraphs += read
            findings += flaws
    entries = read_entries(paragraphs, settings)
    findings += entries.findings
    quoting = check_quotes(root, entries)
    findings += quoting.findings
    judgements = _judgements(by_name, entries, findings)
    database = root / BUILD / DATABASE
    try:
        write_database(Contents(entries, judgements, rates, settings.base, quoting.texts), database)
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    findings += _run_checks(database, entries)
    findings.sort(key=lambda finding: finding.sort_key)
    checked = read_bytes(root, CHECKED)
    state["sources"] = quoting.files
    state["checked"] = hashlib.sha256(checked).hexdigest() if isinstance(checked, bytes) else None
    state["title"], state["base"] = settings.title, settings.base
    state["findings"] = [[asdict(one.flaw), asdict(one.spot), one.entry] for one in findings]
    try:
        state["size"] = database.stat().st_size
        _write_aside(root / BUILD / STATE, json.dumps(state))
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    return Tracker(root, findings, settings.title, settings.base, True)


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
    for name, rows in entries.columns.items():
        if KINDS[name].is_statement:
            known.update(zip(rows.ids, rows.values["known"], strict=True))  # type: ignore[arg-type]
    judgements, flaws = read_judgements(text, known, entries.declared, entries.above)
    findings += flaws
    return judgements


def _run_checks(database: Path, entries: Entries) -> Iterable[Finding]:
    """The findings of sql/checks, each at the figure of the entry that breaks the rule."""
    from pledgebook.checks import broken
    from pledgebook.ledger import open_database

    with open_database(database) as opened:
        found = list(broken(opened.at()))
    wanted = {entry for entry, _, _ in found}
    places = {
        name: paragraph
        for rows in entries.columns.values()
        if not wanted.isdisjoint(rows.ids)
        for name, paragraph in zip(rows.ids, rows.paragraphs, strict=True)
        if name in wanted
    }
    return [flaw.at(places[entry].spot(key), entry) for entry, key, flaw in found]


def _findings_of_the_day(tracker: Tracker, day: date) -> Iterable[Finding]:
    """The findings that hold on a day alone, each at the first line of its entry."""
    from pledgebook.checks import broken
    from pledgebook.ledger import open_database

    with open_database(tracker.database) as opened:
        moment = opened.at(day=day)
        found = list(broken(moment, daily=True))
        rows = moment.ask(
            "select id, file, line from entries where list_contains($1, id)",
            [[entry for entry, _, _ in found]],
        ).to_pylist()
    places = {row["id"]: (row["file"], row["line"]) for row in rows}
    books: dict[str, TomlText] = {}
    for entry, _, flaw in found:
        file, line = places[entry]
        if file not in books:
            raw = read_bytes(tracker.root, file)
            text = text_of(File(file, raw if isinstance(raw, bytes) else b"", ""))
            books[file] = TomlText(file, text if isinstance(text, str) else "")
        book = books[file]
        yield flaw.at(book.spot(book.start_of_line(line), _WHOLE_LINE), entry)


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
        findings = [
            Finding(Flaw(**flaw), Spot(**spot), entry) for flaw, spot, entry in kept["findings"]
        ]
        if any(finding.rule not in RULES for finding in findings):
            return None
        return Tracker(root, findings, kept["title"], kept["base"], False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # the state is a cache: what cannot be read of it is made again


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
