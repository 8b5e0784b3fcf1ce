"""The board: who promised what and how much came, whether the totals hold, what waits on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from pledgebook.data import countries
from pledgebook.engine import Moment
from pledgebook.questions import asks, conditions, pledges, promises, totals

UNEXPLAINED = (
    "Unexplained is the part of a stated total that no entry in this book accounts for: "
    "not money that is missing, but money that nobody has itemised yet."
)
"""What a newcomer has to know to read a total."""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One provider and unit; amounts in `unit`, None is unknown. `who` is a name for people."""

    who: str
    unit: str | None
    pledged: Decimal | None
    weak: Decimal | None
    conditional: Decimal | None
    committed: Decimal | None
    disbursed: Decimal | None
    delivered: Decimal | None
    outstanding: Decimal | None
    unpromised: Decimal | None
    unknown: int


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A total in one of its readings; None is unknown."""

    reading: str | None
    itemised: Decimal | None
    unexplained: Decimal | None
    verdict: str


@dataclass(frozen=True, slots=True)
class RivalRow:
    """Another total about the same thing, and the words that state it."""

    id: str
    comparator: str
    stated: Decimal | None
    unit: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A stated total beside its items, with its other readings and its rivals."""

    id: str
    who: str
    whom: str
    quote: str | None
    source: str
    comparator: str
    stated: Decimal | None
    unit: str | None
    stage: str
    basis: str | None
    reading: ReadingRow
    others: tuple[ReadingRow, ...]
    rivals: tuple[RivalRow, ...]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A promise that waits: what was promised, in which words, and what it waits on."""

    id: str
    who: str
    whom: str
    what: str | None
    amount: Decimal | None
    unit: str | None
    quote: str | None
    waits_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskRow:
    """What one actor answered to an ask."""

    id: str
    who: str
    whom: str
    what: str | None
    answer: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the board shows.

    `as_of` is the day that was asked for, or None; `overdue` the promises past their day.
    """

    title: str
    as_of: date | None
    promises: tuple[PromiseRow, ...]
    totals: tuple[TotalRow, ...]
    waiting: tuple[WaitingRow, ...]
    overdue: tuple[str, ...]
    asks: tuple[AskRow, ...]


def board(moment: Moment, title: str, as_of: date | None = None) -> Board:
    """The board of a tracker at a moment."""
    words = _Words(moment)
    return Board(
        title=title,
        as_of=as_of,
        promises=tuple(
            PromiseRow(who=words.name(row["who"]), **{name: row[name] for name in _PROMISED})
            for row in promises(moment).to_pylist()
        ),
        totals=_totals(moment, words),
        waiting=tuple(_waiting(moment, words)),
        overdue=tuple(
            f"{words.name(row['who'])}, {row['id']}: {row['note']}"
            for row in pledges(moment).to_pylist()
            if row["state"] == "overdue"
        ),
        asks=tuple(
            AskRow(
                id=row["id"],
                who=words.name(row["who"]),
                whom=words.name(row["whom"]),
                what=row["what"],
                answer=row["answer"],
                since=row["since"],
            )
            for row in asks(moment).to_pylist()
        ),
    )


_PROMISED = tuple(field.name for field in fields(PromiseRow) if field.name != "who")


class _Words:
    """What people call each actor and activity, and the words that each entry rests on."""

    def __init__(self, moment: Moment) -> None:
        self._names = {country.alpha3: country.name for country in countries().values()}
        self._quotes: dict[str, tuple[str | None, str]] = {}
        for row in moment.ask(_NAMED).to_pylist():
            self._names[row["id"]] = row["name"]
        for row in moment.ask(_QUOTED).to_pylist():
            self._quotes[row["id"]] = (row["quote"], row["publisher"])

    def name(self, actor: str | None) -> str:
        return self._names.get(actor, actor) if actor else "unknown"

    def names(self, actors: list[str] | None) -> str:
        return ", ".join(self.name(actor) for actor in actors or [])

    def quote(self, entry: str) -> tuple[str | None, str]:
        """The quote of an entry, and who published it."""
        return self._quotes[entry]


_NAMED = """
select id, name from activity where name is not null
union all
select id, name from actor where name is not null
"""

# only what the board shows: a tracker may hold 100,000 quotes
_QUOTED = """
select entries.id, entries.quote, coalesce(source.publisher, source.host, source.id) as publisher
from entries
left join source on source.id = entries.source
where entries.kind = 'total' or entries.id in (select id from pledges where state = 'waits')
"""


def _totals(moment: Moment, words: _Words) -> tuple[TotalRow, ...]:
    rows = totals(moment).to_pylist()
    by_id = {row["id"]: row for row in rows}
    out = []
    for row in rows:
        first, *others = [
            ReadingRow(one["reading"], one["itemised"], one["unexplained"], one["verdict"])
            for one in row["readings"]
        ]
        quote, source = words.quote(row["id"])
        out.append(
            TotalRow(
                id=row["id"],
                who=words.name(row["who"]),
                whom=words.names(row["whom"]),
                quote=quote,
                source=source,
                comparator=row["comparator"],
                stated=row["stated"],
                unit=row["unit"],
                stage=row["stage"],
                basis=row["basis"],
                reading=first,
                others=tuple(others),
                rivals=tuple(
                    RivalRow(
                        id=rival,
                        comparator=by_id[rival]["comparator"],
                        stated=by_id[rival]["stated"],
                        unit=by_id[rival]["unit"],
                        quote=words.quote(rival)[0],
                    )
                    for rival in row["rivals"]
                ),
            )
        )
    # what has something to check comes first; a total without items or a figure is a gap to fill
    return tuple(sorted(out, key=lambda one: (one.reading.verdict == "open", one.stated is None)))


def _waiting(moment: Moment, words: _Words) -> Iterator[WaitingRow]:
    hanging: dict[str, list[str]] = {}
    for row in conditions(moment).to_pylist():
        if row["pledge"] and row["state"] not in ("met", "waived"):
            about = f" about {words.names(row['about'])}" if row["about"] else ""
            said = f"{row['id']} ({row['type']}{about}): {row['state']}"
            hanging.setdefault(row["pledge"], []).append(said)
    for row in pledges(moment).to_pylist():
        if row["state"] == "waits":
            yield WaitingRow(
                id=row["id"],
                who=words.name(row["who"]),
                whom=words.names(row["whom"]),
                what=row["what"],
                amount=row["amount"],
                unit=row["unit"],
                quote=words.quote(row["id"])[0],
                waits_on=tuple(hanging.get(row["id"], ())),
            )
