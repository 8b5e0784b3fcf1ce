"""The library: a tracker is opened in Python and asked, and answers with typed rows and Arrow."""

from __future__ import annotations

import inspect
import json
import pickle
import threading
import tracemalloc
import types
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pytest
from click.testing import CliRunner

from conftest import Book
from pledgebook import (
    Answer,
    QueryError,
    TotalsReading,
    Tracker,
    TrackerError,
    open_tracker,
)
from pledgebook.asking import Askable
from pledgebook.cli import main
from pledgebook.kinds import STRENGTHS
from pledgebook.questions import QUESTIONS, rows_of
from pledgebook.questions.pledges import PledgesRow

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Tracker:
    """A tracker in which nothing is written."""
    return Book(tmp_path_factory.mktemp("library") / "empty", "").open()


def ask(tracker: Tracker, question: str, **asked: Any) -> Answer[Any]:
    answer = getattr(tracker, question)(**asked)
    assert isinstance(answer, Answer)
    return answer


# --- rows ---------------------------------------------------------------------------------------


def test_a_row_has_the_types_of_its_columns(book: Book):
    """
    [[pledge]]
    id = "one"
    who = "can"
    whom = "hnp"
    amount = "30M USD"
    due = 2021-06-30
    quote = "Thirty million by the end of June."

    [[total]]
    id = "all"
    who = "can"
    whom = "hnp"
    stage = "pledged"
    amount = "40M USD"
    quote = "Forty million has been promised."
    """
    (total,) = book.open().totals()
    assert total.stated == Decimal(40_000_000)
    assert total.unexplained == Decimal(10_000_000)
    assert type(total.stated) is Decimal
    assert (total.unit, total.verdict, total.whom) == ("USD", "short", ["hnp"])
    assert total.known == date(2021, 1, 1)
    assert total.rests_on == ["one"]
    # what stands in a list has names as well
    (reading,) = total.readings
    assert isinstance(reading, TotalsReading)
    assert (reading.itemised, reading.verdict) == (Decimal(30_000_000), "short")
    # unknown is None, never zero
    (promise,) = book.open().promises()
    assert promise.disbursed is None
    assert promise.pledged == 30_000_000


def fits(value: object, hint: Any) -> bool:
    """Whether a value is of a type, exactly: a bool is no int, a datetime no date."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any(fits(value, one) for one in inside)
    if origin is list:
        return isinstance(value, list) and all(fits(one, inside[0]) for one in value)
    if hasattr(hint, "_fields"):
        return type(value) is hint and all(
            fits(getattr(value, name), of) for name, of in get_type_hints(hint).items()
        )
    return type(value) is hint


@pytest.mark.parametrize("question", [*QUESTIONS, "entries"])
@pytest.mark.parametrize("asked", [{}, {"as_of": "2025-01"}], ids=["all", "as-of"])
def test_every_row_is_what_its_type_says(example: Tracker, question: str, asked: dict[str, Any]):
    if "currency" in inspect.signature(getattr(Askable, question)).parameters:
        asked = {**asked, "currency": "EUR"}
    rows = list(ask(example, question, **asked))
    assert rows
    hints = get_type_hints(type(rows[0]))
    wrong = {
        (name, repr(cell))
        for row in rows
        for name, cell in zip(row._fields, row, strict=True)
        if not fits(cell, hints[name])
    }
    assert wrong == set()


ARROW = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    Decimal: pa.decimal128(38, 6),
}


def arrow_type(hint: Any) -> pa.DataType:
    """What Arrow calls the type of a field."""
    inside = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) in (Union, types.UnionType):
        return arrow_type(inside[0])
    if get_origin(hint) is list:
        return pa.list_(pa.field("l", arrow_type(inside[0])))
    if hasattr(hint, "_fields"):
        return pa.struct({name: arrow_type(of) for name, of in get_type_hints(hint).items()})
    return ARROW[hint]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("asked", [{}, {"day": "2024-06-30"}], ids=["no-day", "day"])
def test_a_column_has_one_type_whether_anything_stands_in_it_or_not(
    example: Tracker, empty: Tracker, question: str, asked: dict[str, Any]
):
    wanted = {
        name: pa.decimal128(24, 12) if name == "rate" else arrow_type(hint)
        for name, hint in get_type_hints(QUESTIONS[question].row).items()
    }
    for tracker in (example, empty):
        schema = ask(tracker, question, **asked).arrow.schema
        assert {field.name: field.type for field in schema} == wanted


# --- the same as on the command line ------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_method_takes_the_options_of_the_command_line(question: str):
    taken = inspect.signature(getattr(Askable, question)).parameters
    filters = QUESTIONS[question].filters
    assert list(taken) == ["self", "as_of", "day", "strength", *filters]
    named = [one for one in taken.values() if one.name != "self"]
    assert all(one.kind is one.KEYWORD_ONLY and one.default is None for one in named)
    # its docstring is the question
    assert (inspect.getdoc(getattr(Askable, question)) or "").startswith(QUESTIONS[question].help)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_method_answers_as_the_command_line_does(example: Tracker, question: str):
    command = ["-t", str(example.root), "show", question, "--as-of", "2024-06", "--format", "json"]
    asked: dict[str, Any] = {"as_of": "2024-06"}
    if "since" in QUESTIONS[question].filters:
        command += ["--since", "2022"]
        asked["since"] = "2022"
    shown = json.loads(CliRunner().invoke(main, command).stdout, parse_float=Decimal)
    answer = ask(example, question, **asked)
    assert len(answer) == len(shown)
    for row, told in zip(answer, shown, strict=True):
        assert list(told) == list(row._fields)
        assert told["rests_on"] == row.rests_on
        for name, cell in told.items():
            if isinstance(cell, (str, int, Decimal)) or cell is None:
                own = getattr(row, name)
                assert (own.isoformat() if isinstance(own, date) else own) == cell


def test_a_day_is_a_date_or_text(example: Tracker):
    """A month stands for its last day, in `since` for its first."""
    answer = example.totals(as_of=date(2023, 7, 31))
    assert len(answer) < len(example.totals())
    for same in ("2023-07", "2023-07-31", datetime(2023, 7, 31, 23, 59)):
        assert example.totals(as_of=same) == answer
    assert example.timeline(since="2023-07") == example.timeline(since=date(2023, 7, 1))
    assert example.timeline(until="2023-07") == example.timeline(until=date(2023, 7, 31))


def test_without_a_day_nothing_falls_due(book: Book):
    """
    [[pledge]]
    id = "one"
    who = "can"
    whom = "hnp"
    amount = "30M USD"
    due = 2021-06-30
    quote = "Thirty million by the end of June."
    """
    tracker = book.open()
    assert [row.state for row in tracker.pledges()] == ["live"]
    assert [row.state for row in tracker.pledges(day="2021-07-01")] == ["overdue"]
    assert [row.state for row in tracker.pledges(as_of="2021-07-01")] == ["overdue"]


def test_a_wording_may_count_that_else_does_not(book: Book):
    """
    [[pledge]]
    who = "can"
    amount = "30M USD"
    strength = "considered"
    quote = "Thirty million is being considered."
    """
    tracker = book.open()
    assert [row.pledged for row in tracker.promises()] == [0]
    assert [row.pledged for row in tracker.promises(strength="implied")] == [30_000_000]
    assert "considered" in STRENGTHS


# --- an answer ----------------------------------------------------------------------------------


def test_an_answer_is_rows_in_order(example: Tracker):
    answer = example.pledges()
    rows = list(answer)
    assert len(answer) == len(rows) == answer.arrow.num_rows
    assert answer[0] == rows[0]
    assert answer[-1] == rows[-1]
    assert list(answer[2:5]) == rows[2:5]
    assert list(answer[::-1]) == rows[::-1] == list(reversed(answer))
    assert list(answer[5:2]) == []
    assert rows[3] in answer
    assert answer == example.pledges()
    assert answer != answer[1:]
    assert answer != example.totals()
    assert answer.columns == PledgesRow._fields
    assert repr(answer[:1]).startswith("<pledges: 1 row of id, who, whom,")
    with pytest.raises(IndexError, match=f"pledges has {len(rows)} rows, and no row 1000"):
        answer[1000]


def test_an_answer_without_rows_is_false_and_has_columns(empty: Tracker):
    answer = empty.totals()
    assert not answer
    assert list(answer) == []
    assert answer.columns == tuple(QUESTIONS["totals"].columns)


def test_an_answer_goes_into_arrow_as_it_is(example: Tracker):
    answer = example.totals()
    assert answer.to_arrow() is answer.arrow
    assert pa.table(answer) == answer.arrow
    assert answer.arrow.schema.field("stated").type == pa.decimal128(38, 6)


def test_rows_are_made_when_somebody_looks_at_them():
    """A hundred thousand rows: a length, a part and the last row cost next to nothing."""
    hints = get_type_hints(PledgesRow)
    table = pa.table({name: pa.nulls(100_000, arrow_type(of)) for name, of in hints.items()})
    tracemalloc.start()
    answer: Answer[PledgesRow] = Answer("pledges", table, rows_of(PledgesRow))
    assert len(answer[50_000:]) == 50_000
    assert answer[-1].id is None
    for number, _ in enumerate(answer):
        if number == 20_000:
            break
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000


def test_a_row_is_a_plain_named_tuple(example: Tracker):
    row = example.totals()[0]
    assert row._asdict()["id"] == row.id
    assert row._replace(who="x").who == "x"
    assert pickle.loads(pickle.dumps(row)) == row
    with pytest.raises(AttributeError):
        row.id = "other"  # type: ignore[misc]


# --- behind an answer ---------------------------------------------------------------------------


def test_every_number_opens_the_words_it_rests_on(book: Book):
    """
    [[pledge]]
    id = "one"
    who = "can"
    amount = "30M USD"
    quote = "Thirty million by the end of June."
    """
    tracker = book.open()
    (promise,) = tracker.promises()
    (entry,) = tracker.entries(promise.rests_on)
    assert (entry.id, entry.kind) == ("one", "pledge")
    assert entry.quote == "Thirty million by the end of June."
    assert (entry.file, entry.line) == ("books/a.toml", 9)
    assert [one.id for one in tracker.entries(kind="pledge")] == ["one"]
    assert len(tracker.entries("one")) == 1
    assert len(tracker.entries([])) == 0
    assert len(tracker.entries(as_of="2020")) == 0


def test_sql_answers_with_a_dict_per_row(example: Tracker):
    asked = "select id, kind from entries where source = $1 and kind = $2 order by id"
    assert list(example.sql(asked, ["herald-2021-12", "total"]))[-1:] == [
        {"id": "us-decade", "kind": "total"}
    ]
    assert example.sql("select count(*) as n from entries", as_of="1999")[0] == {"n": 0}
    assert example.sql("select id from promise", day="2024-01-01").arrow.num_rows


def test_the_findings_of_a_tracker_are_values(book: Book):
    """
    [[pledge]]
    who = "nobody"
    amount = "30M USD"
    quote = "Thirty million."
    """
    tracker = book.open()
    finding = next(one for one in tracker.findings if one.spot.line)
    assert (finding.rule, finding.level, finding.spot.line) == ("actor-unknown", "error", 10)
    assert tracker.has_errors
    assert tracker.findings_on("2021-01-02") == tracker.findings
    assert repr(tracker) == "<Tracker 'A test': 1 error, 1 note>"


# --- misuse -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "misuse, said",
    [
        (lambda it: it.totals(who="nobody"), "no entry names an actor called nobody"),
        (lambda it: it.totals(as_of="soon"), '"soon" is no day; write it as 2021-12-31'),
        (lambda it: it.totals(since="2021-13"), '"2021-13" is no day'),
        (lambda it: it.totals(day=""), '"" is no day'),
        (lambda it: it.totals(strength="promissed"), "the nearest is promised"),
        (lambda it: it.totals(currency="USX"), 'no currency has the code "USX"'),
        (lambda it: it.entries(kind="plege"), "the nearest is pledge"),
        (lambda it: it.sql("select 1 as a, 2 as a"), "two columns are called a"),
    ],
)
def test_a_question_asked_wrongly_is_a_value_error(
    example: Tracker, misuse: Callable[[Tracker], object], said: str
):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the sentence is held below
        misuse(example)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "query, said",
    [
        ("selec", "syntax error"),
        ("select nothing from nowhere", "nowhere"),
        ("drop table book.report", "ask one select"),
        ("select 1; select 2", "ask one select"),
        ("select $1", "parameter"),
    ],
)
def test_sql_that_cannot_be_run_is_a_query_error(example: Tracker, query: str, said: str):
    with pytest.raises(QueryError, match=said.replace("(", r"\(")):
        example.sql(query)


def test_a_keyword_that_a_question_does_not_have_is_a_type_error(example: Tracker):
    with pytest.raises(TypeError, match="who"):
        example.conditions(who="can")  # type: ignore[call-arg]


def test_a_folder_that_is_no_tracker_is_a_tracker_error(tmp_path: Path):
    with pytest.raises(TrackerError, match="no tracker"):
        open_tracker(tmp_path)


def test_a_build_that_is_gone_says_what_to_do(book: Book):
    """
    [[pledge]]
    who = "can"
    amount = "30M USD"
    quote = "Thirty million."
    """
    tracker = book.open()
    tracker.database.unlink()
    with pytest.raises(QueryError, match="delete build/, it is made again"):
        tracker.promises()
    assert len(book.open().promises()) == 1


# --- while the tracker changes ------------------------------------------------------------------

PLEDGE = '[[pledge]]\nid = "{0}"\nwho = "can"\namount = "1M USD"\nquote = "One million, {0}."\n'


def test_a_tracker_that_is_compiled_anew_answers_from_the_new_text(make_book: Callable[..., Book]):
    book = make_book(PLEDGE.format("one"))
    tracker = book.open()
    before = tracker.pledges()
    book.write("books/b.toml", '[source]\nid = "b"\ndate = 2021-02-01\n' + PLEDGE.format("two"))
    assert book.open().was_compiled
    assert [row.id for row in tracker.pledges()] == ["one", "two"]
    # an answer that was given stays what it was
    assert [row.id for row in before] == ["one"]


def test_threads_may_share_a_tracker_that_somebody_compiles_anew(make_book: Callable[..., Book]):
    book = make_book(PLEDGE.format("one"))
    tracker = book.open()
    seen: list[int] = []
    failed: list[Exception] = []
    stop = threading.Event()

    def keep_asking() -> None:
        try:
            while not stop.is_set():
                seen.append(len(tracker.pledges()))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        book.write("books/b.toml", '[source]\nid = "b"\ndate = 2021-02-01\n' + PLEDGE.format("two"))
        assert book.open().was_compiled
        after = len(tracker.pledges())
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert after == 2
    assert set(seen) <= {1, 2}
