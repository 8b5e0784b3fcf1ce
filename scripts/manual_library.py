"""docs/reference/library.md: what `from pledgebook import ...` gives, from its own docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import pledgebook
from manual_forms import said, table
from pledgebook.asking import Askable
from pledgebook.questions import ENTRIES, QUESTIONS, Question, described

ROWS_INSIDE = {"totals": pledgebook.TotalsReading, "funds": pledgebook.FundsLevel}
"""The rows that stand in a list within a row of the question."""


def library_page() -> Iterator[str]:
    yield "The library"
    yield said("""
        Every answer of the command line is a method of a tracker in Python, with typed rows and as
        an Arrow table; [the how-to](../how-to/notebooks.md) shows it with pandas and polars.
    """)
    yield (
        "```python\nfrom pledgebook import open_tracker\n\n"
        'tracker = open_tracker("haiti")\n'
        'for row in tracker.totals(as_of="2023-06"):\n'
        "    print(row.id, row.stated, row.unexplained, row.verdict)\n```"
    )
    yield said("""
        What is named here is public, and all of it is imported from `pledgebook`. Amounts are
        `Decimal`, exact, in the unit of their row, never scaled; days are `datetime.date`; `None`
        is unknown, never zero. In signatures `Day` stands for `date | str | None` and `Word` for
        `str | None`.
    """)
    yield "## Opening a tracker"
    for function in (pledgebook.open_tracker, pledgebook.find_root, pledgebook.copy_example):
        yield from _callable(function.__name__, function)
    yield "### Tracker"
    yield _doc(pledgebook.Tracker)
    yield from _members(pledgebook.Tracker, "findings_on", "has_errors", "database")
    yield "### Finding"
    yield _doc(pledgebook.Finding)
    yield from _members(pledgebook.Finding, "rule", "level", "as_text", "as_dict")
    yield "### Answer"
    yield _doc(pledgebook.Answer)
    yield from _members(pledgebook.Answer, "arrow", "to_arrow", "columns", "__getitem__")
    yield "## Questions"
    yield _doc(Askable)
    for question in QUESTIONS.values():
        yield from _question(question)
    yield "## Looking behind an answer"
    yield from _question(ENTRIES)
    yield from _callable("sql", Askable.sql)
    yield "## What goes wrong"
    for error in (pledgebook.TrackerError, pledgebook.QueryError):
        yield f"### {error.__name__}"
        yield _doc(error)
    yield said("""
        A question that is asked wrongly raises `ValueError`, a keyword that it does not have
        `TypeError`. What is wrong in a book is never raised: it is a [`Finding`](#Finding) of the
        tracker, and the rest answers.
    """)


def _question(question: Question[Any]) -> Iterator[str]:
    yield from _callable(question.name, getattr(Askable, question.name))
    yield from _row(question.row)
    if question.name in ROWS_INSIDE:
        yield from _row(ROWS_INSIDE[question.name])


def _callable(name: str, function: Any) -> Iterator[str]:
    yield f"### {name}"
    yield f"```python\n{_signature(name, function)}\n```"
    yield _doc(function)


def _members(owner: type, *names: str) -> Iterator[str]:
    for name in names:
        member = inspect.getattr_static(owner, name)
        is_called = inspect.isfunction(member)
        shown = _signature(name, member) if is_called else f"{name}: {_returned(member)}"
        yield f"`.{shown}`" if name.isidentifier() and name[0] != "_" else "`[at]`"
        yield _doc(member)


def _signature(name: str, function: Any) -> str:
    found = inspect.signature(function)
    kept = [one for one in found.parameters.values() if one.name != "self"]
    return name + str(found.replace(parameters=kept)).replace("'", "")


def _returned(member: Any) -> str:
    return str(member.fget.__annotations__["return"])


def _row(row: type[tuple[Any, ...]]) -> Iterator[str]:
    yield f"`{row.__name__}`: {_doc(row)[:1].lower()}{_doc(row)[1:]}"
    types = get_type_hints(row)
    yield table(
        ("field", "type", "what stands in it"),
        [
            (f"`{name}`", f"`{_type(types[name])}`", _in_python(help))
            for name, help in described(row).items()
        ],
    )


def _in_python(help: str) -> str:
    """The help of a column, with the keyword in the place of the option that it names."""
    return re.sub(
        r"`?--(\w+)`?", lambda it: f"`{'currency' if it[1] == 'in' else it[1]}`", help
    ).replace("null", "None")


def _type(hint: Any) -> str:
    """A type as code would write it: Decimal | None, list[str]."""
    if isinstance(hint, type) and not hasattr(hint, "__args__"):
        return hint.__name__
    return re.sub(r"\b[a-z_]+\.(?=\w)", "", str(hint))


def _doc(thing: Any) -> str:
    found = inspect.getdoc(thing)
    assert found, f"{thing} says nothing"
    return found
