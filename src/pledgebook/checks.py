"""Run the checks of sql/checks: each row that one selects is a finding with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pledgebook.engine import Moment
from pledgebook.finding import Flaw
from pledgebook.ledger import checks

_WORDS = {"total-short": "stop short of its total", "total-over": "exceed its total"}


_REST = {"total-short": "unexplained", "total-over": "more than stated"}
_REMEDY = {
    "total-short": "add the entries that are missing, or see what was counted",
    "total-over": "see what was counted, and whether two entries are one",
}


def broken(moment: Moment) -> Iterator[tuple[str, str, Flaw]]:
    """What breaks a check: the entry's id, the key at which the finding stands, the flaw."""
    for rule, sql in checks().items():
        for row in moment.ask(f"select * from ({sql}) order by id").to_pylist():
            yield row["id"], row["key"], _sum_flaw(rule, row)


def _sum_flaw(rule: str, row: dict[str, object]) -> Flaw:
    items = row["rests_on"]
    assert isinstance(items, list)
    unit, rest = str(row["unit"]), row["unexplained"]
    assert isinstance(rest, Decimal)
    comparator = "" if row["comparator"] == "=" else f"{row['comparator']} "
    covers = f", covers {', '.join(row['covers'])}" if isinstance(row["covers"], list) else ""
    reading = f", {row['reading']}" if row["reading"] else ""
    no_payment = (
        " (no payment in scope)" if row["stage"] == "spent" and row["basis"] == "committed" else ""
    )
    entries = "1 entry" if len(items) == 1 else f"{len(items):,} entries"
    span = str(items[0]) if len(items) == 1 else f"{items[0]} to {items[-1]}"
    return Flaw(
        rule,
        f"the entries behind {row['id']} {_WORDS[rule]}",
        expected=f"{comparator}{short(row['stated'])} {unit}, {row['stage']}{reading}{covers}",
        found=f"{short(row['itemised'])} {unit} {row['basis']} in {entries}: {span}{no_payment}",
        difference=f"{short(abs(rest))} {unit} {_REST[rule]}",
        remedy=f"{_REMEDY[rule]}: pledgebook show totals",
    )


def short(amount: object) -> str:
    """An amount as people write it: 290.22M, 1.5bn, 400."""
    if not isinstance(amount, Decimal):
        return "unknown"
    for scale, letter in ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M")):
        if abs(amount) >= scale:
            return f"{_trim(round(amount / scale, 2))}{letter}"
    return _trim(round(amount, 2))


def _trim(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
