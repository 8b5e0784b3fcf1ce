"""What is wrong with the entries of one kind as they stand: keys, offices, figures, calendars."""

from __future__ import annotations

from datetime import date

from pledgebook.books.cells import Cells, Readers
from pledgebook.finding import Flaw, nearest

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Before and after these no promise between nations that anybody keeps books of was made."""

# looking for the nearest name is slow, and nobody reads the thousandth hint
_MOST_HINTS = 300


def check_keys(cells: Cells) -> None:
    """Find keys that the kind does not have; in a table once for the whole column."""
    allowed = cells.kind.field_names
    strange = {keys for keys in cells.key_sets if not allowed.issuperset(keys)}
    if not strange:
        return
    reported: set[tuple[str, str]] = set()
    for i, row in enumerate(cells.rows):
        if tuple(row) not in strange:
            continue
        cells.out.add(i)
        paragraph = cells.paragraphs[i]
        for key in row:
            if key in allowed or (paragraph.is_row and (paragraph.file, key) in reported):
                continue
            reported.add((paragraph.file, key))
            near = nearest(key, sorted(allowed)) if len(reported) < _MOST_HINTS else ""
            remedy = f"write {near}" if near else "leave it out, or keep it in note"
            if paragraph.is_row:
                remedy += "; every row with a cell in this column stays out"
            flaw = Flaw(
                "field-unknown",
                f"{a(cells.kind.name)} has no such field",
                found=key[:60],
                nearest=near,
                remedy=remedy,
            )
            cells.findings.append(flaw.at(paragraph.key_spot(key), str(row.get("id") or "")))


def check_days(cells: Cells) -> None:
    """Find days and periods that lie wholly before `EARLIEST` or wholly after `LATEST`.

    The entry stays, with the day as it is written: nothing says which day was meant.
    """
    for field in cells.kind.fields:
        if field.type not in ("day", "period") or cells.is_empty(field.name):
            continue
        starts, ends = (cells.column(f"{field.name}_{end}") for end in ("since", "until"))
        early = {day for day in set(ends) if isinstance(day, date) and day < EARLIEST}
        late = {day for day in set(starts) if isinstance(day, date) and day > LATEST}
        if not early and not late:
            continue
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if end not in early and start not in late:
                continue
            flaw = Flaw(
                "date-unlikely",
                f"{field.name} lies {'before 1900' if end in early else 'after 2100'}",
                expected=f"a day from {EARLIEST} to {LATEST}",
                found=str(cells.column(field.name)[i]),
                remedy="see the source: two digits of a year are easily swapped",
            )
            cells.report(i, flaw, field.name)


def check_offices(cells: Cells) -> None:
    """A natural person is named only as the holder of a public office."""
    for i, (type, office) in enumerate(
        zip(cells.column("type"), cells.column("office"), strict=True)
    ):
        if type == "person" and not office:
            flaw = Flaw(
                "office-missing",
                "a person may be named only as the holder of a public office",
                expected="office = the office in which they acted",
                remedy="add the office, or name the office instead of the person",
            )
            cells.report(i, flaw, "type")
            cells.out.add(i)


def join_comparators(cells: Cells) -> None:
    """Put the comparator that a figure carries itself ("> 250M USD") into the entry's own.

    A comparator or a measure beside no figure is a finding.
    """
    if "comparator" not in cells.kind.field_names:
        return
    figures = [
        money if quantity is None else quantity
        for money, quantity in zip(cells.column("amount"), cells.column("quantity"), strict=True)
    ]
    for name in ("comparator", "measure"):
        if cells.is_empty(name):
            continue
        for i, (said, figure) in enumerate(zip(cells.column(name), figures, strict=True)):
            if said is not None and figure is None:
                flaw = Flaw(
                    "figure-missing",
                    f"{name} stands beside no figure",
                    expected="an amount or a quantity",
                    remedy=f"add the figure, or leave {name} out",
                )
                cells.report(i, flaw, name)
    given = zip(
        cells.column("quantity_comparator"),
        cells.column("amount_comparator"),
        cells.column("comparator"),
        strict=True,
    )
    cells.put("comparator", [_firmest(*said) for said in given])


def _firmest(of_quantity: object, of_money: object, said: object) -> object:
    """The comparator that the figure carries, else the field's; "=" says nothing by itself."""
    carried = of_quantity or of_money
    return carried if carried not in (None, "=") else said or carried


def check_calendars(cells: Cells, readers: Readers) -> None:
    """Note every fiscal year of a provider whose calendar is not known."""
    for i, since in enumerate(cells.column("fiscal_since")):
        if since is not None and not readers.has_calendar(cells.rows[i].get("who")):
            flaw = Flaw(
                "calendar-assumed",
                "the provider's fiscal calendar is not known, so the year was read as a calendar "
                "year",
                found=f"{since}/{cells.column('fiscal_until')[i]}",
                remedy="add the provider to [calendars] in tracker.toml",
            )
            cells.report(i, flaw, "fiscal_year")


def a(noun: str) -> str:
    """A noun with its article."""
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
