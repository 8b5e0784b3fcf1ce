"""Bad input ends in findings, or in one clear sentence for misuse: never in a traceback.

What is large runs in a process of its own, whose time and memory are measured; the bounds are
generous, so that a slow machine passes and anything quadratic fails.
"""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from conftest import SOURCE, Book
from pledgebook.books.toml_book import read_paragraphs
from pledgebook.cli import main
from pledgebook.finding import Finding, summary
from pledgebook.kinds import KINDS
from pledgebook.ledger import open_database

MOST_SECONDS = 20
MOST_MEGABYTES = 1_500
FAR = MOST_SECONDS * 3
"""When a run is ended that does not end by itself, in seconds."""

PLEDGE = """
[[pledge]]
id = "p%"
who = "fra"
whom = "hti"
what = "police"
quantity = "10 police"
strength = "promised"
quote = "ten police"
"""
"""A pledge that reads; the mark stands for a number."""

MakeBook = Callable[..., Book]


class Run(NamedTuple):
    """What came of one run of the command line."""

    code: int
    out: str
    err: str


def large(folder: Path, *arguments: str) -> Run:
    """Run the command line in a process of its own; fail where it takes too long or too much."""
    command = [
        sys.executable,
        "-c",
        "from pledgebook.cli import main; main()",
        "-t",
        str(folder),
        *arguments,
    ]
    paths = [folder.parent / f"{folder.name}.{name}" for name in ("out", "err")]
    began = time.monotonic()
    with paths[0].open("wb") as out, paths[1].open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        try:
            status, usage = _wait(process, FAR)
        finally:
            process.returncode = 0  # it was waited for already
    code = os.waitstatus_to_exitcode(status)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    took = f"{time.monotonic() - began:.1f} s, {usage.ru_maxrss >> 10} MB"
    assert "Traceback" not in texts[1], texts[1][-2000:]
    assert code in (0, 1, 2), took
    # time of the processor, so that a busy machine does not fail it
    assert usage.ru_utime + usage.ru_stime < MOST_SECONDS, took
    assert usage.ru_maxrss >> 10 < MOST_MEGABYTES, took
    return Run(code, *texts)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, object]:
    until = time.monotonic() + seconds
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            return status, usage
        if time.monotonic() > until:
            process.kill()
            _, status, usage = os.wait4(process.pid, 0)
            return status, usage
        time.sleep(0.02)


def call(folder: Path, *arguments: str) -> Result:
    """Run the command line in this process."""
    result = CliRunner().invoke(main, ["-t", str(folder), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def many(paragraph: str, number: int = 10_000) -> str:
    """A book of one good pledge and `number` paragraphs in which the mark is their number."""
    good = PLEDGE.replace("p%", "good")
    return SOURCE + good + "".join(paragraph.replace("%", str(i)) for i in range(number))


def rules(findings: list[Finding]) -> Counter[str]:
    """How often each rule was broken; the note about unchecked quotes is not counted."""
    return Counter(one.rule for one in findings if one.rule != "quote-unchecked")


def ids(book: Book) -> set[str]:
    """The ids of all statements that were read."""
    return {str(row["id"]) for row in entries(book)}


def opened(book: Book) -> tuple[Counter[str], set[str]]:
    """The rules that were broken and the ids that were read, of one opening."""
    tracker = book.open()
    with open_database(tracker.database) as database:
        rows = database.at().ask("select id from entries").to_pylist()
    return rules(tracker.findings), {str(row["id"]) for row in rows}


def entries(book: Book) -> list[dict[str, object]]:
    """The rows of the view `entries`."""
    with open_database(book.open().database) as database:
        return database.at().ask("select id, quote from entries order by id").to_pylist()


# what is no book at all ---------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 1_000, 1_000_000])
def test_random_bytes_are_one_finding(tmp_path: Path, size: int) -> None:
    folder = Book(tmp_path / "tracker", SOURCE).folder
    (folder / "books/b.toml").write_bytes(random.Random(size).randbytes(size))
    (folder / "books/b.csv").write_bytes(random.Random(size + 1).randbytes(size))
    assert large(folder, "check").code == (1 if size else 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_a_finding(make_book: MakeBook, encoding: str) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    names = ["actors.toml", "books/b.toml", "books/pledge.csv", "links.csv", "tracker.toml"]
    for name in names:
        (book.folder / name).write_bytes("".join(['title = "a, b"\n'] * 9).encode(encoding))
    found = [
        (one.spot.file, one.flaw.expected)
        for one in book.findings
        if one.rule == "encoding-unreadable"
    ]
    assert found == [(name, "UTF-8") for name in names]
    assert ids(book) == {"p0"}


def test_a_file_that_was_cut_loses_its_last_entry_only(make_book: MakeBook) -> None:
    whole = SOURCE + "".join(PLEDGE.replace("%", str(i)) for i in range(3))
    for cut in range(len(SOURCE), len(whole)):
        paragraphs, findings = read_paragraphs("books/a.toml", whole[:cut])
        read = {one.values.get("id") for one in paragraphs}
        complete = whole[:cut].count('quote = "ten police"')
        assert {f"p{i}" for i in range(complete)} <= read, whole[:cut][-60:]
        assert len(findings) <= 1
    for cut in range(len(SOURCE), len(whole), 60):
        assert call(make_book(whole[:cut]).folder, "check").exit_code in (0, 1)


def test_one_byte_that_is_no_text_spoils_one_entry(make_book: MakeBook) -> None:
    book = make_book(SOURCE)
    text = SOURCE + "".join(PLEDGE.replace("%", str(i)) for i in range(3))
    raw = text.replace("p1", "\udce9p1").encode("utf-8", "surrogateescape")
    (book.folder / "books/a.toml").write_bytes(raw)
    (finding,) = [one for one in book.findings if one.level == "error"]
    assert str(finding.spot) == "books/a.toml:20:7"
    assert (finding.rule, finding.flaw.found) == ("encoding-unreadable", "the byte 0xE9")
    assert finding.spot.text == 'id = "\ufffdp1"'
    assert ids(book) == {"p0", "p2"}


def test_one_byte_that_is_no_text_spoils_one_row(make_book: MakeBook) -> None:
    book = make_book(SOURCE)
    raw = (
        b"id,source,who,whom,quote\np0,test,fra,hti,x\np1,test,fra,hti,caf\xe9\np2,test,fra,hti,x\n"
    )
    (book.folder / "books/pledge.csv").write_bytes(raw)
    (finding,) = [one for one in book.findings if one.level == "error"]
    assert (str(finding.spot), finding.rule) == ("books/pledge.csv:3:20", "encoding-unreadable")
    assert ids(book) == {"p0", "p2"}


def test_line_ends_and_a_byte_order_mark_change_nothing(make_book: MakeBook) -> None:
    plain = (
        SOURCE.lstrip()
        + PLEDGE.replace("%", "0")
        + '[[pledge]]\nwho = "frab"\n\tstrength = "implyed"\n'
    )
    found = []
    for text in (plain, "\ufeff" + plain, plain.replace("\n", "\r\n")):
        book = make_book(SOURCE)
        book.write("books/a.toml", text)
        shown = [(str(one.spot), one.rule, one.spot.text) for one in book.findings]
        found.append((shown, ids(book)))
    assert found[0] == found[1] == found[2]
    assert ("books/a.toml:18:7", "actor-unknown", 'who = "frab"') in found[0][0]
    assert ("books/a.toml:19:13", "value-unknown", '\tstrength = "implyed"') in found[0][0]


def test_line_ends_change_nothing_in_a_table(make_book: MakeBook) -> None:
    found = []
    plain = 'id,source,who,whom,quote\np0,test,fra,hti,"a, b"\np1,test,frab,hti,x\n'
    for text in (plain, "\ufeff" + plain, plain.replace("\n", "\r\n")):
        book = make_book(SOURCE)
        book.write("books/pledge.csv", text)
        found.append(([(str(one.spot), one.rule) for one in book.findings], ids(book)))
    assert found[0] == found[1] == found[2]
    assert ("books/pledge.csv:3:9", "actor-unknown") in found[0][0]


# long lines ---------------------------------------------------------------------------------

LONG = 100_000_000


@pytest.mark.parametrize(
    "name, before, fill, after",
    [
        ("books/b.toml", '[[pledge]]\nwho = "', "x", '"\n' + PLEDGE),
        ("books/b.csv", "kind,id\npledge,", "x", "\npledge,p2\n"),
        ("books/b.csv", "kind,id\npledge", ",", "\npledge,p2\n"),
        ("tracker.toml", 'title = "', "x", '"\n'),
        ("links.csv", "entry,judgement,other\ngood,same,", "x", "\n"),
    ],
    ids=["toml", "cell", "commas", "tracker", "links"],
)  # fmt: skip
def test_one_line_of_100_megabytes(
    tmp_path: Path, name: str, before: str, fill: str, after: str
) -> None:
    folder = Book(tmp_path / "tracker", many("", 0)).folder
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        file.write(before + fill * LONG + after)
    run = large(folder, "check")
    shutil.rmtree(folder)  # pytest keeps the folders of three runs
    assert run.code == 1
    assert len(run.out) < 10_000
    assert name in run.out


def test_entries_around_a_line_that_is_too_long_are_kept(make_book: MakeBook) -> None:
    wide = "x" * 2_000_000
    pledges = [PLEDGE.replace("%", str(i)) for i in range(2)]
    book = make_book(pledges[0] + f'[[pledge]]\nid = "long"\nnote = "{wide}"\n' + pledges[1])
    assert opened(book) == ({"entry-too-long": 1}, {"p0", "p1"})
    rows = [
        "id,source,who,whom,quote,note",
        "p0,test,fra,hti,x,",
        f"long,test,fra,hti,x,{wide}",
        "p1,test,fra,hti,x,",
    ]
    table = make_book(SOURCE, {"books/pledge.csv": "\n".join(rows)})
    assert [str(one.spot) for one in table.findings if one.level == "error"] == [
        "books/pledge.csv:3:1"
    ]
    assert ids(table) == {"p0", "p1"}


# ten thousand errors ------------------------------------------------------------------------


UNREADABLE = {
    "quote": '[[pledge]]\nid = "p%"\nwho = "fra\nwhom = "hti"\n',
    "bracket": '[[pledge]]\nid = "p%"\nwho = ["fra"\nwhom = "hti"\n',
    "brace": '[[pledge]]\nid = "p%"\nwho = {a = "fra"\nwhom = "hti"\n',
}


@pytest.mark.parametrize("paragraph", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_ten_thousand_paragraphs_that_do_not_end(tmp_path: Path, paragraph: str) -> None:
    run = large(Book(tmp_path / "tracker", many(paragraph)).folder, "check")
    assert run.code == 1
    assert run.out.count("[entry-unreadable]") == 10_000
    assert run.out.endswith("\n10000 errors, 1 note\n")


def test_ten_thousand_errors_of_ten_sorts(tmp_path: Path) -> None:
    sorts = [
        *(("entry-unreadable", paragraph) for paragraph in UNREADABLE.values()),
        ("entry-unreadable", '[[pledge]]\nid = "p%"\nwho = """fra\nwhom = "hti"\n'),
        ("actor-unknown", PLEDGE.replace("fra", "nobody-%")),
        ("reference-unknown", PLEDGE + 'draws_on = ["gone-%"]\n'),
        ("date-unreadable", PLEDGE + 'date = "2021-13-%"\n'),
        ("date-unreadable", PLEDGE + "date = 2021-12\n"),
        ("field-unknown", PLEDGE + 'word_% = "x"\n'),
        ("kind-unknown", PLEDGE.replace("pledge]", "pledge_%]")),
        ("merge-conflict", f"<<<<<<< a\n{PLEDGE}=======\n[[pledge]]\n>>>>>>> b\n"),
    ]
    # ids of their own, so that no entry is one of another sort
    paragraphs = [paragraph.replace("p%", f"q{i}-%") for i, (_, paragraph) in enumerate(sorts)]
    book = Book(tmp_path / "tracker", many("".join(paragraphs), 1_000))
    run = large(book.folder, "check")
    assert run.code == 1
    for rule, number in Counter(rule for rule, _ in sorts).items():
        assert run.out.count(f"[{rule}]") == number * 1_000, rule


def test_ten_thousand_rows_of_errors(tmp_path: Path) -> None:
    book = Book(tmp_path / "tracker", many("", 0))
    rows = "".join(f"pledge,p{i},who{i},zz{i},12 FOO{i},2021-13-{i}\n" for i in range(10_000))
    book.write("books/b.csv", "kind,id,who,whom,amount,date\n" + rows)
    run = large(book.folder, "check")
    assert run.code == 1
    assert run.out.count("[date-unreadable]") == 10_000


def test_marks_of_conflicts_that_never_end(tmp_path: Path) -> None:
    half = '<<<<<<< a\n[[pledge]]\nid = "p%\n=======\n[[pledge]]\nid = "q%"\n'
    assert large(Book(tmp_path / "tracker", many(half)).folder, "check").code == 1


@pytest.mark.parametrize("given", [True, False], ids=["ids", "no-ids"])
def test_fifty_thousand_entries_that_are_one(tmp_path: Path, given: bool) -> None:
    paragraph = PLEDGE.replace("%", "0") if given else PLEDGE.replace('id = "p%"\n', "")
    run = large(Book(tmp_path / "tracker", many(paragraph, 50_000)).folder, "check")
    assert run.code == 1
    assert run.out.count("[entry-duplicate]") == 49_999


@pytest.mark.parametrize("relation", ["draws_on", "part_of"])
def test_a_circle_of_fifty_thousand(tmp_path: Path, relation: str) -> None:
    paragraphs = "".join(
        PLEDGE.replace("%", str(i)) + f'{relation} = "p{(i + 1) % 50_000}"\n' for i in range(50_000)
    )
    run = large(Book(tmp_path / "tracker", SOURCE + paragraphs).folder, "check")
    assert (run.code, run.out.count("[reference-cycle]")) == (1, 1)


@pytest.mark.parametrize(
    "kind, link, more, number",
    [
        ("pledge", "draws_on", 'who = "fra"\nquote = "x"', 50_000),
        ("pledge", "part_of", 'who = "fra"\nquote = "x"', 20_000),
        ("actor", "parent", 'name = "A"', 20_000),
        ("activity", "parent", 'name = "A"', 20_000),
        ("source", "origin", 'title = "A"', 20_000),
    ],
)
def test_a_chain_of_references(
    tmp_path: Path, kind: str, link: str, more: str, number: int
) -> None:
    links = "".join(
        f'[[{kind}]]\nid = "n{i}"\n{more}\n' + (f'{link} = "n{i + 1}"\n' if i < number else "")
        for i in range(number + 1)
    )
    large(Book(tmp_path / "tracker", SOURCE + links).folder, "check")


# values -------------------------------------------------------------------------------------

DIGITS = "9" * 400


def test_a_number_of_400_digits(make_book: MakeBook) -> None:
    lines = [
        f"amount = {DIGITS}", f"amount = {DIGITS}.0", f'amount = "{DIGITS} USD"', f'amount = "1e{DIGITS} USD"', f'amount = "0.{DIGITS} USD"',
        f'quantity = "{DIGITS} police"', f"quantity = {DIGITS}", f"due = {DIGITS}", f'due = "{DIGITS}"', f'due = "y{DIGITS}"',
        f'fiscal_year = "FY{DIGITS}"', f"sensitivity = {DIGITS}", f"sensitivity = 0x{DIGITS}", f"id = {DIGITS}",
    ]  # fmt: skip
    text = "".join(f'[[pledge]]\nwho = "fra"\n{line}\nquote = "x"\n' for line in lines)
    book = make_book(text + PLEDGE.replace("%", "good"))
    found = [one for one in book.findings if one.level == "error"]
    assert [one.spot.text for one in found] == lines
    assert [one.spot.column for one in found] == [line.index("=") + 3 for line in lines]
    assert all(len(one.as_text()) < 1_200 for one in found)
    assert ids(book) == {"pgood"}


def test_a_number_of_400_digits_in_a_table(make_book: MakeBook) -> None:
    cells = f"p0,test,fra,hti,x,{DIGITS} USD,{DIGITS} police,{DIGITS},{DIGITS}"
    book = make_book(
        SOURCE,
        {
            "books/pledge.csv": f"id,source,who,whom,quote,amount,quantity,due,sensitivity\n{cells}\n"
        },
    )
    assert [one.spot.line for one in book.findings if one.level == "error"] == [2] * 4
    assert ids(book) == set()


@pytest.mark.parametrize(
    "line",
    [
        "whom = " + "[" * 100_000 + "]" * 100_000,
        "whom = " + "[" * 100_000,
        "whom = " + "[" * 100 + "]" * 100,
        "whom = " + "[" * 60 + "]" * 60,
        "whom = " + "{a = " * 50_000 + "1" + "}" * 50_000,
        "whom = " + "{a = " * 60 + "1" + "}" * 60,
        "a." * 100_000 + "a = 1",
        "a." * 1_000 + "a = 1",
        "a." * 60 + "a = 1",
        "[pledge." + "a." * 100_000 + "a]",
        "[pledge." + "a." * 60 + "a]",
    ],
    ids=lambda line: f"{line[:12]}-{len(line)}",
)
def test_what_is_nested_too_deeply(make_book: MakeBook, line: str) -> None:
    book = make_book(f'[[pledge]]\nwho = "fra"\nquote = "x"\n{line}\n' + PLEDGE.replace("%", "0"))
    began = time.process_time()
    found = [one for one in book.findings if one.level == "error"]
    assert found
    assert time.process_time() - began < 5
    assert all(len(one.as_text()) < 2_000 for one in found)
    assert {one.spot.line for one in found} <= {9, 12}
    assert "p0" in ids(book)


VALUES = ["1", "1.5", "true", "nan", "-inf", "12:30:00", "2021-01-01T00:00:00Z", "2021-01-01 00:00:00", "{a = 1}", "[1]", "[{a = 1}]",
          "[nan]", '""', '" "', '"\\u0000"', '"\\u001b[31m"', '"a\\nb"', '["", " "]', "[2021-01-01]", "9223372036854775807",
          "0x10", "[true, [1], {}]", '"' + "x" * 10_000 + '"']  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [VALUES, *([one] for one in ("[]", "{}", "[[]]", "0", "false"))],
    ids=lambda values: values[0],
)
def test_any_value_in_any_field(make_book: MakeBook, values: list[str]) -> None:
    paragraphs = [
        f"[[{kind.name}]]\n{field.name} = {value}\n"
        for kind in KINDS.values() for field in kind.fields for value in values
    ]  # fmt: skip
    book = make_book(SOURCE + PLEDGE.replace("%", "0") + "\n".join(paragraphs))
    result = call(book.folder, "check")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "p0" in ids(book)


def test_text_that_was_pasted_is_kept(make_book: MakeBook) -> None:
    quote = "a\u2028b\u0085c\u00a0d"
    book = make_book(
        PLEDGE.replace("%", "0").replace("ten police", quote)
        + PLEDGE.replace("%", "1")
        + 'due = "x"\n'
    )
    assert [row["quote"] for row in entries(book)] == [quote]
    (finding,) = [one for one in book.findings if one.level == "error"]
    assert finding.spot.line == 27  # those characters end no line


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\U00110000", "\\UFFFFFFFF", "\\q"])
def test_half_a_character_in_a_quote(make_book: MakeBook, escape: str) -> None:
    book = make_book(PLEDGE.replace("%", "0").replace("ten", escape) + PLEDGE.replace("%", "1"))
    assert opened(book) == ({"entry-unreadable": 1}, {"p1"})


def test_a_zero_byte(make_book: MakeBook) -> None:
    book = make_book(PLEDGE.replace("%", "0").replace("ten", "ten\0") + PLEDGE.replace("%", "1"))
    assert opened(book) == ({"entry-unreadable": 1}, {"p1"})
    escaped = make_book(PLEDGE.replace("%", "0").replace("ten", "ten\\u0000"))
    assert call(escaped.folder, "check").exit_code in (0, 1)


def test_ids_are_names(make_book: MakeBook) -> None:
    good = ["constructor", "null", "None", "1", "a" * 120]
    bad = [
        "'; drop table book.pledge; --",
        "__class__",
        "a" * 1_000,
        "../x",
        "a b",
        "",
        " ",
        "-t",
        "a/b",
        "\\u202e",
    ]
    text = "".join(PLEDGE.replace("p%", name) for name in [*good, *bad])
    book = make_book(text)
    assert opened(book) == ({"value-unreadable": len(bad)}, set(good))


def test_kinds_that_are_none(make_book: MakeBook) -> None:
    kinds = [
        "__class__",
        "__init__",
        "constructor",
        '"a b"',
        '""',
        "pledge.who",
        "a.b.c",
        "values",
        "'x'",
        "keys",
    ]
    headers = [form.format(kind) for form in ("[[{}]]", "[{}]", "[[ {} ]] # so") for kind in kinds]
    text = "".join(
        f'{header}\nid = "x"\n' + PLEDGE.replace("%", str(i)) for i, header in enumerate(headers)
    )
    book = make_book(text)
    found = [one for one in book.findings if one.level == "error"]
    assert [(one.rule, one.spot.text) for one in found] == [
        ("kind-unknown", header) for header in headers
    ]
    assert ids(book) == {f"p{i}" for i in range(len(headers))}


def test_quoted_and_dotted_keys(make_book: MakeBook) -> None:
    book = make_book('[[pledge]]\n"id" = "p0"\n\'who\' = "fra"\nwhom.a = "hti"\nwhat.b.c = 1\nquote = "x"\n'
                     '[[pledge]]\n"id" = "p1"\n"who" = "frab"\n"quote" = "x"\n')  # fmt: skip
    found = [
        (one.spot.line, one.spot.column, one.rule) for one in book.findings if one.level == "error"
    ]
    assert found == [
        (12, 1, "value-unreadable"),
        (13, 1, "value-unreadable"),
        (17, 9, "actor-unknown"),
    ]


# the shape of a book ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\r\n\r\n", "\n \t \n"])
def test_a_book_that_says_nothing(make_book: MakeBook, text: str) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    for name in (
        "books/b.toml",
        "books/pledge.csv",
        "actors.toml",
        "activities.toml",
        "links.csv",
        "tracker.toml",
    ):
        book.write(name, text + "# a remark\n" if name.endswith(".toml") else text)
    assert opened(book) == ({}, {"p0"})


def test_a_tracker_without_books(make_book: MakeBook) -> None:
    book = make_book(PLEDGE)
    shutil.rmtree(book.folder / "books")
    assert book.findings == []
    assert call(book.folder, "board").exit_code == 0


def test_two_sources_in_one_file(make_book: MakeBook) -> None:
    other = SOURCE.replace('"test"', '"other"')
    book = make_book(SOURCE + PLEDGE.replace("%", "0") + other + PLEDGE.replace("%", "1"))
    assert opened(book) == ({}, {"p0", "p1"})


def test_a_source_that_cannot_be_read_lends_nothing(make_book: MakeBook) -> None:
    """What stands below it must not fall to the source above."""
    for broken in (
        '[[source]]\nid = "b\n',
        '[sorce]\nid = "b"\n',
        '<<<<<<< x\n[source]\nid = "b"\n=======\n>>>>>>> y\n',
    ):
        book = make_book(SOURCE + PLEDGE.replace("%", "0") + broken + PLEDGE.replace("%", "1"))
        assert ids(book) == {"p0"}
        assert rules(book.findings)["source-missing"] == 1
        assert book.open().has_errors


def test_what_looks_like_a_header_and_is_none(make_book: MakeBook) -> None:
    text = (
        '[[pledge]]\nid = "p0"\nwho = "fra"\nquote = """ten\n[[pledge]]\nid = "no"\n"""\ndue = "x"\n'
        '[[pledge]]\nid = "p1"\nwho = "fra"\nwhom = [\n["hti"]\n, "usa"]\nquote = "x"\n'
        "[[pledge]]\nid = 'p2'\nwho = 'fra'\nnote = '''\n[source]\n'''\nquote = 'x' # \"\"\"\n"
        '[[pledge]]\nid = "p3"\nwho = "fra"\nwhom = [\n"hti", # [[\n]\nquote = "x"\n'
    )
    book = make_book(SOURCE + text)
    found = [
        (one.spot.line, one.spot.column, one.rule) for one in book.findings if one.level == "error"
    ]
    assert found == [(16, 7, "date-unreadable"), (20, 8, "value-unreadable")]
    assert ids(book) == {"p2", "p3"}


# git conflicts ------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_spoils_what_it_touches(make_book: MakeBook, end: str) -> None:
    pledge = [PLEDGE.replace("%", str(i)) for i in range(5)]
    inside = pledge[1].replace(
        'what = "police"', '<<<<<<< HEAD\nwhat = "police"\n=======\nwhat = "men"\n>>>>>>> b'
    )
    around = f"<<<<<<< HEAD\n{pledge[3].strip()}\n||||||| base\n=======\n{pledge[3].strip()}\n>>>>>>> b\n"
    text = SOURCE + pledge[0] + inside + pledge[2] + around + pledge[4]
    book = make_book(SOURCE)
    book.write("books/a.toml", text.replace("\n", end))
    assert opened(book) == ({"merge-conflict": 2}, {"p0", "p2", "p4"})


def test_a_conflict_in_other_files_spoils_only_itself(make_book: MakeBook) -> None:
    book = make_book("".join(PLEDGE.replace("%", str(i)) for i in range(6)))
    actors = (book.folder / "actors.toml").read_text(encoding="utf-8")
    one = '[[actor]]\nid = "{}"\nname = "A"\n'
    book.write(
        "actors.toml",
        f"{actors}{one.format('a')}<<<<<<< HEAD\n{one.format('b')}=======\n>>>>>>> x\n{one.format('c')}",
    )
    book.write(
        "books/b.toml",
        '[[pledge]]\nid = "q0"\nsource = "test"\nwho = "a"\nwhom = "c"\nquote = "x"\n',
    )
    book.write("links.csv", "entry,judgement,other,judge,day,reason\np0,same,p1,x,2021,y\n<<<<<<< HEAD\np2,same,p3,x,2021,y\n"
                            "=======\np2,different,p3,x,2021,y\n>>>>>>> x\np4,same,p5,x,2021,y\np4,sam,p5,x,2021,y\n")  # fmt: skip
    book.write("books/pledge.csv", "id,source,who,whom,quote\nr0,test,fra,hti,x\n<<<<<<< HEAD\nr1,test,fra,hti,x\n=======\n"
                                   ">>>>>>> x, y\nr2,test,fra,hti,x\n")  # fmt: skip
    found = sorted((one.rule, str(one.spot)) for one in book.findings if one.level == "error")
    assert found == [
        ("judgement-unreadable", "links.csv:9:4"),
        ("merge-conflict", "actors.toml:14:1"),
        ("merge-conflict", "books/pledge.csv:3:1"),
        ("merge-conflict", "links.csv:3:1"),
    ]
    assert {"q0", "r0", "r2", "p5"} <= {row["id"] for row in entries(book)}


# tables -------------------------------------------------------------------------------------


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


# the folder ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/passwd", "sources/link.txt", "sources/../../x.txt", "sources/pipe.txt",
                                  "sources", "sources/loop.txt", "a\\u0000b", "C:/x.txt", "~/x.txt"])  # fmt: skip
def test_a_source_file_that_leaves_the_tracker(make_book: MakeBook, path: str) -> None:
    text = SOURCE.replace('grade = "B"', f'grade = "B"\nfile = "{path}"')
    book = make_book(text + PLEDGE.replace("%", "0"))
    sources = book.folder / "sources"
    sources.mkdir()
    os.symlink("/etc/passwd", sources / "link.txt")
    os.symlink("loop.txt", sources / "loop.txt")
    os.mkfifo(sources / "pipe.txt")
    (book.folder.parent / "outside.txt").write_text("ten police", encoding="utf-8")
    result = call(book.folder, "check")
    if path not in ("C:/x.txt", "~/x.txt"):  # names of files that are not there
        assert result.exit_code == 1
    assert "root:" not in result.output
    assert (
        "p0" not in (book.folder / "sources/checked.csv").read_text()
        if (sources / "checked.csv").exists()
        else True
    )


def test_links_loops_pipes_and_folders_among_the_books(make_book: MakeBook) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    books = book.folder / "books"
    os.symlink("..", books / "up")
    os.symlink("loop.toml", books / "loop.toml")
    os.symlink("/etc/passwd", books / "outside.toml")
    os.symlink("/dev/zero", books / "zero.toml")
    os.symlink("gone.toml", books / "dangling.toml")
    os.mkfifo(books / "pipe.toml")
    os.mkfifo(books / "pipe.csv")
    book.write(
        "books/folder.toml/inner.toml",
        '[[pledge]]\nid = "p1"\nsource = "test"\nwho = "fra"\nquote = "x"\n',
    )
    (books / "line\nbreak.toml").write_text("", encoding="utf-8")
    with open(os.fsencode(books) + b"/\xe9.toml", "wb"):
        pass
    deep = books
    for _ in range(60):
        deep = deep / "d"
        deep.mkdir()
    found = [one for one in book.findings if one.level == "error"]
    assert rules(found) == {"file-outside": 3, "file-unreadable": 7}
    assert ids(book) == {"p0", "p1"}
    assert all("\n" not in str(one.spot) for one in found)
    assert len(call(book.folder, "check").output.splitlines()) > 10


def test_books_that_are_no_folder_of_the_tracker(make_book: MakeBook, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.toml").write_text("[[pledg]]\n", encoding="utf-8")

    def link(to: str) -> Callable[[Path], None]:
        return lambda path: os.symlink(to, path)

    makers: dict[str, Callable[[Path], object]] = {
        "file-outside": link(str(tmp_path / "elsewhere")),
        "file-unreadable": lambda path: path.write_text("x", encoding="utf-8"),
    }
    for rule, make in [
        *makers.items(),
        ("file-unreadable", os.mkfifo),
        ("file-outside", link("/")),
    ]:
        book = make_book(PLEDGE)
        shutil.rmtree(book.folder / "books")
        make(book.folder / "books")
        assert rules(book.findings) == {rule: 1}
        assert next(iter(book.findings)).spot.file == "books"
    book = make_book(PLEDGE.replace("%", "0"))
    (book.folder / "books").rename(book.folder / "kept")
    os.symlink("kept", book.folder / "books")
    assert ids(book) == {"p0"}


@pytest.mark.parametrize("text, rule", [
    ("title = ", "tracker-unreadable"), ("title = 1\n", "tracker-unreadable"), ("base = ['a']\n", "tracker-unreadable"),
    ("base = {a = 1}\n", "tracker-unreadable"), ("languages = 3\n", "tracker-unreadable"), ("calendars = 'x'\n", "tracker-unreadable"),
    ("[calendars]\nusa = 1\n", "tracker-unreadable"), ("[calendars]\nusa = {starts = '02-30', named = 'end'}\n", "tracker-unreadable"),
    ("a = 1\n", "tracker-unreadable"), ("title = 'x'\ntitle = 'y'\n", "tracker-unreadable"), ("[calendars]\n[calendars]\n", "tracker-unreadable"),
    ("a." * 400_000 + "a = 1", "tracker-unreadable"), ("a = " + "[" * 400_000, "tracker-unreadable"), ("a = " + DIGITS, "tracker-unreadable"),
    ("<<<<<<< a\ntitle = 'x'\n=======\ntitle = 'y'\n>>>>>>> b\n", "merge-conflict"), ("title = 'caf\udce9'\n", "encoding-unreadable"),
    ("title = 'x'\n" * 200_000, "entry-too-long"), ("\0", "encoding-unreadable"),
], ids=lambda value: value[:16])  # fmt: skip
def test_a_tracker_toml_that_cannot_be_read(make_book: MakeBook, text: str, rule: str) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    (book.folder / "tracker.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    broken, read = opened(book)
    assert (set(broken), read) == ({rule}, {"p0"})


def test_sixty_thousand_keys_in_tracker_toml(tmp_path: Path) -> None:
    book = Book(tmp_path / "tracker", many("", 0))
    book.write("tracker.toml", "".join(f"key_{i} = 1\n" for i in range(60_000)))
    assert large(book.folder, "check").out.count("[tracker-unreadable]") == 60_000


def test_sixty_thousand_keys_in_one_entry(tmp_path: Path) -> None:
    paragraph = '[[pledge]]\nwho = "fra"\n' + "".join(f"key_{i} = 1\n" for i in range(60_000))
    run = large(Book(tmp_path / "tracker", many(paragraph, 1)).folder, "check")
    assert run.out.count("[field-unknown]") == 60_000


@pytest.mark.parametrize("make", ["folder", "pipe", "loop"])
@pytest.mark.parametrize(
    "name", ["tracker.toml", "actors.toml", "links.csv", "sources/checked.csv"]
)
def test_a_file_of_the_tracker_that_is_none(make_book: MakeBook, name: str, make: str) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    path = book.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    {"folder": os.mkdir, "pipe": os.mkfifo, "loop": lambda path: os.symlink(path.name, path)}[make](
        path
    )
    assert call(book.folder, "check").exit_code == 1
    assert ids(book) == {"p0"}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_tracker_that_cannot_be_written(make_book: MakeBook) -> None:
    book = make_book(PLEDGE)
    book.folder.chmod(0o555)
    try:
        result = call(book.folder, "check")
    finally:
        book.folder.chmod(0o755)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_build_folder_that_is_none(make_book: MakeBook) -> None:
    book = make_book(PLEDGE)
    book.write("build", "x")
    result = call(book.folder, "check")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


# misuse -------------------------------------------------------------------------------------


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


@pytest.fixture(autouse=True)
def _no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
