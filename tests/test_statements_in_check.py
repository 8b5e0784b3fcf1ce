"""What was said before it happened, twice, or in words and numbers that may not be published.

And levels beside each other and beside what adds up. Every figure, paper and address is made up.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import Book
from pledgebook.checks import due as due_checks
from pledgebook.checks import rules_of
from pledgebook.finding import RULES
from pledgebook.ledger import checks, open_database

Make = Callable[..., Book]

SOURCE = """
[source]
id = "paper"
publisher = "One"
date = {date}
grade = "B"
rights = "{rights}"
{more}
"""
PAPER = SOURCE.format(date="2021-06-30", rights="quote_only", more="")


def entry(kind: str, **fields: str) -> str:
    """One entry as TOML; a value in brackets is a list."""
    given = {"cell": "row 1"} | fields
    lines = [
        f"{name} = {value}" if value.startswith("[") else f'{name} = "{value}"'
        for name, value in given.items()
    ]
    return f"\n[[{kind}]]\n" + "\n".join(lines) + "\n"


def found(book: Book, rule: str) -> list[str]:
    return [one.entry for one in book.findings if one.rule == rule]


def links(*lines: str) -> dict[str, str]:
    rows = "".join(f"{line},test,2024-01-01,made up\n" for line in lines)
    return {"links.csv": f"entry,judgement,other,judge,day,reason\n{rows}"}


# --- event-after-source --------------------------------------------------------------------------

AHEAD = "event-after-source"
GIVEN = {"who": "can", "whom": "hnp", "amount": "3M CAD"}


@pytest.mark.parametrize(
    ("day", "is_ahead"),
    [
        ("2021-06-30", False),
        ("2021-07-01", False),  # it is tomorrow in the east
        ("2021-07-02", True),
        ("2021-06/2021-08", False),
        ("2021", False),
        ("2022", True),
    ],
)
def test_nothing_is_told_before_it_happened(make_book: Make, day: str, is_ahead: bool):
    book = make_book(PAPER + entry("disbursement", id="x", date=day, **GIVEN))
    assert found(book, AHEAD) == (["x"] if is_ahead else [])


@pytest.mark.parametrize(
    "planned",
    [
        entry("need", id="x", date="2022", who="hti", amount="3M USD"),
        entry("pledge", id="x", fiscal_year="FY2024", **GIVEN),
        entry("total", id="x", date="2022", who="can", stage="requested", amount="3M CAD"),
        entry("status", id="x", date="2022", about="fund", state="planned"),
        entry("event", id="x", date="2022", what="meeting")
        + entry("status", about="x", state="planned"),
        entry("disbursement", id="x", date="2022", known="2023", **GIVEN),
        entry("pledge", id="x", due="2022", expires="2023", **GIVEN),
    ],
    ids=["need", "fiscal year", "request", "plan", "event with a plan", "known later", "due"],
)
def test_what_is_planned_may_lie_ahead(make_book: Make, planned: str):
    fund = '\n[[activity]]\nid = "fund"\nname = "Fund"\ntype = "fund"\n'
    assert found(make_book(PAPER + fund + planned), AHEAD) == []


def test_a_promise_for_a_later_day_has_a_day_on_which_it_is_due(make_book: Make):
    book = make_book(PAPER + entry("pledge", id="x", date="2022-06", **GIVEN))
    (finding,) = [one for one in book.findings if one.rule == AHEAD]
    assert "the day by which it is promised is due" in finding.flaw.remedy
    assert finding.spot.text == 'date = "2022-06"'


def test_a_wrong_day_that_was_corrected_is_no_finding(make_book: Make):
    text = PAPER + entry("disbursement", id="x", date="2022-06", **GIVEN)
    text += entry("disbursement", id="y", date="2021-06", **GIVEN)
    assert found(make_book(text), AHEAD) == ["x"]
    assert found(make_book(text, links("y,corrects,x")), AHEAD) == []


# --- entry-restated ------------------------------------------------------------------------------

TWICE = "entry-restated"


def pledge(id: str, **fields: str) -> str:
    given = {"who": "can", "whom": "hnp", "amount": "3M CAD", "quote": "three million"}
    return entry("pledge", id=id, **(given | fields))


def test_one_statement_under_two_ids_is_found_at_the_second(make_book: Make):
    book = make_book(PAPER + pledge("a") + pledge("b", amount="3,000,000 CAD", note="again"))
    assert found(book, TWICE) == ["b"]


@pytest.mark.parametrize(
    "other",
    [
        {"quote": "three million more"},
        {"amount": "4M CAD"},
        {"who": "usa"},
        {"date": "2021-05"},
        {"what": "radios"},
        {"cell": "row 2"},
        {"condition": '["c"]'},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_in_anything_is_two_statements(make_book: Make, other: dict[str, str]):
    text = PAPER + entry("condition", id="c", type="court") + pledge("a") + pledge("b", **other)
    assert found(make_book(text), TWICE) == []


@pytest.mark.parametrize("judgement", ["same", "different", "corrects"])
def test_what_a_person_judged_is_settled(make_book: Make, judgement: str):
    book = make_book(PAPER + pledge("a") + pledge("b"), links(f"b,{judgement},a"))
    assert found(book, TWICE) == []


def test_the_same_words_in_two_sources_are_two_statements(make_book: Make):
    other = PAPER.replace('"paper"', '"other"')
    assert found(make_book(PAPER + pledge("a") + other + pledge("b")), TWICE) == []


# --- correction-older, copy-before-original ------------------------------------------------------


@pytest.mark.parametrize(("line", "at"), [("old,corrects,new", ["old"]), ("new,corrects,old", [])])
def test_a_correction_is_not_older_than_what_it_corrects(make_book: Make, line: str, at: list[str]):
    text = PAPER + pledge("old", known="2022-01-01") + pledge("new", known="2022-05-01")
    assert found(make_book(text, links(line)), "correction-older") == at


@pytest.mark.parametrize(
    ("day", "at"), [("2021-06-28", ["copy"]), ("2021-06-29", []), ("2021", [])]
)
def test_a_copy_is_not_older_than_its_original(make_book: Make, day: str, at: list[str]):
    copy = f'\n[[source]]\nid = "copy"\norigin = "paper"\ndate = "{day}"\n'
    assert found(make_book(PAPER + copy), "copy-before-original") == at


# --- private-text, private-contact ---------------------------------------------------------------

TEXT = " ".join(f"word{number}" for number in range(80))


def private(make_book: Make, note: str, kind: str = "pledge", rights: str = "quote_only") -> Book:
    source = SOURCE.format(date="2021-06-30", rights=rights, more='file = "sources/a.txt"')
    body = entry(kind, id="x", note=note, **GIVEN) if kind == "pledge" else (
        f'\n[[{kind}]]\nid = "x"\nname = "A made-up one"\nnote = "{note}"\n'
    )  # fmt: skip
    return make_book(source + body, {"sources/a.txt": TEXT})


def words(first: int, number: int) -> str:
    return " ".join(TEXT.split()[first : first + number])


@pytest.mark.parametrize(
    ("note", "is_too_much"),
    [
        (words(10, 25), False),
        (words(10, 26), True),
        (words(10, 26).upper().replace(" ", ", "), True),
        (f"{words(0, 20)} and then {words(40, 20)}", False),
        (f"In our words, at some length: {words(10, 30)}, and so on", True),
        (" ".join(f"own{number}" for number in range(60)), False),
    ],
    ids=["25 words", "26 words", "spelt otherwise", "two quotes", "amid others", "our own"],
)
def test_a_note_holds_no_longer_passage_than_a_quote_may_be(
    make_book: Make, note: str, is_too_much: bool
):
    book = private(make_book, note)
    assert found(book, "private-text") == (["x"] if is_too_much else [])
    # an error keeps its entry out
    assert book.show("pledges", "id") == ([] if is_too_much else [("x",)])


def test_what_is_free_may_be_copied_and_an_activity_may_copy_no_source(make_book: Make):
    assert found(private(make_book, words(0, 40), rights="public_domain"), "private-text") == []
    assert found(private(make_book, words(0, 40), kind="activity"), "private-text") == ["x"]


@pytest.mark.parametrize(
    ("note", "is_private"),
    [
        ("write to jane@office.example", True),
        ("call +509 3456 7890", True),
        ("call +1 (202) 555-0143", True),
        ("call +254 712 345 678", True),
        ("see example.org/@office", False),
        ("up by +100 000 000 dollars", False),
        ("up by +5.7M, +120,000,000 in all", False),
        ("+15 and +20250630", True),
        ("1990-2000 + 2001-2010", False),
        ("5.7M + 80.5M = 86.2M", False),
    ],
)
def test_nobody_can_be_reached_by_what_is_published(make_book: Make, note: str, is_private: bool):
    book = make_book(PAPER + entry("pledge", id="x", note=note, **GIVEN))
    (finding, *_) = [one for one in book.findings if one.rule == "private-contact"] or [None]
    assert (finding is not None) == is_private
    if finding:
        # said in no place but the user's own line
        assert note.split()[-1] not in str(finding.flaw)


def test_an_address_of_a_page_is_no_address_of_a_person(make_book: Make):
    text = SOURCE.format(
        date="2021-06-30", rights="cc", more='url = "https://example.org/@a/b@c.example"'
    )
    assert found(make_book(text), "private-contact") == []


# --- levels --------------------------------------------------------------------------------------

LEVELS = ("level-conflict", "level-exceeded", "measure-missing")


def promised(id: str, amount: str, day: str, measure: str = "", **fields: str) -> str:
    said = {"measure": measure} if measure else {}
    given = {"who": "can", "whom": "hnp", "amount": amount, "date": day}
    return entry("pledge", id=id, **(given | said | fields))


def levels(book: Book) -> list[tuple[str, str]]:
    return sorted((one.rule, one.entry) for one in book.findings if one.rule in LEVELS)


FIRST = promised("a", "60M CAD", "2021-01-10", "increment")
SECOND = promised("b", "50M CAD", "2021-02-10", "increment")


@pytest.mark.parametrize(
    ("level", "is_exceeded"),
    [
        (promised("l", "100M CAD", "2021-03-01", "level"), True),
        (promised("l", "100M CAD", "2021-03-01", "cumulative"), True),
        (promised("l", "110M CAD", "2021-03-01", "level"), False),
        (promised("l", "109.96M CAD", "2021-03-01", "level"), True),
        (promised("l", "109.6M CAD", "2021-03-01", "level", comparator="~"), False),
        (promised("l", "100M CAD", "2021-03-01", "level", comparator=">"), False),
        (promised("l", "100M CAD", "2021-03-01", "level", comparator="up to"), True),
        # before the second; of a time that begins after the first; of another series
        (promised("l", "100M CAD", "2021-02-01", "level"), False),
        (promised("l", "100M CAD", "2021-02-01/2021-03-01", "cumulative"), False),
        (promised("l", "100M CAD", "2021-03-01", "level", what="radios"), False),
        (promised("l", "100M USD", "2021-03-01", "level"), False),
    ],
)
def test_a_level_holds_what_adds_up_to_its_day(make_book: Make, level: str, is_exceeded: bool):
    book = make_book(PAPER + FIRST + SECOND + level)
    assert levels(book) == ([("level-exceeded", "l")] if is_exceeded else [])


def test_people_come_and_go(make_book: Make):
    people = {"who": "can", "whom": "hnp", "date": "2021-01-10", "measure": "increment"}
    text = PAPER + entry("delivery", id="a", quantity="60 police", **people)
    level = people | {"date": "2021-03-01", "measure": "level"}
    text += entry("delivery", id="l", quantity="40 police", **level)
    assert levels(make_book(text)) == []
    assert levels(make_book(text.replace("police", "radios"))) == [("level-exceeded", "l")]


def test_a_figure_beside_a_level_says_whether_it_adds(make_book: Make):
    level = promised("l", "110M CAD", "2021-03-01", "level")
    unsaid = promised("u", "9M CAD", "2021-02-01") + promised("v", "8M CAD", "2021-02-02")
    book = make_book(PAPER + unsaid + level)
    assert levels(book) == [("measure-missing", "u")]
    (finding,) = [one for one in book.findings if one.rule == "measure-missing"]
    assert finding.flaw.found.startswith("2 figures without a measure")
    assert levels(make_book(PAPER + unsaid)) == []
    assert levels(make_book(PAPER + FIRST + level)) == []


def test_two_levels_of_one_day_differ_or_are_settled(make_book: Make):
    text = PAPER + promised("l", "100M CAD", "2021-03-01", "level")
    differs = promised("m", "120M CAD", "2021-03-01", "level")
    assert levels(make_book(text + differs)) == [("level-conflict", "m")]
    assert levels(make_book(text + differs, links("m,different,l"))) == []
    assert levels(make_book(text + differs, links("m,corrects,l"))) == []
    for other in (
        promised("m", "120M CAD", "2021-03-02", "level"),
        promised("m", "120M CAD", "2021-03-01", "cumulative"),
        promised("m", "about 102M CAD", "2021-03-01", "level"),
        promised("m", "more than 90M CAD", "2021-03-01", "level"),
        promised("m", "120M CAD", "2021-03-01", "level", what="radios"),
    ):
        assert levels(make_book(text + other)) == []


@pytest.mark.parametrize(
    ("other", "is_conflict"),
    [
        ({"amount": "85M USD"}, True),
        ({"amount": "110.04M USD"}, False),
        ({"amount": "> 100M USD"}, False),
        ({"amount": "85M USD", "stage": "pledged"}, False),
        ({"amount": "85M USD", "date": "2021-06-29"}, False),
        ({"amount": "85M CAD"}, False),
        ({"amount": "85M USD", "measure": "cumulative"}, False),
    ],
)
def test_two_levels_of_a_fund(make_book: Make, other: dict[str, str], is_conflict: bool):
    fund = '\n[[activity]]\nid = "fund"\nname = "Fund"\ntype = "fund"\n'
    said = {"whom": "fund", "stage": "received", "measure": "level", "date": "2021-06-30"}
    text = PAPER + fund + entry("total", id="a", **(said | {"amount": "110.0M USD"}))
    text += entry("total", id="b", **(said | other))
    assert levels(make_book(text)) == ([("level-conflict", "b")] if is_conflict else [])


# --- the checks themselves -----------------------------------------------------------------------


def test_every_rule_that_a_check_finds_is_a_rule():
    found = [rule for name, sql in checks().items() for rule in rules_of(name, sql)]
    assert set(found) <= RULES.keys()


def test_a_check_that_is_not_due_would_find_nothing(make_book: Make):
    """`-- only where:` saves the time of a check, never a finding."""
    everything = PAPER + FIRST + SECOND + promised("l", "110M CAD", "2021-03-01", "level")
    for text in (PAPER, PAPER + pledge("a"), everything):
        with open_database(make_book(text).open().database) as database:
            moment = database.at()
            due = due_checks(moment, checks())
            idle = {name: sql for name, sql in checks().items() if name not in due}
            assert idle
            for name, sql in idle.items():
                assert moment.ask(f"select id from ({sql})").num_rows == 0, name
