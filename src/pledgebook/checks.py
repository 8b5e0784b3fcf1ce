"""Run the checks of sql/checks: each row that one selects is a finding with its arithmetic.

A file is named after the rule whose offenders it selects; one that looks for several rules at
once names them in its header (`-- finds:`) and selects the rule of each row as well. A check whose
header says `-- only where:` is run only where that select has a row, so that what a tracker does
not hold costs it nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pledgebook.engine import Moment
from pledgebook.finding import Flaw
from pledgebook.ledger import checks, header_line, reads, without_comments

COLUMNS = ("id", "key", "message", "expected", "found", "difference", "remedy")
"""What every check selects: the entry and its key at which the finding stands, and its words."""

COMING = "-- holds: after a day"
"""The line in the header of a check whose findings begin, and may end, with a day of their own: it
selects `since` and `until` as well, so that no later day asks anything anew."""

_NAME = re.compile(r"[\w.]+")


class Broken(NamedTuple):
    """A row that breaks a check: the entry's id, the key at which the finding stands, the flaw.

    It holds after `since` and up to `until`, each only where it is not None.
    """

    entry: str
    key: str
    flaw: Flaw
    since: date | None = None
    until: date | None = None


def found(moment: Moment) -> list[Broken]:
    """What breaks a check."""
    return broken(moment, checks())


def broken(moment: Moment, wanted: Mapping[str, str]) -> list[Broken]:
    """What breaks these checks, each the text of its file by its name."""
    return [row for name in due(moment, wanted) for row in _rows_of(moment, name, wanted[name])]


def rules_of(name: str, sql: str) -> tuple[str, ...]:
    """The rules whose offenders a check selects."""
    return tuple(header_line("finds", sql)) or (name,)


def due(moment: Moment, wanted: Mapping[str, str]) -> list[str]:
    """Those of these checks for which the tracker holds something that they look at."""
    conditions = {name: ", ".join(header_line("only where", sql)) for name, sql in wanted.items()}
    # all in one select: to plan a check takes far longer than to answer its condition
    asked = [f"(select '{name}' {one} limit 1)" for name, one in conditions.items() if one]
    read = {step for one in conditions.values() for step in _NAME.findall(one)}
    held = {name for (name,) in moment.rows(" union all ".join(asked), read)} if asked else set()
    return [name for name, condition in conditions.items() if not condition or name in held]


def _rows_of(moment: Moment, name: str, text: str) -> list[Broken]:
    rule = "rule" if rules_of(name, text) != (name,) else f"'{name}' as rule"
    names = ", ".join((*COLUMNS, "since", "until") if COMING in text else COLUMNS)
    sql = (
        f"select {rule}, {names} from ({without_comments(text)}) "
        "order by rule, id, key, message, found"
    )
    width = len(COLUMNS) - 2
    return [
        Broken(id, key, _flaw(rule, more[:width]), *more[width:])
        for rule, id, key, *more in moment.rows(sql, reads(text))
    ]


def _flaw(rule: str, words: list[str | None]) -> Flaw:
    message, expected, found, difference, remedy = (word or "" for word in words)
    return Flaw(rule, message, expected, found, difference, remedy=remedy)
