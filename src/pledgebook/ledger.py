"""Compile everything into one database file.

Entries go in as Arrow, one table per kind; meaning is made by the SQL files of sql/entries and
sql/views, steps that a moment computes as of its day, in the order that their `-- reads:` lines
ask for. The file is written aside and then moved into place, so a reader sees the old one or the
new one and never half of either.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb
import pyarrow as pa

from pledgebook.books.entries import Entries
from pledgebook.data import fine_places, resolutions, seats
from pledgebook.engine import Database, Moment, NewDatabase, Step
from pledgebook.judgements import Judgement
from pledgebook.kinds import KINDS, SUPPORT
from pledgebook.rates import Rates
from pledgebook.schema import table_of, tables, views
from pledgebook.sources import Shingles, Telling, origins
from pledgebook.values import PEOPLE

OLDEST_RATE = timedelta(days=31)
"""A rate of a day holds so long where none is published, as sql/rates.sql says."""

_Answer = TypeVar("_Answer")


class Contents(NamedTuple):
    """What a database holds: the entries and the judgements about them, what money is converted
    with, the currency of the board, and the shingles of the sources whose text is here."""

    entries: Entries
    judgements: Sequence[Judgement]
    rates: Rates
    base: str
    texts: Mapping[str, Shingles[int]] = {}


def write_database(contents: Contents, path: Path, ask: Callable[[Moment], _Answer]) -> _Answer:
    """Write the database of a tracker to `path`, replacing the one that is there.

    What `ask` wants to know of it is asked while it is still in memory, and returned. Raises
    OSError where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        made = NewDatabase(aside, contents.entries.number)
        try:
            fill(made.connection, contents)
            moment = made.store(steps())
            # what is asked makes temporary tables alone: the file is written beside it
            with ThreadPoolExecutor(1) as second:
                writing = second.submit(made.write)
                try:
                    answer = ask(moment)
                finally:
                    moment.close()
                writing.result()
        finally:
            made.close()
        os.replace(aside, path)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(str(error).split("\n")[0]) from error
    finally:
        aside.unlink(missing_ok=True)
    return answer


def fill(connection: duckdb.DuckDBPyConnection, contents: Contents) -> None:
    """Make the tables and views of a tracker in an empty database; the entries let go of their
    columns."""
    connection.execute("begin")
    connection.execute(tables())
    side_tables = _side_tables(contents)
    for name, rows in contents.entries.give_tables():
        if rows.num_rows:
            _insert(connection, table_of(KINDS[name]), _with_kind(name, rows))
    for name, table in side_tables.items():
        connection.register("incoming", table)
        connection.execute(f"create table book.{name} as from incoming")
        connection.unregister("incoming")
    connection.execute(without_comments(_text("macros.sql")))
    connection.execute(f"create view book.money as {without_comments(_text('money.sql'))}")
    connection.register("quoted", contents.rates.quoted(*_days_of(connection)))
    for name in ("quote", "rate"):
        connection.execute(f"create table book.{name} as {without_comments(_text(f'{name}s.sql'))}")
    connection.unregister("quoted")
    # `corrected` is read by the views per kind, so it comes before them
    connection.execute(f"create view corrected as {_text('entries/corrected.sql')}")
    connection.execute(views())
    # before the steps: the planner knows how many rows a table has once they are committed
    connection.execute("commit")


def _days_of(connection: duckdb.DuckDBPyConnection) -> tuple[date, date]:
    """The days between which rates are wanted; what was quoted long before is too old."""
    ((since, until),) = connection.execute(
        "select min(least(since, until, known)), max(greatest(since, until, known)) from book.money"
    ).fetchall()
    first = max(since or date.max, date.min + OLDEST_RATE) - OLDEST_RATE
    return first, until or date.min


def open_database(path: Path) -> Database:
    """Open a compiled tracker for questions."""
    return Database(path, steps())


@cache
def steps() -> dict[str, Step]:
    """The steps of sql/entries and sql/views, in an order in which they can be made.

    Read once, as are `sql_files` and `checks`: what is returned is shared, and not to be changed.
    """
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
            made[name] = Step(
                without_comments(text),
                tuple(reads(text)),
                "-- kept: no" not in text,
                "-- stored: yes" in text,
            )
    return made


@cache
def sql_files() -> dict[str, str]:
    """The files of sql/entries and sql/views by name: their text, sorted."""
    out: dict[str, str] = {}
    for room in ("entries", "views"):
        for file in (resources.files("pledgebook") / "sql" / room).iterdir():
            if file.name.endswith(".sql") and file.name != "corrected.sql":
                out[file.name.removesuffix(".sql")] = file.read_text(encoding="utf-8")
    return dict(sorted(out.items()))


@cache
def checks() -> dict[str, str]:
    """The files of sql/checks by name: each selects the rows that break a rule."""
    room = resources.files("pledgebook") / "sql" / "checks"
    files = sorted(
        (file for file in room.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return {file.name.removesuffix(".sql"): file.read_text(encoding="utf-8") for file in files}


def reads(text: str) -> list[str]:
    """The names that the `-- reads:` line of a SQL file gives."""
    return header_line("reads", text)


def header_line(name: str, text: str) -> list[str]:
    """What a SQL file says in the line `-- NAME:` of its header, cut at the commas."""
    start = f"-- {name}:"
    for line in text.split("\n"):
        if line.startswith(start):
            return [said.strip() for said in line.removeprefix(start).split(",")]
    return []


def without_comments(text: str) -> str:
    """SQL as DuckDB needs it: its parser takes a third of its time for the comments."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("--"))


def _text(name: str) -> str:
    return (resources.files("pledgebook") / "sql" / name).read_text(encoding="utf-8")


def _with_kind(kind: str, rows: pa.Table) -> pa.Table:
    """The entries of one kind; those of support say which kind they are."""
    if kind in SUPPORT:
        return rows.append_column("kind", pa.repeat(kind, rows.num_rows))
    return rows


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"insert into {table} by name from incoming")
    connection.unregister("incoming")


def _side_tables(contents: Contents) -> dict[str, pa.Table]:
    """What is no entry: judgements, readings, who is part of what, origins, seats, resolutions,
    the nouns of people and words of fine places that the meaning reads, prices and settings."""
    entries, judged = contents.entries, contents.judgements
    text, day = pa.string(), pa.date32()
    actors = sorted({one for pair in entries.parents.items() for one in pair} | entries.actors)
    activities = _parents(entries, "activity")
    ids = sorted({*_column(entries, "activity", "id"), *activities})
    own = _own_ids(entries)
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
        "origin": _rows(_origins(entries, contents.texts), {"source": text, "origin": text}),
        "council": _rows(
            [
                (seat.body, seat.year, own.get(seat.member, seat.member), seat.permanent)
                for seat in seats()
            ],
            {"body": text, "year": pa.int32(), "member": text, "is_permanent": pa.bool_()},
        ),
        "resolution": _rows(
            [(one.body, one.number, one.adopted, one.yes) for one in resolutions().values()],
            {"body": text, "number": pa.int32(), "adopted": day, "yes": pa.int32()},
        ),
        "people": _rows(list(PEOPLE.items()), {"noun": text, "role": text}),
        "price": contents.rates.indices(),
        "setting": pa.table({"base": [contents.base]}),
        "fine_place": _rows(fine_places(), {"words": text, "site": text}),
    }


def _rows(rows: Sequence[Sequence[object]], types: dict[str, pa.DataType]) -> pa.Table:
    return pa.table(
        {
            name: pa.array([row[i] for row in rows], type)
            for i, (name, type) in enumerate(types.items())
        }
    )


def _column(entries: Entries, kind: str, name: str) -> list[Any]:
    """One column of the entries of a kind that could be read."""
    if kind not in entries.tables:
        return []
    return entries.tables[kind].column(name).to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types


def _parents(entries: Entries, kind: str) -> dict[str, str]:
    pairs = zip(_column(entries, kind, "id"), _column(entries, kind, "parent"), strict=True)
    return {str(one): str(parent) for one, parent in pairs if parent is not None}


def _own_ids(entries: Entries) -> dict[str, str]:
    """The states to which the tracker gives an id of its own, by their ISO codes."""
    pairs = zip(_column(entries, "actor", "iso"), _column(entries, "actor", "id"), strict=True)
    return {str(iso): str(own) for iso, own in pairs if iso is not None}


def _lines(names: Iterable[str], parents: dict[str, str]) -> list[tuple[str, str]]:
    """Each name with itself and all that it is part of, at any remove."""
    out = []
    for name in names:
        line = [name]
        while (parent := parents.get(line[-1])) and parent not in line:
            line.append(parent)
        out += [(name, ancestor) for ancestor in line]
    return out


def _origins(entries: Entries, texts: Mapping[str, Shingles[int]]) -> list[tuple[str, str]]:
    """Each source with the telling that it goes back to; most are their own."""
    names = ("id", "date_since", "date_until", "origin", "publisher", "syndicator", "title")
    rows = zip(*(_column(entries, "source", name) for name in names), strict=True)
    return sorted(origins((Telling(*row) for row in rows), texts).items())
