"""Workbooks that are damaged, locked, hostile, or merely untidy: a finding each, never a traceback.

Every figure is made up.
"""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable
from itertools import chain

import pytest

from bad_input import MakeBook, call, large, opened
from conftest import Book
from pledgebook.books import read_book
from pledgebook.entry import Paragraph
from pledgebook.files import File
from pledgebook.finding import Finding
from workbooks import MAIN, Cell, Formula, Sheet, archive, letters, sheet_xml, workbook

HEADER: list[Cell] = ["id", "source", "who", "whom", "what", "quote"]
ROW: list[Cell] = ["p0", "test", "fra", "hti", "police", "ten police"]
GOOD: list[list[Cell]] = [HEADER, ROW]


def read(raw: bytes) -> tuple[list[Paragraph], list[Finding]]:
    return read_book(File("books/a.xlsx", raw, ""))


def pledge(xml: str, **parts: str) -> bytes:
    """A workbook whose sheet of pledges is this XML."""
    return workbook({"pledge": Sheet(xml=xml)}, parts=parts)


def named(
    sheets: dict[str, Sheet | list[list[Cell]]],
) -> tuple[list[object], list[tuple[str, str]]]:
    """The ids that are read, and each finding as its place and its rule."""
    paragraphs, findings = read(workbook(sheets))
    places = [(str(one.spot).removeprefix("books/a.xlsx:"), one.rule) for one in findings]
    return [one.values.get("id") for one in paragraphs], places


def only(raw: bytes) -> Finding:
    """The one finding about a workbook of which nothing is read."""
    paragraphs, (found,) = read(raw)
    assert not paragraphs
    assert found.flaw.remedy
    return found


# --- files that are no workbook -------------------------------------------------------------------


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    "raw, message",
    [
        (b"", "this is no XLSX workbook, whatever its name says"),
        (b"id,who\na,can\n", "this is no XLSX workbook, whatever its name says"),
        (b"<html><table></table></html>", "this is no XLSX workbook, whatever its name says"),
        (LOCKED, "this workbook is protected with a password"),
        (OLE, "this is no XLSX workbook, whatever its name says"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "this is no XLSX workbook, whatever its name says"),
        (archive({"xl/workbook.bin": b"\x83"}), "this is no XLSX workbook, whatever its name says"),
        (archive({"word/document.xml": "<x/>"}), "this is no XLSX workbook, whatever its name says"),
        (archive({"xl/workbook.xml": "<x"}), "this workbook is damaged"),
        (archive({"xl/styles.xml": "<x/>"}), "this workbook is damaged"),
        (workbook({"pledge": GOOD})[:-40], "this workbook is damaged"),
        (workbook({"pledge": GOOD})[:300], "this workbook is damaged"),
        (workbook({"pledge": Sheet(xml="<worksheet><sheetData><row>")}), "this workbook is damaged"),
        (workbook({"pledge": Sheet(xml='<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>')}), "this workbook is damaged"),
        (workbook({"pledge": GOOD}, parts={"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}), "this workbook is damaged"),
        (workbook({"pledge": GOOD}, parts={"xl/styles.xml": "<styleSheet>".encode("utf-16")}), "this workbook is damaged"),
        (pledge(sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')), "this workbook is damaged"),
        (pledge(sheet_xml('<row r="1"><c r="A1" t="b"><v>perhaps</v></c></row>')), "this workbook is damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_says_what_it_is(raw: bytes, message: str):
    found = only(raw)
    assert (found.rule, found.flaw.message) == ("file-unreadable", message)


def test_a_damaged_workbook_leaves_the_other_books_as_they_are(make_book: MakeBook):
    book = make_book(PLEDGE)
    (book.folder / "books/b.xlsx").write_bytes(workbook({"pledge": GOOD})[:500])
    assert opened(book) == ({"file-unreadable": 1}, {"q"})
    text = call(book.folder, "check").output
    assert text.startswith("books/b.xlsx: error: this workbook is damaged [file-unreadable]\n")


PLEDGE = """
[[pledge]]
id = "q"
who = "fra"
whom = "hti"
what = "boats"
quote = "two boats"
"""


def test_a_file_in_the_zip_may_lie_about_its_size():
    raw = bytearray(workbook({"pledge": GOOD}))
    # the size that the directory tells of the sheet
    at = raw.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    raw[at : at + 4] = (10).to_bytes(4, "little")
    assert only(bytes(raw)).rule == "file-unreadable"


@pytest.mark.parametrize("seed", range(150))
def test_random_damage_is_a_finding_or_no_harm(seed: int):
    chance = random.Random(seed)
    raw = bytearray(workbook({"pledge": GOOD, "notes": [["x"]]}, compressed=seed % 2 == 0))
    for _ in range(chance.randint(1, 12)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    paragraphs, findings = read(bytes(raw))
    for found in findings:
        assert found.flaw.remedy
        assert found.as_text().isprintable() or "\n" in found.as_text()
    for paragraph in paragraphs:
        assert paragraph.spot("who").sheet


@pytest.mark.parametrize("ending", [".xls", ".xlsm", ".xlsb", ".ods", ".numbers"])
def test_workbooks_of_other_sorts_are_no_books(make_book: MakeBook, ending: str):
    book = make_book(PLEDGE)
    (book.folder / f"books/b{ending}").write_bytes(OLE)
    (found,) = [one for one in book.findings if one.rule == "file-unreadable"]
    assert found.flaw.remedy == "save it as .xlsx or .csv, or keep it outside of books/"


# --- sheets that are untidy -----------------------------------------------------------------------


def test_merged_cells_leave_rows_without_a_value():
    rows = [HEADER, ROW, ["p1", "test", None, "hti"], ["p2", "test", None, "hti"], ["p3", *ROW[1:]]]
    ids, places = named({"pledge": Sheet(rows, merged=["C2:C4"])})
    assert ids == ["p0", "p3"]
    assert places == [("pledge!C2:C4", "entry-unreadable")]


def test_cells_that_are_merged_across_leave_a_column_without_a_value():
    rows: list[list[Cell]] = [HEADER, ["p0", "test", "fra", None, "x"], ["p1", *ROW[1:]]]
    ids, places = named({"pledge": Sheet(rows, merged=["C2:D2"])})
    assert ids == ["p1"]
    assert places == [("pledge!C2:D2", "entry-unreadable")]


def test_cells_may_be_merged_where_they_spoil_nothing():
    rows: list[list[Cell]] = [HEADER, ROW, ["p1", *ROW[1:]]]
    merged = ["F3:G3", "A9:C12", "B1:B1", "J2:K3", "D20:D1048576"]
    ids, places = named({"pledge": Sheet(rows, merged=merged)})
    assert (ids, places) == (["p0", "p1"], [])


def test_a_hundred_thousand_merged_cells_are_no_table():
    merged = [f"C{row}:C1048576" for row in range(2, 40_000)]
    rows = [HEADER, *([f"p{i}", *ROW[1:]] for i in range(30_000))]
    assert only(workbook({"pledge": Sheet(rows, merged=merged)})).rule == "file-unreadable"


def test_names_of_columns_below_a_title_are_a_finding():
    rows: list[list[Cell]] = [["Pledges to Haiti, 2024"], [], HEADER, ROW]
    ids, places = named({"pledge": rows})
    assert (ids, places) == ([], [("pledge!A1", "entry-unreadable")])


def test_a_sheet_with_two_rows_of_names_is_a_finding():
    rows: list[list[Cell]] = [["who", None, "quote"], ["id", "who", "quote"], ["p0", "fra", "x"]]
    ids, places = named({"pledge": rows})
    assert (ids, places) == ([], [("pledge!A1", "entry-unreadable")])


def test_a_header_that_is_repeated_below_spoils_no_other_row():
    rows: list[list[Cell]] = [HEADER, ROW, HEADER, ["p1", *ROW[1:]]]
    assert named({"pledge": rows}) == (["p0", "p1"], [("pledge!A3", "entry-unreadable")])


def test_a_second_header_in_words_is_a_row_that_cannot_be_read(make_book: MakeBook):
    book = make_book(PLEDGE)
    words: list[Cell] = ["Number", "test", "Provider", "Receiver", "What is given", "Words"]
    (book.folder / "books/b.xlsx").write_bytes(workbook({"pledge": [HEADER, words, ROW]}))
    assert opened(book) == ({"actor-unknown": 2}, {"q", "p0"})


def test_a_column_without_a_name_keeps_its_rows_out():
    rows: list[list[Cell]] = [
        HEADER,
        [*ROW, None, "see mail"],
        ["p1", *ROW[1:], "x"],
        ["p2", *ROW[1:]],
    ]
    ids, places = named({"pledge": rows})
    assert ids == ["p2"]
    assert places == [("pledge!H2", "field-unknown"), ("pledge!G3", "field-unknown")]


def test_a_column_that_stands_twice_is_a_finding():
    assert named({"pledge": [["id", "who", "id"]]}) == ([], [("pledge!A1", "field-unknown")])


def test_rows_of_formulas_that_nobody_computed_are_not_lost():
    ids, places = named({"pledge": [HEADER, ROW, [Formula("A1"), Formula("B1")]]})
    assert ids[0] == "p0"
    assert len(ids) == 2
    assert not places  # the values themselves are flaws, which the entry reports


def test_hidden_rows_and_columns_are_read_and_named():
    sheet = Sheet([HEADER, ROW, ["p1", *ROW[1:]]], hidden_rows=[3], hidden_columns=[5])
    assert named({"pledge": sheet}) == (
        ["p0", "p1"],
        [("pledge!A3", "sheet-hidden"), ("pledge!E1", "sheet-hidden")],
    )


def test_a_sheet_that_cannot_be_looked_at_is_named_too():
    wide: list[Cell] = [f"country {i}" for i in range(800)]
    blank = "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(1, 40_000))
    below = '<row r="50000"><c r="A50000"><v>1</v></c></row>'
    sheets: dict[str, Sheet | list[list[Cell]]] = {
        "by country": [wide, wide],
        "far below": Sheet(xml=sheet_xml(blank + below)),
        "one long row": [["x" * 40 + str(i) for i in range(650)]],
        "blank": Sheet(xml=sheet_xml(blank)),
    }
    ids, places = named(sheets)
    assert not ids
    assert places == [
        ("'by country'", "sheet-unread"),
        ("'far below'", "sheet-unread"),
        ("'one long row'", "sheet-unread"),
        ("blank", "sheet-unread"),
    ]


def test_a_field_that_the_kind_does_not_have_is_named_once(make_book: MakeBook):
    book = make_book(PLEDGE)
    rows: list[list[Cell]] = [[], [*HEADER, "colour"], [*ROW, "red"], ["p1", *ROW[1:], "blue"]]
    (book.folder / "books/b.xlsx").write_bytes(workbook({"pledge": rows}))
    (found,) = [one for one in book.findings if one.rule == "field-unknown"]
    assert str(found.spot) == "books/b.xlsx:pledge!G2"


def test_names_that_no_terminal_should_obey_are_shown_as_what_they_are():
    evil = "a_x001B_[31m\u202e"
    raw = workbook({"no\u2028tes": [[evil]], "pledge": [["id", evil], ["p", evil]]})
    paragraphs, findings = read(raw)
    texts = [found.as_text() for found in findings] + [paragraphs[0].key_spot("id").text]
    assert not any(mark in text for text in texts for mark in ("\x1b", "\u2028", "\u202e"))


# --- sheets without bounds ------------------------------------------------------------------------


def check(book: Book, raw: bytes) -> str:
    """What `check` prints of a tracker with this workbook, in bounded time and memory."""
    (book.folder / "books/b.xlsx").write_bytes(raw)
    return large(book.folder, "check").out


def replaced(raw: bytes, part: str, pieces: Iterable[bytes]) -> bytes:
    """The workbook with another part, which is never whole in memory."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w") as packed:
            for piece in pieces:
                packed.write(piece)
    return made.getvalue()


@pytest.mark.slow
def test_a_million_rows_that_are_only_coloured_cost_nothing(make_book: MakeBook):
    good = workbook({"pledge": GOOD})
    xml = zipfile.ZipFile(io.BytesIO(good)).read("xl/worksheets/sheet1.xml")
    head, tail = xml.split(b"</sheetData>")
    row = "".join(f'<c r="{letters(column)}%d" s="1"/>' for column in range(1, 9))
    empty = (
        f'<row r="{i}" s="1" customFormat="1">{row.replace("%d", str(i))}</row>'.encode()
        for i in range(3, 1_048_577)
    )
    raw = replaced(good, "xl/worksheets/sheet1.xml", chain([head], empty, [b"</sheetData>", tail]))
    text = check(make_book(PLEDGE), raw)
    assert text.startswith("sources/checked.csv: note: 2 quotes")


@pytest.mark.parametrize(
    "cell, rule",
    [("XFD1048576", "entry-too-long"), ("ZZ1048576", "entry-too-long"), ("AAA1", "entry-too-long"),
     ("B1048577", "entry-too-long"), ("B1050000", "file-unreadable"), ("ZZZZZZZZ1", "file-unreadable"), ("A99999999999", "file-unreadable")],
)  # fmt: skip
def test_a_cell_in_the_last_corner_takes_no_room(make_book: MakeBook, cell: str, rule: str):
    xml = sheet_xml(f'<row r="1"><c r="A1" t="str"><v>id</v></c><c r="{cell}"><v>1</v></c></row>')
    assert f"[{rule}]" in check(make_book(PLEDGE), pledge(xml))
    around = sheet_xml("").replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read(pledge(around)) == ([], [])


@pytest.mark.slow
def test_two_cells_a_million_rows_apart_are_a_table(make_book: MakeBook):
    xml = sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>who</v></c></row>'
        '<row r="1048576"><c r="B1048576" t="str"><v>fra</v></c></row>'
    )
    book = make_book(PLEDGE)
    assert "quote-missing" in check(book, pledge(xml))


def test_all_the_columns_that_a_sheet_has_are_a_finding(make_book: MakeBook):
    row = [f"column {number}" for number in range(16_384)]
    assert "[entry-too-long]" in check(make_book(PLEDGE), workbook({"pledge": [row, row]}))


@pytest.mark.slow
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])  # fmt: skip
def test_a_bomb_is_not_unpacked(make_book: MakeBook, part: str):
    raw = replaced(workbook({"pledge": GOOD}), part, [b"<a>", *[b" " * (1 << 20)] * 700])
    assert len(raw) < 8 << 20
    assert "this workbook is too large when it is unpacked" in check(make_book(PLEDGE), raw)


def test_a_sheet_of_tags_alone_ends(make_book: MakeBook):
    xml = sheet_xml("<row>" + "<c><v>1</v></c>" * 4_000_000 + "</row>")
    assert "[file-unreadable]" in check(make_book(PLEDGE), pledge(xml))


def test_one_long_text_in_a_hundred_thousand_cells_is_not_copied(make_book: MakeBook):
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 100_001))
    texts = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    raw = pledge(sheet_xml(rows), **{"xl/sharedStrings.xml": texts})
    assert "[entry-too-long]" in check(make_book(PLEDGE), raw)


def test_a_workbook_may_lie_about_how_many_texts_it_holds(make_book: MakeBook):
    good = zipfile.ZipFile(io.BytesIO(workbook({"pledge": GOOD})))
    texts = good.read("xl/sharedStrings.xml").decode()
    lie = texts.replace("<sst ", '<sst uniqueCount="4294967295" ').replace('count="11"', "")
    book = make_book(PLEDGE)
    check(book, workbook({"pledge": GOOD}, parts={"xl/sharedStrings.xml": lie}))
    assert opened(book)[1] == {"p0", "q"}


@pytest.mark.parametrize(
    "limit, rule",
    [
        ("sheet_text._LARGEST_ROWS", "entry-too-long"),
        ("workbook._LARGEST_TEXTS", "file-unreadable"),
    ],
)
def test_a_sheet_holds_no_more_than_a_book_can(
    limit: str, rule: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(f"pledgebook.books.{limit}", 200)
    assert only(workbook({"pledge": GOOD})).rule == rule


def test_a_value_is_no_longer_than_a_value_may_be(make_book: MakeBook):
    text = check(make_book(PLEDGE), workbook({"pledge": [HEADER, [*ROW[:-1], "x" * (2 << 20)]]}))
    assert "quote is longer than any value can be [entry-too-long]" in text
    assert len(text) < 5_000


def test_ten_thousand_rows_that_cannot_be_read(make_book: MakeBook):
    rows = [HEADER, *(["p", "test", Formula("A1"), "hti", "x", "y"] for _ in range(10_000))]
    text = check(make_book(PLEDGE), workbook({"pledge": rows}))
    assert text.count("[value-unreadable]") == 10_000


def test_thousands_of_sheets_are_no_workbook():
    raw = workbook({f"s{i}": [["x"]] for i in range(1_200)})
    assert only(raw).flaw.found == "a workbook of 1,200 sheets"
