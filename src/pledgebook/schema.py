"""The shape of the database, made from the table of kinds: tables, and views as of a day."""

from __future__ import annotations

import pyarrow as pa

from pledgebook.kinds import KINDS, STATEMENTS, SUPPORT, Field, Kind

DECIMAL = "decimal(38, 6)"
"""Six decimals hold every ISO 4217 minor unit; 32 digits before the point hold every economy."""

DECIMALS = pa.decimal128(38, 6)
"""The same type in Arrow."""

_ARROW = {
    "varchar": pa.string(),
    "varchar[]": pa.list_(pa.string()),
    "date": pa.date32(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    DECIMAL: DECIMALS,
}

ENTRY_COLUMNS = (
    "date",
    "known",
    "source",
    "quote",
    "place",
    "note",
    "file",
    "line",
    "since",
    "until",
)
"""The columns of the view `entries` besides id and kind."""


def columns(kind: Kind) -> dict[str, str]:
    """The database columns of a kind: name to SQL type, in order.

    Every kind has id, file and line (where it is written; a source, whose `file` is its text, has
    book instead of file). A statement has `date` as text, since
    and until (its first and its last day), known (the day from which it counts as known) and
    known_assumed (whether that day is only assumed) as well.
    """
    out = {"id": "varchar", place_column(kind): "varchar", "line": "integer"}
    for field in kind.fields:
        if not (kind.is_statement and field.name in ("date", "known")):
            out |= field_columns(field)
    if kind.is_statement:
        out |= {"date": "varchar", "since": "date", "until": "date", "known": "date"}
        out |= {"known_assumed": "boolean"}
    return out


def column_types(kind: Kind) -> dict[str, pa.DataType]:
    """The database columns of a kind with their types in Arrow, and of a statement those from
    which its days are made."""
    types = {name: _ARROW[type] for name, type in columns(kind).items()}
    if kind.is_statement:
        days = ("date_since", "date_until", "known_since", "known_until")
        types |= dict.fromkeys((*days, "fiscal_since", "fiscal_until"), pa.date32())
    return types


def place_column(kind: Kind) -> str:
    """The column that names the file in which an entry is written."""
    return "book" if kind.name == "source" else "file"


def field_columns(field: Field) -> dict[str, str]:
    """The database columns of one field."""
    name = field.name
    match field.type:
        case "day" | "period":
            return {name: "varchar", f"{name}_since": "date", f"{name}_until": "date"}
        case "money":
            return {"amount": DECIMAL, "currency": "varchar", "amount_slack": DECIMAL}
        case "quantity":
            unit = "unit" if name == "quantity" else f"{name}_unit"
            return {name: DECIMAL, unit: "varchar", f"{name}_slack": DECIMAL}
        case "fiscal_year":
            return {name: "varchar", "fiscal_since": "date", "fiscal_until": "date"}
        case "number":
            return {name: "integer"}
        case _:
            return {name: "varchar[]" if field.many else "varchar"}


def table_of(kind: Kind) -> str:
    """The table that holds the entries of a kind: the kinds of support share one."""
    return "book.report" if kind.name in SUPPORT else f"book.{kind.view}"


def tables() -> str:
    """The statements that make the tables of the schema `book`: one per kind and, for what is
    counted, one for all kinds of support, with a view per kind."""
    made = ["create schema book;"]
    for kind in KINDS.values():
        if kind.name not in SUPPORT:
            made.append(f"create table {table_of(kind)} (\n{_listed(columns(kind))}\n);")
    shared = columns(KINDS[next(iter(SUPPORT))])
    made.append(f"create table book.report (\n    kind varchar,\n{_listed(shared)}\n);")
    for name in SUPPORT:
        names = ", ".join(shared)
        made.append(
            f"create view book.{name} as select {names} from book.report where kind = '{name}';"
        )
    return "\n".join(made)


def _listed(types: dict[str, str]) -> str:
    return ",\n".join(f"    {name} {type}" for name, type in types.items())


def views() -> str:
    """The statements that make a view per kind, cut at the as-of day, the view `report` of all
    kinds of support, and the view `entries` of all statements.

    A statement is in its view while it is known and no later entry corrects it (R9).
    """
    standing = "is_known(known) and id not in (select id from corrected)"
    made = []
    for kind in KINDS.values():
        if kind.name in SUPPORT:
            cut = f"select * exclude (kind) from {table_of(kind)} where kind = '{kind.name}'"
            made.append(f"create view {kind.view} as {cut} and {standing};")
        else:
            cut = f" where {standing}" if kind.is_statement else ""
            made.append(f"create view {kind.view} as from {table_of(kind)}{cut};")
    made.append(f"create view report as from book.report where {standing};")
    names = ", ".join(ENTRY_COLUMNS)
    # all tables first, then what stands in them: written into each, it would be planned for each
    written = {table_of(kind): f"'{kind.name}' as kind" for kind in STATEMENTS}
    written[table_of(KINDS[next(iter(SUPPORT))])] = "kind"
    parts = [f"select id, {kind}, {names} from {table}" for table, kind in written.items()]
    made.append(f"create view entries as from ({' union all '.join(parts)}) where {standing};")
    return "\n".join(made)
