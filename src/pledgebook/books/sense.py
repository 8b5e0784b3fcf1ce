"""What is wrong with the entries of one kind as they stand: keys, offices, figures, calendars."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc

from pledgebook.books.cells import Cells, Readers, numbers_of
from pledgebook.finding import Flaw, nearest

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Before and after these no promise between nations that anybody keeps books of was made."""

# looking for the nearest name is slow, and nobody reads the thousandth hint
_MOST_HINTS = 300


def check_keys(cells: Cells) -> None:
    """Find keys that the kind does not have; in a table once for the whole column."""
    allowed = cells.kind.field_names
    strange: dict[int, list[str]] = {}
    for key in cells.paragraphs.keys:
        if key not in allowed:
            for i in numbers_of(pc.is_valid(cells.paragraphs.raw(key))):
                strange.setdefault(i, []).append(key)
    for i, keys in cells.paragraphs.unknown_keys():
        strange.setdefault(i, []).extend(keys)
    reported: set[tuple[str, str]] = set()
    for i, keys in sorted(strange.items()):
        cells.out.add(i)
        paragraph = cells.paragraphs[i]
        for key in keys:
            if paragraph.is_row and (paragraph.file, key) in reported:
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
            own = paragraph.values.get("id")
            cells.findings.append(flaw.at(paragraph.key_spot(key), str(own or "")))


def check_days(cells: Cells) -> None:
    """Find days and periods that lie wholly before `EARLIEST` or wholly after `LATEST`.

    The entry stays, with the day as it is written: nothing says which day was meant.
    """
    for field in cells.kind.fields:
        if field.type not in ("day", "period") or cells.is_empty(field.name):
            continue
        starts, ends = (cells.array(f"{field.name}_{end}") for end in ("since", "until"))
        is_early, is_late = pc.less(ends, EARLIEST), pc.greater(starts, LATEST)
        for i in numbers_of(pc.or_kleene(is_early, is_late)):
            early = is_early[i].as_py()
            flaw = Flaw(
                "date-unlikely",
                f"{field.name} lies {'before 1900' if early else 'after 2100'}",
                expected=f"a day from {EARLIEST} to {LATEST}",
                found=str(cells.array(field.name)[i]),
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
    is_bare = pc.and_(pc.is_null(cells.array("amount")), pc.is_null(cells.array("quantity")))
    for name in ("comparator", "measure"):
        if cells.is_empty(name):
            continue
        for i in numbers_of(pc.and_(pc.is_valid(cells.array(name)), is_bare)):
            flaw = Flaw(
                "figure-missing",
                f"{name} stands beside no figure",
                expected="an amount or a quantity",
                remedy=f"add the figure, or leave {name} out",
            )
            cells.report(i, flaw, name)
    # the comparator that the figure carries, else the field's; "=" says nothing by itself
    carried = pc.coalesce(cells.array("quantity_comparator"), cells.array("amount_comparator"))
    is_said = pc.fill_null(pc.not_equal(carried, "="), False)
    said = cells.array("comparator")
    cells.put("comparator", pc.if_else(is_said, carried, pc.coalesce(said, carried)))


def check_calendars(cells: Cells, readers: Readers) -> None:
    """Note every fiscal year of a provider whose calendar is not known."""
    whose = cells.paragraphs.raw("who")
    for i in numbers_of(pc.is_valid(cells.array("fiscal_since"))):
        if not readers.has_calendar(whose[i].as_py()):
            flaw = Flaw(
                "calendar-assumed",
                "the provider's fiscal calendar is not known, so the year was read as a calendar "
                "year",
                found="/".join(str(cells.column(f"fiscal_{end}")[i]) for end in ("since", "until")),
                remedy="add the provider to [calendars] in tracker.toml",
            )
            cells.report(i, flaw, "fiscal_year")


def a(noun: str) -> str:
    """A noun with its article."""
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
