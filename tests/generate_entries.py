"""What each kind of a random entry says, in the ways in which people write it. All is made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from oracle import Oracle
from oracle_council import PERMANENT, members
from oracle_facts import Entry, Link, days, listed
from oracle_rates import Rate

START, END = date(2020, 1, 1), date(2023, 12, 31)
"""The days from which entries of a first growth are known."""

CURRENCIES = ("USD", "USD", "USD", "USD", "EUR", "XOF")
RATED = ("USD", "CAD", "EUR", "XOF", "HTG")
"""The currencies of a tracker with rates; of one of them there is none."""
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
    *("pledge", "pledge", "use", "copy", "copy", "copy", "link"),
    *("condition", "mandate", "mandate", "status", "status", "total", "total"),
    *("ask", "position", "need", "event"),
)
"""What grows, as often as it stands here."""
MORE_KINDS = {
    "funds": (*("into", "out", "freeze") * 4, *("into", "stated") * 2),
    "twins": ("twin",) * 6,
    "rates": (*("pledge", "disbursement", "commitment") * 3,),
}
"""What grows besides in a tracker of that trait."""
KIND_OF = {"into": "disbursement", "out": "disbursement", "freeze": "status", "stated": "total"}
"""The kind of what is called otherwise here."""

REPORTED = (
    *("who", "whom", "via", "funder", "what", "measure", "due", "expires", "fiscal_year", "date"),
)
"""What the copy or the correction of an entry says as it does."""


@dataclass
class World:
    """A tracker in the making. `place` is where in the order an entry stands.

    `traits`: "levels", "funds", "twins" (one event told by several sources), "rates".
    """

    entries: list[Entry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    taken_back: list[Link] = field(default_factory=list)
    traits: frozenset[str] = frozenset()
    starts: int = 1
    rates: list[Rate] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Entry]:
        return [one for one in self.entries if one["kind"] in kinds]

    def ids(self, *kinds: str) -> list[str]:
        return [str(one["id"]) for one in self.of(*kinds)]

    def funds(self) -> list[str]:
        return [str(one["id"]) for one in self.of("activity") if one.get("type") == "fund"]

    def plans(self) -> list[str]:
        """The activities that are no fund."""
        return [name for name in self.ids("activity") if name not in self.funds()]

    def oracle(self, day: date) -> Oracle:
        rates = [one for one in self.rates if one.table == "own"]
        return Oracle(self.entries, self.links, day, self.starts, rates)


def some(rng: Random, percent: int) -> bool:
    return rng.randrange(100) < percent


def day_between(rng: Random, since: date, until: date) -> date:
    return since + timedelta(rng.randrange((until - since).days + 1))


def worded(rng: Random) -> str:
    return rng.choice(("implied", "considered", "prepared", "promised", "promised", "notified"))


def write_figure(rng: Random, world: World, entry: Entry, like: Entry | None = None) -> None:
    """A figure in the ways in which people write one; sometimes none."""
    digits = rng.choice(("10", "20", "30", "50", "80", "100", "7.5", "120.25"))
    if like is not None:
        is_thing = "quantity" in like
        unit = str(like.get("quantity") or like.get("amount") or " USD").split(" ")[-1]
        if "quantity" not in like and "amount" not in like:
            return
    else:
        is_thing = some(rng, 80 if entry["kind"] in ("delivery", "use") else 15)
        money = RATED if world.rates else CURRENCIES
        unit = rng.choice(THINGS if is_thing else money)
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


def fill_support(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    if some(rng, 80):
        entry["whom"] = sorted({rng.choice(world.ids("actor")) for _ in range(rng.randint(1, 2))})
    if some(rng, 60):
        through = world.funds() if world.funds() and some(rng, 8) else world.plans()
        entry["via"] = rng.choice(through)
        if entry["via"] in world.funds():
            entry.setdefault("whom", [rng.choice(world.ids("actor"))])
    if some(rng, 30):
        entry["what"] = rng.choice(("training", "kit"))
    write_figure(rng, world, entry)
    if entry["kind"] == "pledge" and world.funds() and some(rng, 30):
        entry["whom"] = [rng.choice(world.funds())]
    if "levels" in world.traits and some(rng, 40) and ("amount" in entry or "quantity" in entry):
        entry["measure"] = rng.choice(("increment", "level", "cumulative"))
        entry |= {"who": "g0", "whom": ["g1"]}
        entry.pop("what", None)
        entry.pop("via", None)
    if some(rng, 40):
        # with rates one that has begun: which day's rate a later one takes is not said
        years = (days(entry["date"])[0].year,) if world.rates else (2020, 2021, 2021, 2022)
        entry["fiscal_year"] = f"FY{rng.choice(years)}"
        if some(rng, 70):
            entry.pop("date", None)
    kind = entry["kind"]
    if kind == "pledge":
        if some(rng, 80):
            entry["strength"] = worded(rng)
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
    if world.rates:
        # one chain of promises: the pages do not say to which of two a payment is converted
        uppers = ("pledge",) if kind in ("pledge", "use") else ("pledge", "pledge", "commitment")
        if some(rng, 10 if kind == "pledge" else 75):
            entry["toward"] = _earlier(rng, world, uppers)
        if not entry.get("toward"):
            entry.pop("toward", None)
        return
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
    entry["about"] = [rng.choice(world.ids("activity"))]
    if len(str(entry["date"])) == 10:
        entry["adopted"] = entry["date"]
    if some(rng, 15):
        entry["expires"] = day_between(rng, START, END).isoformat()
    year = days(entry["date"])[1].year
    if members(year) and some(rng, 75):
        entry["body"] = "unsc"
        _vote(rng, entry, members(year))
        return
    entry["body"] = rng.choice(world.ids("actor"))
    lists = rng.choice((([], []), (["g0", "g1"], ["g2"]), (["g0"], ["g1", "g2"])))
    entry |= {name: list(one) for name, one in zip(("yes", "no"), lists, strict=True) if one}


def _vote(rng: Random, entry: Entry, fifteen: list[str]) -> None:
    """A vote of the Council near its two edges: nine in favour, and the veto."""
    rest = rng.sample(fifteen, 15)
    abstain = [rest.pop() for _ in range(rng.choice((0, 0, 2, 3, 5, 6, 7)))]
    absent = [rest.pop() for _ in range(rng.choice((0, 0, 0, 1)))]
    against = rng.choice((0, 0, 0, 1, 1, 6))
    if against == 1 and some(rng, 60):
        no = [name for name in rest if name in PERMANENT][:1]
    else:
        no = [name for name in rest if name not in PERMANENT][:against]
    yes = [name for name in rest if name not in no]
    votes = {"no": no, "abstain": abstain, "absent": absent}
    if some(rng, 30):
        votes["yes"] = yes
    entry |= {name: one for name, one in votes.items() if one}
    if some(rng, 15):
        entry["procedural"] = rng.choice(("yes", "no"))


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
    write_figure(rng, world, entry)
    items = [one for one in world.of(*SUPPORT) if "amount" in one or "quantity" in one]
    item = rng.choice(items) if items and some(rng, 80) else None
    if item is not None:
        entry |= {"who": item["who"], "stage": _STAGE_OF[str(item["kind"])]}
        if entry["stage"] == "disbursed":
            entry["stage"] = rng.choice(("disbursed", "spent", "received"))
        entry.pop("amount", None)
        entry.pop("quantity", None)
        write_figure(rng, world, entry, like=item)
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
    elif some(rng, 25):
        entry["measure"] = rng.choice(("level", "cumulative"))


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
    write_figure(rng, world, entry)


def _fill_position(rng: Random, world: World, entry: Entry) -> None:
    entry["who"] = rng.choice(world.ids("actor"))
    names = _earlier(rng, world, ("ask", "pledge")) or [rng.choice(world.ids("activity"))]
    entry |= {"about": names, "stance": rng.choice(("supports", "reviewing", "opposes"))}


def _fill_event(rng: Random, world: World, entry: Entry) -> None:
    entry["what"] = "a meeting"


# --- funds --------------------------------------------------------------------------------------


def _money(rng: Random, entry: Entry) -> None:
    digits = rng.choice(("10", "20", "30", "50", "80", "100", "7.5"))
    entry["amount"] = f"{digits}M {rng.choice(('USD', 'USD', 'USD', 'EUR'))}"


def _fill_into(rng: Random, world: World, entry: Entry) -> None:
    entry |= {"who": rng.choice(world.ids("actor")), "whom": [rng.choice(world.funds())]}
    _money(rng, entry)
    names = _earlier(rng, world, ("pledge",))
    if names and some(rng, 25):
        entry["toward"] = names
    elif some(rng, 15):
        larger = [one for one in world.of("disbursement") if one.get("whom") == entry["whom"]]
        if larger:
            entry["part_of"] = rng.choice(larger)["id"]


def _fill_out(rng: Random, world: World, entry: Entry) -> None:
    """A fund pays: an actor, a force or another fund; often out of one donor's money."""
    fund = rng.choice(world.funds())
    others = [*world.ids("actor"), *world.ids("activity")]
    entry |= {"who": fund, "whom": [rng.choice([one for one in others if one != fund])]}
    _money(rng, entry)
    payments = [one for one in world.of("disbursement") if one.get("whom") == [fund]]
    if payments and some(rng, 60):
        entry["funder"] = rng.choice(payments)["who"]
    elif some(rng, 10):
        entry["funder"] = rng.choice(world.ids("actor"))
    if payments and some(rng, 15):
        entry["draws_on"] = [str(rng.choice(payments)["id"])]


def _fill_freeze(rng: Random, world: World, entry: Entry) -> None:
    """Money is frozen, or free again: a payment into the first fund, all that the other holds.

    Now and then it is the other way round; the pages do not say what both together mean.
    """
    first, other = world.funds() if some(rng, 95) else world.funds()[::-1]
    payments = [
        one for one in world.of("disbursement") if one.get("whom") == [first] and "amount" in one
    ]
    if payments and some(rng, 75):
        payment = rng.choice(payments)
        entry["about"] = [str(payment["id"])]
        unit = str(payment["amount"]).split(" ")[-1]
    else:
        entry["about"] = [other]
        unit = "USD"
    entry["state"] = rng.choice(("frozen", "frozen", "frozen", "released", "waived"))
    if some(rng, 35 if entry["state"] == "frozen" else 3):
        entry["amount"] = f"{rng.choice(('5', '10', '25', '60'))}M {unit}"
    better = [str(one["id"]) for one in world.of("source") if one.get("grade") != "D"]
    if better and "known" in entry and some(rng, 90):
        entry["source"] = rng.choice(better)


def _fill_stated(rng: Random, world: World, entry: Entry) -> None:
    """A level of a whole fund, or the share of one donor, which is no level of the fund."""
    entry["stage"] = rng.choice(("received", "received", "spent", "pledged"))
    fund = rng.choice(world.funds())
    if entry["stage"] == "spent":
        entry["who"] = fund
    else:
        entry["whom"] = [fund]
        if some(rng, 25):
            entry["who"] = rng.choice(world.ids("actor"))
    entry["amount"] = f"{rng.choice(('20', '60', '90', '150', '300'))}M USD"
    entry["measure"] = rng.choice(("level", "level", "cumulative"))


FILL = {
    "into": _fill_into,
    "out": _fill_out,
    "freeze": _fill_freeze,
    "stated": _fill_stated,
    "condition": _fill_condition,
    "mandate": _fill_mandate,
    "status": _fill_status,
    "total": _fill_total,
    "ask": _fill_ask,
    "need": _fill_need,
    "position": _fill_position,
    "event": _fill_event,
}
