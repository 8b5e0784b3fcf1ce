"""Random small trackers, as the text of their books, so that the real reader is in the loop.

`grow` adds entries to a `World`; seeded with a `random.Random` it makes the same tracker again.
Many of them side by side are a crowd: one tracker whose parts have nothing to do with each other,
which is read and compiled in the time of one. All names and figures are made up.

Nothing circular is ever written: an entry refers only to entries of an earlier place, and the
copy or correction of an entry takes the place of what it reports.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from generate_entries import (
    END,
    FILL,
    KIND_OF,
    KINDS,
    MORE_KINDS,
    REPORTED,
    START,
    SUPPORT,
    World,
    day_between,
    fill_support,
    some,
    worded,
    write_figure,
)
from oracle_facts import EVENTS, Entry, Link, days, listed
from oracle_rates import Rate

COUNCIL: Entry = {"kind": "actor", "id": "unsc", "name": "United Nations Security Council"}

# --- growing ------------------------------------------------------------------------------------


def begin(rng: Random, traits: str = "") -> World:
    """Actors, activities and sources, of which some are part of others."""
    world = World(starts=rng.choice((1, 10)), traits=frozenset(traits.split()))
    for kind, letter, count in (("actor", "g", 4), ("activity", "v", 3)):
        for number in range(count):
            entry: Entry = {"kind": kind, "id": f"{letter}{number}", "name": f"{kind} {number}"}
            if number and some(rng, 40):
                entry["parent"] = f"{letter}{rng.randrange(number)}"
            world.entries.append(entry)
    if "funds" in world.traits:
        for number in range(2):
            entry = {"kind": "activity", "id": f"f{number}", "name": f"fund {number}"}
            world.entries.append({**entry, "type": "fund"})
    # without a third source: the pages do not say of which of two lots it would tell
    for number in range(2 if "twins" in world.traits else 3):
        add_source(rng, world, number, START, END)
    if "rates" in world.traits:
        world.rates = random_rates(Random(0))
    return world


def random_rates(rng: Random) -> list[Rate]:
    """Rates against the euro with gaps of up to two months, one fixed, and another table."""
    rates = [Rate("own", "XOF", "EUR", None, Decimal("655.957"))]
    for table, currency, near in (("own", "USD", 110), ("own", "CAD", 145), ("other", "USD", 300)):
        day = START - timedelta(400)
        while day < END:
            day += timedelta(rng.randint(3, 60))
            rate = Decimal(near * 100 + rng.randint(-900, 900)) / 10000
            rates.append(Rate(table, currency, "EUR", day, rate))
    return rates


def add_source(rng: Random, world: World, number: int, since: date, until: date) -> None:
    day = day_between(rng, since, until)
    entry: Entry = {"kind": "source", "id": f"s{number}", "publisher": f"Paper {number}"}
    entry["date"] = rng.choice((day.isoformat(), day.isoformat(), f"{day:%Y-%m}"))
    if some(rng, 80):
        entry["grade"] = rng.choice("AABBCD")
    world.entries.append(entry)


def grow(rng: Random, world: World, count: int, since: date = START, until: date = END) -> World:
    """`count` more entries, known from `since` to `until`, and judgements about them."""
    there = set(world.ids(*SUPPORT))
    kinds = [*KINDS, *(one for trait in sorted(world.traits) for one in MORE_KINDS.get(trait, ()))]
    for _ in range(count):
        kind = rng.choice(kinds)
        number = len(world.entries)
        if kind == "copy":
            _copy(rng, world, number, since, until)
            continue
        if kind == "twin":
            _twin(rng, world, number, since, until)
            continue
        if kind == "link":
            _link(rng, world, there)
            continue
        entry: Entry = {"kind": KIND_OF.get(kind, kind), "id": f"e{number:02}"}
        world.place[f"e{number:02}"] = number
        _said(rng, world, entry, since, until)
        FILL.get(kind, fill_support)(rng, world, entry)
        world.entries.append(entry)
    return world


def _said(rng: Random, world: World, entry: Entry, since: date, until: date) -> None:
    """The source, the words, and the days: nothing is known before it happened."""
    source = rng.choice(world.of("source"))
    entry["source"] = source["id"]
    inherited = days(source["date"])[1]
    if since <= inherited <= until and some(rng, 40):
        known = inherited
    else:
        known = day_between(rng, since, until)
        entry["known"] = known.isoformat()
    happened = known - timedelta(rng.choice((0, 0, 10, 100, 400)))
    if happened.year == known.year and happened.month < known.month and some(rng, 20):
        entry["date"] = f"{happened:%Y-%m}"
    else:
        entry["date"] = happened.isoformat()
    if some(rng, 85):
        entry["quote"] = f"as {entry['id']} says"


def _copy(rng: Random, world: World, number: int, since: date, until: date) -> None:
    """Another report of an entry, or its correction, and the judgement that says so."""
    apart = parted(world)
    linked = {name for one, _, other in world.links for name in (one, other)}
    olds = [
        one
        for one in world.of(*SUPPORT, "total")
        if one["id"] not in apart
        and (one["id"] not in linked or some(rng, 40))
        # which report's day a rate is of is not said where they are of a month or a year
        and (not world.rates or len(str(one.get("date", ""))) == 10)
    ]
    if not olds:
        return
    old = rng.choice(olds)
    entry: Entry = {"kind": old["kind"], "id": f"e{number:02}"}
    world.place[str(entry["id"])] = world.place[str(old["id"])]
    _said(rng, world, entry, since, until)
    entry.pop("date", None)
    entry |= {name: old[name] for name in (*REPORTED, "stage", "readings", "covers") if name in old}
    is_correction = some(rng, 50)
    write_figure(rng, world, entry, like=old)
    if "strength" in old and some(rng, 50):
        entry["strength"] = worded(rng)
    if not is_correction and some(rng, 30):
        entry.pop("amount", None)
        entry.pop("quantity", None)
        entry.pop("comparator", None)
        entry.pop("measure", None)
    for relation in ("toward", "draws_on", "part_of"):
        if relation in old and (is_correction or some(rng, 50)):
            entry[relation] = old[relation]
    world.entries.append(entry)
    judgement = "corrects" if is_correction else "same"
    ends = (str(entry["id"]), str(old["id"]))
    world.links.append((ends[0], judgement, ends[1]))


def _twin(rng: Random, world: World, number: int, since: date, until: date) -> None:
    """The same event once more: told by another source, or a second lot told by the same one.

    Sometimes a judgement says that two are different; then there are no more than these two.
    """
    apart = parted(world)
    linked = {name for one, _, other in world.links for name in (one, other)}
    olds = [
        one
        for one in world.of(*EVENTS)
        if len(str(one.get("date", ""))) == 10
        and one["id"] not in apart
        and (one["id"] not in linked or some(rng, 20))
        and days(one["date"])[1] <= until
    ]
    if not olds:
        return
    old = rng.choice(olds)
    entry: Entry = {"kind": old["kind"], "id": f"e{number:02}"}
    _said(rng, world, entry, max(since, days(old["date"])[1]), until)
    if some(rng, 80):
        others = [one for one in world.ids("source") if one != old["source"]]
        entry["source"] = rng.choice(others)
        entry["known"] = entry.get("known") or until.isoformat()
    said = ("who", "via", "funder", "what", "measure", "fiscal_year", "date")
    entry |= {name: old[name] for name in said if name in old}
    if "whom" in old:
        entry["whom"] = rng.sample(listed(old["whom"]), len(listed(old["whom"])))
    if some(rng, 90):
        write_figure(rng, world, entry, like=old)
    for relation in ("toward", "draws_on", "part_of"):
        if relation in old and some(rng, 70):
            entry[relation] = old[relation]
    alike = [one for one in world.of(*EVENTS) if _event(one) == _event(old)]
    world.place[str(entry["id"])] = world.place[str(old["id"])]
    world.entries.append(entry)
    if len(alike) == 1 and entry["source"] != old["source"] and some(rng, 30):
        world.links.append((str(entry["id"]), "different", str(old["id"])))


def parted(world: World) -> set[str]:
    """What a judgement says is different from something else."""
    return {
        name for one, said, other in world.links if said == "different" for name in (one, other)
    }


def _event(entry: Entry) -> tuple[object, ...]:
    whom = tuple(sorted(listed(entry.get("whom"))))
    return (*(entry.get(name) for name in ("kind", "date", "who", "via", "what")), whom)


def _link(rng: Random, world: World, there: set[str]) -> None:
    """A judgement about a new entry and an earlier one; sometimes taken back."""
    lowers = [one for one in world.of(*SUPPORT) if one["id"] not in there]
    if not lowers:
        return
    lower = rng.choice(lowers)
    kind, place = str(lower["kind"]), world.place[str(lower["id"])]
    judgement = rng.choice(("draws_on", "part_of", "different"))
    uppers = [
        str(one["id"]) for one in world.of("pledge", kind) if world.place[str(one["id"])] < place
    ]
    if uppers:
        link = (str(lower["id"]), judgement, rng.choice(uppers))
        if not any({link[0], link[2]} == {one, other} for one, _, other in world.links):
            (world.taken_back if some(rng, 20) else world.links).append(link)


# --- crowds -------------------------------------------------------------------------------------


def crowd(seed: int, count: int, size: int, *traits: str) -> list[World]:
    """So many trackers of so many entries, with these traits in turn."""
    rngs = [Random(seed * 1000 + number) for number in range(count)]
    return [
        grow(rng, begin(rng, traits[number % len(traits)] if traits else ""), size)
        for number, rng in enumerate(rngs)
    ]


def named_apart(worlds: list[World]) -> list[World]:
    """The same trackers without a name in common."""
    return [_renamed(world, f"{letter}-") for world, letter in zip(worlds, LETTERS, strict=False)]


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _renamed(world: World, prefix: str) -> World:
    names = {str(entry["id"]) for entry in world.entries}

    def new(value: object) -> object:
        if isinstance(value, list):
            return [new(one) for one in value]
        return f"{prefix}{value}" if value in names else value

    def of_links(links: list[Link]) -> list[Link]:
        return [(f"{prefix}{one}", said, f"{prefix}{other}") for one, said, other in links]

    return World(
        [
            {name: value if name == "kind" else new(value) for name, value in entry.items()}
            for entry in world.entries
        ],
        of_links(world.links),
        {f"{prefix}{name}": place for name, place in world.place.items()},
        of_links(world.taken_back),
        world.traits,
        world.starts,
        world.rates,
    )


seeds = st.integers(0, 2**32 - 1)
days_asked = st.dates(START, END + timedelta(400))
"""Any day on which a tracker may be asked."""


# --- writing ------------------------------------------------------------------------------------


def toml(entry: Entry) -> str:
    """One paragraph; a whole day is bare or quoted, as people write it."""
    lines = [f"[[{entry['kind']}]]"]
    for name, value in entry.items():
        if name == "kind":
            continue
        is_bare = name in ("date", "adopted") and len(str(value)) == 10
        text = str(value) if is_bare else json.dumps(value, ensure_ascii=False)
        lines.append(f"{name} = {text}")
    return "\n".join(lines) + "\n"


def table(entries: list[Entry]) -> str:
    """Entries of any kinds as a CSV book."""
    names = sorted({name for entry in entries for name in entry})
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: ";".join(listed(value)) for name, value in entry.items()} for entry in entries
    )
    return out.getvalue()


def files(worlds: list[World], rng: Random) -> dict[str, str]:
    """Trackers as the files of one: entries in any order, over any number of books of both forms.

    They have no name in common, see `named_apart`.
    """
    calendars = "".join(
        f'{name} = {{ starts = "{world.starts:02}-01", named = "end" }}\n'
        for world in worlds
        for name in world.ids("actor")
    )
    out = {"tracker.toml": f'title = "Made up"\n\n[calendars]\n{calendars}'}
    # a tracker without rates has some of its own as well: those of the ECB would convert its money
    rates = worlds[0].rates or [Rate("own", "JPY", "CHF", None, Decimal(150))]
    out["tracker.toml"] += '\n[rates]\nsource = "own"\n'
    out["rates.csv"] = "table,currency,against,day,rate,source\n" + "".join(
        f"{one.table},{one.currency},{one.against},{one.day or ''},{one.rate},made up\n"
        for one in rates
    )
    entries = [entry for world in worlds for entry in world.entries]
    for kind, name in (("actor", "actors.toml"), ("activity", "activities.toml")):
        out[name] = "\n".join(toml(one) for one in [COUNCIL, *entries] if one["kind"] == kind)
    books: dict[str, list[Entry]] = {}
    names = [f"books/{rng.choice('abcdefgh')}{n}.{rng.choice(('toml', 'csv'))}" for n in range(3)]
    rest = [one for one in entries if one["kind"] not in ("actor", "activity")]
    rng.shuffle(rest)
    for entry in rest:
        books.setdefault(rng.choice(names), []).append(entry)
    for name, inside in books.items():
        is_table = name.endswith(".csv")
        out[name] = table(inside) if is_table else "\n".join(toml(one) for one in inside)
    links = [link for world in worlds for link in world.links]
    lines = [f"{one},{judgement},{other},ab,2024-01-01," for one, judgement, other in links]
    for one, judgement, other in [link for world in worlds for link in world.taken_back]:
        lines.append(f"{one},{judgement},{other},ab,2024-01-01,")
        lines.append(f"{other},withdrawn,{one},cd,2024-01-02,")
    rng.shuffle(lines)
    out["links.csv"] = "\n".join(["entry,judgement,other,judge,day,reason", *lines]) + "\n"
    return out


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write the files of a tracker into a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder
