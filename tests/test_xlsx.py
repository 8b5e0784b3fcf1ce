"""A book as a workbook: what its cells say, where a finding points, and that CSV says the same.

Every figure is made up.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Book
from pledgebook.books import Settings, read_book, read_entries, rows_of
from pledgebook.books.block import block_of
from pledgebook.cli import main
from pledgebook.entry import Paragraph
from pledgebook.files import File
from pledgebook.finding import Finding
from pledgebook.kinds import KINDS
from pledgebook.ledger import open_database
from workbooks import Cell, Error, Formula, Sheet, Shown, table, workbook

BESIDE = (
    *("source-missing", "field-missing", "quote-missing"),
    *("known-assumed", "calendar-assumed"),
)
"""What is always found about a row of one cell."""

MakeBook = Callable[..., Book]
Sheets = dict[str, Sheet | list[list[Cell]]]

SOURCES = table("""
    | id   | publisher      | date       | country | grade |
    |------|----------------|------------|---------|-------|
    | note | A made-up note | 2025-02-03 | can     | A     |
""")
HEADER: list[Cell] = ["id", "source", "who", "whom", "what", "amount", "due", "quote"]


def read(sheets: Sheets, **more: object) -> tuple[list[Paragraph], list[Finding]]:
    """The paragraphs and the findings of a workbook."""
    return read_book(File("books/a.xlsx", workbook(sheets, **more), ""))  # type: ignore[arg-type]


def one(kind: str, **cells: Cell) -> tuple[dict[str, object], list[str]]:
    """The values of the one row of a sheet with these cells, and the rules that it breaks."""
    paragraphs, findings = read({kind: [list(cells), list(cells.values())]})
    entries = read_entries(rows_of({"books/a.xlsx": block_of(paragraphs, findings)}), Settings())
    rules = [found.rule for found in [*findings, *entries.findings]]
    silent = (
        "source-missing",
        "field-missing",
        "quote-missing",
        "known-assumed",
        "calendar-assumed",
    )
    return paragraphs[0].values, [rule for rule in rules if rule not in silent]


def with_workbook(book: Book, sheets: Sheets) -> Book:
    (book.folder / "books/2025.xlsx").write_bytes(workbook(sheets))
    return book


# --- a tracker of several sorts of books ---------------------------------------------------------


PLEDGES = table("""
    | id        | source | who | whom | what  | amount | due        | quote          |
    |-----------|--------|-----|------|-------|--------|------------|----------------|
    | can-boats | note   | can | hti  | boats | 4M CAD | 2026-12-31 | four million   |
    | can-vans  | note   | can | hti  | vans  | 1M CDA | 2026-12-31 | one million    |
    | can-fuel  | test   | can | hti  | fuel  | 2M CAD |            | two million    |
""")


def test_toml_csv_and_xlsx_are_books_of_one_tracker(make_book: MakeBook):
    book = make_book(
        """
        [[source]]
        id = "test"
        date = 2021-01-01
        rights = "public_domain"
        """,
        {
            "books/disbursement.csv": """\
            source,who,whom,amount,toward,quote
            note,can,hti,1M CAD,can-boats,one million
            """
        },
    )
    with_workbook(book, {"source": SOURCES, "pledge": PLEDGES})
    assert sorted(book.show("pledges", "id amount outstanding")) == [
        ("can-boats", 4_000_000, 3_000_000),
        ("can-fuel", 2_000_000, 2_000_000),
    ]


def test_a_finding_names_sheet_and_cell_and_shows_the_row(make_book: MakeBook):
    book = with_workbook(
        make_book("[[source]]\nid='test'\ndate=2021-01-01"), {"source": SOURCES, "pledge": PLEDGES}
    )
    found = next(one for one in book.findings if one.rule == "amount-unreadable")
    assert found.as_text().splitlines()[:4] == [
        "books/2025.xlsx:pledge!F3: error: no currency has the code CDA [amount-unreadable]",
        "  |",
        "3 | can-vans | note | can | hti | vans | 1M CDA | 2026-12-31 | one million",
        "  |                                      ^^^^^^",
    ]
    row = found.as_dict()
    keys = ["rule", "level", "message", "file", "line", "column", "entry", "remedy"]
    assert list(row)[: len(keys)] == keys
    assert (row["file"], row["line"], row["column"]) == ("books/2025.xlsx", 3, 6)
    assert (row["sheet"], row["cell"], row["entry"]) == ("pledge", "F3", "can-vans")


def test_every_figure_leads_back_to_its_sheet_and_row(make_book: MakeBook):
    book = with_workbook(
        make_book("[[source]]\nid='test'\ndate=2021-01-01"), {"source": SOURCES, "pledge": PLEDGES}
    )
    with open_database(book.open().database) as database:
        rows = database.at().ask("select id, file, line from entries order by id").to_pylist()
        sources = database.at().ask("select id, book, line from source order by id").to_pylist()
    assert [(row["file"], row["line"]) for row in rows] == [
        ("books/2025.xlsx:pledge", 2),
        ("books/2025.xlsx:pledge", 4),
    ]
    assert sources[0] == {"id": "note", "book": "books/2025.xlsx:source", "line": 2}


def test_a_finding_of_the_day_names_the_row_of_a_workbook(make_book: MakeBook):
    event = table("""
        | id   | source | date       | place          | what     | quote    |
        |------|--------|------------|----------------|----------|----------|
        | raid | note   | 2025-02-02 | Port-au-Prince | a raid   | a raid   |
    """)
    book = with_workbook(make_book(""), {"source": SOURCES, "event": event})
    found = book.open().findings_on(date(2025, 2, 3))
    spots = [(str(one.spot), one.spot.text) for one in found if one.rule == "event-too-fresh"]
    assert spots == [
        ("books/2025.xlsx:event!D2", "raid | note | 2025-02-02 | Port-au-Prince | a raid | a raid")
    ]


def test_a_workbook_that_was_kept_still_knows_its_cells(make_book: MakeBook):
    """Another book says the same id later: the workbook is not read for that, and is named."""
    book = with_workbook(make_book(""), {"source": SOURCES, "pledge": [HEADER, *PLEDGES[1:2]]})
    assert "entry-duplicate" not in book.rules
    book.write("books/0.toml", '[[pledge]]\nid = "can-boats"\nsource = "note"\nwho = "can"\n')
    found = next(one for one in book.findings if one.rule == "entry-duplicate")
    assert (str(found.spot), found.flaw.found) == (
        "books/2025.xlsx:pledge!A2",
        "first at books/0.toml:1",
    )
    assert found.spot.text.startswith("can-boats | note | can | hti | boats | 4M CAD")


def test_check_prints_the_place_in_json(make_book: MakeBook):
    book = with_workbook(make_book(""), {"My things": Sheet([["id"]], state="hidden")})
    result = CliRunner().invoke(main, ["-t", str(book.folder), "check", "--format", "json"])
    (row,) = [row for row in json.loads(result.output) if row["file"].endswith("xlsx")]
    assert (row["sheet"], row["line"], row["rule"]) == ("My things", 0, "sheet-unread")
    assert "cell" not in row


# --- which sheets are read -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pledge", "Pledge", " pledge ", "2021.pledge", "Canada.pledge"])
def test_the_name_of_a_sheet_gives_the_kind(name: str):
    paragraphs, findings = read({name: [["id", "who"], ["a", "can"]]})
    assert [(one.kind, one.values) for one in paragraphs] == [("pledge", {"id": "a", "who": "can"})]
    assert not findings


def test_a_column_kind_gives_the_kind_of_each_row():
    paragraphs, findings = read(
        {
            "Sheet1": [
                ["kind", "id", "who"],
                ["ask", "a", "hti"],
                ["pledge", "b", "can"],
                [None, "c"],
            ]
        }
    )
    assert [(one.kind, one.values["id"]) for one in paragraphs] == [
        ("ask", "a"),
        ("pledge", "b"),
        ("", "c"),
    ]
    assert not findings


def test_what_is_no_sheet_of_entries_is_named_and_not_read():
    paragraphs, findings = read(
        {
            "pledge": [["id", "who"], ["a", "can"]],
            "Sheet2": [],
            "notes": [["ask Ottawa"]],
            "pledges": [["id", "who"], ["b", "can"]],
            "by year": [["id", "who", "amount"], ["c", "can", "1M CAD"]],
            "chart": Sheet(kind="chartsheet", xml="<chartsheet/>"),
            "2020.pledge": Sheet([["id", "who"], ["d", "can"]], state="hidden"),
            "menu": Sheet([["yes"], ["no"]], state="veryHidden"),
        }
    )
    assert [one.values["id"] for one in paragraphs] == ["a"]
    assert [
        (str(one.spot), one.rule) for one in sorted(findings, key=lambda one: one.sort_key)
    ] == [
        ("books/a.xlsx:2020.pledge", "sheet-hidden"),
        ("books/a.xlsx:'by year'", "kind-unknown"),
        ("books/a.xlsx:menu", "sheet-unread"),
        ("books/a.xlsx:notes", "sheet-unread"),
        ("books/a.xlsx:pledges", "kind-unknown"),
    ]
    near = next(one for one in findings if one.spot.sheet == "pledges")
    assert near.flaw.remedy == "name the sheet pledge"


def test_a_table_may_begin_anywhere_and_have_blank_rows():
    rows: list[list[Cell]] = [
        [],
        [],
        [None, " id ", "who"],
        [],
        [None, "a", " can "],
        [None, None, "  "],
    ]
    paragraphs, findings = read({"pledge": rows})
    assert [one.values for one in paragraphs] == [{"id": "a", "who": "can"}]
    assert str(paragraphs[0].spot("who")) == "books/a.xlsx:pledge!C5"
    assert not findings


# --- what a cell says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field, cell, text",
    [
        ("id", 45000.0, "45000"),
        ("purpose", 15132, "15132"),
        ("purpose", Shown(123, "00000"), "00123"),
        ("note", 0.1 + 0.2, "0.3"),
        ("note", -2.5, "-2.5"),
        ("note", "a\r\nb\rc", "a\nb\nc"),
        ("note", Formula('"x"', "x"), "x"),
        ("note", Formula("1+1", 2.0), "2"),
        ("whom", "hti; ;usa", ["hti", "usa"]),
        ("sensitivity", 2.0, 2),
        ("date", date(2021, 12, 17), "2021-12-17"),
        ("date", Shown(date(2021, 12, 17), "[$-409]d\\-mmm\\-yy;@"), "2021-12-17"),
        ("date", Shown(date(2021, 12, 17), "dd/mm/yyyy"), "2021-12-17"),
        ("date", datetime(2021, 12, 17), "2021-12-17"),
        ("date", "2021-12", "2021-12"),
        ("date", 2021, "2021"),
        ("expires", date(1900, 3, 1), "1900-03-01"),
        ("fiscal_year", "FY2021", "FY2021"),
        ("fiscal_year", 2021, "2021"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_it_is_shown(field: str, cell: Cell, text: object):
    assert one("pledge", **{field: cell}) == ({field: text}, [])


@pytest.mark.parametrize(
    "field, cell, text",
    [
        # 2021-12, 2021, 1-2 and 1E5, as a spreadsheet program takes them
        ("date", Shown(date(2021, 12, 1), "mmm-yy"), "2021-12"),
        ("date", Shown(date(2021, 12, 1), "yyyy\\-mm"), "2021-12"),
        ("date", Shown(date(2021, 12, 5), "mmm-yy"), "2021-12-05"),
        ("date", Shown(date(2021, 1, 1), "yyyy"), "2021"),
        ("date", Shown(2021, "yyyy"), "1905-07-13"),
        ("date", Shown(date(2024, 2, 1), "d-mmm"), "2024-02-01"),
        ("date", datetime(2021, 12, 17, 14, 30), "2021-12-17"),
        ("id", Shown(100_000, "0.00E+00"), "100000"),
    ],
)  # fmt: skip
def test_a_cell_that_may_have_been_changed_is_read_with_a_warning(
    field: str, cell: Cell, text: str
):
    assert one("pledge", **{field: cell}) == ({field: text}, ["cell-mangled"])


@pytest.mark.parametrize(
    "field, cell, rule",
    [
        ("amount", 2_000_000, "amount-unreadable"),
        ("quantity", 1_000, "quantity-unreadable"),
        ("quantity", Shown(date(2024, 2, 1), "d-mmm"), "value-unreadable"),
        ("fiscal_year", Shown(date(2011, 12, 1), "mmm-yy"), "value-unreadable"),
        ("id", Shown(date(2024, 2, 1), "d-mmm"), "value-unreadable"),
        ("note", True, "value-unreadable"),
        ("note", Shown(0.5, "0.0%"), "value-unreadable"),
        ("note", Shown(0.5, "hh:mm"), "value-unreadable"),
        ("date", Shown(0.5, "hh:mm"), "value-unreadable"),
        ("date", 44547, "date-unreadable"),
        ("date", date(1900, 1, 5), "date-unreadable"),
        ("date", Shown(60, "yyyy-mm-dd"), "date-unreadable"),
        ("note", 12345678901234567890, "value-unreadable"),
        ("who", Error("#N/A"), "value-unreadable"),
        ("who", Error("#SPILL!"), "value-unreadable"),
        ("who", Formula("A1"), "value-unreadable"),
        ("fiscal_year", Error("#REF!"), "value-unreadable"),
        ("amount", Error("#VALUE!"), "value-unreadable"),
        ("whom", Formula("A1"), "value-unreadable"),
        ("sensitivity", 1.5, "value-unreadable"),
    ],
)  # fmt: skip
def test_a_cell_that_says_nothing_certain_is_a_finding(field: str, cell: Cell, rule: str):
    _, rules = one("pledge", **{field: cell})
    assert rules == [rule]


def test_what_cannot_be_read_says_what_to_write(make_book: MakeBook):
    row: list[Cell] = ["a", "note", Formula("A1"), "hti", Error("#N/A"), 2_000_000, 44547, "x"]
    book = with_workbook(make_book(""), {"source": SOURCES, "pledge": [HEADER, row]})
    found = {str(one.spot).split("!")[-1]: one.flaw for one in book.findings if one.spot.cell}
    assert found["C2"].remedy == (
        "open the workbook in a spreadsheet program and save it, or write the value itself"
    )
    assert found["E2"].found == "#N/A"
    assert found["F2"].remedy == "write 2000000 USD, with the currency of the source"
    assert found["G2"].remedy == "format the cell as a date: 44547 would be 2021-12-17"


def test_a_warning_stands_once_for_a_column():
    rows: list[list[Cell]] = [["id", "date"]]
    rows += [
        [f"a{i}", Shown(date(2021, month, 1), "mmm-yy")] for i, month in enumerate(range(1, 13))
    ]
    _, (found,) = read({"event": rows})
    assert str(found.spot) == "books/a.xlsx:event!B2"
    assert found.flaw.found == "2021-01-01, read as 2021-01; and 11 more in this column"


def test_days_of_the_system_of_1904():
    paragraphs, findings = read(
        {"event": [["date", "known"], [date(2021, 12, 17), Shown(date(2021, 12, 1), "mmm-yy")]]},
        is_1904=True,
    )
    assert paragraphs[0].values == {"date": "2021-12-17", "known": "2021-12"}
    assert [one.rule for one in findings] == ["cell-mangled"]


@pytest.mark.parametrize("prefix", ["", "x"])
def test_a_workbook_of_another_program_reads_the_same(prefix: str):
    sheets: Sheets = {"source": SOURCES, "pledge": PLEDGES}
    assert said(read(sheets, prefix=prefix)[0]) == said(read(sheets)[0])


def test_a_sheet_that_is_written_in_an_unusual_way_is_read():
    xml = """<?xml version='1.0'?>
        <worksheet><!-- made by hand --><sheetData>
        <row><c t='inlineStr'><is><t>id</t></is></c><c t="inlineStr" ><is><r><t>wh</t></r>
        <r><t>o</t></r><rPh><t>no</t></rPh></is></c><c t="inlineStr"><is><t>note</t></is></c></row>
        <row r='3'><c r='A3' t='str'><v>a</v></c><c t='str'><v><![CDATA[can]]></v></c>
        <c r = "C3"><f>1+1</f></c></row>
        </sheetData></worksheet>"""
    paragraphs, _ = read({"pledge": Sheet(xml=xml)})
    (row,) = paragraphs
    assert (row.line, row.values["id"], row.values["who"]) == (3, "a", "can")
    assert "formula" in str(row.values["note"])


# --- CSV says the same ---------------------------------------------------------------------------


def said(paragraphs: list[Paragraph]) -> list[tuple[str, dict[str, object]]]:
    return [(one.kind, one.values) for one in paragraphs]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12
).filter(lambda text: "_x" not in text)
DAY = st.dates(date(1900, 3, 1), date(2100, 1, 1))
NUMBER = st.integers(-(10**9), 10**9)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[Cell]]]:
    """A kind, and rows of it: texts, days and whole numbers where its fields take them."""
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    fields = draw(st.lists(st.sampled_from(kind.fields), min_size=1, max_size=5, unique=True))
    header: list[Cell] = [field.name for field in fields]
    cells = [
        st.one_of(TEXT, DAY if field.type in ("day", "period") else NUMBER) for field in fields
    ]
    rows = draw(st.lists(st.tuples(*cells), max_size=6))
    return kind.name, [header, *map(list, rows)]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_a_book_says_the_same_as_csv_and_as_xlsx(given: tuple[str, list[list[Cell]]]):
    """And so an entry without an id gets the same name, which is made of its content."""
    kind, rows = given
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    as_csv, _ = read_book(File(f"books/{kind}.csv", text.getvalue().encode(), ""))
    as_xlsx, findings = read({kind: rows})
    # a number that stands where a day is due may be one: CSV only says that it is no day
    if any(isinstance(cell, int) for row in rows for cell in row) or findings:
        as_xlsx = [one for one in as_xlsx if not any(map(_is_flaw, one.values.values()))]
        as_csv = [one for one in as_csv if one.line in {row.line for row in as_xlsx}]
    assert said(as_xlsx) == said(as_csv)
    assert [one.line for one in as_xlsx] == [one.line for one in as_csv]


def _is_flaw(value: object) -> bool:
    return not isinstance(value, str | int | list)


def test_an_entry_without_an_id_has_one_name_in_both(make_book: MakeBook):
    rows: list[list[Cell]] = [
        ["source", "who", "whom", "amount", "date", "quote"],
        ["test", "can", "hti;usa", "2M CAD", date(2021, 1, 1), "x"],
    ]
    text = "source,who,whom,amount,date,quote\ntest,can,hti;usa,2M CAD,2021-01-01,x\n"
    source = '[[source]]\nid = "test"\ndate = 2021-01-01\n'
    one, other = make_book(source, {"books/pledge.csv": text}), make_book(source)
    with_workbook(other, {"pledge": rows})
    assert [row[0] for row in one.show("pledges", "id")] == [
        row[0] for row in other.show("pledges", "id")
    ]


def test_a_time_is_no_day():
    values, _ = one("pledge", note=Shown(0.25, "hh:mm"))
    assert str(time(6)) in str(values["note"])


def test_what_lies_beside_an_open_workbook_is_no_book(make_book: MakeBook):
    book = make_book("")
    for name in ("~$2025.xlsx", ".~lock.2025.xlsx#"):
        (Path(book.folder) / "books" / name).write_bytes(b"\x05Somebody")
    assert "file-unreadable" not in book.rules
