"""A book as a table: one entry a row, the field names as header.

The kind is the column `kind`, or the file's name: `pledge.csv` or `anything.pledge.csv`. What
holds for every table of entries is in `headers`.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from pledgebook.books.headers import header_flaw, kind_in, spread
from pledgebook.entry import Locate, Paragraph
from pledgebook.finding import Finding, Flaw
from pledgebook.spot import Spot
from pledgebook.table import Table


def read_rows(name: str, text: str) -> tuple[list[Paragraph], list[Finding]]:
    """Every row of a CSV book as a paragraph, and what could not be read. Never raises.

    `name` is the file relative to the tracker.
    """
    table = Table(name, text)
    fixed = kind_in(PurePosixPath(name).name[: -len(".csv")])
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
        spread(kind, values)
        paragraphs.append(Paragraph(kind, values, name, row.line, "", locate))
    return paragraphs, table.findings


def locator_in(name: str, text: str) -> Locate:
    """What finds the places in a table that was read before."""
    return _locator(Table(name, text))


def _locator(table: Table) -> Locate:
    columns = {column: number for number, column in enumerate(table.header)}

    def locate(paragraph: Paragraph, key: str | None) -> Spot:
        line = max(paragraph.line, table.header_line)
        return table.spot(line, columns.get(key) if key else None)

    return locate


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
    found = header_flaw(table.header, fixed, "file", "pledge.csv or 2021.pledge.csv")
    if found is None:
        return None
    flaw, column = found
    return flaw.at(table.spot(table.header_line, column))


def _too_many(table: Table, line: int, width: int, found: int) -> Finding:
    return Flaw(
        "entry-unreadable",
        "the row has more cells than the header has columns",
        expected=f"{width} cells",
        found=f"{found} cells",
        remedy="put quotation marks around a cell that holds a comma",
    ).at(table.spot(line, width))
