"""links.csv: what people judged about two entries, beside the entries and never in them.

One line is one judgement: `entry,judgement,other,judge,day,reason`. The file only grows: a
judgement is taken back by one more line with the judgement `withdrawn`, and a later line about
the same two entries outranks an earlier one. A judgement takes effect on the later of the two
days from which its entries are known; its own day is only the day on which it was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.judgements.graph import (
    References,
    contradictions,
    without_circles,
    without_circular_corrections,
    without_crowds,
    without_long_chains,
)
from pledgebook.judgements.judgement import Judgement
from pledgebook.table import Row, Table
from pledgebook.values import Period, read_day, read_id, read_word

COLUMNS = {
    "entry": "The id of the entry that the judgement is about.",
    "judgement": "same, different, corrects, draws_on, part_of or withdrawn.",
    "other": "The id of the other entry: the one that is corrected, drawn on, or the whole.",
    "judge": "Who judged it: initials or an office.",
    "day": "When it was recorded (EDTF).",
    "reason": "Why, in a sentence.",
}
"""The columns of links.csv and what stands in them."""

JUDGEMENTS = ("same", "different", "corrects", "draws_on", "part_of", "withdrawn")

# looking for the nearest of 100,000 ids is slow, and nobody reads the thousandth hint
_MOST_HINTS = 100

_SYMMETRIC = ("same", "different")


def read_judgements(
    text: str,
    known: Mapping[str, date | None],
    declared: set[str],
    above: References | None = None,
    name: str = "links.csv",
) -> tuple[list[Judgement], list[Finding]]:
    """The judgements that stand, sorted, and what could not be read. Never raises.

    `known` gives for each entry that was read the day from which it is known; `declared` holds
    every id that is written anywhere, so that an entry with a finding of its own is no unknown.
    `above` gives for each entry those that it stands under by its own references: a judgement
    that closes a circle with them does not stand.
    """
    table = Table(name, text)
    findings = table.findings
    if not table.has_columns(("entry", "judgement", "other"), COLUMNS, "judgement-unreadable"):
        return [], findings
    lines = []
    ids = sorted(declared)
    for row in table.rows():
        judgement = _read_row(table, row, declared, ids, findings)
        if judgement is not None and judgement.entry in known and judgement.other in known:
            one, other = known[judgement.entry], known[judgement.other]
            effect = max(one, other) if one is not None and other is not None else None
            lines.append((judgement, effect))
    standing = [_with_effect(*line) for line in _standing(lines, table)]
    standing = without_circular_corrections(standing, table)
    standing = without_crowds(standing, table)
    standing = without_circles(standing, above or {}, table)
    standing = without_long_chains(standing, above or {}, table)
    findings += contradictions(standing, table)
    findings += _older(standing, known, table)
    return sorted(standing, key=lambda one: (one.entry, one.judgement, one.other)), findings


def _older(
    standing: list[Judgement], known: Mapping[str, date | None], table: Table
) -> Iterator[Finding]:
    """Corrections that were known before what they correct: most are the wrong way round."""
    for one in standing:
        early, late = known[one.entry], known[one.other]
        if one.judgement != "corrects" or early is None or late is None or early >= late:
            continue
        flaw = Flaw(
            "correction-older",
            f"{one.entry} was known before {one.other}, which it is said to correct",
            expected=f"known on or after {late}",
            found=f"known from {early}",
            remedy="turn the line round, or say more exactly from when the two are known",
        )
        yield flaw.at(table.spot(one.line, table.header.index("entry")), one.entry)


def _with_effect(judgement: Judgement, effect: date | None) -> Judgement:
    return Judgement(
        judgement.entry, judgement.judgement, judgement.other, effect, judgement.judge,
        judgement.day, judgement.reason, judgement.file, judgement.line,
    )  # fmt: skip


def _read_row(
    table: Table, row: Row, declared: set[str], ids: list[str], findings: list[Finding]
) -> Judgement | None:
    cells = {column: cell.strip() for column, cell in zip(table.header, row.cells, strict=False)}

    def refuse(flaw: Flaw, column: str) -> None:
        place = table.header.index(column) if column in table.header else None
        findings.append(flaw.at(table.spot(row.line, place), cells.get("entry", "")))

    values = []
    for column in ("entry", "other"):
        value = read_id(cells.get(column, ""), column)
        if isinstance(value, Flaw):
            refuse(_renamed(value), column)
            return None
        if value not in declared:
            near = nearest(value, ids) if len(findings) < _MOST_HINTS else ""
            refuse(
                Flaw(
                    "reference-unknown",
                    "no entry has this id",
                    found=f'"{value[:60]}"',
                    nearest=near,
                    remedy=f"write {near}" if near else "add the entry",
                ),
                column,
            )
            return None
        values.append(value)
    # the design writes "draws on"; fields and columns write draws_on
    word = read_word(cells.get("judgement", "").replace(" ", "_"), "judgement", JUDGEMENTS)
    if isinstance(word, Flaw):
        refuse(_renamed(word), "judgement")
        return None
    if values[0] == values[1]:
        refuse(
            Flaw(
                "judgement-unreadable",
                "an entry cannot be judged against itself",
                remedy="name two entries",
            ),
            "other",
        )
        return None
    day = cells.get("day", "")
    if day:
        read = read_day(day, "day")
        if isinstance(read, Flaw):
            refuse(read, "day")
            return None
        # sorted by its last day: an imprecise day counts from there, as everywhere
        day = str(read.until or read.text) if isinstance(read, Period) else day
    return Judgement(
        values[0], word, values[1], None, cells.get("judge", ""), day, cells.get("reason", ""),
        table.name, row.line,
    )  # fmt: skip


def _renamed(flaw: Flaw) -> Flaw:
    return Flaw(
        "judgement-unreadable", flaw.message, flaw.expected, flaw.found,
        nearest=flaw.nearest, remedy=f"write {flaw.nearest}" if flaw.nearest else flaw.remedy,
    )  # fmt: skip


_Line = tuple[Judgement, date | None]


def _standing(lines: Iterable[_Line], table: Table) -> list[_Line]:
    """The last word about each pair: a later day outranks an earlier one, and on one day the
    lower line. `same` and `different` answer one question, the others one each."""
    last: dict[tuple[str, str], dict[tuple[str, str], _Line]] = {}
    for line in sorted(lines, key=lambda one: (one[0].day, one[0].line)):
        judgement = line[0]
        one, other = sorted((judgement.entry, judgement.other))
        if judgement.judgement == "withdrawn":
            last.pop((one, other), None)
            continue
        question = (
            ("same", one)
            if judgement.judgement in _SYMMETRIC
            else (judgement.judgement, judgement.entry)
        )
        last.setdefault((one, other), {})[question] = line
    return [line for questions in last.values() for line in questions.values()]
