"""The laws of the house: what holds for every file of it, found by reading the files."""

from __future__ import annotations

import ast
import csv
import keyword
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import duckdb
import pycountry
import pytest

import pledgebook
from pledgebook import kinds, schema

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "pledgebook"
EXAMPLE = ROOT / "examples" / "haiti"

FLOORS = {
    "spot": 1,
    "finding": 2,
    "values": 3,
    **dict.fromkeys(["kinds", "data"], 4),
    **dict.fromkeys(["entry", "table", "schema"], 5),
    "sources": 6,
    "files": 6.5,  # what a tracker holds, known without reading it
    **dict.fromkeys(["books", "judgements"], 7),
    **dict.fromkeys(["engine", "rates", "json_schema"], 8),
    "feeds": 9,
    **dict.fromkeys(["ledger", "sql"], 10),
    **dict.fromkeys(["engine_spark", "checks"], 11),
    "questions": 12,
    "compiling": 12.5,  # heavy to import, so the tracker does so only when something changed
    "asking": 12.5,  # what a tracker can be asked from Python
    "tracker": 13,
    "__init__": 13.5,  # the package itself offers what a library's user imports
    **dict.fromkeys(["matching", "reading", "starter"], 14),
    "desk": 15,
    "pages": 16,
    "out": 17,
    **dict.fromkeys(["site", "web"], 18),
    "cli": 19,
    "__main__": 20,
}
"""The list of the design, with `schema` and `json_schema` (what kinds.py yields for the database
and for editors), `checks` (the findings of sql/checks) and `starter` (a new tracker): a room
imports only rooms of lower floors, never its neighbour."""

CORE = 13  # up to the tracker nobody reads the clock: the day is an argument
WORDS = 7  # up to the books nobody knows a database or the web


# --- rooms and what they import -----------------------------------------------------------------


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def room(path: Path) -> str:
    """The room that a file stands in: a module or a folder directly under the package."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def floor(path: Path) -> float:
    return FLOORS[room(path)]


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Every dotted name that a module imports, at whatever depth, also by import_module."""
    package = ["pledgebook", *path.relative_to(SRC).parent.parts]
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import():
                yield from ((node, alias.name) for alias in node.names)
            case ast.ImportFrom():
                base = package[: len(package) - node.level + 1] if node.level else []
                base = [*base, *(node.module.split(".") if node.module else [])]
                yield from ((node, ".".join([*base, alias.name])) for alias in node.names)
            case ast.Call(
                func=ast.Attribute(attr="import_module" | "lazy_import")
                | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node, name


def rooms_imported(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """The rooms of the house that a module imports from."""
    for node, name in imports(path):
        match name.split("."):
            case ["pledgebook", "__version__"]:
                pass  # a constant without imports of its own
            case ["pledgebook", str(first), *_] if first in FLOORS:
                yield node, first
            case ["pledgebook", *_]:
                yield node, "__init__"


def test_every_room_is_on_a_floor():
    rooms = {
        path.name.removesuffix(".py")
        for path in SRC.iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    }
    assert rooms - FLOORS.keys() == set()


def test_a_room_imports_lower_floors_only():
    wrong = [
        f"{place(path, node)}: {room(path)} imports {other}"
        for path in modules()
        for node, other in rooms_imported(path)
        if other != room(path) and FLOORS[other] >= floor(path)
    ]
    assert wrong == []


def test_the_reader_stands_on_words_alone():
    wrong = [
        f"{place(path, node)}: reading imports {other}"
        for path in modules()
        for node, other in rooms_imported(path)
        if room(path) == "reading" and other != "reading" and FLOORS[other] > 6
    ]
    assert wrong == []


def test_words_know_no_database_and_no_web():
    strangers = {"duckdb", "pyspark", "sqlite3", "starlette", "uvicorn", "jinja2", "httpx", "click"}
    wrong = [
        f"{place(path, node)}: {name}"
        for path in modules()
        if floor(path) <= WORDS
        for node, name in imports(path)
        if name.split(".")[0] in strangers
    ]
    assert wrong == []


# --- the clock ----------------------------------------------------------------------------------


CLOCKS = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime"),
    *("os.times", "Timestamp.now", "Timestamp.today"),
}


def clock_readings(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            parent = node.value
            owner = parent.attr if isinstance(parent, ast.Attribute) else getattr(parent, "id", "")
            if f"{owner}.{node.attr}" in CLOCKS:
                yield f"{place(path, node)}: {owner}.{node.attr}"
    for node, name in imports(path):
        if name.startswith("time.") and name in CLOCKS:
            yield f"{place(path, node)}: {name}"


def test_the_core_does_not_read_the_clock():
    wrong = [found for path in modules() if floor(path) <= CORE for found in clock_readings(path)]
    assert wrong == []


SQL_CLOCK = re.compile(
    r"\b(current_date|current_time(stamp)?|local_?time(stamp)?)\b"
    r"|\b(now|today|get_current_time(stamp)?|transaction_timestamp)\s*\(",
    re.IGNORECASE,
)


def sql_without_comments(path: Path) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_meaning_in_sql_does_not_read_the_clock():
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}: {found[0]}"
        for path in sorted(SRC.rglob("*.sql"))
        for found in SQL_CLOCK.finditer(sql_without_comments(path))
    ]
    assert wrong == []


# --- size and names -----------------------------------------------------------------------------


def test_a_file_that_outgrows_500_lines_is_two_rooms():
    written = {".py", ".sql", ".js", ".css", ".html", ".sh"}
    folders = [SRC, ROOT / "tests", ROOT / "scripts"]
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in written and path.is_file()
        if (lines := path.read_text("utf-8", errors="replace").count("\n")) > 500
    }
    assert long == {}


# the design names these one by one; DuckDB's own list changes with its versions
NEVER_A_NAME = {"by", "from", "to", "on", "for", "if", "case", "left", "right", "order", "group"}


@cache
def sql_keywords() -> frozenset[str]:
    rows = duckdb.connect().execute(
        "select keyword_name from duckdb_keywords() "
        "where keyword_category in ('reserved', 'type_function')"
    )
    return frozenset(name for (name,) in rows.fetchall())


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.name)
def test_names_are_legal_in_toml_sql_and_python_at_once(kind: kinds.Kind):
    names = {kind.view, *kind.field_names, *schema.columns(kind)}
    assert {name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)} == set()
    assert {name for name in names if keyword.iskeyword(name)} == set()
    assert names & (sql_keywords() | NEVER_A_NAME) == set()


# --- the example --------------------------------------------------------------------------------


def ids_in(value: object) -> Iterator[str]:
    """Every `id` in a TOML document."""
    match value:
        case dict():
            for key, inner in value.items():
                if key == "id" and isinstance(inner, str):
                    yield inner
                else:
                    yield from ids_in(inner)
        case list():
            for inner in value:
                yield from ids_in(inner)


def example_ids() -> set[str]:
    found: set[str] = set()
    for path in sorted(EXAMPLE.rglob("*")):
        if "build" in path.parts or "sources" in path.relative_to(EXAMPLE).parts:
            continue
        if path.suffix == ".toml":
            found |= set(ids_in(tomllib.loads(path.read_text("utf-8-sig"))))
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                found |= {row["id"] for row in csv.DictReader(lines) if row.get("id")}
    return found


ORDINARY_WORDS = {"partners"}
"""Ids of the example that anybody's code may use as a word."""


def is_telling(name: str) -> bool:
    """Whether an id could stand in the code only because of the example.

    The codes of countries and currencies are everybody's, and so are ordinary words.
    """
    code = name.upper()
    return not (
        len(name) < 3
        or name in ORDINARY_WORDS
        or pycountry.countries.get(alpha_3=code)
        or pycountry.currencies.get(alpha_3=code)
    )


def words_of_the_code() -> Iterator[tuple[str, str]]:
    """Every text in the code with its place: strings of Python, and SQL with its comments."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield place(path, node), node.value
    for path in sorted(SRC.rglob("*.sql")):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


@pytest.mark.skipif(not EXAMPLE.is_dir(), reason="a distribution without the example")
def test_no_id_of_the_example_stands_in_the_code():
    telling = sorted(filter(is_telling, example_ids()), key=len, reverse=True)
    assert telling, "the example has no ids: this test looks in the wrong place"
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, telling))})(?![\w-])")
    found = [
        f"{where}: {hit[0]}"
        for where, text in words_of_the_code()
        for hit in pattern.finditer(text)
    ]
    assert found == []


# --- what must not travel -----------------------------------------------------------------------


def project_files() -> list[Path]:
    """The files that git holds or would hold; outside a clone, those of the source archive."""
    try:
        said = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
        names = said.stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [str(path) for top in ("src", "tests", "docs") for path in (ROOT / top).rglob("*")]
    return [path for name in sorted(names) if name and (path := ROOT / name).is_file()]


def lines_matching(pattern: re.Pattern[bytes], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {hit[0].decode(errors='replace')}"
        for path in files
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1)
        if (hit := pattern.search(line))
    ]


# put together here, so that this file does not hold what it forbids
MACHINE_PATH = re.compile(
    rb"(?<![\w.~$}])/(?:"
    + b"|".join([b"work", b"root", b"home", b"Users", b"opt", b"mnt"])
    + rb")/\w"
    rb"|\b[A-Z]:\\\\?" + b"Users"
)
PACKAGE_SERVER = re.compile(
    rb"(?:https?:)?//[\w.@:-]*(?:"
    + b"|".join([b"pypi", b"pythonhosted", b"npmjs", b"jsdelivr"])
    + rb")"
    rb"|(?:extra-index-url|find-links|index-url)\s*[= ]\s*[\"']?(?:\w+:/)?/"
)


def test_no_path_of_a_machine_travels():
    assert lines_matching(MACHINE_PATH, project_files()) == []


def test_no_address_of_a_package_server_travels():
    assert lines_matching(PACKAGE_SERVER, project_files()) == []


def test_locks_hold_names_versions_and_hashes_and_no_address():
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert {path.stem for path in locks} >= {"core", "dev"}
    for path in locks:
        text = path.read_text("utf-8")
        assert "http" not in text
        assert "://" not in text
        packages = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
        assert packages
        assert len(re.findall(r"==[^\n]*\\\n +--hash=sha256:", text)) == len(packages)


def test_private_texts_are_ignored_by_git():
    said = subprocess.run(
        ["git", "check-ignore", "examples/haiti/sources/a.txt", "examples/haiti/build/a.duckdb",
         "examples/haiti/sources/checked.csv", "src/pledgebook/sources/__init__.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said.returncode == 128:
        pytest.skip("not a clone")
    assert said.stdout.split() == ["examples/haiti/sources/a.txt", "examples/haiti/build/a.duckdb"]


# --- version and start --------------------------------------------------------------------------


def test_the_changelog_tells_of_this_version():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## v?(\d+(?:\.\d+)*)\b", text, re.MULTILINE)
    assert versions[0] == pledgebook.__version__
    order = [tuple(map(int, version.split("."))) for version in versions]
    assert all(newer > older for newer, older in pairwise(order))


HEAVY = ("duckdb", "pyarrow", "rich", "jinja2", "starlette", "pyspark", "hypothesis")


@pytest.mark.parametrize(
    "module",
    [
        "pledgebook",
        pytest.param(
            "pledgebook.cli",
            marks=pytest.mark.skipif(not (SRC / "cli.py").exists(), reason="not written yet"),
        ),
    ],
)
def test_importing_is_light(module: str):
    code = f"import sys, {module}; print(*sorted({set(HEAVY)!r} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


@pytest.mark.skipif(not (SRC / "cli.py").exists(), reason="not written yet")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_comes_at_once(option: str):
    def seconds() -> float:
        """The time of the processor, so that a busy machine does not fail it."""
        start = os.times()
        code = "from pledgebook.cli import main; main()"
        subprocess.run([sys.executable, "-c", code, option], capture_output=True, check=True)
        end = os.times()
        return sum(end[2:4]) - sum(start[2:4])

    assert min(seconds() for _ in range(8)) < 0.2
