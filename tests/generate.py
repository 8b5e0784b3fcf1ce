"""Random small trackers, as the text of their books, so that the real reader is in the loop.

`grow` adds entries to a `World`: seeded with a `random.Random` it makes the same tracker again;
drawn from the strategy `worlds` hypothesis can shrink it. All names and figures are made up.

Nothing circular is ever written: an entry refers only to entries of an earlier place, and the
copy or correction of an entry takes the place of what it reports.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from oracle import Entry, Link, Oracle, days, listed

START, END = date(2020, 1, 1), date(2023, 12, 31)
"""The days from which entries of a first growth are known."""

CURRENCIES = ("USD", "USD", "USD", "USD", "EUR", "XOF")
THINGS = ("police", "police", "vehicles")
SUPPORT = ("pledge", "commitment", "disbursement", "delivery", "use")
CONDITION_TYPES = ("mandate", "court", "treaty", "date")
TOTAL_STAGES = ("pledged", "committed", "disbursed", "delivered", "used", "spent", "received")
READINGS = (
    "FY2021",
    "FY2021",
    "FY2022",
    "FY2021/FY2022",
    "2020/2021",
    "2020-06/2022-03",
    "2020/2023",
)
_STAGE_OF = {
    "pledge": "pledged",
    "commitment": "committed",
    "disbursement": "disbursed",
    "delivery": "delivered",
    "use": "used",
}
KINDS = (
    *(SUPPORT[:4] * 2),
    *("pledge", "pledge", "use", "copy", "copy", "link"),
    *("condition", "mandate", "status", "status", "total", "total"),
    *("ask", "position", "need", "event"),
)
"""What grows, as often as it stands here."""

REPORTED = ("who", "whom", "via", "what", "measure", "due", "expires", "fiscal_year", "date")
"""What the copy or the correction of an entry says as it does."""


@dataclass
class World:
    """A tracker in the making. `place` is where in the order an entry stands."""

    entries: list[Entry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    taken_back: list[Link] = field(default_factory=list)
    starts: int = 1
    levels: bool = False

    def of(self, *kinds: str) -> list[Entry]:
        return [one for one in self.entries if one["kind"] in kinds]

    def ids(self, *kinds: str) -> list[str]:
        return [str(one["id"]) for one in self.of(*kinds)]

    def oracle(self, day: date) -> Oracle:
        return Oracle(self.entries, self.links, day, self.starts)


# --- growing ------------------------------------------------------------------------------------


def some(rng: Random, percent: int) -> bool:
    return rng.randrange(100) < percent


def day_between(rng: Random, since: date, until: date) -> date:
    return since + timedelta(rng.randrange((until - since).days + 1))


def begin(rng: Random, levels: bool = False) -> World:
    """Actors, activities and sources, of which some are part of others."""
    world = World(starts=rng.choice((1, 10)), levels=levels)
    for kind, letter, count in (("actor", "g", 4), ("activity", "v", 3)):
        for number in range(count):
            entry: Entry = {"kind": kind, "id": f"{letter}{number}", "name": f"{kind} {number}"}
            if number and some(rng, 40):
                entry["parent"] = f"{letter}{rng.randrange(number)}"
            world.entries.append(entry)
    for number in range(3):
        add_source(rng, world, number, START, END)
    return world


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
    for _ in range(count):
        kind = rng.choice(KINDS)
        number = len(world.entries)
        if kind == "copy":
            _copy(rng, world, number, since, until)
            continue
        if kind == "link":
            _link(rng, world, there)
            continue
        entry: Entry = {"kind": kind, "id": f"e{number:02}"}
        world.place[f"e{number:02}"] = number
        _said(rng, world, entry, since, until)
        _FILL.get(kind, _fill_support)(rng, world, entry)
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
    linked = {name for one, judgement, other in world.links for name in (one, other)}
    olds = [one for one in world.of(*SUPPORT, "total") if one["id"] not in linked or some(rng, 25)]
    if not olds:
        return
    old = rng.choice(olds)
    entry: Entry = {"kind": old["kind"], "id": f"e{number:02}"}
    world.place[str(entry["id"])] = world.place[str(old["id"])]
    _said(rng, world, entry, since, until)
    entry.pop("date", None)
    entry |= {name: old[name] for name in (*REPORTED, "stage", "readings", "covers") if name in old}
    is_correction = some(rng, 50)
    _figure(rng, entry, like=old)
    if "strength" in old and some(rng, 50):
        entry["strength"] = _strength(rng)
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


def _strength(rng: Random) -> str:
    return rng.choice(("implied", "considered", "prepared", "promised", "promised", "notified"))


def _figure(rng: Random, entry: Entry, like: Entry | None = None) -> None:
    """A figure in the ways in which people write one; sometimes none."""
    digits = rng.choice(("10", "20", "30", "50", "80", "100", "7.5", "120.25"))
    if like is not None:
        is_thing = "quantity" in like
        unit = str(like.get("quantity") or like.get("amount") or " USD").split(" ")[-1]
        if "quantity" not in like and "amount" not in like:
            return
    else:
        is_thing = some(rng, 80 if entry["kind"] in ("delivery", "use") else 15)
        unit = rng.choice(THINGS if is_thing else CURRENCIES)
        if some(rng, 8):
            return
    if is_thing:
        entry["quantity"] = f"{digits.partition('.')[0]} {unit}"
        if some(rng, 20):
            entry["amount"] = "4M USD"
    else:
        scale = rng.choice(("M", "M", "M", "k"))
        entry["amount"] = f"{digits}{scale} {unit}"


def _earlier(rng: Random, world: World, kinds: Iterable[str], most: int = 1) -> list[str]:
    found = world.ids(*kinds)
    return sorted({rng.choice(found) for _ in range(rng.randint(1, most))}) if found else []


def _fill_support(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    if some(rng, 80):
        entry["whom"] = sorted({rng.choice(world.ids("actor")) for _ in range(rng.randint(1, 2))})
    if some(rng, 60):
        entry["via"] = rng.choice(world.ids("activity"))
    if some(rng, 30):
        entry["what"] = rng.choice(("training", "kit"))
    _figure(rng, entry)
    if world.levels and some(rng, 40) and ("amount" in entry or "quantity" in entry):
        entry["measure"] = rng.choice(("increment", "level", "cumulative"))
        entry |= {"who": "g0", "whom": ["g1"]}
        entry.pop("what", None)
        entry.pop("via", None)
    if some(rng, 40):
        entry["fiscal_year"] = f"FY{rng.choice((2020, 2021, 2021, 2022))}"
        if some(rng, 70):
            entry.pop("date", None)
    kind = entry["kind"]
    if kind == "pledge":
        if some(rng, 80):
            entry["strength"] = _strength(rng)
        if some(rng, 25):
            entry["condition"] = _earlier(rng, world, ("condition",), 2)
        if some(rng, 20):
            entry["expires"] = day_between(rng, START, END).isoformat()
    if kind in ("pledge", "commitment") and some(rng, 25):
        entry["due"] = day_between(rng, START, END).isoformat()
    relations = ("toward", "draws_on") if kind == "pledge" else ("toward", "toward", "draws_on")
    _under(rng, world, entry, relations)
    if not entry.get("condition"):
        entry.pop("condition", None)


def _under(rng: Random, world: World, entry: Entry, relations: tuple[str, ...]) -> None:
    """Put it under earlier support: a payment under a promise or a contract, and so on."""
    kind = str(entry["kind"])
    ladder = SUPPORT[: SUPPORT.index(kind) + 1] if kind != "use" else ("pledge", "delivery")
    if kind == "delivery":
        ladder = ("pledge", "commitment", "delivery")
    if some(rng, 60 if kind != "pledge" else 15):
        names = _earlier(rng, world, ladder, rng.choice((1, 1, 1, 2)))
        if names:
            entry[rng.choice(relations)] = names
    if some(rng, 8):
        names = _earlier(rng, world, (kind,))
        if names:
            entry["part_of"] = names[0]


def _fill_condition(rng: Random, world: World, entry: Entry) -> None:
    entry["type"] = rng.choice(CONDITION_TYPES)
    entry["about"] = [rng.choice(world.ids("activity"))]
    if entry["type"] == "date":
        entry["due"] = day_between(rng, START, END).isoformat()


def _fill_mandate(rng: Random, world: World, entry: Entry) -> None:
    entry["body"] = rng.choice(world.ids("actor"))
    entry["about"] = [rng.choice(world.ids("activity"))]
    if len(str(entry["date"])) == 10:
        entry["adopted"] = entry["date"]
    votes = rng.choice((([], []), (["g0", "g1"], ["g2"]), (["g0"], ["g1", "g2"])))
    entry |= {name: list(one) for name, one in zip(("yes", "no"), votes, strict=True) if one}


def _fill_status(rng: Random, world: World, entry: Entry) -> None:
    about = rng.choice(("pledge", "condition", "condition"))
    names = _earlier(rng, world, (about,), 2) or [rng.choice(world.ids("activity"))]
    entry["about"] = names
    if about == "pledge":
        entry["state"] = rng.choice(("withdrawn", "cancelled", "lapsed", "released"))
    else:
        entry["state"] = rng.choice(("open", "met", "met", "breached", "waived", "lapsed"))


def _fill_total(rng: Random, world: World, entry: Entry) -> None:
    """A stated sum, mostly about the likes of an entry that is there: of its stage and unit."""
    entry["stage"] = rng.choice(TOTAL_STAGES)
    if some(rng, 85):
        entry["who"] = rng.choice(world.ids("actor"))
    _figure(rng, entry)
    items = [one for one in world.of(*SUPPORT) if "amount" in one or "quantity" in one]
    item = rng.choice(items) if items and some(rng, 80) else None
    if item is not None:
        entry |= {"who": item["who"], "stage": _STAGE_OF[str(item["kind"])]}
        if entry["stage"] == "disbursed":
            entry["stage"] = rng.choice(("disbursed", "spent", "received"))
        entry.pop("amount", None)
        entry.pop("quantity", None)
        _figure(rng, entry, like=item)
        if some(rng, 30):
            entry |= {name: item[name] for name in ("amount", "quantity") if name in item}
    elif some(rng, 50):
        entry["whom"] = [rng.choice(world.ids("actor"))]
        if some(rng, 50):
            entry["via"] = rng.choice(world.ids("activity"))
    if "amount" in entry and "quantity" not in entry and some(rng, 15):
        entry["amount"] = f"~{entry['amount']}"
    elif ("amount" in entry or "quantity" in entry) and some(rng, 50):
        entry["comparator"] = rng.choice(("=", "~", ">", "<", "up to"))
    if some(rng, 50):
        _cover(rng, world, entry, item)
    readings = [rng.choice(READINGS) for _ in range(rng.choice((0, 0, 1, 2)))]
    if item is not None and readings and item.get("fiscal_year"):
        readings[0] = str(item["fiscal_year"])
    if readings:
        entry["readings"] = list(dict.fromkeys(readings))
    elif some(rng, 20):
        entry["period"] = rng.choice(("2020/2022", "2021"))


def _cover(rng: Random, world: World, entry: Entry, item: Entry | None) -> None:
    """Name what the total sums: activities, or promises."""
    names = _earlier(rng, world, rng.choice((("activity",), ("pledge", "commitment"))), 3)
    if item is not None:
        own = [item["id"], item.get("via"), *listed(item.get("toward"))]
        asks = world.ids("ask")
        names = [*names, *(str(one) for one in own if one and one not in asks and some(rng, 50))]
    if names:
        entry["covers"] = sorted(set(names))


def _fill_ask(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    entry["whom"] = [rng.choice(world.ids("actor"))]
    entry["what"] = "training"


def _fill_need(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    entry["via"] = rng.choice(world.ids("activity"))
    _figure(rng, entry)


def _fill_position(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    names = _earlier(rng, world, ("ask", "pledge")) or [rng.choice(world.ids("activity"))]
    entry |= {"about": names, "stance": rng.choice(("supports", "reviewing", "opposes"))}


def _fill_event(rng: Random, world: World, entry: Entry) -> None:
    entry["what"] = "a meeting"


_FILL = {
    "condition": _fill_condition,
    "mandate": _fill_mandate,
    "status": _fill_status,
    "total": _fill_total,
    "ask": _fill_ask,
    "need": _fill_need,
    "position": _fill_position,
    "event": _fill_event,
}


def random_world(rng: Random, count: int = 16, levels: bool = False) -> World:
    return grow(rng, begin(rng, levels), count)


def worlds(count: int = 16, levels: bool = False) -> st.SearchStrategy[World]:
    """Trackers that hypothesis draws and shrinks."""
    return st.randoms(use_true_random=False).map(lambda rng: random_world(rng, count, levels))


days_asked = st.dates(START, END + timedelta(400))
"""Any day on which a tracker may be asked."""


# --- writing ------------------------------------------------------------------------------------


def toml(entry: Entry) -> str:
    """One paragraph; a whole day is bare or quoted, as people write it."""
    lines = [f"[[{entry['kind']}]]"]
    for name, value in entry.items():
        if name == "kind":
            continue
        is_bare = name in ("date", "adopted") and len(str(value)) == 10 and "e" in str(entry["id"])
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


def files(world: World, rng: Random) -> dict[str, str]:
    """The tracker as files: its entries in any order, over any number of books of both forms."""
    calendars = "".join(
        f'g{n} = {{ starts = "{world.starts:02}-01", named = "end" }}\n' for n in range(4)
    )
    out = {"tracker.toml": f'title = "Made up"\n\n[calendars]\n{calendars}'}
    for kind, name in (("actor", "actors.toml"), ("activity", "activities.toml")):
        out[name] = "\n".join(toml(one) for one in world.of(kind))
    books: dict[str, list[Entry]] = {}
    names = [f"books/{rng.choice('abcdefgh')}{n}.{rng.choice(('toml', 'csv'))}" for n in range(3)]
    rest = [one for one in world.entries if one["kind"] not in ("actor", "activity")]
    rng.shuffle(rest)
    for entry in rest:
        books.setdefault(rng.choice(names), []).append(entry)
    for name, entries in books.items():
        is_table = name.endswith(".csv")
        out[name] = table(entries) if is_table else "\n".join(toml(one) for one in entries)
    lines = [f"{one},{judgement},{other},ab,2024-01-01," for one, judgement, other in world.links]
    for one, judgement, other in world.taken_back:
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
