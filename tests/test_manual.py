"""The manual is complete and up to date: docs/reference is generated, and nothing lacks a place."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import click
import pytest

from pledgebook.cli import main
from pledgebook.finding import RULES
from pledgebook.kinds import KINDS, Kind
from pledgebook.questions import QUESTIONS

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
VIEWS = sorted(path.stem for path in (ROOT / "src/pledgebook/sql/views").glob("*.sql"))


@cache
def manual(page: str) -> str:
    return (REFERENCE / f"{page}.md").read_text("utf-8")


@cache
def generator() -> ModuleType:
    """scripts/manual.py, which is no package."""
    spec = importlib.util.spec_from_file_location("manual", ROOT / "scripts" / "manual.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chapter(page: str, title: str) -> str:
    """What stands under the heading `### title`, up to the next heading as high as it."""
    _, heading, rest = f"\n{manual(page)}".partition(f"\n### {title}\n")
    assert heading, f"docs/reference/{page}.md has no heading `### {title}`"
    return re.split(r"^#{1,3} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def has_a_sentence(text: str) -> bool:
    return bool(re.search(r"^[^#|\s`].*\w", text, re.MULTILINE))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_kind_and_its_fields_are_in_the_manual(kind: Kind):
    text = chapter("kinds", kind.name)
    assert has_a_sentence(text)
    rows = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert rows == kind.field_names


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_in_the_manual(rule: str):
    assert has_a_sentence(chapter("findings", rule))


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_in_the_manual(question: str):
    assert has_a_sentence(chapter("questions", question))


def verbs() -> dict[str, click.Command]:
    assert isinstance(main, click.Group)
    with click.Context(main) as context:
        found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


@pytest.mark.parametrize("verb", verbs())
def test_verb_and_its_options_are_in_the_manual(verb: str):
    text = chapter("verbs", verb)
    assert has_a_sentence(text)
    command = verbs()[verb]
    assert command.help, f"pledgebook {verb} --help says nothing"
    options = [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]
    assert [option for option in options if option not in text] == []


@pytest.mark.parametrize("view", VIEWS)
def test_view_is_in_the_manual(view: str):
    pages = [path.read_text("utf-8") for path in sorted(REFERENCE.glob("*.md"))]
    assert any(f"### {view}\n" in page for page in pages)


def test_the_manual_tells_of_nothing_that_is_gone():
    known = {"kinds": KINDS, "findings": RULES, "questions": QUESTIONS, "verbs": verbs()}
    gone = {
        f"{page}.md: {title}"
        for page, names in known.items()
        for title in re.findall(r"^### (\S+)$", manual(page), re.MULTILINE)
        if title not in names and title not in VIEWS
    }
    assert gone == set()


def test_the_manual_is_up_to_date():
    """`make bless` renews it; a page that was edited by hand is lost then."""
    pages: dict[str, str] = generator().pages()
    assert {
        f"docs/reference/{page}.md" for page in ("kinds", "findings", "questions", "verbs")
    } <= {Path(path).as_posix() for path in pages}
    stale = [path for path, text in pages.items() if (ROOT / path).read_bytes() != text.encode()]
    assert stale == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_example_that_runs(rule: str):
    """A folder tests/findings/RULE: a tracker that is wrong in this way, and expected.txt."""
    expected = ROOT / "tests" / "findings" / rule / "expected.txt"
    assert f"[{rule}]" in expected.read_text("utf-8")
