"""A second opinion: what a tracker must answer, in slow plain Python.

Written from DESIGN.md and DOMAIN.md (R1 to R9) alone. It shares no line with the program: no
SQL, no import, and readers of its own for the few forms in which tests/generate.py writes days
and figures. Where the two differ, one of them is wrong, and the pages say which.

A tracker is a list of entries, each a dict of the fields of its paragraph with `kind` beside
them, and the lines of links.csv as (entry, judgement, other). What is said stands in
oracle_facts.py, votes in oracle_council.py, rates in oracle_rates.py, stated totals in
oracle_totals.py, funds in oracle_funds.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from oracle_council import votes
from oracle_facts import (
    LADDER,
    STRENGTHS,
    Entry,
    Fact,
    Link,
    Row,
    days,
    fiscal_year,
    listed,
    told_once,
)
from oracle_rates import Rate, convert

COUNTING = ("live", "overdue", "delivered")
"""The states in which a promise counts as pledged."""
REINSTATED = ("open", "released")
CONDITION_STATES = ("open", "met", "breached", "waived", "lapsed")
REFERENCE = ("source", "actor", "activity")


class Oracle:
    """A tracker as it was known on `day`. `starts` is the first month of every fiscal year."""

    def __init__(
        self,
        entries: list[Entry],
        links: list[Link],
        day: date,
        starts: int = 1,
        rates: list[Rate] | None = None,
    ) -> None:
        self.day = day
        self.rates = rates or []
        self.starts = starts
        self.sources = {str(one["id"]): one for one in entries if one["kind"] == "source"}
        self.funds = [str(one["id"]) for one in entries if one.get("type") == "fund"]
        self.parents = {str(one["id"]): str(one["parent"]) for one in entries if "parent" in one}
        self.known_entries = {
            str(one["id"]): one
            for one in entries
            if one["kind"] not in REFERENCE and self.known(one) <= day
        }
        links = [
            link
            for link in links
            if link[0] in self.known_entries and link[2] in self.known_entries
        ]
        self.fact_of: dict[str, Fact] = {}
        self.facts: list[Fact] = []
        self._make_facts(links)
        self.over: dict[Fact, dict[str, set[Fact]]] = {}
        self._make_edges(links)
        self.above = {fact: self._reach(fact) for fact in self.facts}
        self._apply_levels()

    # --- entries and facts ------------------------------------------------------------------

    def grade(self, entry: Entry) -> str:
        """A, B, C, then ungraded (as "Cz"), then D; without words it is at best C."""
        own = str(self.sources[str(entry["source"])].get("grade") or "Cz")
        return own if entry.get("quote") or entry.get("cell") else max(own, "C")

    def origin(self, entry: Entry) -> str:
        """The source that its source copies, at any remove, or its source."""
        name = str(entry["source"])
        while copied := self.sources[name].get("origin"):
            name = str(copied)
        return name

    def happened(self, entry: Entry) -> tuple[date, date]:
        if entry.get("date"):
            return days(entry["date"])
        if entry.get("fiscal_year"):
            return fiscal_year(str(entry["fiscal_year"]), self.starts)
        return days(self.sources[str(entry["source"])]["date"])

    def known(self, entry: Entry) -> date:
        said = entry.get("known") or self.sources[str(entry["source"])].get("date")
        return days(said)[1] if said else self.happened(entry)[1]

    def line(self, name: str) -> list[str]:
        """An actor or activity and all that it is part of."""
        found = [name]
        while found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return found

    def _make_facts(self, links: list[Link]) -> None:
        group = {name: {name} for name in self.known_entries}
        replaced = {other for _, judgement, other in links if judgement == "corrects"}
        current = [one for name, one in self.known_entries.items() if name not in replaced]
        apart = {frozenset((one, other)) for one, said, other in links if said == "different"}
        judged = [(one, other) for one, said, other in links if said in ("same", "corrects")]
        for one, other in [*judged, *told_once(current, apart, self)]:
            joined = group[one] | group[other]
            for name in joined:
                group[name] = joined
        for name, members in group.items():
            if name != min(members):
                continue
            parts = [self.known_entries[one] for one in sorted(members)]
            current = [one for one in parts if one["id"] not in replaced]
            fact = Fact(current, [one for one in parts if one["id"] in replaced], self)
            self.facts.append(fact)
            for member in members:
                self.fact_of[member] = fact

    def _make_edges(self, links: list[Link]) -> None:
        for fact in self.facts:
            self.over[fact] = {}
            for relation, names in fact.edges.items():
                judged = {
                    other
                    for one, judgement, other in links
                    if judgement == relation and self.fact_of[one] is fact
                }
                targets = {self.fact_of.get(name) for name in names | judged}
                self.over[fact][relation] = {
                    one for one in targets if one is not None and one.stage and one is not fact
                }

    def _reach(self, fact: Fact) -> set[Fact]:
        """All that it stands under, at any remove."""
        found: set[Fact] = set()
        ahead = [fact]
        while ahead:
            for targets in self.over[ahead.pop()].values():
                ahead += targets - found
                found |= targets
        return found

    def below(self, fact: Fact) -> list[Fact]:
        """All that stands under it and is evidence."""
        return [one for one in self.facts if fact in self.above[one] and one.is_current]

    def _apply_levels(self) -> None:
        """R1: the latest level stands for what the increments up to its day leave over."""
        series: dict[tuple[object, ...], list[Fact]] = {}
        for fact in self.facts:
            if fact.stage and fact.counts:
                key = (fact.stage, fact.who, tuple(sorted(fact.whom)), fact.via, fact.what)
                series.setdefault((*key, fact.unit), []).append(fact)
        for facts in series.values():
            levels = sorted(
                (one for one in facts if one.measure != "increment"), key=lambda one: one.order
            )
            for earlier in levels[:-1]:
                earlier.value = None
            for latest in levels[-1:]:
                covered = sum(
                    (
                        one.amount
                        for one in facts
                        if one.measure == "increment" and one.until <= latest.until
                    ),
                    Decimal(0),
                )
                latest.value = max(Decimal(0), latest.amount - covered)

    def uppermost(
        self, facts: list[Fact], is_alike: Callable[[Fact, Fact], bool] | None = None
    ) -> list[Fact]:
        """Of two of one unit of which one stands under the other, only the upper.

        `is_alike` says of which two in different units it is as true, the lower one first.
        """
        return [
            one
            for one in facts
            if not any(
                other in self.above[one]
                and (one.unit == other.unit or (is_alike and is_alike(one, other)))
                for other in facts
            )
        ]

    # --- statuses and conditions ------------------------------------------------------------

    def latest_state(self, names: set[str], states: tuple[str, ...]) -> Fact | None:
        found = [
            fact
            for fact in self.facts
            if fact.kind == "status"
            and fact.best.get("state") in states
            and names & set(listed(fact.best.get("about")))
        ]
        return max(found, key=lambda fact: fact.order, default=None)

    def condition(self, name: str) -> tuple[str, date | None]:
        """The state of a condition and the day since which it holds."""
        fact = self.fact_of.get(name)
        if fact is None:
            return "open", None
        said = self.latest_state(fact.members, CONDITION_STATES)
        found = [(*said.order, str(said.best["state"]))] if said else []
        if fact.best["type"] == "mandate":
            about = set(listed(fact.best.get("about")))
            for other in self.facts:
                mandate = other.best
                is_about_it = other.kind == "mandate" and about & set(listed(mandate["about"]))
                if is_about_it and votes(mandate)["carried"]:
                    adopted = days(mandate.get("adopted") or mandate["date"])[1]
                    found.append((adopted, *other.order[1:], "met"))
        if fact.best["type"] == "date" and fact.best.get("due"):
            due = days(fact.best["due"])[1]
            if due <= self.day:
                found.append((due, due, fact.id, "met"))
        if not found:
            return "open", None
        latest = max(found)
        return latest[-1], latest[0]

    def conditions(self) -> list[Row]:
        rows = []
        promises = [fact for fact in self.facts if fact.stage]
        for fact in self.facts:
            if fact.kind == "condition":
                state, since = self.condition(fact.id)
                waiting = [one.id for one in promises if fact.members & set(one.conditions)] or [
                    None
                ]
                for pledge in waiting:
                    row = {"id": fact.id, "pledge": pledge, "type": fact.best["type"]}
                    rows.append({**row, "state": state, "since": since})
        return rows

    # --- promises ---------------------------------------------------------------------------

    def is_promise(self, fact: Fact) -> bool:
        """Every pledge is one, and what was committed under no pledge."""
        return fact.kind == "pledge" or (fact.kind == "commitment" and not self.is_kept(fact))

    def promised(self) -> list[Fact]:
        """The promises on the books, without the levels that a later one replaced."""
        return [
            fact
            for fact in self.facts
            if self.is_promise(fact) and (fact.grade == "D" or fact.is_current)
        ]

    def is_kept(self, fact: Fact) -> bool:
        """Whether it fulfils a pledge, at any remove."""
        return any(one.kind == "pledge" for one in self.above[fact])

    def summed(self, facts: list[Fact]) -> Decimal | None:
        counted = [one.value for one in self.uppermost([one for one in facts if one.counts])]
        return sum(counted, Decimal(0)) if counted else None

    def worth(self, fact: Fact, unit: str | None) -> Decimal | None:
        """What of it enters sums, in that unit at the rate of its last day (R4).

        Nobody knew the rate of a day after the one on which it was said (R9).
        """
        if fact.value is None or fact.unit is None or unit is None:
            return None
        day = max(fact.since, min(fact.until, fact.known))
        return convert(self.rates, fact.value, fact.unit, unit, day)

    def arrived(self, fact: Fact) -> Decimal:
        """What of it came: the most that one of the three last stages evidences."""
        below = [one for one in self.below(fact) if self.worth(one, fact.unit) is not None]
        sums = [
            sum(
                (
                    self.worth(one, fact.unit)
                    for one in below
                    if one.stage == stage
                    and not any(
                        other in self.above[one] and other.stage == stage for other in below
                    )
                ),
                Decimal(0),
            )
            for stage in ("disbursed", "delivered", "used")
        ]
        return max(sums)

    def is_firm(self, fact: Fact) -> bool:
        """Whether it is worded as promised or firmer, or a pledge toward it is that stands."""
        said = [fact]
        for one in said:
            said += [
                later
                for later in self.facts
                if later.kind == "pledge" and one in self.over[later]["toward"]
            ]
        return any(
            STRENGTHS.index(one.strength) >= STRENGTHS.index("promised")
            and (one is fact or (one.grade != "D" and not self.ended(one) and not self.waits(one)))
            for one in said
        )

    def ended(self, fact: Fact) -> str:
        """withdrawn or expired; "" while it stands. A later word may take either back."""
        said = self.latest_state(fact.members, ("withdrawn", "cancelled", "lapsed", *REINSTATED))
        state = said.best["state"] if said else ""
        if state in ("withdrawn", "cancelled"):
            return "withdrawn"
        expires = fact.best.get("expires")
        is_late = bool(expires) and days(expires)[1] < self.day
        return "expired" if state == "lapsed" or is_late else ""

    def waits(self, fact: Fact) -> bool:
        return any(self.condition(one)[0] not in ("met", "waived") for one in fact.conditions)

    def state(self, fact: Fact) -> str:
        said = self.latest_state(fact.members, ("withdrawn", "cancelled", "lapsed", *REINSTATED))
        if said and said.best["state"] not in REINSTATED:
            return self.ended(fact)
        if fact.amount is not None and self.arrived(fact) >= fact.amount:
            return "delivered"
        if self.ended(fact):
            return "expired"
        if self.waits(fact):
            return "waits"
        if not self.is_firm(fact) and not any(one.kind != "pledge" for one in self.below(fact)):
            return "weak"
        due = fact.best.get("due")
        return "overdue" if due and days(due)[1] < self.day else "live"

    def outstanding(self, fact: Fact) -> Decimal | None:
        """What of it has not come; of a level, of what it stands for."""
        if fact.value is None:
            return None
        if self.state(fact) in ("withdrawn", "expired"):
            return Decimal(0)
        return max(Decimal(0), fact.value - self.arrived(fact))

    def highest(self, fact: Fact) -> str:
        return max([fact.stage, *(one.stage for one in self.below(fact))], key=LADDER.index)

    def is_old_money(self, fact: Fact) -> bool:
        """R3: its money is that of another promise, which counts; or it only says one again."""
        return bool(self.over[fact]["toward"]) or any(
            self.is_promise(one) and one.grade != "D" and self.state(one) in COUNTING
            for one in self.above[fact]
        )

    def pledges(self) -> list[Row]:
        return [
            {
                "id": fact.id,
                "who": fact.who,
                "amount": fact.amount,
                "unit": fact.unit,
                "strength": fact.strength,
                "stage": self.highest(fact),
                "state": self.state(fact),
                "outstanding": self.outstanding(fact),
            }
            for fact in self.promised()
        ]

    def promises(self) -> list[Row]:
        rows: dict[tuple[object, object], Row] = {}
        zero = Decimal(0)

        def row(fact: Fact, unit: str | None) -> Row:
            empty: Row = dict.fromkeys(("pledged", "weak", "conditional", "outstanding"), zero)
            empty |= dict.fromkeys(("committed", "disbursed", "delivered", "unpromised"))
            return rows.setdefault((fact.who, unit), {"who": fact.who, "unit": unit, **empty})

        def add(fact: Fact, column: str, value: Decimal | None, unit: str | None) -> None:
            here = row(fact, unit)
            here[column] = None if value is None else (here[column] or zero) + value

        pledges = [one for one in self.facts if one.kind == "pledge" and not self.is_old_money(one)]
        for fact in pledges:
            if fact.grade == "D" or (fact.amount is not None and fact.value is None):
                continue  # worth no sum, or an earlier level
            state = self.state(fact)
            row(fact, fact.unit)
            if state not in ("withdrawn", "expired"):
                column = {"weak": "weak", "waits": "conditional"}.get(state, "pledged")
                add(fact, column, fact.value, fact.unit)
            if state in ("live", "overdue"):
                add(fact, "outstanding", self.outstanding(fact), fact.unit)
        under = {one for fact in pledges for one in self.below(fact)}
        first = {
            fact: min(
                (one for one in pledges if one in self.above[fact]),
                key=lambda one: (one.since, min(one.members)),
            )
            for fact in under
        }
        worth = {fact: self.worth(fact, first[fact].unit) for fact in under}
        unit = {fact: fact.unit if worth[fact] is None else first[fact].unit for fact in under}
        for stage in ("committed", "disbursed", "delivered"):
            here = [fact for fact in under if fact.stage == stage]
            for fact in self.uppermost(here, lambda one, up: unit[one] == unit[up]):
                value = fact.value if worth[fact] is None else worth[fact]
                add(first[fact], stage, value, unit[fact])
        rest = [
            one
            for one in self.facts
            if one.stage in ("committed", "disbursed", "delivered") and not self.is_kept(one)
        ]
        rest = [one for one in rest if one.is_current]
        for fact in self.uppermost(rest, lambda one, up: self.worth(one, up.unit) is not None):
            add(fact, "unpromised", fact.value, fact.unit)
        return list(rows.values())
