"""The second half of the oracle: stated totals against their items (DESIGN, section 3; R1, R5)."""

from __future__ import annotations

from decimal import Decimal

from oracle import COUNTING, Oracle
from oracle_facts import Fact, Row, days, listed


def totals(oracle: Oracle) -> list[Row]:
    """Every stated total as its first reading has it, and all readings beside it."""
    rows = []
    for fact in oracle.facts:
        if fact.kind == "total":
            readings = listed(fact.best.get("readings")) or listed(fact.best.get("period"))
            if not readings and fact.measure != "increment":
                readings = [f"../{fact.until}"]  # a level runs up to its own day
            results = [_read(oracle, fact, one) for one in readings or [None]]
            row = {"id": fact.id, "stated": fact.amount, "unit": fact.unit}
            rows.append({**row, **results[0], "readings": results})
    return rows


def _read(oracle: Oracle, total: Fact, reading: str | None) -> Row:
    items = [one for one in _items(oracle, total) if _is_inside(one, reading)]
    itemised = oracle.summed(items)
    out: Row = {"reading": reading, "itemised": itemised}
    is_missing = False
    if reading is not None and reading.startswith("FY"):
        is_missing = bool(set(_years(reading)) - {one.best["fiscal_year"] for one in items})
    if total.amount is None or itemised is None or is_missing:
        return {**out, "unexplained": None, "verdict": "open"}
    rest = total.amount - itemised
    return {**out, "unexplained": rest, "verdict": _verdict(total, rest)}


def _verdict(total: Fact, rest: Decimal) -> str:
    if total.comparator == ">":
        return "holds" if rest < 0 else "short"
    if total.comparator in ("<", "up to"):
        return "holds" if rest >= 0 else "over"
    if abs(rest) <= total.slack:
        return "holds"
    return "short" if rest > 0 else "over"


def _items(oracle: Oracle, total: Fact) -> list[Fact]:
    """What is in scope at the stage that the total sums."""
    scope, stage = _scope(oracle, total), str(total.best["stage"])
    if stage == "spent":
        is_paid = any(one.stage == "disbursed" for one in scope)
        stage = "disbursed" if is_paid else "committed"
    if stage == "received":
        stage = "disbursed"
    return [
        one
        for one in scope
        if one.stage == stage and (one.kind != "pledge" or oracle.state(one) in COUNTING)
    ]


def _scope(oracle: Oracle, total: Fact) -> list[Fact]:
    """The facts that the total is about, at whatever stage."""
    covers = set(listed(total.best.get("covers")))
    promises = {oracle.fact_of[name] for name in covers if name in oracle.fact_of}
    if not covers and total.who is None and not total.whom and total.via is None:
        return []  # nothing says what it is about
    found = []
    for fact in oracle.facts:
        if not fact.stage or not fact.counts or fact.unit != total.unit:
            continue
        via = set(oracle.line(str(fact.via))) if fact.via else set()
        if covers:
            if covers & via or promises & {fact, *oracle.above[fact]}:
                found.append(fact)
            continue
        whom = {name for one in fact.whom for name in oracle.line(one)}
        if (
            (total.who is None or total.who in oracle.line(str(fact.who)))
            and (not total.whom or whom & set(total.whom))
            and (total.via is None or total.via in via)
        ):
            found.append(fact)
    return found


def _is_inside(fact: Fact, reading: str | None) -> bool:
    """Fiscal years take the entries of those years, other periods what lies inside them."""
    if reading is None:
        return True
    if reading.startswith("FY"):
        return fact.best.get("fiscal_year") in _years(reading)
    if reading.startswith("../"):
        return fact.until <= days(reading.removeprefix("../"))[1]
    since, until = days(reading)
    return since <= fact.since and fact.until <= until


def _years(reading: str) -> list[str]:
    ends = [int(one.removeprefix("FY")) for one in reading.split("/")]
    return [f"FY{year}" for year in range(ends[0], ends[-1] + 1)]
