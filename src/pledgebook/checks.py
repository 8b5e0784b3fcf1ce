"""Run the checks of sql/checks: each row that one selects is a finding with its arithmetic.

A file is named after the rule whose offenders it selects; one that looks for several rules at
once names them in its header (`-- finds:`) and selects the rule of each row as well. A check whose
header says `-- only where:` is run only where that select has a row, so that what a tracker does
not hold costs it nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pledgebook.engine import Moment
from pledgebook.finding import Flaw
from pledgebook.ledger import checks, header_line

COLUMNS = ("id", "key", "message", "expected", "found", "difference", "remedy")
"""What every check selects: the entry and its key at which the finding stands, and its words."""

DAILY = "-- asked: on a day"
"""The line in the header of a check whose answer depends on the day on which it is asked."""

COMING = "-- holds: after a day"
"""The line in the header of a check whose findings begin, and may end, with a day of their own: it
selects `since` and `until` as well, so that no later day asks anything anew."""


class Broken(NamedTuple):
    """A row that breaks a check: the entry's id, the key at which the finding stands, the flaw.

    It holds after `since` and up to `until`; always, where both are None.
    """

    entry: str
    key: str
    flaw: Flaw
    since: date | None = None
    until: date | None = None


def broken(moment: Moment, *, daily: bool = False) -> Iterator[Broken]:
    """What breaks a check.

    `daily`: run the checks that depend on the day on which is asked, instead of the others.
    """
    wanted = {name: sql for name, sql in checks().items() if (DAILY in sql) == daily}
    for name in due_checks(moment, wanted):
        yield from _rows_of(moment, name, wanted[name])


def rules_of(name: str, sql: str) -> tuple[str, ...]:
    """The rules whose offenders a check selects."""
    return tuple(header_line("finds", sql)) or (name,)


def due_checks(moment: Moment, wanted: Mapping[str, str]) -> list[str]:
    """The checks that have something to look at in this tracker, in their order."""
    only_where = {name: ", ".join(header_line("only where", sql)) for name, sql in wanted.items()}
    asked = [
        f"select '{name}' as name where exists ({select})"
        for name, select in only_where.items()
        if select
    ]
    held: set[str] = set()
    if asked:
        held.update(moment.ask(" union all ".join(asked)).column("name").to_pylist())
    return [name for name, select in only_where.items() if not select or name in held]


def _rows_of(moment: Moment, name: str, sql: str) -> Iterator[Broken]:
    rule = "rule" if rules_of(name, sql) != (name,) else f"'{name}' as rule"
    names = ", ".join((*COLUMNS, "since", "until") if COMING in sql else COLUMNS)
    answer = moment.ask(
        f"select {rule}, {names} from ({sql}) order by rule, id, key, message, found"
    )
    width = len(COLUMNS) - 2
    for found, id, key, *more in zip(*answer.to_pydict().values(), strict=True):
        yield Broken(id, key, _flaw(found, more[:width]), *more[width:])


def _flaw(rule: str, words: list[str | None]) -> Flaw:
    message, expected, found, difference, remedy = (word or "" for word in words)
    return Flaw(rule, message, expected, found, difference, remedy=remedy)
