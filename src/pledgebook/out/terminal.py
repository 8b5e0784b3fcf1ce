"""The board and the answers on a terminal."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledgebook.out.answers import UNKNOWN, grouped, rows_of
from pledgebook.pages.board import UNEXPLAINED, Board, PromiseRow, ReadingRow, TotalRow

# where nobody looks at it, in a pipe or a test, it is always as wide as this
WIDTH_OF_A_PIPE = 110


def console() -> Console:
    """Where tables and the board go: plain text in a pipe, colours on a terminal."""
    found = Console(highlight=False, markup=False, emoji=False)
    return (
        found
        if found.is_terminal
        else Console(highlight=False, markup=False, emoji=False, width=WIDTH_OF_A_PIPE)
    )


def show_table(answer: pa.Table, to: Console) -> None:
    """An answer as a table: numbers to the right, the unknown as a dash.

    A column in which nothing is known is left out. On a terminal only the first columns that fit
    are shown, and the others are named; in a pipe a row is one line, however long.
    """
    if not answer.num_rows:
        to.print("nothing known")
        return
    rows = rows_of(answer)
    known = [i for i in range(answer.num_columns) if answer.column(i).null_count < answer.num_rows]
    widths = {i: _width(answer.schema.field(i).name, [row[i] for row in rows]) for i in known}
    fitting = _fitting(widths, to.width) if to.is_terminal else known
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for i in fitting:
        field = answer.schema.field(i)
        is_number = pa.types.is_decimal(field.type) or pa.types.is_integer(field.type)
        table.add_column(
            field.name,
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=not to.is_terminal,
            # the last column may take what is left
            max_width=_WIDEST if to.is_terminal and i != fitting[-1] else None,
        )
    for row in rows:
        table.add_row(*(Text(row[i]) for i in fitting))
    if not to.is_terminal:
        to.width = max(to.width, sum(widths.values()) + 4 * len(widths))
    to.print(table)
    if len(fitting) < len(known):
        names = ", ".join(answer.schema.field(i).name for i in known if i not in fitting)
        to.print(Text(f"Beside these: {names} (--format json shows all)", "dim"))


# a wider cell is folded on a terminal, so that one long note does not push the figures out
_WIDEST = 40
_GAP = 3


def _width(name: str, cells: list[str]) -> int:
    """How wide a column is that nothing folds."""
    lines = [line for cell in cells for line in cell.split("\n")]
    return max(len(name), *map(len, lines))


def _fitting(widths: dict[int, int], width: int) -> list[int]:
    """The first columns that fit into the width; always one."""
    out: list[int] = []
    taken = 0
    for i, one in widths.items():
        taken += min(one, _WIDEST) + _GAP
        if out and taken > width:
            break
        out.append(i)
    return out


def show_board(board: Board, findings: str, command: str, to: Console) -> None:
    """The board in one screen; `findings` counts what `check` found, `command` is what a person
    types before a verb."""
    day = f"as known on {board.as_of}" if board.as_of else "all that is known"
    to.print(Text.assemble((board.title, "bold"), f"  {day}, {findings}"))
    _heading(to, "Who promised what, and how much came?")
    _show_promises(board.promises, to)
    _heading(to, "Do the stated totals hold?")
    for total in board.totals[:_MOST_PER_BOX]:
        _show_total(total, to)
    _more(len(board.totals), "totals", to)
    if board.totals:
        to.print(Padding(Text(UNEXPLAINED, "italic"), (0, 0, 0, 2)))
    else:
        to.print("  no total was stated")
    _heading(to, "Which promises wait on what?")
    for one in board.waiting[:_MOST_PER_BOX]:
        figure = _figure(one.amount, one.unit)
        to.print(
            Text.assemble(
                "  ",
                (one.who, "bold"),
                f" to {one.whom}: {one.what or 'help'}, {figure}  [{one.id}]",
            )
        )
        _quote(one.quote, to)
        for condition in one.waits_on:
            to.print(Text(f"      waits on {condition}"))
    _more(len(board.waiting), "pledges", to)
    if not board.waiting:
        to.print("  none")
    for overdue in board.overdue[:_MOST_PER_BOX]:
        to.print(Text(f"  overdue: {overdue}"))
    _more(len(board.overdue), "pledges", to)
    if board.asks:
        _heading(to, "Who was asked, and what did they answer?")
        for ask in board.asks[:_MOST_PER_BOX]:
            since = f" since {ask.since}" if ask.since else ""
            to.print(
                Text(f"  {ask.who} asked {ask.whom}: {ask.what or 'help'}: {ask.answer}{since}")
            )
        _more(len(board.asks), "asks", to)
    _heading(to, "Try next")
    for verb in ("show totals", "show pledges --format csv", 'sql "select id, quote from entries"'):
        to.print(Text(f"  {command} {verb}"), soft_wrap=True)


# the board is one screen; the questions show everything
_MOST_PER_BOX = 8


def _more(number: int, question: str, to: Console) -> None:
    """Say how many rows the board leaves to the question that shows them all."""
    if number > _MOST_PER_BOX:
        to.print(f"  and {number - _MOST_PER_BOX:,} more: show {question}")


def _heading(to: Console, words: str) -> None:
    to.print()
    to.print(Text(words, "bold"))


def _show_promises(rows: tuple[PromiseRow, ...], to: Console) -> None:
    if not rows:
        to.print("  no promise is known")
        return
    columns = (
        "pledged",
        "committed",
        "disbursed",
        "delivered",
        "outstanding",
        "weak",
        "conditional",
        "unpromised",
    )
    # a column in which nothing stands tells nothing
    used = [
        name for name in columns if name == "pledged" or any(getattr(row, name) for row in rows)
    ]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("partner", min_width=13)
    table.add_column("unit", no_wrap=True)
    for name in used:
        table.add_column(name, justify="right", no_wrap=True)
    if any(row.unknown for row in rows):
        table.add_column("unknown", justify="right")
    for row in rows[: 3 * _MOST_PER_BOX]:
        cells = [_short(getattr(row, name)) for name in used]
        cells += [str(row.unknown)] if row.unknown else []
        table.add_row(Text(row.who), row.unit or UNKNOWN, *cells)
    to.print(Padding(table, (0, 0, 0, 2)))
    if len(rows) > 3 * _MOST_PER_BOX:
        to.print(f"  and {len(rows) - 3 * _MOST_PER_BOX:,} more: show promises")
    to.print(
        f"  {UNKNOWN} is unknown, never zero; unpromised came without a known promise; "
        "unknown counts promises without a figure"
    )


def _show_total(total: TotalRow, to: Console) -> None:
    verdict = total.reading.verdict
    style = {"holds": "green", "short": "yellow", "over": "red"}.get(verdict, "dim")
    about = (
        f"{total.who} to {total.whom}, {total.stage}"
        if total.whom
        else f"{total.who}, {total.stage}"
    )
    to.print(Text.assemble("  ", (about, "bold"), f"  [{total.id}]  ", (verdict.upper(), style)))
    _quote(total.quote, to, total.source)
    sign = "" if total.comparator == "=" else f"{total.comparator} "
    basis = f" ({total.basis})" if total.basis and total.basis != total.stage else ""
    to.print(
        Text(
            f"      stated {sign}{_figure(total.stated, total.unit)}, "
            f"itemised {_amount(total.reading.itemised)}{basis}, "
            f"unexplained {_amount(total.reading.unexplained)}{_period(total.reading)}"
        )
    )
    for other in total.others:
        to.print(
            Text(
                f"      read as {other.reading}: itemised {_amount(other.itemised)}, "
                f"unexplained {_amount(other.unexplained)}, {other.verdict}"
            )
        )
    for rival in total.rivals:
        sign = "" if rival.comparator == "=" else f"{rival.comparator} "
        to.print(Text(f"      rival: {sign}{_figure(rival.stated, rival.unit)}  [{rival.id}]"))


def _period(reading: ReadingRow) -> str:
    return f" ({reading.reading})" if reading.reading else ""


def _quote(quote: str | None, to: Console, source: str = "") -> None:
    if quote:
        to.print(
            Text(f"      “{quote.strip('“”')}”" + (f" ({source})" if source else ""), "italic")
        )


def _figure(amount: Decimal | None, unit: str | None) -> str:
    return f"{grouped(amount)} {unit or ''}".rstrip() if amount is not None else "figure unknown"


def _short(amount: Decimal | None) -> str:
    """An amount at a glance, 276.6M for 276,600,000; less than a million as it is."""
    if amount is None or abs(amount) < 1_000_000:
        return _amount(amount)
    scale, letter = (10**9, "bn") if abs(amount) >= 10**9 else (10**6, "M")
    return f"{round(amount / scale, 2):,.2f}".rstrip("0").rstrip(".") + letter


def _amount(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else grouped(amount)
