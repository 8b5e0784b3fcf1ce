"""Conditions that are met again, and asks that are addressed to a group. All of it is made up."""

from __future__ import annotations

from datetime import date

GROUP = {
    "actors.toml": """
[[actor]]
id = "partners"
type = "group"

[[actor]]
id = "unsc"
type = "multilateral"
""",
    "activities.toml": '[[activity]]\nid = "force"\n',
}

RENEWED = """
[[condition]]
id = "vote"
type = "mandate"
about = "force"
quote = "if the body agrees"

[[mandate]]
id = "first"
body = "unsc"
about = "force"
adopted = 2023-10-02
date = 2023-10-02
known = 2023-10-02
yes_count = 15
quote = "agreed"

[[mandate]]
id = "renewal"
body = "unsc"
about = "force"
adopted = 2024-09-30
date = 2024-09-30
known = 2024-09-30
yes_count = 15
quote = "renewed"
"""


def test_a_renewed_mandate_has_met_its_condition_once(make_book):
    book = make_book(RENEWED, GROUP)
    assert book.show("conditions", "state since rests_on") == [
        ("met", _day("2023-10-02"), ["vote", "first"])
    ]


def test_a_condition_that_was_breached_in_between_is_met_from_the_renewal(make_book):
    breach = """
[[status]]
about = "vote"
state = "breached"
date = 2024-01-26
known = 2024-01-26
quote = "struck down"
"""
    book = make_book(RENEWED + breach, GROUP)
    assert book.show("conditions", "state since") == [("met", _day("2024-09-30"))]
    assert book.show("conditions", "state since", "2024-02-01") == [
        ("breached", _day("2024-01-26"))
    ]


def test_a_group_has_answered_where_any_partner_answers(make_book):
    text = """
[[ask]]
id = "help"
who = "hti"
whom = ["partners", "fra"]
what = "a force"
quote = "asks its partners and France"

[[pledge]]
id = "kenya"
who = "ken"
quantity = "1000 police"
toward = "help"
quote = "a thousand police"
"""
    book = make_book(text, GROUP)
    assert book.show("asks", "whom answer") == [("fra", "none"), ("partners", "yes")]
    france = """
[[pledge]]
who = "fra"
quantity = "10 police"
strength = "considered"
toward = "help"
quote = "France looks at ten"
"""
    without_kenya = text.replace('toward = "help"', "")
    book = make_book(without_kenya + france, GROUP)
    assert book.show("asks", "whom answer") == [("fra", "reviewing"), ("partners", "none")]


def _day(text: str) -> date:
    return date.fromisoformat(text)
