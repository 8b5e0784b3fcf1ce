"""The command line as scripts use it: verbs, options, exit codes, and what stands in the output."""

import csv
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import pledgebook
from bad_input import call
from conftest import PROJECT
from pledgebook.kinds import KINDS

COMMAND = Path(sys.executable).with_name("pledgebook")

COLUMNS = {
    "promises": (
        "who unit pledged weak conditional committed disbursed delivered outstanding unpromised "
        "rests_on"
    ),
    "pledges": "id who whom via what amount unit strength stage state due outstanding rests_on",
    "totals": (
        "id who whom stated comparator unit itemised unexplained verdict reading readings rivals "
        "rests_on"
    ),
    "conditions": "id pledge type state since rests_on",
    "asks": "id who whom what answer since rests_on",
    "needs": "id who stated unit covered gap rests_on",
    "positions": "id who about stance since rests_on",
    "timeline": "date kind id text rests_on",
}
"""The columns of section 6 of the design; more are welcome."""

BROKEN = """
[source]
id = "a-paper"
date = 2024-01-01

[[pledge]]
id = "stays"
who = "usa"
whom = "hti"
amount = "5M USD"
quote = "five million"

[[pledge]]
id = "stays-out"
who = "nobody-knows"
whom = "hti"
amount = "5M USD"
quote = "another five million"
"""


def run(*arguments, cwd=None):
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, timeout=60, cwd=cwd
    )


@pytest.fixture(scope="module")
def haiti(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command") / "haiti"
    left = shutil.ignore_patterns("build", "*.txt")
    shutil.copytree(PROJECT / "examples" / "haiti", folder, ignore=left)
    assert run("-t", folder, "check").returncode == 0
    return folder


@pytest.fixture
def broken(tmp_path):
    (tmp_path / "books").mkdir()
    (tmp_path / "tracker.toml").write_text('title = "Broken"\n')
    (tmp_path / "books" / "a.toml").write_text(BROKEN)
    return tmp_path


def show(folder, question, *arguments):
    """What a question prints, in this process: nothing but its answer."""
    done = call(folder, "show", question, *arguments)
    assert done.exit_code == 0
    return done.output


shown = cache(show)
"""The same, asked once by all tests of an unchanged tracker."""


# --- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", COLUMNS)
def test_every_question_answers_in_three_formats(haiti, question):
    wanted = COLUMNS[question].split()
    rows = json.loads(shown(haiti, question, "--format", "json"))
    assert isinstance(rows, list)
    assert rows
    for row in rows:
        assert [name for name in wanted if name not in row] == []
        assert isinstance(row["rests_on"], list)
    lines = list(csv.DictReader(shown(haiti, question, "--format", "csv").splitlines()))
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert list(line) == list(row)
        assert line["rests_on"] == ";".join(row["rests_on"])
    table = show(haiti, question)
    assert len(table.splitlines()) > len(rows)
    assert not table.startswith("[")


def test_every_number_rests_on_entries(haiti):
    entries = json.loads(
        run("-t", haiti, "sql", "select id from entries", "--format", "json").stdout
    )
    known = {row["id"] for row in entries}
    for question in COLUMNS:
        for row in json.loads(shown(haiti, question, "--format", "json")):
            assert set(row["rests_on"]) <= known
            # a total that is open rests on no item yet
            assert row["rests_on"] or row.get("verdict") == "open"


def test_amounts_are_plain_numbers(haiti):
    text = shown(haiti, "totals", "--format", "json")
    assert '"stated": 300000000,' in text
    assert '"unexplained": 9783088,' in text
    amounts = ("stated", "itemised", "unexplained")
    for row in json.loads(text):
        assert {type(row[name]) for name in amounts} <= {int, float, type(None)}
    (line,) = [
        line
        for line in csv.DictReader(shown(haiti, "totals", "--format", "csv").splitlines())
        if line["id"] == "us-decade"
    ]
    assert (line["stated"], line["itemised"], line["unexplained"]) == (
        "300000000",
        "290216912",
        "9783088",
    )


def test_the_same_question_is_the_same_bytes_in_another_process(haiti):
    for form in ("json", "csv"):
        done = run("-t", haiti, "show", "totals", "--format", form)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == shown(haiti, "totals", "--format", form)


def test_as_of_is_a_day_a_month_or_a_year(haiti):
    def verdict(day):
        rows = json.loads(show(haiti, "totals", "--as-of", day, "--format", "json"))
        return {row["id"]: row["verdict"] for row in rows}.get("us-decade")

    assert verdict("2021-12-16") is None
    assert verdict("2021-12-17") == "open"
    assert verdict("2021-12") == "open"
    assert verdict("2022") == "short"


def test_filters_narrow_an_answer(haiti):
    def ids(question, *arguments):
        rows = json.loads(show(haiti, question, *arguments, "--format", "json"))
        return {row["id"] for row in rows}

    assert ids("totals", "--who", "can") == {"can-assistance", "can-13", "can-123"}
    # an office is part of its state
    assert "usa-swat-team" in ids("pledges", "--who", "usa")
    in_dollars = ids("totals", "--unit", "USD")
    assert {"us-decade", "us-since-2010"} <= in_dollars
    assert "can-123" not in in_dollars
    assert ids("pledges", "--whom", "hti", "--who", "fra") == {"fra-police-2021"}
    assert ids("positions", "--until", "2021-11-30", "--who", "usa") == {
        "usa-no-military-lead",
        "usa-no-troops",
    }
    assert ids("positions", "--since", "2021-12-17", "--who", "fra") == {"fra-reviews-ask"}
    assert "usa-no-military-lead" in ids("positions", "--until", "2021-11")


def test_since_a_month_begins_on_its_first_day(haiti):
    rows = json.loads(show(haiti, "positions", "--since", "2021-12", "--format", "json"))
    assert "fra-reviews-ask" in {row["id"] for row in rows}


def test_a_lower_strength_counts_weak_wording(haiti):
    def of_inl(*arguments):
        rows = json.loads(show(haiti, "promises", *arguments, "--format", "json"))
        return [
            (row["pledged"], row["weak"])
            for row in rows
            if (row["who"], row["unit"]) == ("usa-inl", "units")
        ]

    assert of_inl() == [(0, 1)]
    assert of_inl("--strength", "considered") == [(1, 0)]


# --- sql -----------------------------------------------------------------------------------------


def test_the_view_entries_says_where_each_stands(haiti):
    query = "select id, kind, date, known, source, quote, file, line from entries"
    done = run("-t", haiti, "sql", query, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    row = rows["us-decade"]
    assert (row["kind"], row["known"], row["source"]) == ("total", "2021-12-17", "herald-2021-12")
    book = (haiti / row["file"]).read_text(encoding="utf-8").split("\n")
    assert book[row["line"] - 1].strip() == "[[total]]"
    row = rows["incle-fy2016"]
    lines = (haiti / row["file"]).read_text(encoding="utf-8").split("\n")
    assert lines[row["line"] - 1].startswith("incle-fy2016,")


def test_there_is_a_view_for_every_kind(haiti):
    counts = " union all ".join(
        f"select '{kind.view}' as view, count(*) as n from {kind.view}" for kind in KINDS.values()
    )
    done = run("-t", haiti, "sql", counts, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found = {row["view"]: row["n"] for row in json.loads(done.stdout)}
    assert found.keys() == {kind.view for kind in KINDS.values()}
    assert found["cases"] == 1
    assert min(found[kind] for kind in ("commitment", "ask", "mandate", "use", "need")) > 0


def test_sql_reads_as_of_a_day_and_writes_nothing(haiti):
    query = "select count(*) as n from commitment"
    before = run("-t", haiti, "sql", query, "--as-of", "2021-12-31", "--format", "csv")
    assert before.stdout.split() == ["n", "0"]
    done = run("-t", haiti, "sql", "drop view entries")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


# --- exit codes ----------------------------------------------------------------------------------


def test_errors_exit_with_one_and_the_rest_is_answered(broken):
    check = run("-t", broken, "check")
    assert check.returncode == 1
    assert "[actor-unknown]" in check.stdout
    assert "Traceback" not in check.stderr
    done = run("-t", broken, "show", "promises", "--format", "json")
    assert done.returncode == 1
    (row,) = json.loads(done.stdout)
    assert (row["who"], row["pledged"], row["rests_on"]) == ("usa", 5_000_000, ["stays"])
    assert "pledgebook check" in done.stderr
    assert run("-t", broken, "board").returncode == 1


def test_findings_as_json(broken):
    done = run("-t", broken, "check", "--format", "json")
    assert done.returncode == 1
    found = {row["rule"]: row for row in json.loads(done.stdout)}
    row = found["actor-unknown"]
    keys = {"rule", "level", "message", "file", "line", "column", "entry", "remedy"}
    assert keys <= row.keys()
    assert (row["file"], row["line"], row["column"]) == ("books/a.toml", 15, 7)
    assert (row["level"], row["entry"]) == ("error", "stays-out")


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "weather"],
        ["show", "totals", "--format", "xml"],
        ["show", "totals", "--as-of", "yesterday"],
        ["show", "promises", "--who", "atlantis"],
        ["show", "conditions", "--who", "usa"],  # a filter that the question does not have
        ["show", "promises", "--strength", "iron"],
        ["sql", "select from where"],
        ["sql", "select * from nothing"],
        ["tidy-up"],
        ["check", "--loudly"],
    ],
    ids=" ".join,
)
def test_misuse_exits_with_two_and_one_sentence(haiti, arguments):
    done = run("-t", haiti, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_without_a_tracker_it_exits_with_two(tmp_path):
    for arguments in (["check"], ["-t", str(tmp_path / "missing"), "check"]):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert "tracker" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_tracker_around_the_folder_is_the_default(haiti):
    for folder in (haiti, haiti / "books"):
        assert run("check", cwd=folder).returncode == 0


# --- demo, help ----------------------------------------------------------------------------------


def test_demo_copies_the_example_and_shows_its_board(tmp_path):
    done = run("demo", "there", "--no-serve", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "us-decade" in done.stdout
    assert "pledgebook -t there show totals" in done.stdout
    assert (tmp_path / "there" / "tracker.toml").is_file()
    assert [path.name for path in (tmp_path / "there" / "sources").iterdir()] == ["checked.csv"]
    assert run("-t", "there", "check", cwd=tmp_path).returncode == 0


def test_demo_leaves_a_tracker_as_it_is(broken):
    done = run("demo", str(broken), "--no-serve")
    assert done.returncode == 1  # it holds an error
    assert done.stdout.startswith("Broken")
    assert (broken / "books" / "a.toml").read_text() == BROKEN
    assert not (broken / "actors.toml").exists()


def test_demo_refuses_a_folder_that_is_something_else(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    done = run("demo", str(tmp_path), "--no-serve")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_help_names_the_verbs_and_version_the_version():
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for verb in ("check", "board", "show", "sql", "demo"):
        assert re.search(rf"^  {verb}\b", done.stdout, re.MULTILINE), verb
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert pledgebook.__version__ in done.stdout
    done = run("show", "--help")
    for option in ("--as-of", "--format", "--who", "--whom", "--via", "--unit", "--strength"):
        assert option in done.stdout
    # a long line of choices is broken within a word
    joined = "".join(done.stdout.split())
    assert [question for question in COLUMNS if question not in joined] == []
