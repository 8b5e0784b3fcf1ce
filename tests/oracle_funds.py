"""The funds of the oracle: in - out = balance (R2), levels that totals state (R1), what is frozen.

Where the pages do not say what a cell must be it is UNDECIDED; nothing is compared there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from oracle import COUNTING, Oracle
from oracle_facts import UNDECIDED, Fact, Row, listed

WORDS = ("frozen", "released", "waived")
"""The states of which the latest says whether money is frozen."""


@dataclass
class Fund:
    """What is known of one fund in one currency, or of one thing."""

    oracle: Oracle
    name: str
    unit: str

    def __post_init__(self) -> None:
        counted = [one for one in self.oracle.facts if one.counts and one.unit == self.unit]
        paid = [one for one in counted if one.stage == "disbursed"]
        self.through = [one for one in paid if one.via == self.name and not self._is_at_an_end(one)]
        """What passes through the fund while both ends are others: received and spent at once."""
        self.into = [one for one in paid if self.name in one.whom]
        out = [one for one in paid if one.who == self.name]
        self.received = self.oracle.uppermost([*self.into, *self.through])
        self.spent = self.oracle.uppermost([*out, *self.through])
        self.pledges = self.oracle.uppermost(
            [
                one
                for one in counted
                if one.kind == "pledge"
                and (self.name in one.whom or one.via == self.name)
                and self.oracle.state(one) in COUNTING
            ]
        )

    def _is_at_an_end(self, fact: Fact) -> bool:
        return self.name == fact.who or self.name in fact.whom

    def row(self) -> Row:
        figures: dict[str, object] = {}
        is_stated = False
        for stage, facts in (
            ("pledged", self.pledges),
            ("received", self.received),
            ("spent", self.spent),
        ):
            itemised = _summed(facts)
            level = self._level(stage)
            if level is not None and (itemised is None or itemised < level):
                figures[stage], is_stated = level, True
            else:
                figures[stage] = itemised
        if any(self.oracle.is_old_money(one) for one in self.pledges):
            figures["pledged"] = UNDECIDED  # whether the money of a promise elsewhere is new here
        balance: object = None
        if figures["received"] is not None:
            # nothing known to be spent: all is left, or nobody knows
            known = figures["spent"]
            balance = UNDECIDED if known is None else figures["received"] - known
        has_levels = any(
            one.measure != "increment" for one in [*self.pledges, *self.received, *self.spent]
        )
        frozen = self._frozen(balance, is_stated)
        basis = "stated" if is_stated else UNDECIDED if has_levels else "itemised"
        cells = {**figures, "balance": balance, "frozen": frozen, "basis": basis}
        # what passed through and was paid in again: one sum, or two that came in
        came_back = any(
            one.who in up.whom
            for one in self.into
            for up in self.oracle.above[one] & {*self.through}
        )
        if came_back or any(self._is_unclear(one) for one in self.through):
            cells = dict.fromkeys(cells, UNDECIDED)
        return {"activity": self.name, "unit": self.unit, **cells}

    def _is_unclear(self, fact: Fact) -> bool:
        """Whether nobody can say if what passed through went on: to nobody known, or to an office
        of the one who paid."""
        payers = set(self.oracle.line(str(fact.who)))
        receivers = {name for one in fact.whom for name in self.oracle.line(one)}
        return not receivers or bool(payers & receivers)

    def _level(self, stage: str) -> Decimal | None:
        """The latest level that is stated of the whole fund; a donor's own share is none."""
        place = ("spent",) if stage == "spent" else ()
        found = [
            one
            for one in self.oracle.facts
            if one.kind == "total"
            and one.counts
            and one.unit == self.unit
            and one.measure != "increment"
            and one.best["stage"] == stage
            and (
                (one.who == self.name and not one.whom)
                if place
                else (one.who is None and one.whom == [self.name])
            )
        ]
        latest = max(found, key=lambda one: one.order, default=None)
        return latest.amount if latest else None

    # --- frozen -----------------------------------------------------------------------------

    def _word(self, names: set[str]) -> Fact | None:
        """The latest word about any of these where it is that they are frozen."""
        said = self.oracle.latest_state(names, WORDS)
        return said if said and said.best["state"] == "frozen" else None

    def _is_open_word(self, word: Fact) -> bool:
        """Whether a word may be worth nothing, or frees a part: nothing says of which money."""
        is_partial = word.best["state"] != "frozen" and word.amount is not None
        return word.grade == "D" or is_partial

    def _frozen(self, balance: object, is_stated: bool) -> object:
        words = [one for one in self.oracle.facts if one.best.get("state") in WORDS]
        about = {one: set(listed(one.best["about"])) for one in words}
        names = set().union(*about.values())
        payments = [
            one
            for one in self.oracle.facts
            if one.stage == "disbursed"
            and one.members & names
            and (self.name in one.whom or one in self.through)
        ]
        said = {self.oracle.fact_of[name] for name in names if name in self.oracle.fact_of}
        if any(self.oracle.above[one] & said for one in self.received):
            return UNDECIDED  # whether a word about a promise is one about what it paid
        here = {self.name}.union(*(one.members for one in payments))
        if any(about[one] & here and self._is_open_word(one) for one in words):
            return UNDECIDED
        if self.name in names:
            if payments:
                return UNDECIDED
            said = self._word({self.name})
            if said is None:
                return None
            if balance in (None, UNDECIDED):
                return UNDECIDED
            if said.amount is not None and said.unit != self.unit:
                return None
            return max(Decimal(0), min(balance, balance if said.amount is None else said.amount))
        frozen = Decimal(0)
        for payment in payments:
            said = self._word(payment.members)
            if said is None or not payment.counts or payment.unit != self.unit:
                continue
            unspent = self._unspent(payment, is_stated)
            if unspent is None or said.unit not in (None, self.unit):
                return UNDECIDED
            frozen += unspent if said.amount is None else min(unspent, said.amount)
        if isinstance(balance, Decimal) and frozen > balance:
            return UNDECIDED  # others' money was spent that nobody knows to have been paid in
        return frozen

    def _unspent(self, payment: Fact, is_stated: bool) -> Decimal | None:
        """What of a payment the fund still holds: of R2's 15 paid in, 13.3.

        None where the pages do not say: who else paid in what a level states, say.
        """
        if payment not in self.received or self.through or is_stated:
            return None
        payer = payment.best.get("funder") or payment.who
        payers = [one.best.get("funder") or one.who for one in self.received]
        own = [one for one in self.spent if one.best.get("funder") == payer]
        unnamed = [one for one in self.spent if not one.best.get("funder")]
        if any(one.best.get("funder") not in (*payers, None) for one in self.spent):
            return None
        if payers.count(payer) > 1 and (own or unnamed):
            return None
        if len(payers) > 1 and unnamed and len(unnamed) < len(self.spent):
            return None
        if len(payers) > 1 and any(self.oracle.above[one] & {*self.received} for one in unnamed):
            return None
        share = payment.value / _summed(self.received) if payment.value else Decimal(0)
        used = (_summed(own) or 0) + (_summed(unnamed) or 0) * share
        return max(Decimal(0), payment.value - used)


def _summed(facts: list[Fact]) -> Decimal | None:
    return sum((one.value for one in facts), Decimal(0)) if facts else None


def funds(oracle: Oracle) -> list[Row]:
    """Every fund in every unit."""
    units = sorted({one.unit for one in oracle.facts if one.unit})
    return [Fund(oracle, name, unit).row() for name in oracle.funds for unit in units]
