"""The board: who promised what and how much came, whether the totals hold, what waits on what."""

from __future__ import annotations

from dataclasses import dataclass
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
    names = _names(moment)
    words = _words(moment)
    rows = pledges(moment).to_pylist()
    return Board(
        title=title,
        as_of=as_of,
        promises=tuple(
            PromiseRow(who=names.get(row.pop("who"), "?"), **{key: row[key] for key in _PROMISED})
            for row in ({**one, "who": one["who"]} for one in promises(moment).to_pylist())
        ),
        totals=_totals(moment, names, words),
        waiting=_waiting(moment, rows, names, words),
        overdue=tuple(
            f"{names.get(row['who'], row['who'])}, {row['id']}: {row['note']}"
            for row in rows
            if row["state"] == "overdue"
        ),
        asks=tuple(
            AskRow(
                row["id"],
                _name(names, row["who"]),
                _name(names, row["whom"]),
                row["what"],
                row["answer"],
                row["since"],
            )
            for row in asks(moment).to_pylist()
        ),
    )


_PROMISED = ("unit", "pledged", "weak", "conditional", "committed", "disbursed", "delivered", "outstanding", "unpromised", "unknown")  # fmt: skip


def _names(moment: Moment) -> dict[str, str]:
    """What people call each actor and activity."""
    out = {country.alpha3: country.name for country in countries().values()}
    for kind in ("activity", "actor"):
        for row in moment.ask(f"select id, name from {kind} where name is not null").to_pylist():
            out[row["id"]] = row["name"]
    return out


def _name(names: dict[str, str], actor: str | None) -> str:
    return names.get(actor, actor) if actor else "unknown"


def _all_names(names: dict[str, str], actors: list[str] | None) -> str:
    return ", ".join(_name(names, actor) for actor in actors or [])


def _words(moment: Moment) -> dict[str, tuple[str | None, str]]:
    """The quote of each entry, and who published it."""
    answer = moment.ask(
        "select entries.id, entries.quote, coalesce(source.publisher, source.host, entries.source) as publisher "
        "from entries left join source on source.id = entries.source"
    )
    return {row["id"]: (row["quote"], row["publisher"]) for row in answer.to_pylist()}


def _totals(
    moment: Moment, names: dict[str, str], words: dict[str, tuple[str | None, str]]
) -> tuple[TotalRow, ...]:
    rows = totals(moment).to_pylist()
    by_id = {row["id"]: row for row in rows}
    out = []
    for row in rows:
        first, *others = [
            ReadingRow(one["reading"], one["itemised"], one["unexplained"], one["verdict"])
            for one in row["readings"]
        ]
        rivals = tuple(
            RivalRow(
                rival,
                by_id[rival]["comparator"],
                by_id[rival]["stated"],
                by_id[rival]["unit"],
                words[rival][0],
            )
            for rival in row["rivals"]
        )
        quote, source = words[row["id"]]
        out.append(
            TotalRow(
                row["id"],
                _name(names, row["who"]),
                _all_names(names, row["whom"]),
                quote,
                source,
                row["comparator"],
                row["stated"],
                row["unit"],
                row["stage"],
                row["basis"],
                first,
                tuple(others),
                rivals,
            )  # fmt: skip
        )
    # what has something to check comes first; a total without items or a figure is a gap to fill
    return tuple(sorted(out, key=lambda one: (one.reading.verdict == "open", one.stated is None)))


def _waiting(
    moment: Moment,
    rows: list[dict[str, object]],
    names: dict[str, str],
    words: dict[str, tuple[str | None, str]],
) -> tuple[WaitingRow, ...]:
    hanging: dict[object, list[str]] = {}
    for row in conditions(moment).to_pylist():
        if row["pledge"] and row["state"] not in ("met", "waived"):
            about = f" about {_all_names(names, row['about'])}" if row["about"] else ""
            hanging.setdefault(row["pledge"], []).append(
                f"{row['id']} ({row['type']}{about}): {row['state']}"
            )
    return tuple(
        WaitingRow(
            str(row["id"]),
            _name(names, str(row["who"])),
            _all_names(names, row["whom"]),
            row["what"],  # type: ignore[arg-type]
            row["amount"],
            row["unit"],
            words[str(row["id"])][0],
            tuple(hanging.get(row["id"], ())),  # type: ignore[arg-type]
        )  # fmt: skip
        for row in rows
        if row["state"] == "waits"
    )
