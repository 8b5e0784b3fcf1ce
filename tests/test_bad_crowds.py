"""Ten thousand mistakes at once, and the marks of git conflicts."""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bad_input import (
    PLEDGE,
    MakeBook,
    entries,
    large,
    many,
    opened,
)
from conftest import SOURCE, Book

# --- ten thousand errors ---


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


# --- git conflicts ---


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
