"""The command line: each verb reads its arguments, asks, and prints.

Heavy libraries are imported by the verbs that use them: `--help` answers at once.
"""

from __future__ import annotations

import gc
import io
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pledgebook import __version__

if TYPE_CHECKING:
    import pyarrow as pa

    from pledgebook.engine import Moment, Variable
    from pledgebook.tracker import Tracker

QUESTION_NAMES = (
    "promises",
    "pledges",
    "totals",
    "conditions",
    "asks",
    "followup",
    "flows",
    "funds",
    "needs",
    "strength",
    "equipment",
    "mandates",
    "could_pass",
    "positions",
    "cases",
    "changes",
    "evidence",
    "indicators",
    "timeline",
)
FORMATS = click.Choice(["table", "json", "csv"])
STRENGTHS = ("implied", "considered", "prepared", "promised", "notified", "signed", "done")


class Day(click.ParamType):  # type: ignore[type-arg]  # not generic in click 8.2
    """A day; a month or a year stands for its last day or, where asked from, for its first."""

    name = "date"

    def __init__(self, *, is_first: bool = False) -> None:
        self.is_first = is_first

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        from pledgebook.asking import as_day

        try:
            return as_day(value, is_first=self.is_first)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2021-12-31 or 2021-12", param, ctx)


class Program(click.Group):
    """The verbs; what the system refuses, such as a full disk, is one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            raise  # click ends quietly where nobody reads on
        except OSError as error:
            click.echo(f"pledgebook: {error.strerror or error}", err=True)
            # what could not be written is not tried once more when the program ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(2)


@click.group(
    cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="pledgebook")
@click.option(
    "-t",
    "--tracker",
    "folder",
    metavar="DIR",
    help="The tracker's folder; else the one around this folder.",
)
@click.pass_context
def main(context: click.Context, folder: str | None) -> None:
    """Plain-text accounting for promises between nations."""
    # one short run: the collector would walk 100,000 entries again and again and free nothing
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # a terminal that lacks a letter shows "?" in its place
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    context.obj = folder


def asked(verb: Callable[..., None]) -> Callable[..., None]:
    """The options of every verb that asks a question."""
    verb = click.option(
        "--format", "form", type=FORMATS, default="table", help="How the answer is printed."
    )(verb)
    return click.option("--as-of", type=Day(), help="Answer as it was known on this day.")(verb)


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How findings are printed.",
)
@click.pass_obj
def check(folder: str | None, form: str) -> None:
    """Read everything and print what is wrong, where, and what to do about it."""
    import json

    from pledgebook.finding import summary

    with plain_errors():
        tracker = opened(folder)
        findings = tracker.findings_on(date.today())
    if form == "json":
        rows = [finding.as_dict() for finding in findings]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(finding.as_text())
        click.echo(summary(findings))
    sys.exit(tracker.has_errors)


@main.command()
@click.option("--as-of", type=Day(), help="The board as it was known on this day.")
@click.pass_obj
def board(folder: str | None, as_of: date | None) -> None:
    """Who promised what and how much came; do the totals hold; what waits on what."""
    with plain_errors():
        tracker = opened(folder)
        print_board(tracker, as_of, folder or ".")
    sys.exit(tracker.has_errors)


@main.command()
@click.argument("question", type=click.Choice(QUESTION_NAMES), metavar="QUESTION")
@asked
@click.option("--who", help="Only this provider and its offices.")
@click.option("--whom", help="Only this receiver and its parts.")
@click.option("--via", help="Only what passes through this activity.")
@click.option("--unit", help="Only this currency or noun.")
@click.option(
    "--strength", type=click.Choice(STRENGTHS), help="The weakest wording that counts as promised."
)
@click.option("--since", type=Day(is_first=True), help="Only from this day on.")
@click.option("--until", type=Day(), help="Only up to this day.")
@click.option(
    "--in",
    "currency",
    metavar="CUR",
    help="Show money in this currency (USD), or in the prices of a year too (USD@2021).",
)
@click.pass_obj
def show(
    folder: str | None,
    /,
    question: str,
    as_of: date | None,
    form: str,
    strength: str | None,
    **filters: Variable,
) -> None:
    """Answer a QUESTION; every row says which entries it rests on.

    \b
    Questions: promises, pledges, totals, conditions, asks, followup, flows, funds,
    needs, strength, equipment, mandates, could_pass, positions, cases, changes,
    evidence, indicators, timeline
    """
    from pledgebook.questions import QUESTIONS, narrowed

    with plain_errors():
        tracker = opened(folder)
        with moment(tracker, as_of, strength) as at:
            chosen = narrowed(at, filters)
            answer = QUESTIONS[question].ask(at, chosen)
    print_answer(answer, form)
    tell_of_unconverted(answer, chosen.get("currency"))
    sys.exit(told_of_errors(tracker))


@main.command()
@click.argument("query")
@asked
@click.pass_obj
def sql(folder: str | None, query: str, as_of: date | None, form: str) -> None:
    """Ask in SQL: the view entries, one view per kind, and the steps behind the questions."""
    with plain_errors():
        tracker = opened(folder)
        with moment(tracker, as_of) as at:
            answer = at.ask(query)
    print_answer(answer, form)
    sys.exit(told_of_errors(tracker))


@main.command()
@click.argument("folder", metavar="[DIR]", default="haiti")
@click.option("--no-serve", is_flag=True, help="Print the board and end.")
def demo(folder: str, no_serve: bool) -> None:
    """Copy the Haiti tracker to DIR (haiti) and show its board."""
    from pledgebook.tracker import copy_example, open_tracker

    with plain_errors():
        copy_example(Path(folder))
        tracker = open_tracker(folder)
        print_board(tracker, None, folder)
    sys.exit(tracker.has_errors)


@main.command()
@click.argument("folder", metavar="DIR")
def new(folder: str) -> None:
    """Make a small tracker in DIR that explains itself; what it tells is made up."""
    from pledgebook.starter import new_tracker

    with plain_errors():
        new_tracker(Path(folder))
    click.echo(f"{folder} is a tracker now. What it tells is made up: replace it with your own.")
    for verb in ("check", "board", "show promises"):
        click.echo(f"  {typed()} -t {shlex.quote(folder)} {verb}")


@main.command()
@click.argument(
    "name", metavar="[book|tracker]", type=click.Choice(["book", "tracker"]), default="book"
)
@click.option(
    "--write", is_flag=True, help="Put both into the tracker, where its books look for them."
)
@click.pass_obj
def schema(folder: str | None, name: str, write: bool) -> None:
    """Print the JSON Schema by which editors complete and check a book, or tracker.toml."""
    from pledgebook.json_schema import schemas
    from pledgebook.starter import write_schemas
    from pledgebook.tracker import root_of

    if not write:
        click.echo(schemas()[name], nl=False)
        return
    with plain_errors():
        for file in write_schemas(root_of(folder)):
            click.echo(f"wrote {file}")


@main.command()
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--check", "is_dry", is_flag=True, help="List what is not tidy, and change nothing.")
@click.pass_obj
def tidy(folder: str | None, files: tuple[str, ...], is_dry: bool) -> None:
    """Align and order the books, or those in FILES, without changing what they say."""
    from pledgebook.books.tidy import as_lines, is_clean, tidy_books
    from pledgebook.tracker import root_of

    with plain_errors():
        done = tidy_books(root_of(folder), files, is_dry=is_dry)
    for line in as_lines(done, is_dry=is_dry):
        click.echo(line)
    sys.exit(not is_clean(done, is_dry=is_dry))


@contextmanager
def plain_errors() -> Iterator[None]:
    """One sentence and exit code 2 for what cannot be done, never a traceback."""
    from pledgebook.tracker import TrackerError

    try:
        yield
    except (TrackerError, ValueError) as error:  # a QueryError is a ValueError
        click.echo(f"pledgebook: {error}", err=True)
        sys.exit(2)


def opened(folder: str | None) -> Tracker:
    """The tracker that was asked for, read and compiled where that is needed."""
    from pledgebook.tracker import open_tracker, root_of

    return open_tracker(root_of(folder or None))


@contextmanager
def moment(tracker: Tracker, as_of: date | None, strength: str | None = None) -> Iterator[Moment]:
    """The tracker as of a day; only here does anything read the clock."""
    from pledgebook.ledger import open_database

    with open_database(tracker.database) as database:
        yield database.at(as_of, date.today(), strength)


def print_board(tracker: Tracker, as_of: date | None, folder: str) -> None:
    from pledgebook.finding import summary
    from pledgebook.out.terminal import console, show_board
    from pledgebook.pages.board import board as board_of

    with moment(tracker, as_of) as at:
        command = f"{typed()} -t {shlex.quote(folder)}"
        show_board(
            board_of(at, tracker.title, as_of), summary(tracker.findings), command, console()
        )


def typed() -> str:
    """How a person calls this program: by its name where the shell finds it, else as they did."""
    called = sys.argv[0]
    is_ours = Path(called).name == "pledgebook"
    return (
        called
        if is_ours and os.sep in called and shutil.which("pledgebook") is None
        else "pledgebook"
    )


def print_answer(answer: pa.Table, form: str) -> None:
    from pledgebook.out.answers import as_csv, as_json
    from pledgebook.out.terminal import console, show_table

    if form == "table":
        show_table(answer, console())
    else:
        click.echo(as_json(answer) if form == "json" else as_csv(answer))


def tell_of_unconverted(answer: pa.Table, currency: Variable) -> None:
    """Say which amounts stay in their currency although another was asked for: no rate leads
    there. Of an answer that is sums, the entries behind them are counted."""
    from pledgebook.data import currencies

    if currency is None:
        return
    left: dict[str, int] = {}
    units = answer.column("unit").to_pylist()
    sums = answer.column("rests_on").to_pylist() if "id" not in answer.column_names else []
    for i, unit in enumerate(units):
        if unit in currencies() and unit != currency:
            left[unit] = left.get(unit, 0) + (len(sums[i]) if sums else 1)
    if left:
        named = ", ".join(
            f"{unit} ({left[unit]:,} amount{'' if left[unit] == 1 else 's'})"
            for unit in sorted(left)
        )
        click.echo(
            f"pledgebook: no rate leads to {currency} from {named}; they stay in their currency",
            err=True,
        )


def told_of_errors(tracker: Tracker) -> int:
    """1 where entries stay out, with a word about it beside the answer; else 0."""
    if tracker.has_errors:
        click.echo(
            "pledgebook: entries with errors stay out of this answer; see pledgebook check",
            err=True,
        )
    return int(tracker.has_errors)


class Without:
    """Hides libraries from `import`: pyarrow imports numpy and pandas wherever they are installed,
    which takes longer than most verbs, and no verb needs them."""

    NAMES = ("numpy", "pandas")

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> None:
        if name in cls.NAMES:
            raise ModuleNotFoundError(f"pledgebook does not need {name}", name=name)


def run() -> None:
    """The command `pledgebook`, in a process of its own."""
    sys.meta_path.insert(0, Without)
    # Arrow's own pool keeps what it once had; with this one a first check needs a tenth less memory
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    main()
