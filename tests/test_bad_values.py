"""Values, keys and headers that no entry should have."""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import shutil
import time

import pytest

from bad_input import (
    DIGITS,
    PLEDGE,
    MakeBook,
    call,
    entries,
    ids,
    opened,
    rules,
)
from conftest import SOURCE
from pledgebook.kinds import KINDS

# --- values ---


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


# --- the shape of a book ---


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
