"""A book is read once for each state of its text, and what was kept says what the text says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SOURCE, Book
from pledgebook.books import read_book, reading
from pledgebook.books.block import block_of, raw_of, read_block, write_block
from pledgebook.books.plain import plain_column, plain_money
from pledgebook.entry import Paragraph
from pledgebook.files import File
from pledgebook.kinds import KINDS
from pledgebook.spot import Spot
from pledgebook.values import Money, read_id, read_money, read_text

Make = Callable[..., Book]

PLEDGE = """
[[pledge]]
id = "{id}"
who = "fra"
whom = "hti"
amount = "{amount}"
quote = "{id}, made up"
"""


def pledges(name: str, number: int = 3, amount: str = "5M EUR") -> str:
    source = SOURCE.replace('"test"', f'"paper-{name}"')
    return source + "".join(PLEDGE.format(id=f"{name}-{i}", amount=amount) for i in range(number))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the books that were read, in order; one that was kept is not among them."""
    names: list[str] = []

    def noted(file: File) -> object:
        names.append(file.name)
        return read_book(file)

    monkeypatch.setattr(reading, "read_book", noted)
    return names


def pledged(book: Book) -> Decimal:
    ((amount,),) = book.show("promises", "pledged")
    return amount


def blocks(book: Book) -> list[Path]:
    return sorted((book.folder / "build" / "books").glob("*.arrow"))


# --- an edit --------------------------------------------------------------------------------------


def test_after_an_edit_only_that_book_is_read(make_book: Make, read: list[str]):
    book = make_book(pledges("a"), {f"books/{name}.toml": pledges(name) for name in "bcd"})
    assert pledged(book) == 60_000_000
    assert sorted(read) == ["actors.toml", *(f"books/{name}.toml" for name in "abcd")]
    read.clear()
    book.write("books/c.toml", pledges("c", amount="6M EUR"))
    assert pledged(book) == 63_000_000
    assert read == ["books/c.toml"]


def test_a_new_name_or_source_is_seen_by_the_books_that_were_kept(make_book: Make, read: list[str]):
    """What an entry says hangs on its book alone; who is meant hangs on all of them."""
    book = make_book(pledges("a").replace('"hti"', '"The Police"'))
    assert "actor-unknown" in book.rules
    read.clear()
    book.write("actors.toml", '[[actor]]\nid = "hnp"\nname = "The Police"\n')
    assert "actor-unknown" not in book.rules
    assert read == ["actors.toml"]


def test_what_is_no_longer_written_is_not_kept(make_book: Make):
    book = make_book(pledges("a"), {"books/b.toml": pledges("b")})
    book.open()
    assert len(blocks(book)) == 3
    (book.folder / "books" / "b.toml").unlink()
    book.open()
    assert len(blocks(book)) == 2


def test_a_book_with_a_finding_is_read_again(make_book: Make, read: list[str]):
    """The finding stands in the text, not in the block."""
    book = make_book(pledges("a"), {"books/b.toml": pledges("b") + "[[pledge]\nwho = 1\n"})
    for number in (1, 2):
        read.clear()
        book.write("books/c.toml", pledges("c", number))
        assert "entry-unreadable" in book.rules
        assert "books/b.toml" in read


@pytest.mark.parametrize("damage", ["empty", "half", "one byte"])
def test_a_damaged_block_is_made_anew(make_book: Make, read: list[str], damage: str):
    book = make_book(pledges("a"))
    book.open()
    for path in blocks(book):
        said = bytearray(path.read_bytes())
        if damage == "one byte":
            said[len(said) // 2] ^= 1
        path.write_bytes(said[: {"empty": 0, "half": len(said) // 2}.get(damage)])
    read.clear()
    book.write("books/b.toml", pledges("b"))
    assert pledged(book) == 30_000_000
    assert sorted(read) == ["actors.toml", "books/a.toml", "books/b.toml"]


def test_a_finding_in_a_kept_book_stands_at_its_place(make_book: Make):
    book = make_book(pledges("a"), {"books/b.toml": pledges("b"), "books/c.csv": TABLE})
    before = [one.as_text() for one in book.findings if one.rule != "quote-unchecked"]
    book.write("books/d.toml", pledges("d"))
    assert [one.as_text() for one in book.findings if one.rule != "quote-unchecked"] == before
    assert any(one.startswith("books/c.csv:2:20: ") for one in before), before


TABLE = 'kind,id,who,whom,amount,quote,source\npledge,x-1,fra,hti,1M EUX,"one, made up",paper-a\n'


# --- a second process -----------------------------------------------------------------------------


def test_a_second_process_reads_from_the_last_book_on(
    make_book: Make, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "_WORTH_A_SECOND", 0)
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    files = {f"books/{i:02}.toml": pledges(f"b{i}") for i in range(20)}
    book = make_book(pledges("a"), files)
    assert pledged(book) == 315_000_000
    assert len(blocks(book)) == 22
    # every book was read, whoever read it, and none left a file behind that is half written
    assert sorted((book.folder / "build" / "books").iterdir()) == blocks(book)


def test_without_a_second_process_nothing_is_lost(make_book: Make, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "_WORTH_A_SECOND", 0)
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    monkeypatch.setattr(reading.sys, "executable", "/nowhere/python")
    book = make_book(pledges("a"), {"books/b.toml": pledges("b")})
    assert pledged(book) == 30_000_000


# --- what a block says ----------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUE = st.one_of(
    TEXT,
    st.dates(),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False),
    st.lists(TEXT, max_size=3),
    st.lists(st.one_of(TEXT, st.integers(), st.lists(TEXT, max_size=2)), max_size=3),
    st.dictionaries(TEXT, TEXT, max_size=2),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["pledge", "ask", "plegde"]),
        st.dictionaries(st.sampled_from(["id", "who", "amount", "note", "colour"]), VALUE),
    ),
    max_size=20,
)


def nowhere(paragraph: Paragraph, key: str | None) -> Spot:
    return Spot(paragraph.file, paragraph.line)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_a_block_gives_every_value_back(tmp_path_factory: pytest.TempPathFactory, rows: list):
    paragraphs = [
        Paragraph(kind, values, "books/a.toml", line, "paper", nowhere)
        for line, (kind, values) in enumerate(rows, 1)
    ]
    block = block_of(paragraphs)
    found = {}
    for table in block.tables.values():
        for row in table.to_pylist():
            found[row["#line"]] = {
                key: raw_of(text, block.others)
                for key, text in row.items()
                if not key.startswith("#") and text is not None
            }
    known = {"id", "who", "amount", "note"}
    for paragraph in paragraphs:
        wanted = {key: one for key, one in paragraph.values.items() if key in known}
        assert repr(found[paragraph.line]) == repr(
            {key: wanted[key] for key in found[paragraph.line]}
        )
        assert found[paragraph.line].keys() == wanted.keys()
    if block.can_be_kept:
        path = tmp_path_factory.mktemp("kept") / "a.arrow"
        write_block(block, path)
        kept = read_block(path)
        assert kept is not None
        for kind, table in block.tables.items():
            assert kept.tables[kind].replace_schema_metadata(None).equals(table)
    shutil.rmtree(tmp_path_factory.getbasetemp() / "kept0", ignore_errors=True)


def test_a_day_and_its_text_are_not_the_same():
    """A bare date in a field of text is a mistake, the same in quotation marks is none."""
    rows = [{"note": date(2021, 12, 17)}, {"note": "2021-12-17"}, {"note": 7}, {"note": "7"}]
    paragraphs = [
        Paragraph("pledge", row, "books/a.toml", line, "", nowhere)
        for line, row in enumerate(rows, 1)
    ]
    texts = block_of(paragraphs).tables["pledge"].column("note").to_pylist()
    assert [raw_of(text) for text in texts] == [date(2021, 12, 17), "2021-12-17", 7, "7"]


# --- columns that are read whole ------------------------------------------------------------------

CODES = frozenset({"USD", "EUR", "CAD"})
AMOUNT = st.one_of(
    st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,2})?(K|M|bn)? (USD|EUR|CAD)", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{0,2}(,[0-9]{3}){1,4} (USD|CAD)", fullmatch=True),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.none(), AMOUNT), min_size=1, max_size=8))
def test_plain_amounts_are_read_as_each_would_be(amounts: list[str | None]):
    columns = plain_money(pa.array(amounts, pa.string()), CODES)
    assert columns is not None
    each = [one and read_money(one, currencies=CODES, dollar=None) for one in amounts]
    assert all(one is None or isinstance(one, Money) for one in each)
    for name, attribute in {
        "amount": "amount",
        "currency": "currency",
        "amount_slack": "slack",
        "amount_comparator": "comparator",
    }.items():
        wanted = [one and getattr(one, attribute) for one in each]
        assert columns[name].to_pylist() == wanted


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789,. KMbnUSDEURXYZ$>~", max_size=12))
def test_an_amount_that_is_not_plain_is_left_to_its_reader(text: str):
    columns = plain_money(pa.array([text]), CODES)
    if columns is not None:
        money = read_money(text, currencies=CODES, dollar=None)
        assert isinstance(money, Money)
        assert columns["amount"].to_pylist() == [money.amount]
        assert columns["amount_slack"].to_pylist() == [money.slack]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXT, st.just("a-1"), st.just(" a")), max_size=5))
def test_plain_words_and_ids_are_read_as_each_would_be(values: list[str | None]):
    raw = block_of(
        [
            Paragraph("pledge", {"note": one}, "a", 1, "", nowhere)
            for one in values
            if one is not None
        ]
    ).tables
    column = raw["pledge"].column("note").combine_chunks() if raw else pa.array([], pa.string())
    pledge = KINDS["pledge"]
    for field, reader in (("note", read_text), ("id", read_id)):
        plain = plain_column(pledge.field(field), column)
        if plain is not None:
            wanted = [reader(one, field) for one in values if one is not None]
            assert plain.to_pylist() == wanted


def test_the_slack_is_half_of_the_last_digit():
    columns = plain_money(pa.array(["1.5M USD", "12 EUR", "0.25 CAD"]), CODES)
    assert columns is not None
    assert columns["amount"].to_pylist() == [Decimal(1_500_000), Decimal(12), Decimal("0.25")]
    assert columns["amount_slack"].to_pylist() == [
        Decimal(50_000),
        Decimal("0.5"),
        Decimal("0.005"),
    ]
