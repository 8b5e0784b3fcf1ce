"""A finding is a value: what is wrong, where, and what the reader can do about it.

Findings are collected, never raised. `RULES` is the table of all rules; a rule that is not in
it cannot be found. The layout of `Finding.as_text` is the only one, and the keys of
`Finding.as_dict` are what editors and scripts read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rapidfuzz import process, utils
from rapidfuzz.distance import OSA

from pledgebook.spot import Spot

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding: its name, its level and one sentence that says when it appears.

    An `error` keeps the entry out and blocks publishing, a `warning` asks for a look, a `note`
    tells what was assumed.
    """

    name: str
    level: Level
    meaning: str


def _rules(*rows: tuple[str, Level, str]) -> dict[str, Rule]:
    return {name: Rule(name, level, meaning) for name, level, meaning in rows}


RULES = _rules(
    # the files themselves
    ("tracker-unreadable", "error", "tracker.toml cannot be read, or holds a key that it does not know."),
    ("file-unreadable", "error", "A file of the tracker cannot be opened or read."),
    ("file-outside", "error", "A path leaves the tracker's folder."),
    ("encoding-unreadable", "error", "Bytes that are not UTF-8 text."),
    ("entry-unreadable", "error", "A paragraph that is not valid TOML, or a row of a table that cannot be read."),
    ("entry-too-long", "error", "A paragraph or a line that is longer than any entry can be."),
    ("merge-conflict", "error", "The marks of a git merge conflict stand in a book."),
    ("sheet-unread", "note", "A sheet of a workbook that holds no entries, so it was not read."),
    ("sheet-hidden", "warning", "A sheet that holds entries is hidden and was left out, or a part of one is hidden and was read."),
    ("cell-mangled", "warning", "A spreadsheet program may have changed what was typed into a cell."),
    # the words of an entry
    ("kind-unknown", "error", "The header of a paragraph names no kind of entry."),
    ("field-unknown", "error", "A key that this kind of entry does not have."),
    ("field-missing", "error", "A field without which the entry says nothing."),
    ("value-unknown", "error", "A word that is not in the field's vocabulary."),
    ("value-unreadable", "error", "A value of the wrong type, such as a number where text is due."),
    ("date-unreadable", "error", "A date or period that is not an EDTF date."),
    ("amount-unreadable", "error", "An amount of money that cannot be read."),
    ("quantity-unreadable", "error", "A quantity that is not a number and a unit."),
    ("fiscal-year-unreadable", "error", "A fiscal year, or a reading, that cannot be read."),
    ("bare-dollar", "warning", 'A "$" that does not say which dollar; it took that of the source\'s country.'),
    ("figure-missing", "warning", "A comparator or a measure stands beside no figure."),
    ("calendar-assumed", "note", "A fiscal year of an actor whose calendar is not known was read as a calendar year."),
    # identity and references
    ("actor-unknown", "error", "An actor that neither actors.toml nor ISO 3166 knows."),
    ("entry-duplicate", "error", "Two entries carry the same id, or the same statement stands twice."),
    ("entry-restated", "warning", "One statement of one source stands in two entries under different ids."),
    ("reference-unknown", "error", "A reference to an id that no entry has."),
    ("reference-mismatched", "error", "A reference to an entry of a kind that cannot stand there."),
    ("toward-reversed", "warning", "A promise is said to fulfil what was paid or delivered."),
    ("reference-cycle", "error", "References that lead in a circle."),
    ("reference-too-long", "error", "A chain of references longer than any real one."),
    ("office-missing", "error", "A person is named without the public office in which they acted."),
    ("judgement-unreadable", "error", "A line of links.csv that cannot be read."),
    ("judgement-contradicts", "warning", "Two entries are judged to be the same and to be different."),
    ("correction-older", "warning", "A correction that was known before what it corrects."),
    # sources and quotes
    ("source-missing", "error", "An entry that names no source, or a source that no book describes."),
    ("source-unreadable", "error", "A source could not be read, so what rests on it stays out."),
    ("copy-before-original", "warning", "A source that is older than the one it is said to copy."),
    ("quote-missing", "warning", "An entry without the words it rests on; it counts as grade C."),
    ("quote-not-found", "error", "The quote is not in the text of its source."),
    ("quote-too-long", "error", "A quote of more than 25 words."),
    ("quote-unchecked", "note", "Quotes whose source text is not here and that checked.csv does not vouch for."),
    ("identity-conflict", "error", "Two sources name different people for one step of a case; no name is kept."),
    ("too-much-quoted", "error", "The quotes from one source reach 15 per cent of its words."),
    ("private-text", "error", "A field that is published holds more than 25 words of a source in a row."),
    ("private-contact", "warning", "An e-mail address or a telephone number in a field that is published."),
    ("known-assumed", "note", "When it was said is not known; the day of the event stands in."),
    # votes and days
    ("votes-exceed-members", "error", "A vote counts more members than the body has, or one that is no member."),
    ("subject-mismatch", "error", "A resolution is said to be about a country that it is not about."),
    ("votes-underived", "note", "Who voted yes is not named, and the members of that year are not known."),
    ("date-conflict", "warning", "Two days that cannot both be right."),
    ("date-unlikely", "warning", "A day before 1900 or after 2100."),
    ("event-after-source", "warning", "Something that happened lies after the day on which it was said."),
    ("delivery-before-pledge", "warning", "A payment or delivery lies before the promise that it is said to fulfil."),
    ("expired-but-counted", "warning", "What came, or what a level counts, belongs to a promise that had expired."),
    ("overdue", "note", "A promise past its day, without evidence of delivery; one note for each provider."),
    ("against-stated-policy", "note", "A promise or payment of what its provider had said it would not give."),
    # money and its currencies
    ("rates-unreadable", "error", "A line of a rate table that cannot be read."),
    ("rate-missing", "warning", "Money in a currency for which no rate table has a rate: it stays in its currency."),
    ("currency-conflict", "warning", "One figure is reported in two currencies."),
    ("payment-unconverted", "warning", "A payment toward a promise in another currency, without a rate: it does not count toward it."),
    ("fund-unbalanced", "error", "A fund has spent more than it is known to have received."),
    # people, goods and places
    ("over-ceiling", "warning", "More people are promised or present than the mandate allows."),
    ("stock-negative", "warning", "More left, or was lost, than is known to have come."),
    ("place-too-fine", "warning", "A place that could endanger people: finer than a commune."),
    ("event-too-fresh", "warning", "An event of the last 72 hours, with a place."),
    ("count-too-small", "warning", "A count below five for one commune and one month: people could be recognised."),
    # sums
    ("measure-missing", "note", "Beside a level of its series stands a figure that does not say whether it adds."),
    ("level-conflict", "warning", "Two levels of one series and one day differ."),
    ("level-exceeded", "warning", "Increments add up to more than the level that was stated after them."),
    ("over-delivered", "note", "More came under a promise than was promised."),
    ("over-drawn", "warning", "More is taken from an older promise, or is part of a figure, than it holds."),
    ("unit-suspect", "warning", "A stated total is a thousand or a million times its items, or they of it."),
    ("scope-conflict", "warning", "One figure is given for two scopes."),
    ("total-short", "warning", "The entries behind a stated total add up to less."),
    ("total-over", "warning", "The entries behind a stated total add up to more."),
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a reader of values says when it cannot read one: a finding that has no place yet.

    `expected`, `found`, `difference`, `nearest` and `remedy` are the rows of the printed
    finding, in the field's own words; an empty one is not printed.
    """

    rule: str
    message: str
    expected: str = ""
    found: str = ""
    difference: str = ""
    nearest: str = ""
    remedy: str = ""

    def at(self, spot: Spot, entry: str = "") -> Finding:
        """This flaw, found at `spot`, in the entry with the id `entry`."""
        return Finding(self, spot, entry)


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with its place, and the id of the entry it is about where there is one.

    `flaw.message` says what is wrong, `flaw.remedy` what to do; `spot.file`, `spot.line` and
    `spot.column` say where, as in the user's own file.
    """

    flaw: Flaw
    spot: Spot
    entry: str = ""

    @property
    def rule(self) -> str:
        """The name of the rule that was broken, as the manual lists it."""
        return self.flaw.rule

    @property
    def level(self) -> Level:
        """error, warning or note."""
        return RULES[self.flaw.rule].level

    @property
    def sort_key(self) -> tuple[str, str, int, int, str, str, str]:
        """By place, then by rule: the order in which findings are shown."""
        spot, said = self.spot, self.flaw.message
        return (spot.file, spot.sheet, spot.line, spot.column, self.rule, self.entry, said)

    def as_text(self) -> str:
        """The finding in the one layout, without a line break at its end."""
        lines = [f"{self.spot}: {self.level}: {self.flaw.message} [{self.rule}]"]
        if self.spot.line and self.spot.text:
            lines += _excerpt(self.spot)
        for name in ROWS:
            said = getattr(self.flaw, name)
            if said:
                lines.append(f"  {name:<10} {said}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int]:
        """The finding for scripts: rule, level, message, file, line, column, entry, remedy and,
        where they apply, expected, found, difference, nearest, and sheet and cell."""
        row: dict[str, str | int] = {
            "rule": self.rule,
            "level": self.level,
            "message": self.flaw.message,
            "file": self.spot.file,
            "line": self.spot.line,
            "column": self.spot.column,
            "entry": self.entry,
            "remedy": self.flaw.remedy,
        }
        for name in ROWS[:-1]:
            said = getattr(self.flaw, name)
            if said:
                row[name] = said
        for name in ("sheet", "cell"):
            place = getattr(self.spot, name)
            if place:
                row[name] = place
        return row


ROWS = ("expected", "found", "difference", "nearest", "remedy")

# A line longer than this is shown as a window around the spot: a book may hold one line of 100 MB.
_WINDOW = 110


def _excerpt(spot: Spot) -> list[str]:
    """The user's own line with a caret under the spot."""
    text, column, width = spot.text, max(spot.caret or spot.column, 1), max(spot.width, 1)
    if len(text) > _WINDOW:
        start = max(0, min(column - 1 - _WINDOW // 3, len(text) - _WINDOW))
        cut = text[start : start + _WINDOW]
        text = ("…" if start else "") + cut + ("…" if start + _WINDOW < len(spot.text) else "")
        column = column - start + (1 if start else 0)
    width = max(1, min(width, len(text) - column + 1))
    gutter = " " * len(str(spot.line))
    # the caret line repeats the tabs above it, so that it lines up whatever a tab is wide
    indent = "".join(c if c == "\t" else " " for c in text[: column - 1])
    return [f"{gutter} |", f"{spot.line} | {text}", f"{gutter} | {indent}{'^' * width}"]


class Coming(NamedTuple):
    """A finding that holds after the day `since` and, unless it has no end, up to `until`; as in
    the text of a date, so that it is kept as it is. `since` is "" where it holds from the first."""

    finding: Finding
    since: str
    until: str | None

    def holds_on(self, day: str) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


# an old tracker holds many promises that are overdue; `pledges` lists them all
_MOST_COMING = 10


def begun(coming: Sequence[Coming], day: str) -> list[Finding]:
    """Those of `coming`, sorted by the day on which they begin, that hold on a day.

    Of very many of one rule only the last to begin, of which the first says how many are left out.
    """
    held: dict[str, list[Finding]] = {}
    for one in coming:
        if one.holds_on(day):
            held.setdefault(one.finding.rule, []).append(one.finding)
    out = []
    for found in held.values():
        shown = found[-_MOST_COMING:]
        if len(found) > len(shown):
            more = f"{shown[0].flaw.found}; and {len(found) - len(shown):,} older ones"
            flaw = replace(shown[0].flaw, found=f"{more} are not shown here")
            shown[0] = replace(shown[0], flaw=flaw)
        out += shown
    return out


def nearest(word: str, known: list[str]) -> str:
    """The one of `known` that a person most likely meant by `word`, or "".

    Bounded: a word of more than 60 characters has no neighbour.
    """
    if not word or len(word) > 60:
        return ""
    best = process.extractOne(
        word,
        known,
        # two letters that changed places are one slip: hpn is nearer to hnp than to hnd
        scorer=OSA.normalized_similarity,
        processor=utils.default_process,
        score_cutoff=0.65,
    )
    return best[0] if best else ""


def summary(findings: list[Finding]) -> str:
    """One line that counts them, such as "2 errors, 1 warning"."""
    counts: list[str] = []
    for level in ("error", "warning", "note"):
        number = sum(1 for finding in findings if finding.level == level)
        if number:
            counts.append(f"{number} {level}{'' if number == 1 else 's'}")
    return ", ".join(counts) or "no findings"
