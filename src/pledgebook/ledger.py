"""Compile everything into one database file.

Entries go in as Arrow, one table per kind; meaning is made by the SQL files of sql/entries and
sql/views, steps that a moment computes as of its day, in the order that their `-- reads:` lines
ask for. The file is written aside and then moved into place, so a reader sees the old one or the
new one and never half of either.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from pledgebook.books.entries import Entries
from pledgebook.data import seats
from pledgebook.engine import Database, Step, create
from pledgebook.entry import Columns
from pledgebook.judgements import Judgement
from pledgebook.kinds import KINDS
from pledgebook.rates import Rates
from pledgebook.schema import DECIMAL, columns, tables, views

_ARROW = {
    "varchar": pa.string(),
    "varchar[]": pa.list_(pa.string()),
    "date": pa.date32(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    DECIMAL: pa.decimal128(38, 6),
}


def write_database(
    entries: Entries, judgements: Iterable[Judgement], path: Path, rates: Rates, base: str
) -> None:
    """Write the database of a tracker to `path`, replacing the one that is there.

    `rates` is what it converts with, `base` the currency of its board.
    Raises OSError where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        connection = create(aside)
        try:
            fill(connection, entries, judgements, rates, base)
        finally:
            connection.close()
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def fill(
    connection: duckdb.DuckDBPyConnection,
    entries: Entries,
    judgements: Iterable[Judgement],
    rates: Rates,
    base: str,
) -> None:
    """Make the tables and views of a tracker in an empty database."""
    connection.execute("begin")
    connection.execute(tables())
    for name, rows in entries.columns.items():
        if len(rows):
            _insert(connection, f"book.{KINDS[name].view}", _arrow(rows))
    side_tables = _side_tables(entries, judgements) | {
        "price": rates.indices(),
        "setting": pa.table({"base": [base]}),
    }
    for name, table in side_tables.items():
        connection.register("incoming", table)
        connection.execute(f"create table book.{name} as from incoming")
        connection.unregister("incoming")
    connection.execute(_text("macros.sql"))
    connection.register("quoted", rates.quoted())
    connection.execute(f"create table book.rate as {_text('rates.sql')}")
    connection.unregister("quoted")
    # `corrected` is read by the views per kind, so it comes before them
    connection.execute(f"create view corrected as {_text('entries/corrected.sql')}")
    connection.execute(views())
    connection.execute("commit")


def open_database(path: Path) -> Database:
    """Open a compiled tracker for questions."""
    return Database(path, steps())


def steps() -> dict[str, Step]:
    """The steps of sql/entries and sql/views, in an order in which they can be made."""
    files = sql_files()
    made: dict[str, Step] = {}
    while len(made) < len(files):
        ready = [
            name for name, text in files.items()
            if name not in made and all(one in made or one not in files for one in reads(text))
        ]  # fmt: skip
        if not ready:
            raise RuntimeError(f"these steps read each other: {sorted(set(files) - set(made))}")
        for name in ready:
            text = files[name]
            made[name] = Step(text, tuple(reads(text)), "-- kept: no" not in text)
    return made


def sql_files() -> dict[str, str]:
    """The files of sql/entries and sql/views by name: their text, sorted."""
    out: dict[str, str] = {}
    for room in ("entries", "views"):
        for file in (resources.files("pledgebook") / "sql" / room).iterdir():
            if file.name.endswith(".sql") and file.name != "corrected.sql":
                out[file.name.removesuffix(".sql")] = file.read_text(encoding="utf-8")
    return dict(sorted(out.items()))


def checks() -> dict[str, str]:
    """The checks of sql/checks by the name of their rule: each selects the rows that break it."""
    room = resources.files("pledgebook") / "sql" / "checks"
    files = sorted(
        (file for file in room.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return {file.name.removesuffix(".sql"): file.read_text(encoding="utf-8") for file in files}


def reads(text: str) -> list[str]:
    """The names that the `-- reads:` line of a SQL file gives."""
    for line in text.split("\n"):
        if line.startswith("-- reads:"):
            return [name.strip() for name in line.removeprefix("-- reads:").split(",")]
    return []


def _text(name: str) -> str:
    return (resources.files("pledgebook") / "sql" / name).read_text(encoding="utf-8")


def _arrow(rows: Columns) -> pa.Table:
    types = columns(KINDS[rows.kind])
    return pa.table(
        {name: pa.array(rows.values[name], _ARROW[type]) for name, type in types.items()}
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"insert into {table} by name from incoming")
    connection.unregister("incoming")


def _side_tables(entries: Entries, judgements: Iterable[Judgement]) -> dict[str, pa.Table]:
    """What is no entry: judgements, readings, who is part of what, origins, council seats."""
    judged = list(judgements)
    text, day = pa.string(), pa.date32()
    actors = sorted({one for pair in entries.parents.items() for one in pair} | entries.actors)
    activities = _parents(entries, "activity")
    ids = sorted({*_ids(entries, "activity"), *activities})
    return {
        "judgement": pa.table(
            {
                "entry": pa.array([one.entry for one in judged], text),
                "judgement": pa.array([one.judgement for one in judged], text),
                "other": pa.array([one.other for one in judged], text),
                "known": pa.array([one.known for one in judged], day),
                "judge": pa.array([one.judge for one in judged], text),
                "day": pa.array([one.day for one in judged], text),
                "reason": pa.array([one.reason for one in judged], text),
                "file": pa.array([one.file for one in judged], text),
                "line": pa.array([one.line for one in judged], pa.int32()),
            }
        ),
        "reading": _rows(
            entries.readings,
            {
                "id": text,
                "position": pa.int32(),
                "reading": text,
                "years": pa.list_(day),
                "since": day,
                "until": day,
            },
        ),
        "actor_line": _rows(_lines(actors, entries.parents), {"actor": text, "ancestor": text}),
        "activity_line": _rows(_lines(ids, activities), {"activity": text, "ancestor": text}),
        "origin": _rows(_origins(entries), {"source": text, "origin": text}),
        "council": _rows(
            seats(),
            {"body": text, "year": pa.int32(), "member": text, "is_permanent": pa.bool_()},
        ),
    }


def _rows(rows: Sequence[Sequence[object]], types: dict[str, pa.DataType]) -> pa.Table:
    return pa.table(
        {
            name: pa.array([row[i] for row in rows], type)
            for i, (name, type) in enumerate(types.items())
        }
    )


def _ids(entries: Entries, kind: str) -> list[str]:
    return entries.columns[kind].ids if kind in entries.columns else []


def _parents(entries: Entries, kind: str) -> dict[str, str]:
    if kind not in entries.columns:
        return {}
    put = entries.columns[kind].values
    pairs = zip(put["id"], put["parent"], strict=True)
    return {str(one): str(parent) for one, parent in pairs if parent is not None}


def _lines(names: Iterable[str], parents: dict[str, str]) -> list[tuple[str, str]]:
    """Each name with itself and all that it is part of, at any remove."""
    out = []
    for name in names:
        line = [name]
        while (parent := parents.get(line[-1])) and parent not in line:
            line.append(parent)
        out += [(name, ancestor) for ancestor in line]
    return out


def _origins(entries: Entries) -> list[tuple[str, str]]:
    """Each source with the telling that it goes back to; most are their own."""
    if "source" not in entries.columns:
        return []
    put = entries.columns["source"].values
    above = {
        str(one): str(origin)
        for one, origin in zip(put["id"], put["origin"], strict=True)
        if origin is not None
    }
    return [(name, line[-1][1]) for name in put["id"] if (line := _lines([str(name)], above))]  # type: ignore[misc]
