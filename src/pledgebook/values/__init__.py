"""Readers of what an entry's fields say: each returns a value, or a `Flaw` that says why not.

A reader takes any object that TOML can hold, never raises, and needs bounded time however long
the text is. It knows no clock, no file and no code list; what it needs of ISO is an argument.
"""

from pledgebook.values.amounts import Money, Quantity, read_money, read_quantity
from pledgebook.values.dates import Period, read_day, read_period
from pledgebook.values.fiscal import (
    NAMED,
    Calendar,
    FiscalYear,
    Reading,
    fiscal_year_at,
    read_calendar,
    read_fiscal_year,
    read_reading,
)
from pledgebook.values.shown import shown
from pledgebook.values.units import PEOPLE
from pledgebook.values.words import ID_FORM, read_id, read_number, read_path, read_text, read_word

__all__ = [
    "ID_FORM",
    "NAMED",
    "PEOPLE",
    "Calendar",
    "FiscalYear",
    "Money",
    "Period",
    "Quantity",
    "Reading",
    "fiscal_year_at",
    "read_calendar",
    "read_day",
    "read_fiscal_year",
    "read_id",
    "read_money",
    "read_number",
    "read_path",
    "read_period",
    "read_quantity",
    "read_reading",
    "read_text",
    "read_word",
    "shown",
]
