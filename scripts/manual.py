"""Write the generated half of the manual, docs/reference, from what the code itself says.

`make bless` runs it. Every page is a pure function of the code, of the headers of the SQL files
and of tests/findings: neither the terminal nor the day nor the locale changes a byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from manual_forms import forms, said, table
from manual_library import library_page
from pledgebook import judgements
from pledgebook.books.settings import KEYS
from pledgebook.cli import main
from pledgebook.finding import RULES
from pledgebook.json_schema import schemas
from pledgebook.kinds import KINDS, Field, Kind
from pledgebook.ledger import reads
from pledgebook.questions import QUESTIONS, Question
from pledgebook.rates import PRICE_COLUMNS, RATE_COLUMNS
from pledgebook.schema import ENTRY_COLUMNS, columns
from pledgebook.sources.checked import COLUMNS as CHECKED_COLUMNS

ROOT = Path(__file__).parents[1]
REFERENCE = "docs/reference"
SQL = ROOT / "src" / "pledgebook" / "sql"
FOLDERS = ROOT / "tests" / "findings"


def pages() -> dict[str, str]:
    """Every generated page: its path from the project's folder, and its text."""
    made = {
        "kinds": kinds_page(),
        "findings": findings_page(),
        "questions": questions_page(),
        "steps": steps_page(),
        "verbs": verbs_page(),
        "library": library_page(),
    }
    return {f"{REFERENCE}/{name}.md": _page(parts) for name, parts in made.items()}


def shapes() -> dict[str, str]:
    """The JSON Schemas for editors, beside the pages."""
    return {f"{REFERENCE}/{name}.schema.json": text for name, text in schemas().items()}


def _page(parts: Iterable[str]) -> str:
    """The parts of a page below each other, with one line break at its end."""
    made = "Made by `make bless` from the code and its examples: a change by hand is lost."
    title, *rest = parts
    return "\n\n".join(part.strip("\n") for part in (f"# {title}", made, *rest)) + "\n"


# kinds.md ------------------------------------------------------------------------------------

GROUPS = {
    "reference": "## What entries refer to",
    "support": "## Support, from asking to using",
    "sum": "## Claims about sums",
    "hinge": "## What promises hang on",
    "situation": "## The situation",
}

TYPES = {
    "id": "id",
    "text": "text",
    "words": "verbatim text",
    "day": "[date](#dates)",
    "period": "[period](#dates)",
    "money": "[money](#money)",
    "quantity": "[quantity](#quantities)",
    "word": "word",
    "actor": "actor",
    "ref": "id of an entry",
    "fiscal_year": "[fiscal year](#fiscal-years)",
    "reading": "[reading](#fiscal-years)",
    "number": "whole number",
    "country": "country",
    "path": "file",
}


def kinds_page() -> Iterator[str]:
    yield "Kinds and fields"
    yield said("""
        One entry is one statement of one source, with one quote. In a TOML book it is a paragraph
        below a header such as `[[pledge]]`; in a CSV book it is a row, its kind is the column
        `kind` or the file's name (`pledge.csv`, `2021.pledge.csv`), and a list stands in one
        cell, joined by `;`. A workbook (`.xlsx`) is the same with sheets for files: `pledge`,
        `2021.pledge`. Field names are the same everywhere: in books, in SQL, in answers.
    """)
    yield said("""
        *Needed* says without which fields an entry says nothing; *list* says where several values
        may stand, as in `whom = ["fra", "can"]`. An *actor* is an id or a name of `actors.toml`
        or `activities.toml`, or a state by its ISO 3166-1 code or name. An *id* has up to 120
        letters, digits and `- _ . :`, and is unique in the tracker.
    """)
    group = ""
    for kind in KINDS.values():
        if kind.group != group:
            group = kind.group
            yield GROUPS[group]
        yield from _kind(kind)
    yield from forms()
    yield from _files()


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield kind.help
    yield table(
        ("field", "type", "", "what it says"),
        [
            (f"`{field.name}`", TYPES[field.type], _marks(field), _help(field))
            for field in kind.fields
        ],
    )
    shown = ", ".join(f"`{name}`" for name in columns(kind))
    yield f"In SQL: the view `{kind.view}` with the columns {shown}."


def _marks(field: Field) -> str:
    return ", ".join(
        mark for mark, holds in (("needed", field.needed), ("list", field.many)) if holds
    )


def _help(field: Field) -> str:
    help = field.help
    if field.words:
        help += f" One of: {', '.join(f'`{word}`' for word in field.words)}."
    if field.refers and len(field.refers) < len(KINDS):
        help += f" The id of: {', '.join(field.refers)}."
    return help


def _files() -> Iterator[str]:
    yield "## The other files of a tracker"
    yield "**`tracker.toml`** makes a folder a tracker. Every key may be left out."
    yield table(("key", "what it says"), [(f"`{key}`", help) for key, help in KEYS.items()])
    yield (
        '```toml\ntitle = "Haiti"\nbase  = "USD"\n\n[calendars]\n'
        'usa = { starts = "10-01", named = "end" }\n```'
    )
    yield said("""
        **`links.csv`** holds judgements about two entries, beside them and never in them. It only
        grows: a later line about the same two outranks an earlier one, and `withdrawn` takes one
        back. A judgement takes effect on the later of the two days from which its entries are
        known.
    """)
    yield table(
        ("column", "what it says"),
        [(f"`{column}`", help) for column, help in judgements.COLUMNS.items()],
    )
    yield said("""
        **`rates.csv`** holds rate tables by name, beside the European Central Bank's `ecb-daily`,
        which comes along. `[rates]` in `tracker.toml` names those in use, in the order in which
        they are tried: `source = ["un-operational", "ecb-daily"]`.
    """)
    yield table(
        ("column", "what it says"),
        [(f"`{column}`", help) for column, help in RATE_COLUMNS.items()],
    )
    yield "**`prices.csv`** holds price indices, for amounts in the money of another year."
    yield table(
        ("column", "what it says"),
        [(f"`{column}`", help) for column, help in PRICE_COLUMNS.items()],
    )
    shown = ", ".join(f"`{column}`" for column in CHECKED_COLUMNS)
    yield said(f"""
        **`sources/checked.csv`** is written by `check` and committed: which quote was found in
        which text, so that it is vouched for where the text is not. Its columns are {shown}.
        """)


# findings.md ---------------------------------------------------------------------------------

LEVELS = {
    "error": "keeps the entry out, blocks publishing, and ends `check` with exit code 1",
    "warning": "asks for a look; the entry counts",
    "note": "tells what was assumed; the entry counts",
}


def findings_page() -> Iterator[str]:
    yield "Findings"
    yield said("""
        `pledgebook check` reads everything and prints what is wrong, where, and what to do about
        it. The first line is `file:line:column: level: message [rule]`, which editors can parse;
        columns count characters from 1, and a finding about a whole file has neither line nor
        column. In a workbook it is `file:sheet!cell`, such as `books/2024.xlsx:pledge!C7`.
        `--format json` gives the same with the keys `rule`, `level`, `message`, `file`, `line`,
        `column`, `entry`, `remedy` and, where they apply, `expected`, `found`, `difference`,
        `nearest`, `sheet`, `cell`; the line of a cell is its row.
    """)
    yield table(("level", "what it does"), [(f"`{one}`", does) for one, does in LEVELS.items()])
    yield table(
        ("rule", "level", "when it appears"),
        [
            (f"[`{rule.name}`](#{rule.name})", rule.level, rule.meaning.rstrip("."))
            for rule in RULES.values()
        ],
    )
    for rule in RULES.values():
        folder = FOLDERS / rule.name
        yield f"### {rule.name}"
        yield f"*{rule.level}*: {rule.meaning}"
        yield _read(folder / "why.md")
        expected = _read(folder / "expected.txt")
        yield f"```text\n{expected.strip(chr(10))}\n```"
        yield _example(folder, expected)


def _example(folder: Path, expected: str) -> str:
    """The line that names the files in which the example breaks its rule."""
    at = f"../../tests/findings/{folder.name}"
    places = re.findall(r"^([^\s:]+)(?::\d+:\d+)?: (?:error|warning|note): ", expected, re.M)
    found = [name for name in dict.fromkeys(places) if (folder / name).is_file()]
    # a finding may be about a file that is absent, or that make.py builds
    links = ", ".join(f"[`{name}`]({at}/{name})" for name in found or ["tracker.toml"])
    made = " (built by `make.py`)" if (folder / "make.py").exists() else ""
    return f"The tracker that says so is [`tests/findings/{folder.name}`]({at}); see {links}{made}."


# questions.md --------------------------------------------------------------------------------

FILTERS = {
    "who": "a provider and its offices",
    "whom": "a receiver and its parts",
    "via": "what passes through an activity",
    "unit": "one currency or noun",
    "since": "from a day on",
    "until": "up to a day",
}
SHOWN_IN = (
    "`--in CUR` shows its money in one currency: USD, or USD@2021 in the prices of that year."
)


def questions_page() -> Iterator[str]:
    yield "Questions"
    yield said("""
        `pledgebook show QUESTION` answers with a table; `--format json` and `--format csv` give
        the same rows to a program. Amounts are plain numbers in `unit`, never converted and never
        scaled; null (an empty cell in CSV) is unknown, never zero. Every row rests on ids of
        entries (`rests_on`); in CSV the ids of a list are joined by `;`. `--as-of DATE` answers
        as it was known on that day, `--strength WORD` sets the weakest wording that counts as
        promised.
    """)
    yield table(
        ("question", "answers"),
        [(f"[`{one.name}`](#{one.name})", one.help) for one in QUESTIONS.values()],
    )
    for question in QUESTIONS.values():
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield f"### {question.name}"
    yield question.help
    yield table(
        ("column", "what stands in it"),
        [(f"`{column}`", help) for column, help in question.columns.items()],
    )
    named = [f"`--{name}` ({FILTERS[name]})" for name in question.filters if name in FILTERS]
    steps = ", ".join(
        f"[`{step}`](steps.md#{step})"
        for step in _files_of("views")
        if re.search(rf"\b(?:from|join) {step}\b", question.sql)
    )
    shown_in = f" {SHOWN_IN}" if "currency" in question.filters else ""
    by = ", ".join(named) if named else "nothing"
    yield f"Narrowed by: {by}.{shown_in} Computed in: {steps}."


# steps.md ------------------------------------------------------------------------------------

ROOMS = {
    "entries": "## Entries: what there is to count",
    "views": "## Views: what it means",
    "checks": "## Checks: what breaks a rule",
}


def steps_page() -> Iterator[str]:
    yield "Steps"
    shown = ", ".join(f"`{column}`" for column in ("id", "kind", *ENTRY_COLUMNS))
    yield said(f"""
        What the answers mean is written in SQL, one file for one idea, under `src/pledgebook/sql`.
        Each step can be asked by its name: `pledgebook sql "select * from promise"`. Beside them
        stand a view for every [kind](kinds.md) and the view `entries` ({shown}), all as of the day
        that is asked for. A check selects the entries that break its rule and is no step.
        """)
    for room, heading in ROOMS.items():
        yield heading
        for name, text in _files_of(room).items():
            yield from _step(room, name, text)


def _step(room: str, name: str, text: str) -> Iterator[str]:
    header = _header(text)
    first, *rest = header
    said, _, meaning = first.partition(": ")
    assert said == name, f"sql/{room}/{name}.sql begins with {first!r}"
    yield f"### {name}"
    yield f"{meaning[:1].upper()}{meaning[1:]}"
    rows = []
    for line in rest:
        key, _, value = line.partition(": ")
        if key == "reads":
            value = ", ".join(_link(one) for one in reads(text))
        rows.append(f"- {key}: {value}" if value else f"- {line}")
    yield "\n".join(rows)
    yield f"[`sql/{room}/{name}.sql`](../../src/pledgebook/sql/{room}/{name}.sql)"


def _header(text: str) -> list[str]:
    """The comment above the first line of SQL, an indented line joined to the one above it."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("--"):
            break
        said = line.removeprefix("--")
        if said.startswith("  ") and lines:
            lines[-1] += " " + said.strip()
        else:
            lines.append(said.strip())
    return lines


def _link(name: str) -> str:
    if any(name in _files_of(room) for room in ROOMS):
        return f"[`{name}`](#{name})"
    kind = next((kind.name for kind in KINDS.values() if kind.view == name), "")
    return f"[`{name}`](kinds.md#{kind})" if kind else f"`{name}`"


def _files_of(room: str) -> dict[str, str]:
    """The SQL files of one folder by name, sorted: their text."""
    return {path.stem: _read(path) for path in sorted((SQL / room).glob("*.sql"))}


# verbs.md ------------------------------------------------------------------------------------


def verbs_page() -> Iterator[str]:
    yield "Verbs"
    yield said("""
        `pledgebook [-t DIR] VERB`: without `-t` it is the tracker around the current folder, the
        nearest one above it that holds a `tracker.toml`.
    """)
    yield table(
        ("exit code", "means"),
        [
            ("0", "fine"),
            (
                "1",
                "there are findings of level error; the answer is printed, without those entries",
            ),
            ("2", "misuse: no tracker there, no such option, a select that the database refuses"),
        ],
    )
    assert isinstance(main, click.Group)
    yield "Options before the verb:"
    yield _options(main)
    for name in sorted(main.commands):
        yield from _verb(name, main.commands[name])


def _verb(name: str, command: click.Command) -> Iterator[str]:
    yield f"### {name}"
    yield " ".join((command.help or "").split())
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    written = "".join(f" {_argument(one)}" for one in arguments)
    yield f"```text\npledgebook {name} [OPTIONS]{written}\n```"
    for one in arguments:
        if isinstance(one.type, click.Choice):
            yield f"`{_argument(one)}` is one of: {_choices(one.type)}."
    yield _options(command)


def _argument(argument: click.Argument) -> str:
    return argument.metavar or (argument.name or "").upper()


def _options(command: click.Command) -> str:
    rows = []
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            names = ", ".join(f"`{name}`" for name in option.opts)
            help = " ".join((option.help or "").split())
            if isinstance(option.default, str):
                help += f" Without it: `{option.default}`."
            rows.append((names, _value(option), help))
    rows.append(("`-h`, `--help`", "", "Show this message and exit."))
    return table(("option", "value", "what it does"), rows)


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return _choices(option.type)
    return f"`{option.metavar or option.type.name.upper()}`"


def _choices(choice: click.Choice[str]) -> str:
    return ", ".join(f"`{one}`" for one in choice.choices)


# words ---------------------------------------------------------------------------------------


def _read(path: Path) -> str:
    """The text of a file with its own line ends, whatever the platform's are."""
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    for path, text in (pages() | shapes()).items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
