"""The example tracker: what examples/haiti answers. Tests that need the article skip without it."""

import csv
import json
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from conftest import PROJECT, SHARED, Book
from pledgebook.ledger import open_database
from pledgebook.questions import QUESTIONS
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


DEFENSIBLE = {
    "total-short": "us-decade (M21, F11); the fund's list of donors was not published (P22)",
    "over-ceiling": "7,500 people are said to be promised to a force of 5,550 (F19)",
    "currency-conflict": "5.7 million, Canadian in the release and American elsewhere (F08)",
    "over-delivered": "sixty vehicles came of the fifty that were promised (F13)",
    "scope-conflict": "sums of one donor for the mission and for more than the mission",
    "date-conflict": "days of one thing that two pages give differently",
    "rate-missing": "a currency for which the tracker names no rates",
    "quote-unchecked": "the texts of the sources are private",
    "known-assumed": "pages that give no day",
    "votes-underived": "votes before 2021, whose members are not listed (DOMAIN (e))",
    "against-stated-policy": "the military drawdown after the policy of 2021 (M38, E29)",
}
"""What `check` may say about the example, and why it is true there."""


def test_check_finds_no_error(haiti):
    assert haiti.run("check")  # it ends with exit code 0
    assert [finding.as_text() for finding in haiti.findings if finding.level == "error"] == []
    assert {"total-short", "quote-unchecked", "known-assumed"} <= set(haiti.rules)
    assert set(haiti.rules) <= DEFENSIBLE.keys()


def test_what_falls_short_is_the_decade_and_the_fund(haiti):
    short = {finding.entry for finding in haiti.findings if finding.rule == "total-short"}
    assert short == {"us-decade", "fund-2024-09", "fund-2024-12-received"}


def test_without_the_article_the_list_of_checked_quotes_vouches(haiti):
    assert not (haiti.folder / TEXT).exists()
    (note,) = [finding for finding in haiti.findings if finding.rule == "quote-unchecked"]
    # the other sources' quotes: their texts were never here
    assert note.level == "note"
    unchecked = haiti.sql(
        "select count(*) as n from entries where source <> 'herald-2021-12' and quote is not null"
    )
    assert note.flaw.message.startswith(f"{unchecked[0]['n']} quotes ")


def test_the_list_names_every_quote_of_the_article(haiti):
    with open(EXAMPLE / "sources" / "checked.csv", encoding="utf-8", newline="") as file:
        checked = {row["entry"] for row in csv.DictReader(file)}
    quoted = haiti.sql(
        "select id from entries where source = 'herald-2021-12' and quote is not null"
    )
    assert checked == {row["id"] for row in quoted}


def test_every_quote_is_in_the_article(with_article):
    rules = set(with_article.rules)
    assert not {"quote-not-found", "too-much-quoted", "quote-too-long"} & rules
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


def test_every_source_has_its_page_its_grade_and_its_rights(haiti):
    bare = haiti.sql(
        "select id from source where url is null or grade is null or rights is null"
        " or publisher is null or not starts_with(url, 'http')"
    )
    assert bare == []


def test_every_statement_has_its_words_or_its_cell(haiti):
    bare = haiti.sql(
        "select id from entries where kind not in ('source', 'actor', 'activity')"
        " and quote is null and id not in (select id from commitment where cell is not null"
        " union select id from disbursement where cell is not null"
        " union select id from need where cell is not null"
        " union select id from total where cell is not null)"
    )
    assert bare == []


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


# --- the stories ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "as_of, state, pledged, weak, conditional",
    [
        ("2025-09-25", "waits", 0, 0, 40_000_000),
        ("2025-10-01", "weak", 0, 40_000_000, 0),
        ("2025-12-10", "live", 40_000_000, 0, 0),
    ],
)
def test_e43_conditional_then_weak_then_live(haiti, as_of, state, pledged, weak, conditional):
    assert haiti.row("pledges", "can-gsf-40", as_of)["state"] == state
    rows = haiti.ask("promises", as_of, who=["can"], via="gsf")
    (row,) = [
        row
        for row in rows
        if row["who"] == "can" and row["pledged"] + row["weak"] + row["conditional"]
    ]
    assert (row["pledged"], row["weak"], row["conditional"]) == (pledged, weak, conditional)


def test_e24_a_thousand_police_are_told_four_times_and_promised_once(haiti):
    row = haiti.row("pledges", "ken-police-1000")
    assert (row["amount"], row["unit"], row["stage"]) == (1000, "police", "delivered")
    assert len(row["reports"]) == 4
    (row,) = [row for row in haiti.ask("promises") if row["who"] == "ken"]
    assert row["pledged"] + row["weak"] + row["conditional"] == 1000


@pytest.mark.parametrize(
    "as_of, states",
    [
        ("2023-08-01", {"ken-mandate": "open", "ken-law": "open"}),
        ("2023-10-02", {"ken-mandate": "met", "ken-law": "open"}),
        ("2024-01-26", {"ken-mandate": "met", "ken-law": "met", "ken-court": "breached"}),
        ("2024-03-01", {"ken-court": "breached", "ken-treaty": "met"}),
        ("2024-03-12", {"ken-court": "breached", "ken-government": "open"}),
        ("2024-06-01", {"ken-court": "breached", "ken-government": "met"}),
    ],
)
def test_e26_what_the_thousand_police_hung_on_by_day(haiti, as_of, states):
    rows = haiti.ask("conditions", as_of)
    found = {row["id"]: row["state"] for row in rows if row["pledge"] == "ken-police-1000"}
    assert states.items() <= found.items()


def test_e20_of_123_million_80_are_new(haiti):
    row = haiti.row("totals", "can-123")
    assert (row["itemised"], row["new_money"], row["verdict"]) == (123_000_000, 80_500_000, "holds")
    row = haiti.row("totals", "can-13")
    assert (row["itemised"], row["verdict"]) == (13_000_000, "holds")


def test_f16_f21_sums_that_hold(haiti):
    for name in ("fund-2024-04", "usa-110", "usa-mss-300", "ken-before-2025"):
        assert haiti.row("totals", name)["verdict"] == "holds", name


def test_f12_the_first_lot_is_told_twice_and_counts_once(haiti):
    row = haiti.row("pledges", "hti-buys-18", day="2023-05-31")
    assert (row["state"], row["outstanding"]) == ("overdue", 4)
    assert {"inkas-lot-1", "inkas-lot-1-cbc"} <= set(row["rests_on"])


def test_f13_sixty_vehicles_for_fifty(haiti):
    row = haiti.row("pledges", "usa-vehicles-50")
    assert (row["amount"], row["state"], row["outstanding"]) == (50, "delivered", 0)


def test_f14_one_of_thirty_five_is_outstanding(haiti):
    assert haiti.row("pledges", "usa-maxxpro-35")["outstanding"] == 1


@pytest.mark.parametrize(
    "as_of, amount",
    [("2022-01-31", 47_501_377), ("2022-12-31", 213_944_230), ("2025-12-31", 258_720_973)],
)
def test_p16_one_cell_published_three_times(haiti, as_of, amount):
    tracker = haiti.open()
    with open_database(tracker.database) as database:
        moment = database.at(date.fromisoformat(as_of))
        rows = moment.ask(
            "select amount from fact where stage = 'disbursed' and fiscal_since = date '2020-10-01'"
        ).to_pylist()
    assert [int(row["amount"]) for row in rows] == [amount]


def test_e46_the_later_level_replaces_the_earlier(haiti):
    (row,) = [row for row in haiti.ask("promises") if row["who"] == "tcd"]
    assert (row["pledged"], row["basis"]) == (800, "stated")


# --- every question has something to answer ------------------------------------------------------


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_every_question_answers(haiti, question):
    """And every row rests on entries that are there."""
    filters = {"since": date(2021, 1, 1)} if question == "changes" else {}
    rows = haiti.ask(question, **filters)
    assert rows, f"the example has nothing to answer to {question}"
    # what was corrected is in no answer any more, but it is there, and `changes` names it
    query = "select id from entries union select id from corrected"
    ids = {row["id"] for row in haiti.sql(query)}
    for row in rows:
        assert set(row.get("rests_on") or []) <= ids
        assert (row.get("id") or row.get("ask") or "") in ids | {""}


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
