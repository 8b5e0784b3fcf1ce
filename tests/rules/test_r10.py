"""R10: copies of one telling are one; another figure is a rival."""

BLOCK = """
[[source]]
id = "herald-2021-12"
publisher = "Miami Herald"
host = "Stars and Stripes"
syndicator = "Tribune Content Agency"
date = 2021-12-17

[[source]]
id = "mirror-1"
host = "val-de-moder.org"
origin = "herald-2021-12"

[[source]]
id = "nichols-2021-12-17"
publisher = "Le Nouvelliste"
host = "haitigazette.com"
date = 2021-12-17

[[total]]
id = "us-decade"
source = "herald-2021-12"
who = "usa"
whom = "hnp"
stage = "spent"
period = "2011-12/2021-12"
amount = "300M USD"
covers = ["incle-hti"]
quote = "despite receiving $300 million in U.S. spending over the past decade"

[[total]]
id = "us-decade-mirror"
source = "mirror-1"
who = "usa"
whom = "hnp"
stage = "spent"
period = "2011-12/2021-12"
amount = "300M USD"
quote = "despite having received $ 300 million in U.S. spending over the past decade"

[[total]]
id = "us-since-2010"
source = "nichols-2021-12-17"
who = "usa"
whom = "hnp"
stage = "spent"
period = "2010/2021-12"
comparator = ">"
amount = "250M USD"
quote = "plus de 250 millions de dollars"
"""


def test_a_copy_is_a_second_report_of_one_total(book):
    total = book.row("totals", "us-decade")
    assert total["reports"] == ["us-decade", "us-decade-mirror"]
    assert [row[0] for row in book.show("totals", "id")] == ["us-decade", "us-since-2010"]


def test_another_figure_is_a_rival_and_no_contradiction(book):
    assert book.row("totals", "us-decade")["rivals"] == ["us-since-2010"]
    rival = book.row("totals", "us-since-2010")
    assert (rival["comparator"], rival["stated"]) == (">", 250_000_000)
    assert rival["rivals"] == ["us-decade"]


def test_a_total_is_never_an_item(book):
    assert book.show("totals", "itemised verdict") == [(None, "open"), (None, "open")]
    assert book.ask("promises") == []


def test_evidence_two_reports_of_one_origin(book):
    assert book.show("evidence", "id reports origins contradicts rests_on") == [
        ("us-decade", 2, 1, [], ["us-decade", "us-decade-mirror"]),
        ("us-decade-mirror", 2, 1, [], ["us-decade", "us-decade-mirror"]),
        ("us-since-2010", 1, 1, [], ["us-since-2010"]),
    ]


def test_a_second_origin_corroborates(make_worked):
    apart = BLOCK.replace('origin = "herald-2021-12"\n', "date = 2021-12-18\n")
    links = "entry,judgement,other,judge,day,reason\n"
    links += "us-decade-mirror,same,us-decade,editor,2026-11-24,the same sum of the same decade\n"
    assert make_worked(apart).row("evidence", "us-decade")["origins"] == 1
    assert make_worked(apart, links).row("evidence", "us-decade")["origins"] == 2
    assert make_worked(apart, links).row("evidence", "us-decade", "2021-12-17")["origins"] == 1


COPIED = """
[[source]]
id = "wire"
date = 2024-01-05

[[source]]
id = "copy"
date = 2024-01-06
origin = "wire"

[[source]]
id = "other"
date = 2024-01-07

[[pledge]]
id = "a"
source = "wire"
who = "usa"
whom = "hnp"
amount = "5M USD"
quote = "will give five million"

[[pledge]]
id = "b"
source = "copy"
who = "usa"
whom = "hnp"
amount = "5M USD"
quote = "will give five million"

[[pledge]]
id = "c"
source = "other"
who = "usa"
whom = "hnp"
amount = "5M USD"
quote = "another five million"
"""
"""Made-up figures."""


def test_a_promise_told_twice_counts_once(make_worked):
    book = make_worked(COPIED)
    assert book.show("promises", "who unit pledged") == [("usa", "USD", 10_000_000)]
    assert book.show("pledges", "id reports") == [("a", ["a", "b"]), ("c", ["c"])]


def test_a_person_says_that_two_tellings_are_one(make_worked):
    book = make_worked(
        COPIED,
        "entry,judgement,other,judge,day,reason\nc,same,a,editor,2026-11-24,one statement\n",
    )
    assert book.show("promises", "who unit pledged") == [("usa", "USD", 5_000_000)]
    assert book.show("promises", "pledged", "2024-01-06") == [(5_000_000,)]
