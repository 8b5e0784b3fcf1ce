"""A judgement: what a person decided about two entries, beside them and never in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement that stands. `known`: the day from which it changes answers, None where one
    of its entries is known from no day."""

    entry: str
    judgement: str
    other: str
    known: date | None
    judge: str
    day: str
    reason: str
    file: str
    line: int
