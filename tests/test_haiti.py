"""The example tracker: what examples/haiti answers. Tests that need the article skip without it."""

import csv
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT, SHARED, Book
from pledgebook.ledger import open_database
from pledgebook.sources import (
    QUOTE_WORDS,
    SOURCE_SHARE,
    count_words,
    find_quote,
    prepare,
    quoted_words,
    read_document,
)

EXAMPLE = PROJECT / "examples" / "haiti"
ARTICLE = SHARED / "seed" / "article.txt"
GREENBOOK = SHARED / "data" / "us_greenbook" / "haiti_extract.csv"
TEXT = "sources/2021-12-17-herald.txt"


class Copy(Book):
    """A copy of the example; what is private or compiled is left behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "*.txt"))

    def sql(self, query: str) -> list[dict[str, object]]:
        with open_database(self.open().database) as database:
            return database.at().ask(query).to_pylist()

    def run(self, *arguments: str) -> str:
        """What the real command line prints."""
        command = [Path(sys.executable).with_name("pledgebook"), "-t", self.folder, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout


@pytest.fixture(scope="module")
def haiti(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("example") / "haiti")


@pytest.fixture(scope="module")
def with_article(tmp_path_factory):
    if not ARTICLE.is_file():
        pytest.skip("the article is not here")
    copy = Copy(tmp_path_factory.mktemp("article") / "haiti")
    shutil.copyfile(ARTICLE, copy.folder / TEXT)
    return copy


# --- check ---------------------------------------------------------------------------------------


def test_check_finds_no_error(haiti):
    assert "1 warning, 1 note" in haiti.run("check")
    assert haiti.rules == ["total-short", "quote-unchecked"]


def test_without_the_article_the_list_of_checked_quotes_vouches(haiti):
    assert not (haiti.folder / TEXT).exists()
    (note,) = [finding for finding in haiti.findings if finding.rule == "quote-unchecked"]
    # the other newspaper's quote: its text was never here
    assert note.level == "note"
    assert note.flaw.message.startswith("1 quote ")


def test_the_list_names_every_quote_of_the_article(haiti):
    with open(EXAMPLE / "sources" / "checked.csv", encoding="utf-8", newline="") as file:
        checked = {row["entry"] for row in csv.DictReader(file)}
    quoted = haiti.sql(
        "select id from entries where source = 'herald-2021-12' and quote is not null"
    )
    assert checked == {row["id"] for row in quoted}


def test_every_quote_is_in_the_article(with_article):
    assert with_article.rules == ["total-short", "quote-unchecked"]
    document = read_document(with_article.folder, TEXT)
    prepared = prepare(document)
    rows = with_article.sql("select quote from entries where source = 'herald-2021-12'")
    spans = [find_quote(prepared, row["quote"]) for row in rows]
    total = count_words(document.text)
    assert quoted_words(spans, document) * 100 < total * SOURCE_SHARE


def test_the_list_of_checked_quotes_is_as_committed(with_article):
    with_article.open()
    written = (with_article.folder / "sources" / "checked.csv").read_bytes()
    assert written == (EXAMPLE / "sources" / "checked.csv").read_bytes()


def test_no_text_of_an_article_is_in_the_project():
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "examples"],
        cwd=PROJECT, capture_output=True, text=True,
    )  # fmt: skip
    if tracked.returncode:
        pytest.skip("not a clone")
    sources = [name for name in tracked.stdout.split() if "/sources/" in name]
    assert sources == ["examples/haiti/sources/checked.csv"]


def test_no_quote_is_longer_than_25_words(haiti):
    quotes = [
        row["quote"] for row in haiti.sql("select quote from entries where quote is not null")
    ]
    assert QUOTE_WORDS == 25
    assert len(quotes) > 30
    assert [quote for quote in quotes if count_words(quote) > QUOTE_WORDS] == []


def test_no_person_is_named_without_an_office(haiti):
    assert haiti.sql("select id from actor where type = 'person' and office is null") == []


def test_the_yearly_rows_are_those_of_the_greenbook(haiti):
    if not GREENBOOK.is_file():
        pytest.skip("the data are not here")
    with open(GREENBOOK, encoding="utf-8", newline="") as file:
        published = {
            f"FY{int(float(row['Fiscal Year']))}": int(row["Obligations (Historical Dollars)"])
            for row in csv.DictReader(file)
            if "International Narcotics Control and Law Enforcement" in row["Funding Account Name"]
            and 2010 <= int(float(row["Fiscal Year"])) <= 2020
        }
    rows = haiti.sql(
        "select fiscal_year, amount, currency from commitment where via = 'incle-hti' order by 1"
    )
    assert {row["fiscal_year"]: int(row["amount"]) for row in rows} == published
    assert {row["currency"] for row in rows} == {"USD"}
    assert sum(published.values()) == 311_742_845


# --- us-decade, by the real command line ---------------------------------------------------------


@pytest.fixture(scope="module")
def decade(haiti):
    rows = json.loads(haiti.run("show", "totals", "--format", "json"))
    (row,) = [row for row in rows if row["id"] == "us-decade"]
    return row


def test_us_decade_is_short_by_9_783_088(decade):
    assert (decade["who"], decade["whom"]) == ("usa", ["hnp"])
    assert (decade["stated"], decade["comparator"], decade["unit"]) == (300_000_000, "=", "USD")
    assert (decade["itemised"], decade["unexplained"]) == (290_216_912, 9_783_088)
    assert (decade["verdict"], decade["basis"]) == ("short", "committed")
    assert decade["rests_on"] == [f"incle-fy{year}" for year in range(2011, 2021)]
    assert decade["rivals"] == ["us-since-2010"]


def test_us_decade_has_two_other_readings(decade):
    assert decade["reading"] == "FY2011/FY2020"
    columns = ("reading", "itemised", "unexplained", "verdict")
    assert [tuple(reading[name] for name in columns) for reading in decade["readings"]] == [
        ("FY2011/FY2020", 290_216_912, 9_783_088, "short"),
        ("FY2010/FY2020", 311_742_845, -11_742_845, "over"),
        ("FY2012/FY2021", 199_114_134, None, "open"),
    ]


def test_us_decade_in_csv(haiti):
    rows = csv.DictReader(haiti.run("show", "totals", "--format", "csv").splitlines())
    (row,) = [row for row in rows if row["id"] == "us-decade"]
    assert row["stated"] == "300000000"
    assert row["itemised"] == "290216912"
    assert row["unexplained"] == "9783088"
    assert (row["verdict"], row["rivals"]) == ("short", "us-since-2010")
    assert row["rests_on"].split(";") == [f"incle-fy{year}" for year in range(2011, 2021)]
    assert [reading.split()[1] for reading in row["readings"].split(";")] == [
        "290216912",
        "311742845",
        "199114134",
    ]


def test_in_december_2021_us_decade_was_open(haiti):
    shown = haiti.run("show", "totals", "--as-of", "2021-12-31", "--format", "json")
    (row,) = [row for row in json.loads(shown) if row["id"] == "us-decade"]
    assert (row["stated"], row["itemised"], row["unexplained"]) == (300_000_000, None, None)
    assert (row["verdict"], row["rests_on"]) == ("open", [])


def test_f11_the_obligations_of_the_supplemental_are_no_item(tmp_path):
    copy = Copy(tmp_path / "haiti")
    copy.write(
        "books/supplemental.toml",
        '[source]\nid = "state-2016"\ndate = 2016-09-30\ncountry = "usa"\n\n'
        '[[total]]\nid = "supplemental"\nwho = "usa"\nwhom = "hti"\nvia = "incle-hti"\n'
        'stage = "committed"\namount = "144.6M USD"\nperiod = "2010/2016-09"\nquote = "144.6"\n',
    )
    row = copy.row("totals", "us-decade")
    assert (row["itemised"], row["unexplained"]) == (290_216_912, 9_783_088)
    assert row["rivals"] == ["us-since-2010"]
    assert copy.row("totals", "supplemental")["stated"] == 144_600_000


# --- the board -----------------------------------------------------------------------------------


def test_the_board_says_it_in_one_screen(haiti):
    board = haiti.run("board")
    for words in (
        "300,000,000 USD",
        "290,216,912",
        "9,783,088",
        "311,742,845",
        "199,114,134",
        "250,000,000 USD",
        "us-since-2010",
        "[fra-police-2021]",
        "un-authority",
        "if-needed",
    ):
        assert words in board, words
    one_line = " ".join(board.split())
    assert "Unexplained is the part of a stated total that no entry in this book" in one_line
    assert len(commands_of(board)) == 3


def commands_of(board: str) -> list[str]:
    """The commands that the board offers; the program may be named by its path."""
    return [line for line in board.splitlines() if "pledgebook -t " in line]


def test_the_three_commands_of_the_board_work(haiti):
    for line in commands_of(haiti.run("board")):
        _, _, folder, *arguments = shlex.split(line)
        assert folder == str(haiti.folder)
        assert haiti.run(*arguments)
