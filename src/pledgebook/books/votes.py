"""Votes that can be, and resolutions that are about what a mandate says they are about.

A vote is held against the seats of its body on the day of adoption, a symbol against the table of
resolutions. A mandate that breaks with either stays out; who voted yes is worked out in SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from pledgebook.books.cells import Cells
from pledgebook.books.names import Names
from pledgebook.books.references import targets_of
from pledgebook.data import Resolution, countries, resolution_number, resolutions, seats
from pledgebook.finding import Flaw

VOTES = ("yes", "no", "abstain", "absent")
"""The fields that name voters; each has a count beside it, NAME_count."""

_Vote = dict[str, tuple[str, ...]]
_Counts = dict[str, int | None]


def check_votes(cells: Cells, names: Names) -> None:
    """Keep out the mandates whose votes cannot be, and note those whose yes votes stay unnamed.

    An empty list says that nobody voted so: it is put down as a count of nought.
    """
    columns = {name: cells.column(name) for name in ("body", *VOTES, *map(_count, VOTES))}
    days = [_day(cells, i) for i in range(len(cells))]
    counted: dict[str, list[object]] = {name: list(columns[_count(name)]) for name in VOTES}
    for i, paragraph in enumerate(cells.paragraphs):
        if i in cells.out:
            continue
        vote: _Vote = {name: tuple(targets_of(columns[name][i])) for name in VOTES}
        counts: _Counts = {}
        for name in VOTES:
            if paragraph.values.get(name) == [] and counted[name][i] is None:
                counted[name][i] = 0
            count = counted[name][i]
            counts[name] = count if isinstance(count, int) else None
        council = _Council(str(columns["body"][i]), days[i], names)
        flaw, key = _flaw_of(vote, counts, council) or _underived(vote, counts, council)
        if flaw is None:
            continue
        if flaw.rule == "votes-exceed-members":
            cells.out.add(i)
            flaw = _with_record(flaw, cells.column("symbol")[i], council.body)
        cells.report(i, flaw, key)
    for name in VOTES:
        if any(count is not None for count in counted[name]):
            cells.put(_count(name), counted[name])


def check_subjects(mandates: Cells, cells: Mapping[str, Cells], names: Names) -> None:
    """Keep out the mandates whose resolution is on record as being about another country."""
    table = resolutions()
    rows = zip(*(mandates.column(name) for name in ("body", "symbol", "about")), strict=True)
    places = _Places(cells, names)
    for i, (body, symbol, about) in enumerate(rows):
        number = resolution_number(symbol) if isinstance(symbol, str) else None
        resolution = table.get((str(body), number)) if number is not None else None
        if resolution is None or i in mandates.out:
            continue
        said = {target: places.of(target) for target in targets_of(about)}
        named = set().union(*said.values())
        if not named or resolution.country in named:
            continue
        flaw = Flaw(
            "subject-mismatch",
            f"{mandates.paragraphs[i].values['symbol']} is about another country",
            expected=f"{resolution.country}: {resolution.subject}, adopted {resolution.adopted}, "
            "says the table of resolutions",
            found=", ".join(
                f"{'/'.join(sorted(said[target]))}: {target}" for target in said if said[target]
            ),
            remedy="see the source: mend the symbol, or what the mandate is about",
        )
        mandates.report(i, flaw, "symbol")
        mandates.out.add(i)


class _Council:
    """The seats of a body on the day of a vote, by the ids that the tracker gives its members.

    `members` is None where they are not known: the body has no seats that are, or the day lies in
    a year that the table lacks, or on both sides of a new year.
    """

    def __init__(self, body: str, day: tuple[date | None, date | None], names: Names) -> None:
        self.body = body
        since, until = day
        self.day = str(since) if since == until else f"{since}/{until}"
        by_year = _by_year(body)
        self.seats = max(map(len, by_year.values()), default=None)
        self.members: list[str] | None = None
        if since is not None and until is not None and since.year == until.year:
            members = by_year.get(since.year)
            if members:
                self.members = [names.find(one) or one for one in members]


@cache
def _by_year(body: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for seat in seats():
        if seat.body == body:
            found.setdefault(seat.year, []).append(seat.member)
    return found


def _count(name: str) -> str:
    return f"{name}_count"


def _day(cells: Cells, i: int) -> tuple[date | None, date | None]:
    """The first and the last day on which the vote may have been."""
    given = "adopted" if cells.column("adopted")[i] is not None else None
    since = cells.column("adopted_since" if given else "since")[i]
    until = cells.column("adopted_until" if given else "until")[i]
    return (
        since if isinstance(since, date) else None,
        until if isinstance(until, date) else None,
    )


def _flaw_of(vote: _Vote, counts: _Counts, council: _Council) -> tuple[Flaw, str] | None:
    """The first thing that cannot be about a vote, and the field in which it stands."""
    return next(_impossible(vote, counts, council), None)


def _impossible(vote: _Vote, counts: _Counts, council: _Council) -> Iterator[tuple[Flaw, str]]:
    for name, count in counts.items():
        if count is not None and count < 0:
            yield (
                _wrong(
                    f"{_count(name)} is less than nobody",
                    expected="0 or more",
                    found=str(count),
                    remedy=f"write {_count(name)} = 0, or leave it out where it is not known",
                ),
                _count(name),
            )
    cast: dict[str, str] = {}
    for name, voters in vote.items():
        for voter in voters:
            if voter in cast:
                yield (
                    _wrong(
                        f"{voter} stands in two lists",
                        expected="one vote for each member",
                        found=f"{voter} in {cast[voter]} and in {name}",
                        remedy="see the source, and take one of them out",
                    ),
                    name,
                )
            cast[voter] = name
    strangers = [one for one in cast if council.members and one not in council.members]
    if strangers:
        yield (
            _wrong(
                f"no member of {council.body} on {council.day}: {', '.join(strangers)}",
                expected=", ".join(council.members or ()),
                found=", ".join(f"{one} in {cast[one]}" for one in strangers),
                remedy="see the source, and the day of adoption: members change on 1 January",
            ),
            cast[strangers[0]],
        )
    for name, voters in vote.items():
        count = counts[name]
        if voters and count is not None and count != len(voters):
            yield (
                _wrong(
                    f"{name} counts {count} and names {len(voters)}",
                    expected=f"{count} names, or {_count(name)} = {len(voters)}",
                    found=", ".join(voters),
                    difference=f"{abs(count - len(voters))} "
                    + ("not named" if count > len(voters) else "not counted"),
                    remedy="see the source, and mend the count or the list",
                ),
                _count(name),
            )
    if council.seats is not None:
        yield from _sums(_numbers(vote, counts), vote, council.seats)


def _sums(numbers: _Counts, vote: _Vote, places: int) -> Iterator[tuple[Flaw, str]]:
    """A vote of more than there are seats or, where all four are told, of another number."""
    told = {name: number for name, number in numbers.items() if number is not None}
    total = sum(told.values())
    if total <= places and not (len(told) == len(VOTES) and total < places):
        return
    sum_of = " + ".join(f"{number} {name}" for name, number in told.items() if number)
    first = next(iter(told))
    difference = f"{abs(total - places)} "
    difference += "more than there are members" if total > places else "of whom nothing is told"
    yield (
        _wrong(
            f"{sum_of or 'nobody'} = {total}, the body has {places} members",
            expected=f"{places} in all",
            found=f"{total} in all",
            difference=difference,
            remedy="see the source, and mend the votes",
        ),
        first if vote[first] else _count(first),
    )


def _numbers(vote: _Vote, counts: _Counts) -> _Counts:
    """How many voted so: as named, else as counted, else None."""
    return {name: len(vote[name]) if vote[name] else counts[name] for name in VOTES}


def _underived(
    vote: _Vote, counts: _Counts, council: _Council
) -> tuple[Flaw, str | None] | tuple[None, None]:
    """The note that who voted yes stays unknown, where the body has seats and the yes votes are
    not named; none where nothing is told of the vote and its members are known."""
    numbers = _numbers(vote, counts)
    told = {name: number for name, number in numbers.items() if number is not None}
    if council.seats is None or vote["yes"] or numbers["yes"] == 0:
        return None, None
    if council.members is None:
        why = f"the members of {council.body} on {council.day} are not known"
    elif not told:
        return None, None
    else:
        unnamed = [name for name in told if name != "yes" and told[name] and not vote[name]]
        others = sum(number for name, number in told.items() if name != "yes")
        rest = council.seats - others
        if unnamed:
            why = f"it does not name who is meant by {', '.join(map(_count, unnamed))}"
        elif told.get("yes", rest) != rest:
            why = f"{told['yes']} voted yes, and {rest} are not named otherwise"
        else:
            return None, None
    flaw = Flaw(
        "votes-underived",
        "who voted yes is not told, and cannot be worked out",
        found=why,
        remedy="name them in yes = [...], or leave it: the counts stand",
    )
    return flaw, None


def _wrong(message: str, **rows: str) -> Flaw:
    return Flaw("votes-exceed-members", message, **rows)


def _with_record(flaw: Flaw, symbol: object, body: str) -> Flaw:
    """The flaw, with what the table of resolutions says of the vote where it says anything."""
    number = resolution_number(symbol) if isinstance(symbol, str) else None
    found = resolutions().get((body, number)) if number is not None else None
    if found is None or found.yes is None:
        return flaw
    return Flaw(
        flaw.rule, flaw.message, flaw.expected, flaw.found, flaw.difference,
        remedy=f"{flaw.remedy}; the table of resolutions says {_tally(found)}",
    )  # fmt: skip


def _tally(found: Resolution) -> str:
    """A vote as people write it: "12-0-3 (chn, pak, rus abstained)"."""
    who = f" ({', '.join(found.abstained)} abstained)" if found.abstained else ""
    return f"{found.yes}-{found.no}-{found.abstain}{who}"


class _Places:
    """Which countries an activity or an actor is for, as far as the tracker says.

    An activity says it by `country`, its own or of what it is part of, or goes by the name of a
    mission in the table of resolutions; an actor is a country, or part of one.
    """

    def __init__(self, cells: Mapping[str, Cells], names: Names) -> None:
        self._names = names
        self._rows: dict[str, dict[str, object]] = {}
        if "activity" in cells:
            activities = cells["activity"]
            columns = ("id", "country", "parent", "name", "names")
            for row in zip(*(activities.column(name) for name in columns), strict=True):
                self._rows.setdefault(str(row[0]), dict(zip(columns, row, strict=True)))
        self._own = {names.find(code): code for code in countries()}
        self._missions = {
            mission.casefold(): one.country
            for one in resolutions().values()
            for mission in one.missions
        }

    def of(self, name: str) -> set[str]:
        """The countries that what is called `name` is for; none where nothing says so."""
        if name not in self._rows:
            line = self._names.ancestors(name) if name in self._names else []
            return {self._own[one] for one in line if one in self._own}
        seen = []
        while name in self._rows and name not in seen:
            seen.append(name)
            row = self._rows[name]
            if found := self._said(row):
                return {found}
            name = str(row["parent"])
        return set()

    def _said(self, row: dict[str, object]) -> str | None:
        if row["country"] is not None:
            return str(row["country"])
        others = row["names"] if isinstance(row["names"], list) else []
        for word in (row["id"], row["name"], *others):
            if (found := self._missions.get(str(word).casefold())) is not None:
                return found
        return None
