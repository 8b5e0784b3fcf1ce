"""R9: three clocks: happened, known, recorded."""

from datetime import date

import pytest

BLOCK = """
[source]
id = "fa-gov-haiti"
publisher = "ForeignAssistance.gov"
date = "2021"
rights = "public_domain"

[[disbursement]]
id = "fa-fy2021-v1"
who = "usa"
whom = "hti"
amount = "47.5M USD"
fiscal_year = "FY2021"
known = "2021"

[[disbursement]]
id = "fa-fy2021-v2"
who = "usa"
whom = "hti"
amount = "213.9M USD"
fiscal_year = "FY2021"
known = "2022-10"

[[disbursement]]
id = "fa-fy2021-v3"
who = "usa"
whom = "hti"
amount = "258.7M USD"
fiscal_year = "FY2021"
known = "2025-04"
"""

LINKS = """
entry,judgement,other,judge,day,reason
fa-fy2021-v2,corrects,fa-fy2021-v1,editor,2026-11-24,a later state of one table
fa-fy2021-v3,corrects,fa-fy2021-v2,editor,2026-11-24,a later state of one table
""".lstrip()


@pytest.mark.parametrize(
    "as_of, paid, entry",
    [
        ("2022-01-31", 47_500_000, "fa-fy2021-v1"),
        ("2022-12-31", 213_900_000, "fa-fy2021-v2"),
        ("2025-12-31", 258_700_000, "fa-fy2021-v3"),
    ],
)
def test_the_table_as_it_was_published_on_each_day(book, as_of, paid, entry):
    assert book.show("promises", "who unit unpromised rests_on", as_of) == [
        ("usa", "USD", paid, [entry])
    ]


@pytest.mark.parametrize(
    "as_of, paid",
    [
        ("2021-12-30", []),
        ("2021-12-31", [47_500_000]),
        ("2022-10-30", [47_500_000]),
        ("2022-10-31", [213_900_000]),
        ("2025-04-29", [213_900_000]),
        ("2025-04-30", [258_700_000]),
    ],
)
def test_an_imprecise_day_counts_from_its_last(book, as_of, paid):
    assert [row[0] for row in book.show("promises", "unpromised", as_of)] == paid


def test_without_a_day_the_last_correction_stands(book):
    assert book.show("promises", "who unit unpromised") == [("usa", "USD", 258_700_000)]


def test_without_the_judgements_all_three_add(make_worked):
    # nothing is guessed: that they are one figure is for a person to say
    assert make_worked(BLOCK).show("promises", "unpromised") == [(520_100_000,)]


def test_the_day_of_a_judgement_is_only_the_day_it_was_recorded(make_worked):
    early = make_worked(BLOCK, LINKS)
    late = make_worked(BLOCK, LINKS.replace("2026-11-24", "2030-01-01"))
    for as_of in ("2022-01-31", "2022-12-31", "2025-12-31"):
        assert early.ask("promises", as_of) == late.ask("promises", as_of)


def test_the_corrected_entry_stays(book):
    from pledgebook.ledger import open_database

    with open_database(book.open().database) as database:
        rows = database.at().ask("select id from book.disbursement order by id").to_pylist()
    assert [row["id"] for row in rows] == ["fa-fy2021-v1", "fa-fy2021-v2", "fa-fy2021-v3"]


def test_changes_lists_both_steps(book):
    rows = book.show("changes", "id change before after known", since=date(2022, 1, 1))
    assert [row for row in rows if row[1] != "judged"] == [
        ("fa-fy2021-v2", "revised", "47.5M USD", "213.9M USD", date(2022, 10, 31)),
        ("fa-fy2021-v3", "revised", "213.9M USD", "258.7M USD", date(2025, 4, 30)),
    ]


def test_a_correction_of_a_correction_is_a_chain_in_whatever_order_it_was_judged(make_worked):
    first, *lines = LINKS.splitlines(keepends=True)
    book = make_worked(BLOCK, first + "".join(reversed(lines)))
    assert book.show("evidence", "id rests_on") == [("fa-fy2021-v3", ["fa-fy2021-v3"])]
    assert book.show("evidence", "id", "2022-12-31") == [("fa-fy2021-v2",)]
    # without its last link the chain ends there, and the third is a figure of its own
    book = make_worked(BLOCK, first + lines[0])
    assert book.show("promises", "unpromised") == [(213_900_000 + 258_700_000,)]


def test_nothing_known_later_changes_an_earlier_list_of_changes(book):
    for day in ("2021-12-31", "2022-10-31", "2024-01-01"):
        later = [row for row in book.ask("changes") if row["known"] <= date.fromisoformat(day)]
        assert later == book.ask("changes", day) != []
