"""Whatever stands in a book, tidying changes nothing that it says, and loses nothing."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generate
from pledgebook.books import read_book, read_entries, rows_of
from pledgebook.books.block import block_of
from pledgebook.books.settings import Settings
from pledgebook.books.tidy import Tidied, tidy_book, tidy_books
from pledgebook.files import File
from pledgebook.kinds import KINDS
from pledgebook.ledger import open_database
from pledgebook.out.answers import as_json
from pledgebook.questions import QUESTIONS
from pledgebook.tracker import open_tracker

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = st.sampled_from(
    ["fra", "a b", "#", "[[ask]]", "x = 1", "=", "], [", "é", "\t", "\u2028", ""]
)
TEXT = st.one_of(
    WORDS.map(lambda word: f'"{word}"'),
    WORDS.map(lambda word: f"'{word}'"),
    st.lists(WORDS, max_size=3).map(lambda lines: '"""' + "\n".join(lines) + '"""'),
    st.lists(WORDS, max_size=3).map(lambda lines: "'''\n" + "\n".join(lines) + "'''"),
)
SPACE = st.sampled_from(["", "", " ", "  ", "\t", "      "])
COMMENT = st.one_of(
    st.just(""),
    st.tuples(SPACE, st.sampled_from(["# so", "#", '# """', "# [[", "# ]", "#, 'x"])).map("".join),
)
PLAIN = st.sampled_from(["2021-12-17", "1", "-2.50", "+1_0", "true", "nan", "0x1F", "12:30:00"])


@st.composite
def lists(draw: st.DrawFn) -> str:
    items = draw(st.lists(st.one_of(TEXT, PLAIN, st.just("[1,2]"), st.just("{a=[1]}")), max_size=4))
    breaks = st.sampled_from(["", " ", "\n", "\n  # so\n", " # x ]\n", "\n\n"])
    out = "["
    for number, item in enumerate(items):
        out += draw(breaks) + item + draw(breaks)
        out += "," if number < len(items) - 1 or draw(st.booleans()) else ""
    return out + draw(breaks) + "]"


VALUE = st.one_of(TEXT, PLAIN, lists(), st.just("{ a = 1,  b = ['x'] }"))
KEY = st.sampled_from(
    [
        "id",
        "who",
        "whom",
        "date",
        "quote",
        "note",
        "amount",
        "'what'",
        '"via"',
        "a.b",
        "a.'c'",
        "x-1",
    ]
)
BETWEEN = st.lists(st.sampled_from(["\n", "  \n", "# so\n", "  # and so\n", "#\n"]), max_size=4)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["ask", "pledge", "total", "actor", "foo", '"ask"', " ask "]))
    header = "[source]" if draw(st.integers(0, 5)) == 0 else f"[[{kind}]]"
    text = draw(SPACE) + header + draw(COMMENT) + "\n"
    for key in draw(st.lists(KEY, unique_by=lambda key: key.strip("\"'"), max_size=6)):
        text += "".join(draw(BETWEEN)) + draw(SPACE) + key + draw(SPACE) + "=" + draw(SPACE)
        text += draw(VALUE) + draw(COMMENT) + draw(st.sampled_from(["\n", "\n", " \n"]))
    return text


BROKEN = st.sampled_from(
    [
        '[[ask]]\nwho="x\n',
        "[[ask\nid='a'\n",
        "who=\n",
        "<<<<<<< a\n[[ask]]\nid='a'\n=======\n[[ask]]\n>>>>>>> b\n",
        "[[ask]]\nid='a'\nid='b'\n",
        '[[ask]]\nnote = """\n',
        "[[ask]]\nwhom = [\n",
        "=======\n",
        "[ask.who]\nx=1\n",
        "# a comment that holds a \x00\n",
        "\r",
    ]
)


@st.composite
def books(draw: st.DrawFn) -> str:
    part = st.one_of(paragraphs(), paragraphs(), paragraphs(), BROKEN, BETWEEN.map("".join))
    text = "".join(draw(st.lists(part, max_size=6)))
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return text.replace("\n", "\r\n") if draw(st.integers(0, 3)) == 0 else text


def said(raw: bytes, name: str = "books/a.toml") -> tuple[object, ...]:
    """What a book says: its paragraphs, its entries with their ids, its findings without places."""
    read, findings = read_book(File(name, raw, ""))
    entries = read_entries(rows_of({name: block_of(read, findings)}), Settings())
    return (
        [(one.kind, one.above, repr(sorted(one.values.items()))) for one in read],
        {kind: rows.drop_columns(["line"]).to_pylist() for kind, rows in entries.tables.items()},
        Counter((one.rule, one.flaw.message, one.entry) for one in [*findings, *entries.findings]),
    )


def tidy(raw: bytes, name: str = "books/a.toml") -> tuple[Tidied, bytes]:
    found, after = tidy_book(File(name, raw, ""))
    assert found.is_changed == (raw != after)
    return found, after


def marks(raw: bytes) -> Counter[str]:
    """The words and marks of a text: what tidying may move but never lose."""
    text = raw.decode("utf-8", "surrogateescape")
    return Counter(text) - Counter(" \t\r\n," * len(text))


@QUICK
@given(books(), st.booleans())
def test_a_tidy_book_says_the_same(text: str, has_mark: bool):
    raw = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
    found, after = tidy(raw)
    # a broken book may come to say something else when it is aligned: then it is left
    assert found.left == "" or (found.findings and after == raw)
    assert said(after) == said(raw)
    assert tidy(after)[1] == after
    assert marks(after) == marks(raw)
    assert after.startswith(b"\xef\xbb\xbf") == has_mark


@QUICK
@given(st.lists(paragraphs(), max_size=5))
def test_every_comment_stays_with_its_line(parts: list[str]):
    """A comment of its own for every line, so that it can be followed."""
    lines = [
        f'[[pledge]]  # h{number}\n# above {number}\nquote = "q{number}" # behind {number}\n'
        f'# of the id {number}\nid = "i{number}"\n'
        for number in range(len(parts))
    ]
    text = "\n".join(line + part for line, part in zip(lines, parts, strict=True))
    after = tidy(text.encode())[1].decode()
    for number in range(len(parts)):
        assert f'# of the id {number}\nid    = "i{number}"\n# above {number}\n' in after
        assert f'quote = "q{number}" # behind {number}\n' in after


@QUICK
@given(st.one_of(st.binary(max_size=200), books().map(lambda text: text.encode() + b"\xe9")))
def test_any_bytes_are_tidied_or_left(raw: bytes):
    found, after = tidy(raw)
    try:
        raw.decode()
    except UnicodeDecodeError:
        assert after == raw
        assert found.left
    assert said(after) == said(raw)
    assert tidy(after)[1] == after


CELL = st.text(st.sampled_from("ab ,;\"'\n\r\té#="), max_size=6)


@QUICK
@given(
    st.lists(st.sampled_from(["kind", *KINDS["pledge"].field_names, "", "colour"]), max_size=6),
    st.lists(st.lists(CELL, max_size=7), max_size=5),
    st.booleans(),
)
def test_a_tidy_table_says_the_same(header: list[str], rows: list[list[str]], crlf: bool):
    def written(cells: list[str]) -> str:
        return ",".join(
            '"' + cell.replace('"', '""') + '"' if set('",\n\r') & set(cell) else cell
            for cell in cells
        )

    text = "".join(written(row) + "\n" for row in [header, *rows])
    raw = (text.replace("\n", "\r\n") if crlf else text).encode()
    found, after = tidy(raw, "books/pledge.csv")
    assert said(after, "books/pledge.csv") == said(raw, "books/pledge.csv")
    assert tidy(after, "books/pledge.csv")[1] == after
    if found.findings:
        assert after == raw


@pytest.mark.slow
def test_a_tidy_tracker_answers_the_same(tmp_path: Path):
    """A random tracker, in TOML and CSV, with its paragraphs turned upside down."""
    worlds = generate.named_apart(generate.crowd(11, 3, 20, "", "funds"))
    texts = generate.files(worlds, Random(11))

    def turned(text: str) -> str:
        parts = re.split(r"^(?=\[)", text, flags=re.M)
        lines = [part.splitlines() for part in parts]
        return "".join("\n".join([*one[:1], *one[:0:-1]]) + "\n" for one in lines if one)

    untidy = {
        name: turned(text) if name.startswith("books/") and name.endswith(".toml") else text
        for name, text in texts.items()
    }
    root = generate.write(tmp_path, untidy)
    before = answers(root)
    assert any(one.is_changed for one in tidy_books(root))
    assert not any(one.is_changed for one in tidy_books(root))
    assert answers(root) == before


def answers(root: Path) -> dict[str, str]:
    with open_database(open_tracker(root).database) as database:
        moment = database.at(day=date(2030, 1, 1))
        return {name: as_json(one.ask(moment)) for name, one in QUESTIONS.items()}


@pytest.mark.slow
def test_a_large_book_does_not_take_minutes():
    entry = (
        '[[pledge]]\nwho="fra"\nwhom = ["hti","hnp"]\nquote = "ten"  # so\n'
        '# as printed\namount= "3M USD"\n'
    )
    start = time.process_time()
    assert tidy((entry * 20_000).encode())[0].is_changed
    assert time.process_time() - start < 20
