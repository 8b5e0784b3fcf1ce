"""A tracker: the folder, opened, compiled where its text has changed, and asked.

Reading, checking and compiling happen once for each state of the text; `build/` remembers the
state by the sha256 of every file, so an unchanged tracker opens without work.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib import resources
from pathlib import Path

from pledgebook import __version__
from pledgebook.asking import ONE_AT_A_TIME, Askable, as_day
from pledgebook.files import Files, list_files
from pledgebook.finding import RULES, Coming, Finding, Flaw, begun, summary
from pledgebook.rates import DAILY, daily_file
from pledgebook.sources import CHECKED, Document, read_bytes, read_document
from pledgebook.sources.aside import put_in_place
from pledgebook.spot import Spot

BUILD = "build"
BOOKS = "books"
DATABASE = "pledgebook.duckdb"
STATE = "state.json"

LARGEST_STATE = 1 << 30
"""A state is read into memory; in bytes."""


class TrackerError(Exception):
    """A tracker that cannot be opened at all; the sentence says what to do."""


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
        held = begun(self.coming, as_day(day).isoformat())
        return sorted([*self.findings, *held], key=lambda one: one.sort_key)


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
    files = list_files(root)
    state: dict[str, object] = {
        "version": _fingerprint_of_the_program(),
        "files": files.sha256s,
    }
    if not files.findings:
        kept = _kept_state(root, state)
        if kept is not None:
            return kept
    with ONE_AT_A_TIME:
        return _compiled(root, files, state)


def _compiled(root: Path, files: Files, state: dict[str, object]) -> Tracker:
    """The tracker, compiled; build/ remembers the state of its text."""
    from pledgebook.books import Kept
    from pledgebook.compiling import compile_tracker

    build = root / BUILD
    try:
        kept = Kept(root, build / BOOKS, str(state["version"]))
        made = compile_tracker(root, files, build / DATABASE, kept)
        state["sources"] = made.sources
        state["checked"] = _sha256_of(root, CHECKED)
        state["title"], state["base"] = made.title, made.base
        state["findings"] = [_as_kept(one) for one in made.findings]
        state["coming"] = [[_as_kept(one.finding), one.since, one.until] for one in made.coming]
        state["size"] = (build / DATABASE).stat().st_size
        put_in_place(build / STATE, json.dumps(state).encode(), is_cache=True)
    except OSError as error:
        raise TrackerError(f"{BUILD}/ cannot be written: {error.strerror or error}") from error
    return Tracker(root, made.findings, made.coming, made.title, made.base, True)


def _sha256_of(root: Path, name: str) -> str | None:
    raw = read_bytes(root, name)
    return hashlib.sha256(raw).hexdigest() if isinstance(raw, bytes) else None


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
        if kept["checked"] != _sha256_of(root, CHECKED):
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
