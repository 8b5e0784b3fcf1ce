"""Run the checks of sql/checks: each row that one selects is a finding with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from pledgebook.engine import Moment
from pledgebook.finding import Flaw
from pledgebook.ledger import checks

COLUMNS = ("id", "key", "message", "expected", "found", "difference", "remedy")
"""What every check selects: the entry and its key at which the finding stands, and its words."""

DAILY = "-- asked: on a day"
"""The line in the header of a check whose answer depends on the day on which it is asked."""


def broken(moment: Moment, *, daily: bool = False) -> Iterator[tuple[str, str, Flaw]]:
    """What breaks a check: the entry's id, the key at which the finding stands, the flaw.

    `daily`: run the checks that depend on the day on which is asked, instead of the others.
    """
    names = ", ".join(COLUMNS)
    for rule, sql in checks().items():
        if (DAILY in sql) != daily:
            continue
        answer = moment.ask(f"select {names} from ({sql}) order by id, key, message, found")
        for id, key, *words in zip(*answer.to_pydict().values(), strict=True):
            yield id, key, _flaw(rule, words)


def _flaw(rule: str, words: list[str | None]) -> Flaw:
    message, expected, found, difference, remedy = (word or "" for word in words)
    return Flaw(rule, message, expected, found, difference, remedy=remedy)
