"""Run the checks of sql/checks: each row that one selects is a finding with its arithmetic.

A check whose header says `-- only where:` is run only where that select has a row, so that what a
tracker does not hold costs it nothing.
"""

from __future__ import annotations

import re

from pledgebook.engine import Moment
from pledgebook.finding import Flaw
from pledgebook.ledger import checks, header_line, reads, without_comments

COLUMNS = ("id", "key", "message", "expected", "found", "difference", "remedy")
"""What every check selects: the entry and its key at which the finding stands, and its words."""

DAILY = "-- asked: on a day"
"""The line in the header of a check whose answer depends on the day on which it is asked."""

_NAME = re.compile(r"[\w.]+")


def found(moment: Moment) -> list[tuple[str, str, Flaw]]:
    """What breaks a check on any day: the entry's id, the key at which the finding stands, the
    flaw."""
    return broken(moment, {rule: sql for rule, sql in checks().items() if DAILY not in sql})


def found_on_the_day(moment: Moment) -> list[tuple[str, str, Flaw]]:
    """What breaks a check on the day on which the moment is asked, and perhaps on no other."""
    return broken(moment, {rule: sql for rule, sql in checks().items() if DAILY in sql})


def broken(moment: Moment, wanted: dict[str, str]) -> list[tuple[str, str, Flaw]]:
    """What breaks these checks, each the text of its file by the name of its rule."""
    names = ", ".join(COLUMNS)
    out = []
    for rule in due(moment, wanted):
        text = wanted[rule]
        sql = f"select {names} from ({without_comments(text)}) order by id, key, message, found"
        for id, key, *words in moment.rows(sql, reads(text)):
            out.append((id, key, _flaw(rule, words)))
    return out


def due(moment: Moment, wanted: dict[str, str]) -> list[str]:
    """Those of these checks for which the tracker holds something that they look at."""
    conditions = {rule: ", ".join(header_line("only where", sql)) for rule, sql in wanted.items()}
    # all in one select: to plan a check takes far longer than to answer its condition
    asked = [f"(select '{rule}' {one} limit 1)" for rule, one in conditions.items() if one]
    read = {name for one in conditions.values() for name in _NAME.findall(one)}
    held = {rule for (rule,) in moment.rows(" union all ".join(asked), read)} if asked else set()
    return [rule for rule, condition in conditions.items() if not condition or rule in held]


def _flaw(rule: str, words: list[str | None]) -> Flaw:
    message, expected, found, difference, remedy = (word or "" for word in words)
    return Flaw(rule, message, expected, found, difference, remedy=remedy)
