"""What every question has: its SQL, its columns, and the filters that it understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from pledgebook.data import country_by_any
from pledgebook.engine import Moment, Variable

Filters = Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a tracker answers.

    `columns` maps each column of the answer to what stands in it, in order. `filters` are the
    names of those filters that narrow it. `sql` is one select over the steps of sql/views.
    """

    name: str
    help: str
    columns: dict[str, str]
    sql: str
    filters: tuple[str, ...] = ()

    def ask(self, moment: Moment, filters: Filters | None = None) -> pa.Table:
        """The answer as of a moment, as Arrow; amounts are decimal(38, 6) in `unit`.

        Null is unknown, never zero. The order of rows is part of the answer. Raises ValueError
        for a filter that the question does not understand.
        """
        for name in filters or {}:
            if name not in self.filters:
                known = ", ".join(self.filters) or "none"
                raise ValueError(
                    f"{self.name} cannot be narrowed by {name}; it understands: {known}"
                )
        return moment.ask(self.sql, filters=filters)


def narrowed(moment: Moment, filters: Filters) -> dict[str, Variable]:
    """The filters that are set, each actor with its offices and parts.

    Raises ValueError for an actor that the tracker does not know.
    """
    out: dict[str, Variable] = {}
    for name, value in filters.items():
        if value is None:
            continue
        out[name] = _below(moment, value) if name in ("who", "whom") else value
    return out


def _below(moment: Moment, actor: Variable) -> list[str]:
    found = country_by_any(str(actor))
    wanted = [str(actor), *([found.alpha3] if found else [])]
    answer = moment.ask(
        "select actor from book.actor_line where list_contains($1, ancestor)", [wanted]
    )
    if not answer.num_rows:
        raise ValueError(f"no entry names an actor called {actor}")
    return sorted(answer.column("actor").to_pylist())
