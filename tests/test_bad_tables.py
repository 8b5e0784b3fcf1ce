"""Tables that are none, and commands that make no sense."""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bad_input import (
    PLEDGE,
    MakeBook,
    call,
    ids,
    large,
    many,
    opened,
)
from conftest import SOURCE, Book
from pledgebook.cli import main
from pledgebook.finding import summary

# --- tables ---


def test_a_row_that_is_no_row_spoils_only_itself(make_book: MakeBook) -> None:
    rows = ["", "id,source,who,whom,quote", "p0,test,fra,hti,x", 'p1,test,fra,hti,"x', 'p2,test,fra,hti,"a""b"',
            'p3,test,"fra"x,hti,x', "", "p4,test,fra,hti,x,y", " , ,,,", "p5,test,fra,hti,x,,,", 'p6,test,fra,hti,"x']  # fmt: skip
    book = make_book(SOURCE, {"books/pledge.csv": "\n".join(rows)})
    found = [(one.spot.line, one.rule) for one in book.findings if one.level == "error"]
    assert found == [(line, "entry-unreadable") for line in (4, 6, 8, 11)]
    assert ids(book) == {"p0", "p2", "p5"}


@pytest.mark.parametrize(
    "header, rule",
    [
        ('"kind,id', "entry-unreadable"),
        ("id,who", "kind-unknown"),
        ("kind,id,id", "field-unknown"),
        ("kind," + ",".join(f"c{i}" for i in range(5_000)), "entry-too-long"),
        ("<<<<<<< a\nkind,id\n=======\nkind\n>>>>>>> b", "merge-conflict"),
        ("kind,caf\udce9", "encoding-unreadable"),
        ("kind,id\rpledge,a\r", "entry-unreadable"),
    ],
)
def test_a_header_that_is_none(make_book: MakeBook, header: str, rule: str) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    raw = f"{header}\npledge,a\npledge,b\n".encode("utf-8", "surrogateescape")
    (book.folder / "books/x.csv").write_bytes(raw)
    assert opened(book) == ({rule: 1}, {"p0"})


@pytest.mark.parametrize(
    "text",
    ["x", "entry\n", "entry,judgement,other\n,,\n\np0,same\n\"", "entry,judgement,other\np0,same,p0\np0,x,p1\np9,same,p1\np0,same,p1\n",
     "entry,judgement,other,day\np0,same,p1,never\n", "\0\0\0", "<<<<<<< x\n", "entry,judgement,other\np0,same,\ud7ff\n"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["links.csv", "sources/checked.csv"])
def test_garbage_in_the_other_tables(make_book: MakeBook, name: str, text: str) -> None:
    book = make_book("".join(PLEDGE.replace("%", str(i)) for i in range(2)), {name: text})
    tracker = book.open()
    assert any(one.spot.file == name for one in tracker.findings)


@pytest.mark.parametrize("size", [1_000, 1_000_000])
@pytest.mark.parametrize(
    "name", ["links.csv", "sources/checked.csv", "tracker.toml", "actors.toml"]
)
def test_random_bytes_in_the_other_files(make_book: MakeBook, name: str, size: int) -> None:
    book = make_book(PLEDGE)
    path = book.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(random.Random(size).randbytes(size))
    assert call(book.folder, "check").exit_code == 1
    assert path.stat().st_size == size  # it is left to the person who can mend it


@pytest.mark.parametrize("judgement", ["corrects", "draws_on", "part_of"])
def test_two_judgements_that_lead_in_a_circle(make_book: MakeBook, judgement: str) -> None:
    """Two entries that correct each other would both be gone."""
    book = make_book("".join(PLEDGE.replace("%", str(i)) for i in range(5)))
    rows = [
        f"p{one},{judgement},p{other},x,2021-01-01,"
        for one, other in ("01", "12", "21", "23", "34")
    ]
    book.write("links.csv", "\n".join(["entry,judgement,other,judge,day,reason", *rows]))
    (finding,) = [one for one in book.findings if one.level == "error"]
    assert (finding.rule, str(finding.spot)) == ("reference-cycle", "links.csv:3:1")
    assert {"p0", "p2"} <= ids(book)


def test_twenty_thousand_judgements_in_a_chain(tmp_path: Path) -> None:
    """Money under money under money: what is longer than any real chain is cut."""
    book = Book(tmp_path / "tracker", many(PLEDGE, 20_000))
    rows = [f"p{i},part_of,p{i + 1},x,2021-01-01," for i in range(19_999)]
    book.write("links.csv", "\n".join(["entry,judgement,other,judge,day,reason", *rows]))
    run = large(book.folder, "check")
    assert (run.code, run.out.count("[reference-too-long]")) == (1, 19_999 // 17)


def test_twenty_thousand_judgements_that_lead_in_a_circle(tmp_path: Path) -> None:
    book = Book(tmp_path / "tracker", many(PLEDGE, 20_000))
    rows = [f"p{i},corrects,p{(i + 1) % 20_000},x,2021-01-01," for i in range(20_000)]
    book.write("links.csv", "\n".join(["entry,judgement,other,judge,day,reason", *rows]))
    run = large(book.folder, "check")
    assert (run.code, run.out.count("[reference-cycle]")) == (1, 1)
    assert (
        '"n": 20001'
        in large(book.folder, "sql", "select count(*) as n from entries", "--format", "json").out
    )


def test_twenty_thousand_judgements_that_were_taken_back(tmp_path: Path) -> None:
    book = Book(tmp_path / "tracker", many(PLEDGE, 20_000))
    with (book.folder / "links.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["entry", "judgement", "other", "day"])
        for word, day in (("same", "2021"), ("withdrawn", "2022")):
            writer.writerows((f"p{i}", word, f"p{i + 1}", day) for i in range(19_999))
    assert large(book.folder, "check").code == 0


# --- misuse ---


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker that is only asked."""
    book = Book(tmp_path_factory.mktemp("asked") / "tracker", PLEDGE.replace("%", "0"))
    book.open()
    return book.folder


def refused(result: Result) -> bool:
    """Exit 2 with one sentence; click says before it how the verb is used."""
    said = result.stderr.split("\n\n")[-1].strip()
    return result.exit_code == 2 and "\n" not in said and result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("-t", "gone", "check"),
        ("-t", "", "check"),
        ("-t", "/", "check"),
        ("-t", "/dev/null", "check"),
        ("-t", "{}/tracker.toml", "check"),
        ("-t", "{}", "show", "nothing"),
        ("-t", "{}", "show", "promises", "--as-of", "yesterday"),
        ("-t", "{}", "show", "promises", "--as-of", "2021-13"),
        ("-t", "{}", "show", "promises", "--as-of", "9" * 400),
        ("-t", "{}", "show", "promises", "--format", "xml"),
        ("-t", "{}", "show", "promises", "--strength", "bold"),
        ("-t", "{}", "show", "promises", "--who", "'; drop table book.pledge"),
        ("-t", "{}", "frobnicate"),
        ("-t", "{}", "sql"),
        ("--frobnicate",),
        ("-t", "x" * 5_000, "check"),
    ],
)  # fmt: skip
def test_misuse_is_one_sentence(small: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [one.replace("{}", str(small)) for one in arguments])
    assert isinstance(result.exception, SystemExit), result.exception
    assert refused(result), result.stderr


@pytest.mark.parametrize(
    "query",
    [
        "", " ", ";", "selec 1", "select nope", "select * from nope", "/* x", "select 'a'::int", "\0", "select ?", "select $1",
        "copy entries to 'stolen.csv'", "copy (select 1) to 'stolen.csv'", "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')", "select * from '/etc/passwd'", "select * from glob('/*')",
        "select * from parquet_scan('/etc/passwd')", "select * from sniff_csv('/etc/passwd')", "attach 'stolen.db'",
        "attach ':memory:' as other", "install httpfs", "load httpfs", "set enable_external_access = true",
        "set lock_configuration = false", "set memory_limit = '1GB'", "pragma enable_external_access = true",
        "create table x (a int)", "insert into book.pledge (id) values ('x')", "drop table book.pledge",
        "update book.pledge set id = 'x'", "alter table book.pledge add column x int", "export database 'stolen'",
        "import database '/tmp'", "select getenv('HOME')",
        "select 1; select 2", "select 1; drop table book.pledge", "use book", "checkpoint", "begin",
        "prepare p as select 1",
        "create temp table x as select 1", "set variable as_of = date '2000-01-01'", "set schema = 'book'",
    ],
)  # fmt: skip
def test_sql_only_asks(small: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    before = {path: path.stat().st_size for path in small.rglob("*")}
    result = call(small, "sql", query)
    assert refused(result), result.stderr
    assert {path: path.stat().st_size for path in small.rglob("*")} == before


@pytest.mark.parametrize("query", ["select 1", "select 1;", "from entries", "values (1)", "with a as (select 1) select * from a",
                                   "describe entries", "show tables", "-- so\nselect 1"])  # fmt: skip
def test_sql_that_asks(small: Path, query: str) -> None:
    result = call(small, "sql", "--", query)
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_words_are_short_however_long_the_input(make_book: MakeBook) -> None:
    wide = "x" * 100_000
    book = make_book(f'[[{wide}]]\n[[pledge]]\nid = "{wide}"\n{wide} = 1\nwho = "{wide}"\nwhom = ["{wide}"]\namount = "{wide}"\n'
                     f'due = "{wide}"\nstrength = "{wide}"\nsource = "{wide}"\nfiscal_year = "{wide}"\ncondition = ["{wide}"]\n')  # fmt: skip
    found = book.findings
    assert len(found) > 5
    assert all(len(one.as_text()) < 1_500 for one in found)
    assert summary(found)


@pytest.mark.parametrize("mark, word", [(";", "semicolons"), ("\t", "tabs")])
def test_columns_that_are_parted_by_another_mark(make_book: MakeBook, mark: str, word: str) -> None:
    rows = mark.join(("id", "who", "amount")) + "\n" + mark.join(("a", "fra", "1 EUR")) + "\n"
    book = make_book("", {"books/b.pledge.csv": rows})
    (finding,) = book.findings
    assert (finding.rule, str(finding.spot)) == ("entry-unreadable", "books/b.pledge.csv:1:1")
    assert f"parted by {word}" in finding.as_text()


def test_a_file_that_looks_like_a_book_and_is_none(make_book: MakeBook) -> None:
    book = make_book("", {"books/2021.yaml": "pledge: 1", "books/notes.md": "# Notes"})
    (finding,) = book.findings
    assert (finding.rule, finding.spot.file) == ("file-unreadable", "books/2021.yaml")
