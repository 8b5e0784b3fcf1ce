"""The JSON Schema for editors: all that `check` accepts is valid, and what is not is a finding."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from random import Random

import pytest
import rtoml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import generate
from conftest import Book
from pledgebook.books import read_book, read_entries, read_settings, rows_of
from pledgebook.books.block import block_of
from pledgebook.books.cells import Readers
from pledgebook.books.names import Names
from pledgebook.books.settings import KEYS, Settings
from pledgebook.cli import main
from pledgebook.files import list_files, read_file
from pledgebook.finding import Flaw
from pledgebook.json_schema import book_schema, schemas, tracker_schema
from pledgebook.kinds import KINDS, Field
from pledgebook.starter import new_tracker

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "haiti"
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
TAPLO = shutil.which("taplo", path=str(Path(sys.executable).parent)) or shutil.which("taplo")


@cache
def validator(name: str = "book") -> Draft7Validator:
    return Draft7Validator(json.loads(schemas()[name]))


def as_json(value: object) -> object:
    """A document as editors see it: what TOML reads as a day is text."""
    match value:
        case dict():
            return {key: as_json(inner) for key, inner in value.items()}
        case list():
            return [as_json(inner) for inner in value]
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return value


def wrong(book: str) -> list[tuple[str, str]]:
    """Where a book is not valid, and by which keyword of the schema."""
    found = validator().iter_errors(as_json(tomllib.loads(book)))
    return [("/".join(map(str, one.absolute_path)), str(one.validator)) for one in found]


# what is valid ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["book", "tracker"])
def test_a_schema_is_a_schema(name: str):
    Draft7Validator.check_schema(json.loads(schemas()[name]))


def test_every_kind_and_field_is_in_it_with_its_help():
    schema = book_schema()
    for kind in KINDS.values():
        shape = schema["definitions"][kind.name]  # type: ignore[index]
        assert shape["description"] == kind.help
        assert list(shape["properties"]) == list(kind.written)
        for field in kind.fields:
            assert shape["properties"][field.name]["description"].startswith(field.help)
    assert list(tracker_schema()["properties"]) == list(KEYS)  # type: ignore[call-overload]


EXAMPLES = [
    *sorted(EXAMPLE.rglob("*.toml")),
    *sorted((ROOT / "src" / "pledgebook" / "data" / "starter").rglob("*.toml")),
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_the_example_and_a_new_tracker_are_valid(path: Path):
    name = "tracker" if path.name == "tracker.toml" else "book"
    found = validator(name).iter_errors(as_json(tomllib.loads(path.read_text("utf-8"))))
    assert [one.message for one in found] == []


FINDINGS = sorted(path for path in (ROOT / "tests" / "findings").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FINDINGS, ids=lambda path: path.name)
def test_an_entry_that_check_accepts_is_valid(folder: Path):
    """The trackers in which something is wrong: every entry that does not stay out."""
    names = [book.name for book in list_files(folder).books if book.name.endswith(".toml")]
    blocks = {name: block_of(*read_book(read_file(folder, name))) for name in names}
    for kind, cells in read_entries(rows_of(blocks), Settings()).cells.items():
        for i, one in enumerate(cells.paragraphs):
            if i not in cells.out:
                assert list(validator().iter_errors({kind: as_json(one.values)})) == [], one


@pytest.mark.parametrize("seed", range(5))
def test_a_random_tracker_is_valid(seed: int):
    worlds = generate.crowd(seed, 8, 30, "", "funds", "levels", "twins")
    for name, text in generate.files(generate.named_apart(worlds), Random(seed)).items():
        if name.endswith(".toml"):
            found = validator("tracker" if name == "tracker.toml" else "book").iter_errors(
                as_json(tomllib.loads(text))
            )
            assert [one.message for one in found] == []


# the readers of values ----------------------------------------------------------------------

READERS = Readers(Names([]), Settings(), lambda _: "usa")

SPACES = st.sampled_from(["", "", "", " ", "\n", "\t", "\u00a0"])
WORDS = """
    2021 -12 -17 202X XX - / .. ? ~ % FY FY2021 21 2020-21 \u2013 300 1,234 1.5 M bn USD $ US$ C$ ~
    \u20ac \u2265 police \u00e9t\u00e9 fra USA France a a-b sources/ x.txt + 0 7 ' implied promised
    = < > '000 A B level \u2019 \u2212 euros m
"""
PHRASES = ["fy ", " million ", "up to ", "> ", "about ", " vehicles", "de ", "C$ ", " ", "  ", "\n"]
PARTS = st.sampled_from([*WORDS.split(), *PHRASES])
TEXTS = st.one_of(
    st.lists(PARTS, max_size=5).map("".join), st.text(max_size=6), st.dates().map(date.isoformat)
)
RAWS = st.one_of(
    st.tuples(SPACES, TEXTS, SPACES).map("".join),
    st.integers(-3, 3000),
    st.dates(),
    st.sampled_from([2.0, 2.5, True, 2**31 - 1, -(2**31), 10**12]),
)
FIELDS = [(kind.name, field) for kind in KINDS.values() for field in kind.fields]
SORTS = {(field.type, field.many, field.words): (kind, field) for kind, field in FIELDS}


def reads(field: Field, kind: str, raw: object) -> bool:
    """Whether the reader of a field takes a value as it is written."""
    memo = READERS.memo(KINDS[kind], field)
    given: object = tuple(raw) if isinstance(raw, list) else raw
    if field.type == "money" and isinstance(given, str) and "$" in given:
        given = (given, "USD")
    elif field.type in ("fiscal_year", "reading"):
        given = (given, READERS.calendar_of("usa"))
    try:
        return not isinstance(memo[given], Flaw)
    except TypeError:
        return not isinstance(memo.__missing__(given), Flaw)


@pytest.mark.parametrize("kind, field", SORTS.values(), ids=lambda one: getattr(one, "name", one))
@QUICK
@given(st.data())
def test_what_a_reader_takes_is_valid(kind: str, field: Field, data: st.DataObject):
    sort = st.sampled_from(field.words) if field.words else RAWS
    raws = st.one_of(RAWS, sort, st.tuples(SPACES, sort.map(str), SPACES).map("".join))
    if field.many:
        raws = st.one_of(raws, st.lists(raws, min_size=int(field.needed), max_size=3))
    shape = Draft7Validator(validator().schema["definitions"][kind]["properties"][field.name])
    for raw in data.draw(st.lists(raws, min_size=5, max_size=10)):
        if reads(field, kind, raw):
            assert list(shape.iter_errors(as_json(raw))) == []


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["T", " ", "", 1]),
        "base": st.sampled_from(["USD", "usd", "EUR", "XXX", 1]),
        "languages": st.one_of(
            st.lists(st.sampled_from(["en", "fr", 1]), max_size=2), st.just("en")
        ),
        "calendars": st.dictionaries(
            st.sampled_from(["usa", "x y"]),
            st.fixed_dictionaries(
                {},
                optional={
                    "starts": st.sampled_from(["10-01", "01-01", "1-1", "13-01", 1]),
                    "named": st.sampled_from(["end", "both", "middle", 1]),
                    "more": st.just(1),
                },
            ),
            max_size=2,
        ),
        "rates": st.fixed_dictionaries(
            {}, optional={"source": st.sampled_from(["a", ["a"], [1], 1]), "more": st.just(1)}
        ),
        "site_url": st.just("a"),
        "more": st.just(1),
    },
)


@QUICK
@given(SETTINGS)
def test_settings_that_are_read_are_valid(raw: dict[str, object]):
    _, findings = read_settings(rtoml.dumps(raw))
    if not findings:
        assert list(validator("tracker").iter_errors(raw)) == []


# what is not --------------------------------------------------------------------------------


def test_an_unknown_kind_is_not_valid():
    assert wrong('[[plegde]]\nwho = "fra"\n') == [("", "additionalProperties")]


def test_an_unknown_field_is_not_valid():
    book = '[[pledge]]\nwho = "fra"\nammount = "3M USD"\n'
    assert wrong(book) == [("pledge/0", "additionalProperties")]


def test_a_missing_field_is_not_valid():
    assert wrong('[[status]]\nstate = "met"\n') == [("status/0", "required")]
    assert wrong('[status]\nabout = []\nstate = "met"\n') == [("status/about", "minItems")]


@pytest.mark.parametrize(
    "line, keyword",
    [
        ('strength = "promisd"', "pattern"),
        ('amount = "3 million"', None),  # whether it is a currency only `check` knows
        ('amount = "3000000"', "pattern"),
        ("amount = 3000000", "type"),
        ('quantity = "ten police"', "pattern"),
        ('due = "December 2021"', "pattern"),
        ("due = 2021", "type"),
        ('fiscal_year = "the past decade"', "pattern"),
        ('id = "two words"', "pattern"),
        ('whom = ["hti", 2]', "type"),
        ('what = ""', "pattern"),
        ("sensitivity = 1.5", "type"),
    ],
)
def test_a_value_of_another_shape_is_not_valid_at_its_place(line: str, keyword: str | None):
    found = wrong(f'[[pledge]]\nwho = "fra"\n{line}\n')
    assert [by for _, by in found] == ([keyword] if keyword else [])
    if found:
        key = line.split(" ")[0]
        assert found[0][0].startswith(f"pledge/0/{key}")


def test_what_is_not_valid_here_is_a_finding(make_book):
    """Each entry that the schema refuses has an error in `check` as well."""
    lines = {
        'strength = "promisd"': "value-unknown",
        'amount = "3000000"': "amount-unreadable",
        'quantity = "ten police"': "quantity-unreadable",
        'due = "December 2021"': "date-unreadable",
        'ammount = "3M USD"': "field-unknown",
        'whom = ["hti", 2]': "value-unreadable",
    }
    text = "".join(f'[[pledge]]\nwho = "fra"\nquote = "x"\n{line}\n\n' for line in lines)
    book: Book = make_book(text)
    assert [rule for rule in book.rules if rule != "quote-unchecked"] == list(lines.values())


# the verb and the real tool -----------------------------------------------------------------


def test_the_verb_prints_a_schema():
    for name in ("book", "tracker"):
        assert CliRunner().invoke(main, ["schema", name]).output == schemas()[name]
    assert CliRunner().invoke(main, ["schema"]).output == schemas()["book"]


def test_the_verb_renews_those_of_a_tracker(tmp_path: Path):
    folder = tmp_path / "mine"
    new_tracker(folder)
    old = folder / ".pledgebook" / "book.schema.json"
    assert old.read_text() == schemas()["book"]
    old.write_text("{}")
    result = CliRunner().invoke(main, ["-t", str(folder), "schema", "--write"])
    assert result.output == (
        "wrote .pledgebook/book.schema.json\nwrote .pledgebook/tracker.schema.json\n"
    )
    assert old.read_text() == schemas()["book"]


def lint(folder: Path, *files: str) -> tuple[int, str]:
    assert TAPLO
    ran = subprocess.run(
        [TAPLO, "lint", "--no-auto-config", *files],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.returncode, ran.stderr


@pytest.mark.skipif(not TAPLO, reason="taplo is not installed")
def test_taplo_finds_the_schema_of_a_new_tracker(tmp_path: Path):
    folder = tmp_path / "mine"
    new_tracker(folder)
    files = ["tracker.toml", "actors.toml", "activities.toml", "books/2024.toml"]
    code, said = lint(folder, *files)
    assert code == 0, said
    book = folder / "books" / "2024.toml"
    book.write_text(book.read_text().replace('"4 boats"', '"four boats"'))
    code, said = lint(folder, *files)
    assert code == 1
    assert said.count("error: ") == 1
    assert '"four boats" does not match' in said
    assert "books/2024.toml:46:13" in said


@pytest.mark.skipif(not TAPLO, reason="taplo is not installed")
def test_taplo_takes_the_example(tmp_path: Path):
    (tmp_path / "book.schema.json").write_text(schemas()["book"])
    schema = (tmp_path / "book.schema.json").as_uri()
    books = sorted(str(path) for path in (EXAMPLE / "books").glob("*.toml"))
    code, said = lint(tmp_path, "--schema", schema, *books)
    assert code == 0, said
