"""What every question has: its SQL, its columns, and the filters that it understands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_type_hints

import pyarrow as pa

from pledgebook.data import country_by_any, currencies
from pledgebook.engine import Moment, Variable
from pledgebook.finding import nearest
from pledgebook.values.shown import shown

_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)

Filters = Mapping[str, Variable]
Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Question(Generic[Row]):
    """A question that a tracker answers.

    `row` is what a row of the answer is in Python: a named tuple with a field for each column, in
    order, and beside its type what stands in it. `filters` are the names of those filters that
    narrow it, and `currency` where its amounts can be shown in another. `sql` is one select over
    the steps of sql/views.
    """

    name: str
    help: str
    row: type[Row]
    sql: str
    filters: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """Each column of the answer with what stands in it, in order."""
        return described(self.row)

    def ask(self, moment: Moment, filters: Filters | None = None) -> pa.Table:
        """The answer as of a moment, as Arrow; amounts are decimal(38, 6) in `unit`.

        Null is unknown, never zero. The order of rows is part of the answer. Raises ValueError
        for a filter that the question does not understand.
        """
        for name in filters or {}:
            if name not in self.filters:
                if name == "currency":
                    raise ValueError(f"{self.name} has no amounts to show in a currency")
                known = ", ".join(self.filters) or "none"
                raise ValueError(
                    f"{self.name} cannot be narrowed by {name}; it understands: {known}"
                )
        return moment.ask(self.sql, filters=filters)


def described(row: type[tuple[Any, ...]]) -> dict[str, str]:
    """What stands in each field of a row, as its annotations say."""
    hints = get_type_hints(row, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def narrowed(moment: Moment, filters: Filters) -> dict[str, Variable]:
    """The filters that are set, each actor with its offices and parts.

    Raises ValueError for an actor that the tracker does not know, and for what is no currency.
    """
    out: dict[str, Variable] = {}
    for name, value in filters.items():
        if value is None:
            continue
        if name in ("who", "whom"):
            out[name] = _below(moment, value)
        else:
            out[name] = _shown_in(str(value)) if name == "currency" else value
    return out


def _shown_in(text: str) -> str:
    """The currency in which an answer is shown: USD, or USD@2021 for the prices of that year."""
    code, at, year = text.strip().partition("@")
    code = code.upper()
    if code not in currencies():
        near = nearest(code, sorted(currencies()))
        hint = f"; the nearest is {near}" if near else "; write it as USD, or as USD@2021"
        raise ValueError(f"no currency has the code {shown(code)}{hint}")
    if at and not _YEAR.fullmatch(year):
        raise ValueError(f"{shown(year)} is no year; write it as {code}@2021")
    return code + at + year


def _below(moment: Moment, actor: Variable) -> list[str]:
    found = country_by_any(str(actor))
    wanted = [str(actor), *([found.alpha3] if found else [])]
    answer = moment.ask(
        "select actor from book.actor_line where list_contains($1, ancestor)", [wanted]
    )
    if not answer.num_rows:
        raise ValueError(f"no entry names an actor called {actor}")
    return sorted(answer.column("actor").to_pylist())
