"""Entries about the people of a force, as short as tests want them."""

ACTIVITIES = """
[[activity]]
id = "mss"
name = "Multinational Security Support Mission"
type = "mission"
ceiling = "2500 personnel"

[[activity]]
id = "gsf"
name = "Gang Suppression Force"
type = "force"

[[activity]]
id = "academy"
name = "A made-up training programme"
type = "programme"
"""


def arrival(id, day, who, number, more=""):
    return f"""
[[delivery]]
id = "{id}"
date = {day}
who = "{who}"
whom = "mss"
quantity = "{number}"
quote = "{id}"
{more}"""


def left(id, day, about, more="", state="withdrawn"):
    return f"""
[[status]]
id = "{id}"
date = {day}
about = ["{about}"]
state = "{state}"
quote = "{id}"
{more}"""


def level(id, day, number, more=""):
    return f"""
[[total]]
id = "{id}"
date = {day}
whom = "mss"
stage = "delivered"
measure = "level"
quantity = "{number}"
quote = "{id}"
{more}"""


def pledge(id, day, who, number, more=""):
    return f"""
[[pledge]]
id = "{id}"
date = {day}
who = "{who}"
whom = "gsf"
quantity = "{number}"
quote = "{id}"
{more}"""


def by_day(book, columns="present", **more):
    """(day, columns ...) of the one force of a book."""
    rows = book.show("strength", f"date {columns}", **more)
    return [(str(day), *rest) for day, *rest in rows]


def mandate(id, adopted, ceiling, more="", known=None):
    return f"""
[[mandate]]
id = "{id}"
date = {adopted}
body = "unsc"
symbol = "S/RES/{id[-4:]} ({adopted[:4]})"
about = ["gsf"]
adopted = {adopted}
ceiling = "{ceiling}"
abstain = ["chn", "pak", "rus"]
quote = "{id}"
{more}"""


FIRST = arrival("ken-1", "2024-06-25", "ken", "200 police")
SECOND = arrival("ken-2", "2024-07-16", "ken", "200 police")
