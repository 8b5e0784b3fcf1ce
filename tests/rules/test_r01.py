"""R1: increments add; a level or a cumulative figure is an assertion."""

BLOCK = """
[source]
id = "reuters-2024-03-11"
publisher = "Reuters"
date = 2024-03-11

[[pledge]]
id = "usa-mss-plus-100"
who = "usa"
whom = "hti"
via = "mss"
amount = "100M USD"
measure = "increment"
strength = "promised"
quote = "the United States would contribute an additional $100 million to a U.N.-backed multinational security force"

[[total]]
id = "usa-mss-300"
who = "usa"
whom = "hti"
via = "mss"
stage = "pledged"
amount = "300M USD"
measure = "cumulative"
quote = "This brings the United States' proposed contribution to the force to $300 million."
"""  # noqa: E501

FEBRUARY = """
[[source]]
id = "february-2024"
date = 2024-02-22

[[pledge]]
id = "usa-mss-200"
who = "usa"
whom = "hti"
via = "mss"
amount = "200M USD"
measure = "increment"
strength = "promised"
quote = "will provide 200 million dollars"
"""

AFP = """
[[source]]
id = "afp-2024-03-11"
publisher = "AFP"
date = 2024-03-11

[[total]]
id = "usa-333"
who = "usa"
whom = "hti"
stage = "pledged"
amount = "333M USD"
measure = "cumulative"
quote = "$333 million"
"""


def test_a_cumulative_figure_is_no_promise(book):
    assert book.show("promises", "who unit pledged") == [("usa", "USD", 100_000_000)]
    assert book.show("pledges", "id amount") == [("usa-mss-plus-100", 100_000_000)]


def test_a_cumulative_figure_is_checked_against_the_increments(book):
    total = book.row("totals", "usa-mss-300")
    assert (total["stated"], total["itemised"]) == (300_000_000, 100_000_000)
    assert (total["unexplained"], total["verdict"]) == (200_000_000, "short")
    assert book.rules == ["total-short", "quote-unchecked"]


def test_the_missing_increment_makes_it_hold(make_worked):
    book = make_worked(BLOCK + FEBRUARY)
    total = book.row("totals", "usa-mss-300")
    assert (total["itemised"], total["unexplained"], total["verdict"]) == (300_000_000, 0, "holds")
    assert total["rests_on"] == ["usa-mss-200", "usa-mss-plus-100"]
    assert book.rules == ["quote-unchecked"]


def test_a_total_of_another_scope_is_a_rival_and_no_item(make_worked):
    book = make_worked(BLOCK + AFP)
    total = book.row("totals", "usa-mss-300")
    assert (total["itemised"], total["rivals"]) == (100_000_000, ["usa-333"])
    assert book.row("totals", "usa-333")["rivals"] == ["usa-mss-300"]
    assert book.show("promises", "who unit pledged") == [("usa", "USD", 100_000_000)]


CHAD = """
[[source]]
id = "december-2025"
date = 2025-12-09

[[source]]
id = "march-2026"
date = 2026-03-21

[[pledge]]
id = "tcd-1500"
source = "december-2025"
who = "tcd"
whom = "hti"
via = "gsf"
what = "police"
quantity = "1500 people"
measure = "level"
quote = "1,500 from Chad"

[[pledge]]
id = "tcd-800"
source = "march-2026"
who = "tcd"
whom = "hti"
via = "gsf"
what = "police"
quantity = "800 people"
measure = "level"
quote = "will deploy 800"
"""


def test_a_later_level_replaces_the_earlier_one(make_worked):
    book = make_worked(CHAD)
    assert book.show("promises", "who unit pledged") == [("tcd", "people", 800)]
    assert book.show("pledges", "id amount") == [("tcd-800", 800)]
    assert book.show("promises", "who unit pledged", "2026-03-20") == [("tcd", "people", 1500)]
    assert book.show("pledges", "id amount", "2026-03-20") == [("tcd-1500", 1500)]


def test_a_level_stands_for_what_the_increments_leave_open(make_worked):
    increment = CHAD.replace('measure = "level"', 'measure = "increment"', 1)
    larger = increment.replace("800 people", "2000 people").replace("deploy 800", "deploy 2,000")
    book = make_worked(larger)
    assert book.show("promises", "who unit pledged") == [("tcd", "people", 2000)]
    smaller = make_worked(increment)
    assert smaller.show("promises", "who unit pledged") == [("tcd", "people", 1500)]
