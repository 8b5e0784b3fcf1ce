"""The steps of sql/: what the file holds of them is what a moment would make."""

from __future__ import annotations

import re
from datetime import date

from pledgebook.engine import READY
from pledgebook.ledger import open_database, sql_files, steps

ASKED = re.compile(r"this_day\(|weakest_counted\(|is_asked|asked_|getvariable")
"""How SQL reads what a question sets beside the as-of day."""

LAST = date(9999, 12, 30)

PLEDGES = """
[[pledge]]
id = "p"
who = "can"
amount = "80 CAD"
quote = "eighty"

[[disbursement]]
who = "can"
amount = "30 USD"
toward = "p"
quote = "thirty paid"

[[pledge]]
who = "usa"
quantity = "5 boats"
measure = "level"
quote = "five boats"
"""


def all_that_it_reads(name: str) -> set[str]:
    made = steps()
    found = {name}
    for one in found.copy():
        for read in made[one].reads:
            found |= all_that_it_reads(read) if read in made else set()
    return found


def test_what_is_stored_depends_on_nothing_that_a_question_sets():
    files = sql_files()
    wrong = {
        (name, read)
        for name, step in steps().items()
        if step.is_stored
        for read in all_that_it_reads(name)
        if ASKED.search(re.sub(r"--[^\n]*", "", files[read]))
    }
    assert wrong == set()


def test_what_is_stored_is_what_a_moment_makes(make_book):
    book = make_book(PLEDGES)
    with open_database(book.open().database) as database:
        everything, last_day = database.at(), database.at(as_of=LAST)
        for name, step in steps().items():
            if step.is_stored:
                select = f"select * from {name} order by all"
                assert everything.ask(select) == last_day.ask(select), name
        assert everything.ask(f"select * from {READY}.fact").num_rows == 3


def test_steps_can_be_joined_by_the_names_of_their_columns(make_book):
    book = make_book(PLEDGES)
    with open_database(book.open().database) as database:
        joined = "select count(*) as n from fact join counted using (fact, stage)"
        assert database.at().ask(joined).to_pylist() == [{"n": 3}]
