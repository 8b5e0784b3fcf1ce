"""Judgements and references together: no circle, no endless chain. All figures are made up."""

from __future__ import annotations

HEADER = "entry,judgement,other\n"


def pledge(id: str, amount: int, more: str = "") -> str:
    return f"""
[[pledge]]
id = "{id}"
who = "usa"
amount = "{amount} USD"
quote = "the words about {id}"
{more}
"""


def test_a_judgement_that_leads_back_over_a_reference_does_not_stand(make_book):
    text = pledge("a", 5, 'draws_on = "b"') + pledge("b", 7)
    book = make_book(text, {"links.csv": HEADER + "b,draws_on,a\n"})
    (finding,) = [one for one in book.findings if one.rule == "reference-cycle"]
    assert str(finding.spot) == "links.csv:2:1"
    assert "b > a, which leads back by its own references" in finding.as_text()
    assert book.show("promises", "who pledged") == [("usa", 7)]


def test_two_entries_that_are_one_cannot_stand_above_what_stands_above_them(make_book):
    text = pledge("a", 5, 'draws_on = "c"') + pledge("b", 5) + pledge("c", 7, 'draws_on = "b"')
    book = make_book(text, {"links.csv": HEADER + "a,same,b\n"})
    (finding,) = [one for one in book.findings if one.rule == "reference-cycle"]
    assert str(finding.spot) == "links.csv:2:1"
    assert book.show("promises", "who pledged") == [("usa", 5)]  # b; c draws on it, and a on c


def test_a_report_that_fulfils_another_report_of_the_same_fact_is_no_circle(make_book):
    text = pledge("a", 5) + pledge("b", 5, 'toward = "a"')
    book = make_book(text, {"links.csv": HEADER + "a,same,b\n"})
    assert "reference-cycle" not in book.rules
    assert book.show("promises", "who pledged") == [("usa", 5)]


def test_references_and_judgements_by_turns_make_no_endless_chain(make_book):
    """Each chain alone has one link; together they would have sixty."""
    text = "".join(
        pledge(f"p{number:02}", 1, f'draws_on = "p{number + 1:02}"' if number % 2 else "")
        for number in range(61)
    )
    links = "".join(f"p{number:02},draws_on,p{number + 1:02}\n" for number in range(0, 60, 2))
    book = make_book(text, {"links.csv": HEADER + links})
    assert "reference-too-long" in book.rules
    ids = book.ask("pledges")
    assert len(ids) == 61
