"""The manual is complete and up to date: docs/reference is generated, and nothing lacks a place."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import click
import pytest

import pledgebook
from pledgebook import judgements, rates
from pledgebook.asking import Askable
from pledgebook.books.settings import KEYS
from pledgebook.cli import main
from pledgebook.finding import RULES
from pledgebook.kinds import KINDS, Kind
from pledgebook.questions import QUESTIONS
from pledgebook.sources import checked

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
SQL = ROOT / "src" / "pledgebook" / "sql"
STEPS = sorted(
    path for room in ("entries", "views", "checks") for path in (SQL / room).glob("*.sql")
)
PAGES = ("kinds", "findings", "questions", "steps", "verbs", "library")


@cache
def manual(page: str) -> str:
    return (REFERENCE / f"{page}.md").read_text("utf-8")


@cache
def generator() -> ModuleType:
    """scripts/manual.py, which is no package; its parts stand beside it."""
    sys.path.insert(0, str(ROOT / "scripts"))
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


@pytest.mark.parametrize("path", STEPS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_step_is_in_the_manual_with_the_words_of_its_header(path: Path):
    text = chapter("steps", path.stem)
    assert has_a_sentence(text)
    assert f"sql/{path.parent.name}/{path.name}" in text
    first, *_ = path.read_text("utf-8").partition("\n")
    meaning = first.removeprefix(f"-- {path.stem}: ")
    assert meaning != first
    assert meaning[1:] in text
    assert "\n- one row per: " in text


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_columns_and_filters_of_a_question_are_in_the_manual(question: str):
    text = chapter("questions", question)
    rows = re.findall(r"^\| `(\w+)` \| .*\w", text, re.MULTILINE)
    assert rows == list(QUESTIONS[question].columns)
    options = {"in" if name == "currency" else name for name in QUESTIONS[question].filters}
    assert set(re.findall(r"`--(\w+)[ `]", text)) == options


def library() -> list[str]:
    """What a library's user can name: what the package offers, and what a tracker is asked."""
    offered = [name for name in pledgebook.__all__ if name != "__version__"]
    asked = [name for name in vars(Askable) if not name.startswith("_") and name != "database"]
    return [*offered, *asked]


@pytest.mark.parametrize("name", library())
def test_a_public_name_is_in_the_manual(name: str):
    if name.endswith(("Row", "Reading", "Level")):
        row = getattr(pledgebook, name)
        _, heading, rest = manual("library").partition(f"\n`{name}`: ")
        assert heading
        shown = re.findall(r"^\| `(\w+)` \| `.+` \| .*\w", rest.split("\n\n")[1], re.MULTILINE)
        assert shown == list(row._fields)
    else:
        assert has_a_sentence(chapter("library", name))


@pytest.mark.parametrize(
    "key",
    [*KEYS, *judgements.COLUMNS, *checked.COLUMNS, *rates.RATE_COLUMNS, *rates.PRICE_COLUMNS],
    ids=lambda key: str(key),
)
def test_a_key_of_the_other_files_is_in_the_manual(key: str):
    _, heading, rest = manual("kinds").partition("\n## The other files of a tracker\n")
    assert heading
    assert f"`{key}`" in rest


def test_the_manual_tells_of_nothing_that_is_gone():
    known = {
        "kinds": list(KINDS),
        "findings": list(RULES),
        "questions": list(QUESTIONS),
        "steps": [path.stem for path in STEPS],
        "verbs": sorted(verbs()),
        "library": [name for name in library() if not name.endswith(("Row", "Reading", "Level"))],
    }
    for page, names in known.items():
        titles = re.findall(r"^### (.+)$", manual(page), re.MULTILINE)
        assert sorted(titles) == sorted(names), page


def test_the_manual_is_up_to_date():
    """`make bless` renews it; a page that was edited by hand is lost then."""
    pages: dict[str, str] = generator().pages()
    assert set(pages) == {f"docs/reference/{page}.md" for page in PAGES}
    stale = [path for path, text in pages.items() if (ROOT / path).read_bytes() != text.encode()]
    assert stale == []


def test_the_schemas_are_up_to_date():
    """Made from kinds.py as well: editors of the project's own books read them."""
    made: dict[str, str] = generator().shapes()
    assert len(made) == 2
    stale = [path for path, text in made.items() if (ROOT / path).read_bytes() != text.encode()]
    assert stale == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_plain_text_with_one_line_break_at_its_end(page: str):
    text = manual(page)
    assert "`make bless`" in text.split("\n\n")[1]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert str(ROOT) not in text
    tables = re.findall(r"(?:^\|.*\|$\n)+", text, re.MULTILINE)
    for table in tables:
        # a bar that stands in a cell is escaped
        widths = {len(re.split(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table[:80]


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str):
    for file, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", manual(page)):
        target = (REFERENCE / file).resolve() if file else REFERENCE / f"{page}.md"
        assert target.exists(), file
        if anchor:
            text = target.read_text("utf-8")
            is_heading = f"\n### {anchor}\n" in text or f"\n## {anchor}\n" in text
            assert is_heading or f'<a id="{anchor}"></a>' in text, anchor


def test_the_manual_is_the_same_on_every_terminal_and_on_every_day():
    """Another width, another locale, another order of hashes: the same bytes."""
    script = (
        "import sys, manual\n"
        "sys.stdout.buffer.write(''.join(map(str, manual.pages().items())).encode('utf-8'))"
    )
    odd = {"COLUMNS": "33", "LC_ALL": "C", "PYTHONHASHSEED": "7", "NO_COLOR": "1", "TZ": "UTC+11"}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT / "scripts",
        env={**os.environ, **odd},
        capture_output=True,
        check=True,
    )
    assert ran.stdout.decode() == "".join(map(str, generator().pages().items()))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_example_that_runs(rule: str):
    """A folder tests/findings/RULE: a tracker that is wrong in this way, and expected.txt."""
    expected = ROOT / "tests" / "findings" / rule / "expected.txt"
    assert f"[{rule}]" in expected.read_text("utf-8")
