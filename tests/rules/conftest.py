"""What the rules' tests share: who and what the worked blocks of R1 to R12 name."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from conftest import Book

ACTORS = """
[[actor]]
id = "hnp"
name = "Haitian National Police"
parent = "hti"

[[actor]]
id = "unsc"
name = "United Nations Security Council"
type = "multilateral"

[[actor]]
id = "un-dos"
name = "United Nations Department of Operational Support"
type = "multilateral"

[[actor]]
id = "inkas"
name = "A maker of armoured vehicles"
type = "private"
"""

ACTIVITIES = """
[[activity]]
id = "mss"
name = "Multinational Security Support Mission"
type = "mission"

[[activity]]
id = "mss-fund"
name = "United Nations Trust Fund for the mission"
type = "fund"

[[activity]]
id = "gsf"
name = "Gang Suppression Force"
type = "force"

[[activity]]
id = "incle-hti"
name = "International Narcotics Control and Law Enforcement, Haiti"
type = "account"
"""


@pytest.fixture(scope="session")
def make_worked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Book]:
    """Trackers of a given text with the actors and activities of the worked blocks.

    The same text is the same tracker, compiled once: a test asks it and never writes to it.
    """
    made: dict[tuple[str, str], Book] = {}

    def make(text: str, links: str = "") -> Book:
        if (text, links) not in made:
            files = {"actors.toml": ACTORS, "activities.toml": ACTIVITIES}
            files |= {"links.csv": links} if links else {}
            made[text, links] = Book(tmp_path_factory.mktemp("tracker"), text, files)
        return made[text, links]

    return make


@pytest.fixture
def book(request: pytest.FixtureRequest, make_worked: Callable[..., Book]) -> Book:
    """The tracker of a worked block: the test's docstring or, where several tests share one,
    BLOCK of their module. LINKS of the module is its links.csv."""
    block = inspect.cleandoc(request.function.__doc__ or "")
    if "[[" not in block:
        block = request.module.BLOCK
    return make_worked(block, getattr(request.module, "LINKS", ""))
