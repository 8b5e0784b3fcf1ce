"""Votes for the tests: missions, mandates of the Council, and stances about them."""

from __future__ import annotations

from conftest import Book

ACTIVITIES = """
[[activity]]
id = "minustah"
name = "United Nations Stabilization Mission in Haiti"
type = "mission"
successor = "minujusth"
starts = "2004"
ends = "2017-10"

[[activity]]
id = "minujusth"
name = "United Nations Mission for Justice Support in Haiti"
type = "mission"
successor = "binuh"
starts = "2017-10"
ends = "2019-10"

[[activity]]
id = "binuh"
name = "United Nations Integrated Office in Haiti"
type = "mission"
country = "hti"

[[activity]]
id = "mss"
name = "Multinational Security Support Mission"
type = "mission"
successor = "gsf"

[[activity]]
id = "gsf"
name = "Gang Suppression Force"
type = "force"

[[activity]]
id = "gsf-air"
name = "Its helicopters; made up"
type = "unit"
parent = "gsf"

[[activity]]
id = "plan"
name = "A plan of nobody"
type = "plan"
"""


def mandate(number: int, day: str, about: str = "mss", lines: str = "", id: str = "") -> str:
    """A mandate of the Council, known on the day of its adoption."""
    return f"""
[[mandate]]
id = "{id or f"res-{number}"}"
body = "unsc"
symbol = "S/RES/{number} ({day[:4]})"
about = "{about}"
adopted = {day}
known = {day}
quote = "{id or number}, made up"
{lines}
"""


def position(who: str, about: str, stance: str, day: str) -> str:
    return f"""
[[position]]
id = "{who}-{stance}"
who = "{who}"
about = "{about}"
stance = "{stance}"
date = {day}
known = {day}
quote = "{stance}, made up"
"""


def told(book: Book) -> list[str]:
    """The rules that were broken, without the note that quotes are not checked."""
    return [rule for rule in book.rules if rule != "quote-unchecked"]


CONDITION = """
[[condition]]
id = "a-vote"
known = 2021-01-01
type = "{type}"
about = "{about}"
quote = "if somebody decides, made up"
"""
