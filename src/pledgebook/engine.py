"""Run SQL on DuckDB: a database file, opened for reading, and asked as of a day.

A reader never writes: the file is opened read-only, without access to other files or to the
network, and its settings are locked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

Variable = date | str | list[str] | None

FILTERS = ("who", "whom", "via", "unit", "since", "until", "currency")
"""What a question may narrow its answer by, and the currency that it is shown in; `who` and `whom`
are lists of actors."""

_TYPES = {
    "as_of": "date",
    "day": "date",
    "strength": "varchar",
    "who": "varchar[]",
    "whom": "varchar[]",
    "via": "varchar",
    "unit": "varchar",
    "since": "date",
    "until": "date",
    "currency": "varchar",
}
"""What a question may set, with its SQL type: a null has it too, or what is computed from it would
have another type where nothing is set."""

READY = "ready"
"""The schema of the steps that a file holds as they are where no day is asked for."""

# a table in the tree of a statement, as DuckDB writes it out
_TABLE_NAME = re.compile(r'"table_name":"((?:[^"\\]|\\.)*)"')

_LOCKED = {"enable_external_access": "false", "lock_configuration": "true"}


class QueryError(ValueError):
    """SQL that could not be run; the sentence is DuckDB's first line."""


def _damaged(path: Path) -> QueryError:
    return QueryError(
        f"{path.parent.name}/{path.name} is damaged; delete {path.parent.name}/, it is made again"
    )


class Database:
    """A compiled tracker, open for reading. Close it, or use it in a `with`.

    `steps` are named selects, each with the names of the steps that it reads, in an order in
    which every step comes after those.
    """

    def __init__(self, path: Path, steps: Mapping[str, Step]) -> None:
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=dict(_LOCKED))
        except duckdb.Error as error:
            raise _damaged(path) from error
        self._steps = steps

    def at(
        self, as_of: date | None = None, day: date | None = None, strength: str | None = None
    ) -> Moment:
        """The tracker as it was known on `as_of` (None: all that it holds).

        `day` is the day on which is asked, for what is due (None: nothing falls due);
        `strength` the weakest wording that counts as promised (None: promised).
        """
        variables: dict[str, Variable] = {"as_of": as_of, "day": day, "strength": strength}
        return Moment(self._connection.cursor(), self._steps, variables)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class NewDatabase:
    """A database file while it is made.

    It is filled and asked in memory: no log is written, for nobody needs half of a file, and all
    is compressed once, by `write`.
    """

    def __init__(self, path: Path) -> None:
        quoted = str(path).replace("'", "''")
        self.connection = duckdb.connect(config={"checkpoint_threshold": "1TB"})
        self.connection.execute(f"attach '{quoted}' as made (recovery_mode no_wal_writes)")
        self.connection.execute("use made")

    def store(self, steps: Mapping[str, Step]) -> Moment:
        """Make the steps that are stored, once all that they read is there; what was made on the
        way serves whoever asks the moment next."""
        self.connection.execute(f"create schema {READY}")
        cursor = self.connection.cursor()
        cursor.execute("use made")
        moment = Moment(cursor, steps, {}, writes=True)
        moment.make([name for name, step in steps.items() if step.is_stored])
        return moment

    def write(self) -> None:
        """Write all that is in memory to the file."""
        with self.connection.cursor() as cursor:
            cursor.execute("checkpoint made")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


class Step(NamedTuple):
    """One named select of the meaning: its SQL, the steps it reads, whether its rows are kept for
    the moment (what reads a question's filters is not), and whether those of all that is known
    stand in the file, in the schema `READY`."""

    sql: str
    reads: tuple[str, ...]
    is_kept: bool = True
    is_stored: bool = False


class Moment:
    """A tracker as of one day: each step that a question needs is computed once and kept.

    A step is a temporary table of this cursor, so that a chain of twenty steps stays a chain:
    as views they would be written into each other, and the last would hold thousands of copies.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        steps: Mapping[str, Step],
        variables: Mapping[str, Variable],
        *,
        writes: bool = False,
    ) -> None:
        self._cursor = cursor
        self._steps = steps
        self._writes = writes
        self._made: set[str] = set()
        self._variables: dict[str, Variable] = {}
        self._is_of_all = variables.get("as_of") is None
        for name in _TYPES:
            self._set(name, variables.get(name))

    def ask(
        self,
        sql: str,
        parameters: Sequence[object] = (),
        filters: Mapping[str, Variable] | None = None,
    ) -> pa.Table:
        """The answer to one select as an Arrow table.

        `filters` are those of `FILTERS` that the question sets; the others are null. Raises
        QueryError where DuckDB refuses the SQL.
        """
        try:
            for name in FILTERS:
                self._set(name, (filters or {}).get(name))
            statements = self._cursor.extract_statements(sql)
            if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
                raise QueryError("ask one select; nothing else is run")
            self.make(self._needed(sql))
            return self._cursor.sql(sql, params=list(parameters)).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(str(error).split("\n")[0]) from error

    def rows(self, sql: str, reads: Iterable[str]) -> list[tuple[Any, ...]]:
        """The answer to a select of this program that reads these steps: for few rows and no
        filters, at half the price of `ask`."""
        self.make(name for name in reads if name in self._steps)
        return self._cursor.execute(sql).fetchall()

    def make(self, names: Iterable[str]) -> None:
        """Make these steps, and those that they read."""
        for name in names:
            self._make(name)

    def close(self) -> None:
        """Give back the memory of the steps."""
        self._cursor.close()

    def _set(self, name: str, value: Variable) -> None:
        if name not in self._variables or self._variables[name] != value:
            self._cursor.execute(f"set variable {name} = $1::{_TYPES[name]}", [value])
            self._variables[name] = value

    def _needed(self, sql: str) -> list[str]:
        """The steps that `sql` reads, in an order in which they can be made."""
        # not get_table_names: that refuses `join ... using`, for it binds what it does not know
        ((tree,),) = self._cursor.execute("select json_serialize_sql($1)", [sql]).fetchall()
        read = set(_TABLE_NAME.findall(tree.lower()))
        return [name for name in self._steps if name in read]

    def _make(self, name: str) -> None:
        if name in self._made:
            return
        step = self._steps[name]
        is_ready = step.is_stored and self._is_of_all
        if not is_ready or self._writes:
            for read in step.reads:
                if read in self._steps:
                    self._make(read)
        if is_ready and self._writes:
            self._cursor.execute(f"create table {READY}.{name} as {step.sql}")
        kept = "table" if step.is_kept and not is_ready else "view"
        select = f"from {READY}.{name}" if is_ready else step.sql
        self._cursor.execute(f"create temporary {kept} {name} as {select}")
        self._made.add(name)
