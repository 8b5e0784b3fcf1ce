"""An answer as text: JSON and CSV for scripts, a table for people.

Amounts are plain numbers, never scaled; a list of ids is a list in JSON and joined by `;` in CSV;
null is unknown: `null` in JSON, an empty cell in CSV, a dash in a table. The same answer is the
same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pyarrow as pa

UNKNOWN = "–"
"""How a table shows what is not known."""

# what a spreadsheet would run as a formula when it opens the file
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(answer: pa.Table) -> str:
    """A JSON array of objects, one row a line, without a line break at its end."""
    rows = [
        "{" + ", ".join(f"{json.dumps(name)}: {_json(cell)}" for name, cell in row.items()) + "}"
        for row in answer.to_pylist()
    ]
    return "[" + ",\n ".join(rows) + "]"


def _json(cell: object) -> str:
    match cell:
        case Decimal():
            return plain(cell)
        case date():
            return f'"{cell.isoformat()}"'
        case list():
            return "[" + ", ".join(_json(part) for part in cell) + "]"
        case dict():
            return (
                "{"
                + ", ".join(f"{json.dumps(key)}: {_json(part)}" for key, part in cell.items())
                + "}"
            )
        case float():
            return json.dumps(cell if cell == cell and abs(cell) != float("inf") else None)
        case None | bool() | int() | str():
            return json.dumps(cell, ensure_ascii=False)
        case _:
            return json.dumps(str(cell), ensure_ascii=False)


def as_csv(answer: pa.Table) -> str:
    """CSV with a header, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.column_names)
    for row in answer.to_pylist():
        writer.writerow([_defused(cell, as_text(cell)) for cell in row.values()])
    return out.getvalue().removesuffix("\n")


def _defused(cell: object, text: str) -> str:
    """A text cell that a spreadsheet would take for a formula, with a mark that stops it."""
    is_formula = isinstance(cell, str) and len(text) > 1 and text.startswith(_FORMULA)
    return f"'{text}" if is_formula else text


def as_text(cell: object) -> str:
    """One cell as CSV holds it."""
    match cell:
        case None:
            return ""
        case Decimal():
            return plain(cell)
        case bool():
            return str(cell).lower()
        case list():
            return ";".join(as_text(part) for part in cell)
        case dict():
            # a reading of a total: its name and its result; what it rests on is in JSON
            return " ".join(
                as_text(part)
                for part in cell.values()
                if part is not None and not isinstance(part, list)
            )
        case _:
            return str(cell)


def plain(amount: Decimal) -> str:
    """A number without exponent and without zeros at its end: 300000000, 75833135, 0.5."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(amount: Decimal) -> str:
    """A number as people read it: 290,216,912."""
    whole, _, rest = plain(amount).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{'.' + rest if rest else ''}"


def rows_of(answer: pa.Table) -> list[list[str]]:
    """The rows of an answer as people read them in a table."""
    return [[_shown(cell) for cell in row.values()] for row in answer.to_pylist()]


def _shown(cell: object) -> str:
    match cell:
        case None:
            return UNKNOWN
        case Decimal():
            return grouped(cell)
        case list() if not cell:
            return ""
        case list() if isinstance(cell[0], dict):
            return "\n".join(_shown(part) for part in cell)
        case list():
            return ", ".join(_shown(part) for part in cell)
        case dict():
            name, itemised, verdict = cell.get("reading"), cell.get("itemised"), cell.get("verdict")
            return f"{name or 'all'}: {_shown(itemised)} {verdict}"
        case _:
            return str(cell)
