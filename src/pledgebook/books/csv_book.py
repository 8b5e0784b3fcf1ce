"""A book as a table: one entry a row, the field names as header.

The kind is the column `kind`, or the file's name: `pledge.csv` or `anything.pledge.csv`. Lists
stand in one cell, joined by `;`. An empty cell is a key that is not there.
"""

from __future__ import annotations

import difflib
from collections import Counter
from pathlib import PurePosixPath

from pledgebook.entry import Locate, Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.kinds import KINDS
from pledgebook.spot import Spot
from pledgebook.table import Table

_LISTS = {kind.name: {field.name for field in kind.fields if field.many} for kind in KINDS.values()}
_NUMBERS = {
    kind.name: {field.name for field in kind.fields if field.type == "number"}
    for kind in KINDS.values()
}


def read_rows(name: str, text: str) -> tuple[list[Paragraph], list[Finding]]:
    """Every row of a CSV book as a paragraph, and what could not be read. Never raises.

    `name` is the file relative to the tracker.
    """
    table = Table(name, text)
    fixed = _kind_of_file(name)
    if not table.header:
        return [], table.findings
    problem = _header_flaw(table, fixed)
    if problem:
        return [], [*table.findings, problem]

    locate = _locator(table)
    paragraphs = []
    width = len(table.header)
    for row in table.rows():
        if len(row.cells) > width and any(row.cells[width:]):
            table.findings.append(_too_many(table, row.line, width, len(row.cells)))
            continue
        values: dict[str, object] = {}
        for column, cell in zip(table.header, row.cells, strict=False):
            cell = cell.strip()
            if cell:
                values[column] = cell
        if not values:
            continue
        kind = str(values.pop("kind", fixed)) if "kind" in table.header else fixed
        for column in _LISTS.get(kind, set()) & values.keys():
            parts = [part.strip() for part in str(values[column]).split(";")]
            values[column] = [part for part in parts if part]
        for column in _NUMBERS.get(kind, set()) & values.keys():
            if str(values[column]).isdecimal() and len(str(values[column])) < 10:
                values[column] = int(str(values[column]))
        paragraphs.append(Paragraph(kind, values, name, row.line, "", locate))
    return paragraphs, table.findings


def locator_in(name: str, text: str) -> Locate:
    """What finds the places in a table that was read before."""
    return _locator(Table(name, text))


def _locator(table: Table) -> Locate:
    columns = {column: number for number, column in enumerate(table.header)}

    def locate(paragraph: Paragraph, key: str | None) -> Spot:
        return table.spot(paragraph.line, columns.get(key) if key else None)

    return locate


def _kind_of_file(name: str) -> str:
    """The kind that a file's name gives, or ""."""
    last = PurePosixPath(name).name.removesuffix(".csv").rsplit(".", 1)[-1]
    return last if last in KINDS else ""


def _header_flaw(table: Table, fixed: str) -> Finding | None:
    other = next(
        (mark for mark in (";", "\t") if len(table.header) == 1 and mark in table.header[0]), ""
    )
    if other:
        word = "semicolons" if other == ";" else "tabs"
        return Flaw(
            "entry-unreadable",
            f"the columns are parted by {word}",
            expected="commas",
            found=table.header[0][:80],
            remedy="save the table with commas; a comma inside a cell needs quotation marks",
        ).at(table.spot(table.header_line))
    if not fixed and "kind" not in table.header:
        return Flaw(
            "kind-unknown",
            "the table does not say what its rows are",
            expected="a column kind, or a file name such as pledge.csv or 2021.pledge.csv",
            found=", ".join(table.header)[:80],
            nearest=next(iter(difflib.get_close_matches("kind", table.header, 1)), ""),
            remedy="add a column kind, or name the file after the kind of its rows",
        ).at(table.spot(table.header_line))
    numbers = Counter(table.header)
    twice = [column for column in table.header if column and numbers[column] > 1]
    if twice:
        return Flaw(
            "field-unknown",
            f"the column {twice[0]} stands twice",
            remedy="give each column a name of its own",
        ).at(table.spot(table.header_line, table.header.index(twice[0])))
    return None


def _too_many(table: Table, line: int, width: int, found: int) -> Finding:
    return Flaw(
        "entry-unreadable",
        "the row has more cells than the header has columns",
        expected=f"{width} cells",
        found=f"{found} cells",
        remedy="put quotation marks around a cell that holds a comma",
    ).at(table.spot(line, width))
