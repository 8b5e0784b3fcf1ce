"""Whatever stands in a tracker, reading it raises nothing, and one mistake spoils one entry.

Valid books are made at random and read in two ways; then they are damaged at random, and what
was not touched still has to be read. The second way is slow and knows nothing of the first:
tomllib, and a walk over the text of which the places are known because the test wrote it.
"""

# ruff: noqa: E501 - tables of cases, in which a case is a line

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgebook.books import read_book, read_entries, read_settings, rows_of
from pledgebook.books.block import block_of
from pledgebook.books.csv_book import read_rows
from pledgebook.books.settings import Settings
from pledgebook.books.toml_book import read_paragraphs
from pledgebook.cli import main
from pledgebook.entry import Paragraph
from pledgebook.files import File, text_of
from pledgebook.finding import Finding
from pledgebook.judgements import read_judgements
from pledgebook.kinds import KINDS

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

# text that is likely to break something: the marks of TOML, CSV and git, and odd characters
MARKS = st.sampled_from(
    ['"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "=", "#", "\n", "\r\n", "\r", "\\", ",", ";", ".", "$",
     "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "[[pledge]]\n", "[source]\n", "[pledge\n", "id = ", 'id = "a"\n', 'who = "fra"\n',
     "\u2028", "\x85", "\x00", "\ufeff", "\udce9", "\\ud800", "\t", " ", "é", "😀", "2021-12", "300M USD", "9" * 30, "a.b", "-", "~", "/"]
)  # fmt: skip
SOUP = st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=60).map("".join)
RAW = st.one_of(
    SOUP.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=200)
)


# valid books, whose places are known --------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """A paragraph as the test wrote it: its text, and where in it each value begins."""

    text: str
    kind: str
    keys: dict[str, int]  # offset of the value from the beginning of the header's line


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\"'#[]{}=\\"),
    max_size=12,
)
HIDDEN = st.sampled_from(
    ["[[pledge]]", "[source]", "key = 1", "# so", "<<<<<<< a", "", "]", '"', "x = ["]
)


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "") + "'"


@st.composite
def long_strings(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.one_of(HIDDEN, PLAIN), max_size=5))
    if draw(st.booleans()):
        body = "\n".join(line.replace("'", "") for line in lines)
        return f"'''{body}'''"
    body = "\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return f'"""{body}"""'


COMMENTS = st.one_of(
    st.just(""),
    PLAIN.map(lambda text: f" # {text}"),
    st.sampled_from([' # """', " # '", " # [[", " #]", ' # "x']),
)


@st.composite
def arrays(draw: st.DrawFn) -> str:
    """An array, over lines or not; some of its lines look like headers."""
    items = draw(
        st.lists(st.one_of(PLAIN.map(basic), PLAIN.map(literal), long_strings()), max_size=4)
    )
    if draw(st.booleans()):
        return "[" + ", ".join(items) + "]"
    lines = [f"  {item},{draw(COMMENTS)}\n" for item in items]
    nested = draw(
        st.sampled_from(
            ["", '["who"]\n', '[["pledge"]]\n', "[[1], [2]]\n", "# [pledge]\n", "{ a = [1] },\n"]
        )
    )
    return "[" + draw(COMMENTS) + "\n" + "".join(lines) + nested + "]"


VALUES = st.one_of(
    PLAIN.map(basic),
    PLAIN.map(literal),
    long_strings(),
    arrays(),
    st.sampled_from(["1", "-2.5", "true", "2021-12-17", "12:30:00", "1979-05-27T07:32:00Z", "{ a = 1, b = ['x'] }", "nan", "0x1F"]),
)  # fmt: skip
NAMES = ["id", "who", "whom", "what", "quote", "note", "a-b", "1", "amount"]


@st.composite
def paragraphs(draw: st.DrawFn) -> Written:
    kind = draw(st.sampled_from(["pledge", "ask", "source", "total", "foo", "a-b"]))
    space = draw(st.sampled_from(["", " ", "\t"]))
    name = draw(st.sampled_from([kind, kind, f'"{kind}"', f"'{kind}'"]))
    text = f"{draw(st.sampled_from(['', '', '  ']))}[[{space}{name}{space}]]{draw(COMMENTS)}\n"
    keys: dict[str, int] = {}
    for key in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=6)):
        text += draw(st.sampled_from(["", "", "\n", "# [[pledge]]\n", '# """\n', "  \n"]))
        quoted = draw(st.sampled_from([key, key, f'"{key}"', f"'{key}'"]))
        around = draw(st.sampled_from(["", " ", "  "]))
        text += f"{draw(st.sampled_from(['', ' ']))}{quoted}{around}={around}"
        keys[key] = len(text)
        text += draw(VALUES) + draw(COMMENTS) + "\n"
    return Written(text + draw(st.sampled_from(["", "\n", "# so\n\n"])), kind, keys)


BOOKS = st.lists(paragraphs(), max_size=8)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, counted one by one."""
    line = column = 1
    for character in text[:offset]:
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
    return line, column


def shown(value: object) -> str:
    """A value so that it can be compared: not-a-number is itself, and zones are named alike."""
    return repr(value).replace("datetime.timezone.utc", "UTC").replace("TzInfo(UTC)", "UTC")


@QUICK
@given(BOOKS, st.booleans())
def test_a_valid_book_is_read_as_tomllib_reads_it(book: list[Written], crlf: bool) -> None:
    text = "# a book\n\n" + "".join(one.text for one in book)
    text = text.replace("\n", "\r\n") if crlf else text
    paragraphs, findings = read_paragraphs("books/a.toml", text)
    assert findings == []
    assert [one.kind for one in paragraphs] == [one.kind for one in book]
    turn: dict[str, Iterator[dict[str, object]]] = {
        kind: iter(bodies) for kind, bodies in tomllib.loads(text).items()
    }
    start = text.index("\n\r\n" if crlf else "\n\n") + (3 if crlf else 2)
    for written, read in zip(book, paragraphs, strict=True):
        assert shown(read.values) == shown(next(turn[written.kind]))
        own = written.text.replace("\n", "\r\n") if crlf else written.text
        assert read.line == place(text, start)[0]
        for key, offset in written.keys.items():
            before = written.text[:offset]
            at = start + (len(before.replace("\n", "\r\n")) if crlf else offset)
            spot = read.spot(key)
            assert (spot.line, spot.column) == place(text, at), key
        header = read.spot()
        assert header.text[header.column - 1] == "["
        start += len(own)


@QUICK
@given(BOOKS, st.data())
def test_what_was_not_touched_is_still_read(book: list[Written], data: st.DataObject) -> None:
    """One paragraph is damaged; every other is read as before."""
    # a value that is open swallows what follows as far as TOML allows: hide nothing in the others
    book = [one for one in book if '"""' not in one.text and "'''" not in one.text]
    if not book:
        return
    number = data.draw(st.integers(0, len(book) - 1))
    victim = book[number].text
    at = data.draw(st.integers(0, len(victim)))
    cut = data.draw(st.integers(0, 6))
    damage = data.draw(
        st.sampled_from(
            [
                '"',
                "'",
                "[",
                "{",
                "]",
                "=",
                "\\",
                "\x00",
                "x",
                "\udce9",
                "<<<<<<< a\n",
                "\n=======\n",
                "",
            ]
        )
    )
    texts = [one.text for one in book]
    texts[number] = victim[:at] + damage + victim[at + cut :] + "\n"
    # a header that is no longer one leaves its line to the paragraph above
    touched = {number, number - 1} if at <= victim.index("\n") else {number}
    sole = {i: _alone(text) for i, text in enumerate(texts) if i not in touched}
    read, findings = read_paragraphs("books/a.toml", "".join(texts))
    found = [(one.kind, shown(one.values)) for one in read]
    for i, (kind, values) in sole.items():
        assert (kind, values) in found, (i, texts[number])
    assert findings or len(read) >= len(book) - len(touched)


def _alone(text: str) -> tuple[str, str]:
    (paragraph,), findings = read_paragraphs("books/a.toml", text)
    assert findings == []
    return paragraph.kind, shown(paragraph.values)


# text that is no book -----------------------------------------------------------------------


def check_reads(paragraphs: list[Paragraph], findings: list[Finding]) -> None:
    """Read the values too, look up every place, and print every finding."""
    block = block_of(paragraphs, findings)
    entries = read_entries(
        rows_of({paragraph.file: block for paragraph in paragraphs[:1]}), Settings()
    )
    for paragraph in paragraphs:
        for key in [None, *paragraph.values, "absent"]:
            assert paragraph.spot(key).line >= 0
            if key:
                paragraph.key_spot(key)
    for finding in [*findings, *entries.findings]:
        text = finding.as_text()
        text.encode("utf-8")  # no half of a character
        assert "\x1b" not in text.split("\n")[0]
        finding.as_dict()


@QUICK
@given(SOUP)
def test_any_text_is_read_as_a_book(text: str) -> None:
    check_reads(*read_paragraphs("books/a.toml", text))


@QUICK
@given(st.one_of(SOUP, SOUP.map(lambda text: "kind,id,who\n" + text)))
def test_any_text_is_read_as_a_table(text: str) -> None:
    check_reads(*read_rows("books/a.csv", text))


@QUICK
@given(RAW, st.sampled_from(["books/a.toml", "books/a.csv", "books/pledge.csv"]))
def test_any_bytes_are_read(raw: bytes, name: str) -> None:
    check_reads(*read_book(File(name, raw, "")))


@QUICK
@given(RAW)
def test_any_bytes_are_read_as_tracker_toml(raw: bytes) -> None:
    text = text_of(File("tracker.toml", raw, ""))
    if isinstance(text, str):
        for finding in read_settings(text)[1]:
            finding.as_text().encode("utf-8")


@QUICK
@given(st.one_of(SOUP, SOUP.map(lambda text: "entry,judgement,other,day\na,same,b,2021\n" + text)))
def test_any_text_is_read_as_links(text: str) -> None:
    judgements, findings = read_judgements(text, {"a": None, "b": None}, {"a", "b", "c"})
    assert len({(one.entry, one.judgement, one.other) for one in judgements}) == len(judgements)
    for finding in findings:
        finding.as_text().encode("utf-8")


# a quotation mark that opens a row may end in the row below, and be a cell: that is no mistake
# which reading could see, so the sound rows hold none
CELLS = st.text(st.characters(codec="utf-8", exclude_characters='\r\n\x00",'), max_size=10)
BROKEN_ROWS = ['"', 'a,"b', 'a,"b"c', "a,b,c,d", "<<<<<<< x", "a\rb", "caf\udce9"]


@QUICK
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), st.data())
def test_a_row_that_was_not_touched_is_still_read(
    rows: list[list[str]], data: st.DataObject
) -> None:
    sound = [",".join(row) for row in rows]
    at = data.draw(st.integers(0, len(rows)))
    damaged = [*sound[:at], data.draw(st.sampled_from(BROKEN_ROWS)), *sound[at:]]
    expected, _ = read_rows("books/pledge.csv", "\n".join(["id,who,whom", *sound]))
    read, findings = read_rows("books/pledge.csv", "\n".join(["id,who,whom", *damaged]))
    assert [one.values for one in read] == [one.values for one in expected]
    assert [one.spot.line for one in findings] == [at + 2]


# whole trackers -----------------------------------------------------------------------------

GOOD = {
    "tracker.toml": 'title = "A test"\nbase = "USD"\n[calendars]\nhti = { starts = "10-01", named = "end" }\n',
    "actors.toml": '[[actor]]\nid = "hnp"\nname = "Police"\nparent = "hti"\n',
    "activities.toml": '[[activity]]\nid = "fund"\nname = "A fund"\nceiling = "10 police"\n',
    "books/a.toml": '[source]\nid = "s"\ndate = 2021-12-17\ncountry = "usa"\nrights = "quote_only"\nfile = "sources/s.txt"\n'
    '[[ask]]\nid = "a"\nwho = "usa"\nwhom = ["fra", "can"]\nquote = "help us"\n'
    '[[condition]]\nid = "c"\ntype = "mandate"\nabout = "fund"\nquote = "a mandate"\n'
    '[[pledge]]\nid = "p"\nwho = "fra"\nwhom = "hnp"\nvia = "fund"\namount = "$3M"\nstrength = "promised"\n'
    'condition = ["c"]\ntoward = "a"\nquote = "three million"\n'
    '[[total]]\nid = "t"\nwho = "usa"\nwhom = "hnp"\nstage = "spent"\namount = "300M USD"\nperiod = "2011-12/2021-12"\n'
    'covers = ["fund"]\nreadings = ["FY2011/FY2020"]\nquote = "300 million"\n',
    "books/b.commitment.csv": "id,source,who,whom,via,amount,fiscal_year,cell\nx1,s,usa,hnp,fund,5M USD,FY2012,B2\nx2,s,usa,hnp,fund,6M USD,FY2013,B3\n",
    "links.csv": "entry,judgement,other,judge,day,reason\nx1,different,x2,me,2022-01-01,two years\n",
    "sources/s.txt": "They said: help us. They want a mandate, and three million of 300 million. " + "So it goes on. " * 40,
}  # fmt: skip
"""A small tracker that reads; made up."""


@SLOW
@given(st.data())
def test_check_ends_with_a_code_whatever_the_tracker(data: st.DataObject) -> None:
    files = {name: text.encode() for name, text in GOOD.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(files)))
        raw = files[name]
        at = data.draw(st.integers(0, len(raw)))
        cut = data.draw(st.integers(0, 30))
        files[name] = raw[:at] + data.draw(RAW) + raw[at + cut :]
    with TemporaryDirectory() as folder:
        for name, raw in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(raw)
        for arguments in (["check"], ["check", "--format", "json"]):
            result = CliRunner().invoke(main, ["-t", folder, *arguments])
            assert result.exit_code in (0, 1, 2), files
            assert result.exception is None or isinstance(result.exception, SystemExit), files


def test_the_tracker_that_is_damaged_reads(tmp_path: Path) -> None:
    for name, text in GOOD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["-t", str(tmp_path), "check"])
    assert result.exit_code == 0, result.output
    assert set(KINDS) > {"ask", "condition", "pledge", "total"}
