"""The rates of the oracle: a payment in another currency is converted at its day (R4, R7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LONGEST = 31
"""A rate serves no day that is further from its own than this."""


@dataclass(frozen=True)
class Rate:
    """One unit of `against` buys `rate` of `currency` on `day`, or on every day without one."""

    table: str
    currency: str
    against: str
    day: date | None
    rate: Decimal


def convert(
    rates: list[Rate], amount: Decimal, unit: str, wanted: str, day: date
) -> Decimal | None:
    """The amount in the unit that is wanted; None where no rate of that day leads there."""
    if unit == wanted:
        return amount
    for against in sorted({rate.against for rate in rates}):
        one, other = (_buys(rates, name, against, day) for name in (unit, wanted))
        if one is not None and other is not None:
            return amount / one * other
    return None


def _buys(rates: list[Rate], currency: str, against: str, day: date) -> Decimal | None:
    """How much of the currency one unit of `against` buys on that day."""
    if currency == against:
        return Decimal(1)
    found = [
        rate
        for rate in rates
        if (rate.currency, rate.against) == (currency, against)
        and (rate.day is None or 0 <= (day - rate.day).days <= LONGEST)
    ]
    latest = max(found, key=lambda rate: rate.day or date.min, default=None)
    return latest.rate if latest else None
