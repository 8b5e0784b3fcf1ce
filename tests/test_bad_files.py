"""Files that are no books, lines without end, folders that hold what they should not."""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bad_input import (
    DIGITS,
    PLEDGE,
    MakeBook,
    call,
    ids,
    large,
    many,
    opened,
    rules,
)
from conftest import SOURCE, Book
from pledgebook.books import read_settings
from pledgebook.books.toml_book import read_paragraphs
from pledgebook.files import File, text_of
from pledgebook.finding import Finding

# --- what is no book at all ---


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


# --- long lines ---

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


# --- the folder ---


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
def test_a_tracker_toml_that_cannot_be_read(text: str, rule: str) -> None:
    raw = text.encode("utf-8", "surrogateescape")
    decoded = text_of(File("tracker.toml", raw, ""))
    findings = [decoded] if isinstance(decoded, Finding) else read_settings(decoded)[1]
    assert {one.rule for one in findings} == {rule}
    assert all(len(one.as_text()) < 1_000 for one in findings)


def test_a_tracker_whose_settings_cannot_be_read_is_answered(make_book: MakeBook) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    book.write("tracker.toml", 'base = "EUR\n')
    assert opened(book) == ({"tracker-unreadable": 1}, {"p0"})
    assert call(book.folder, "board").exit_code == 1


def test_sixty_thousand_keys_in_tracker_toml(tmp_path: Path) -> None:
    book = Book(tmp_path / "tracker", many("", 0))
    book.write("tracker.toml", "".join(f"key_{i} = 1\n" for i in range(60_000)))
    assert large(book.folder, "check").out.count("[tracker-unreadable]") == 60_000


def test_sixty_thousand_keys_in_one_entry(tmp_path: Path) -> None:
    paragraph = '[[pledge]]\nwho = "fra"\n' + "".join(f"key_{i} = 1\n" for i in range(60_000))
    run = large(Book(tmp_path / "tracker", many(paragraph, 1)).folder, "check")
    assert run.out.count("[field-unknown]") == 60_000


MAKERS: dict[str, Callable[[Path], object]] = {
    "folder": os.mkdir,
    "pipe": os.mkfifo,
    "loop": lambda path: os.symlink(path.name, path),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_files_of_the_tracker_that_are_none(
    make_book: MakeBook, make: Callable[[Path], object]
) -> None:
    book = make_book(PLEDGE.replace("%", "0"))
    names = ["actors.toml", "links.csv", "sources/checked.csv", "tracker.toml"]
    for name in names:
        path = book.folder / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)
    tracker = book.open()
    assert [one.spot.file for one in tracker.findings if one.rule != "quote-unchecked"] == names
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
