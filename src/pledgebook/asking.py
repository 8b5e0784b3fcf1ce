"""What a tracker can be asked from Python: one method per question.

Nothing here reads the clock, and nothing heavy is imported before a question is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pledgebook.finding import nearest
from pledgebook.kinds import STATEMENTS, STRENGTHS
from pledgebook.values import Period, read_day, shown

if TYPE_CHECKING:
    import pyarrow as pa

    from pledgebook.engine import Moment, Variable
    from pledgebook.questions import (
        Answer,
        AsksRow,
        CasesRow,
        ChangesRow,
        ConditionsRow,
        CouldPassRow,
        EntriesRow,
        EquipmentRow,
        EvidenceRow,
        FlowsRow,
        FollowupRow,
        FundsRow,
        IndicatorsRow,
        MandatesRow,
        NeedsRow,
        PledgesRow,
        PositionsRow,
        PromisesRow,
        Question,
        StrengthRow,
        TimelineRow,
        TotalsRow,
    )

Day = date | str | None
"""A day, or text that the command line would take for one: "2021-12-31", "2021-12", "2021"."""

Word = str | None

Row = TypeVar("Row", bound=tuple[Any, ...])

ONE_AT_A_TIME = Lock()
"""Held while a tracker is asked or compiled. DuckDB shares an open file among all of a process who
open that path, even where a newer file has taken its place; so each closes it before the next."""


class Askable:
    """The questions that a tracker answers, each with the keywords of the command line.

    Every question takes

    - `as_of`: answer as it was known on this day (None: all that the book holds);
    - `day`: the day on which is asked, for what is due, in force or overdue. None: nothing falls
      due, since a library does not read the clock; with `as_of` that day is both;
    - `strength`: the weakest wording that counts as promised, implied to done (None: promised);

    and those of these that narrow it:

    - `who`, `whom`: a provider, a receiver, each with its offices and parts, by id or as a state;
    - `via`: an activity; `unit`: a currency or a noun; `since`, `until`: days, both included;
    - `currency`: the one in which money is shown, `"USD"`, or `"USD@2021"` in the prices of a year.

    A day is a `date` or text; a month or a year stands for its last day, in `since` for its first.
    The answer is an `Answer`. A question raises ValueError for an actor, a day, a wording or a
    currency that does not exist, and QueryError where the database cannot be read.

    Each question opens the file in build/, answers and closes it: nothing has to be closed, a
    tracker that is compiled anew meanwhile answers from its new file, and threads may share one.
    The questions of one process are answered one after the other, each on all processors.
    """

    @property
    def database(self) -> Path:
        """The file that is asked."""
        raise NotImplementedError

    # fmt: off
    def promises(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, via: Word = None, unit: Word = None,
        since: Day = None, until: Day = None, currency: Word = None,
    ) -> Answer[PromisesRow]:
        """Who promised what, and how much of it came?

        One row per provider and unit.
        """
        from pledgebook.questions.promises import PROMISES

        return self._answer(PROMISES, as_of, day, strength, who=who, whom=whom, via=via, unit=unit,
                            since=since, until=until, currency=currency)

    def pledges(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, via: Word = None, unit: Word = None,
        since: Day = None, until: Day = None, currency: Word = None,
    ) -> Answer[PledgesRow]:
        """Which promises are on the books, and what became of each?

        One row per promise.
        """
        from pledgebook.questions.pledges import PLEDGES

        return self._answer(PLEDGES, as_of, day, strength, who=who, whom=whom, via=via, unit=unit,
                            since=since, until=until, currency=currency)

    def totals(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, via: Word = None, unit: Word = None,
        since: Day = None, until: Day = None, currency: Word = None,
    ) -> Answer[TotalsRow]:
        """Does a stated sum hold against the entries it is about?

        One row per stated total.
        """
        from pledgebook.questions.totals import TOTALS

        return self._answer(TOTALS, as_of, day, strength, who=who, whom=whom, via=via, unit=unit,
                            since=since, until=until, currency=currency)

    def conditions(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
    ) -> Answer[ConditionsRow]:
        """Which promises wait on what?

        One row per condition and promise that waits on it.
        """
        from pledgebook.questions.conditions import CONDITIONS

        return self._answer(CONDITIONS, as_of, day, strength)

    def asks(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[AsksRow]:
        """Who asked whom for what, and what did each answer?

        One row per ask and actor asked.
        """
        from pledgebook.questions.asks import ASKS

        return self._answer(ASKS, as_of, day, strength, who=who, whom=whom, since=since,
                            until=until)

    def followup(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, unit: Word = None, since: Day = None, until: Day = None,
        currency: Word = None,
    ) -> Answer[FollowupRow]:
        """What followed an ask, after 30, 90 and 365 days?

        One row per ask, actor and unit. `after_30`, `after_90` and `after_365` need a `day` or an
        `as_of`.
        """
        from pledgebook.questions.followup import FOLLOWUP

        return self._answer(FOLLOWUP, as_of, day, strength, who=who, unit=unit, since=since,
                            until=until, currency=currency)

    def flows(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, via: Word = None, unit: Word = None,
        since: Day = None, until: Day = None, currency: Word = None,
    ) -> Answer[FlowsRow]:
        """Where did the money go, hand by hand?

        One row per cut, provider, receiver, activity, stage, unit and payer; cuts never add.
        """
        from pledgebook.questions.flows import FLOWS

        return self._answer(FLOWS, as_of, day, strength, who=who, whom=whom, via=via, unit=unit,
                            since=since, until=until, currency=currency)

    def funds(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        via: Word = None, unit: Word = None, currency: Word = None,
    ) -> Answer[FundsRow]:
        """What does each fund hold?

        One row per fund and currency.
        """
        from pledgebook.questions.funds import FUNDS

        return self._answer(FUNDS, as_of, day, strength, via=via, unit=unit, currency=currency)

    def needs(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, via: Word = None, unit: Word = None,
        currency: Word = None,
    ) -> Answer[NeedsRow]:
        """How much was said to be needed, and how much of it is covered?

        One row per need.
        """
        from pledgebook.questions.needs import NEEDS

        return self._answer(NEEDS, as_of, day, strength, who=who, whom=whom, via=via, unit=unit,
                            currency=currency)

    def strength(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        via: Word = None, unit: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[StrengthRow]:
        """How strong is each force, against its ceiling and what was pledged?

        One row per force and day on which anything changes.
        """
        from pledgebook.questions.strength import STRENGTH

        return self._answer(STRENGTH, as_of, day, strength, via=via, unit=unit, since=since,
                            until=until)

    def equipment(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        whom: Word = None, unit: Word = None,
    ) -> Answer[EquipmentRow]:
        """What equipment came, and what of it works?

        One row per thing, receivers and unit.
        """
        from pledgebook.questions.equipment import EQUIPMENT

        return self._answer(EQUIPMENT, as_of, day, strength, whom=whom, unit=unit)

    def mandates(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, via: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[MandatesRow]:
        """What did each body decide, by which votes, and when does it lapse?

        One row per decision; `who` is the body. `state` and `days_left` need a `day` or an `as_of`.
        """
        from pledgebook.questions.mandates import MANDATES

        return self._answer(MANDATES, as_of, day, strength, who=who, via=via, since=since,
                            until=until)

    def could_pass(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, via: Word = None,
    ) -> Answer[CouldPassRow]:
        """Who could block a mandate?

        One row per member of the body; `who` is a member.
        """
        from pledgebook.questions.could_pass import COULD_PASS

        return self._answer(COULD_PASS, as_of, day, strength, who=who, via=via)

    def positions(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[PositionsRow]:
        """Who thinks what of an ask, a promise, an actor or an activity?

        One row per stance that was taken.
        """
        from pledgebook.questions.positions import POSITIONS

        return self._answer(POSITIONS, as_of, day, strength, who=who, since=since, until=until)

    def cases(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
    ) -> Answer[CasesRow]:
        """Where does each case stand?

        One row per case.
        """
        from pledgebook.questions.cases import CASES

        return self._answer(CASES, as_of, day, strength)

    def changes(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, via: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[ChangesRow]:
        """What changed since a day?

        One row per change; `since` and `until` include their day.
        """
        from pledgebook.questions.changes import CHANGES

        return self._answer(CHANGES, as_of, day, strength, who=who, via=via, since=since,
                            until=until)

    def evidence(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, since: Day = None, until: Day = None,
    ) -> Answer[EvidenceRow]:
        """How well do we know?

        One row per live statement.
        """
        from pledgebook.questions.evidence import EVIDENCE

        return self._answer(EVIDENCE, as_of, day, strength, who=who, since=since, until=until)

    def indicators(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        who: Word = None, whom: Word = None, unit: Word = None, since: Day = None,
        until: Day = None,
    ) -> Answer[IndicatorsRow]:
        """What was counted on the ground?

        One row per count, place and time.
        """
        from pledgebook.questions.indicators import INDICATORS

        return self._answer(INDICATORS, as_of, day, strength, who=who, whom=whom, unit=unit,
                            since=since, until=until)

    def timeline(
        self, *, as_of: Day = None, day: Day = None, strength: Word = None,
        since: Day = None, until: Day = None,
    ) -> Answer[TimelineRow]:
        """What happened, and what was said, day by day?

        One row per thing that happened or was said, in the order of days.
        """
        from pledgebook.questions.timeline import TIMELINE

        return self._answer(TIMELINE, as_of, day, strength, since=since, until=until)
    # fmt: on

    def entries(
        self, ids: Iterable[str] | None = None, *, kind: Word = None, as_of: Day = None
    ) -> Answer[EntriesRow]:
        """What does the book say, word for word, and where is it written?

        `ids` are those of a row's `rests_on`; None means every statement, and `kind` those of one
        kind. An entry that is not known by then, or that a later one corrects, is left out. One row
        per entry, in the order in which they became known. Raises ValueError for an unknown kind.
        """
        from pledgebook.questions import ENTRIES, Answer, rows_of

        kinds = [one.name for one in STATEMENTS]
        if kind is not None and kind not in kinds:
            raise ValueError(_unknown("kind of statement", kind, kinds))
        wanted = None if ids is None else [ids] if isinstance(ids, str) else list(ids)
        table = self._asked(lambda moment: moment.ask(ENTRIES.sql, [wanted, kind]), as_of)
        return Answer(ENTRIES.name, table, rows_of(ENTRIES.row))

    def sql(
        self,
        query: str,
        parameters: Sequence[object] = (),
        *,
        as_of: Day = None,
        day: Day = None,
        strength: Word = None,
    ) -> Answer[dict[str, Any]]:
        """The answer to one select of your own: over the view `entries`, a view per kind, and the
        steps behind the questions, all as of a day.

        `parameters` are the values of `$1`, `$2` ... in it. A row is a dict by the names of the
        columns. Raises QueryError where DuckDB refuses the select, and ValueError where two columns
        have one name.
        """
        from pledgebook.questions import Answer

        table = self._asked(lambda moment: moment.ask(query, parameters), as_of, day, strength)
        names = table.column_names
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two columns are called {twice}; name one of them with `as`")
        return Answer("sql", table, lambda cells: dict(zip(names, cells, strict=True)))

    def _answer(
        self,
        question: Question[Row],
        as_of: Day,
        day: Day,
        strength: Word,
        since: Day = None,
        until: Day = None,
        **words: Word,
    ) -> Answer[Row]:
        from pledgebook.questions import Answer, narrowed, rows_of

        filters: dict[str, Variable] = {
            **words,
            "since": None if since is None else as_day(since, is_first=True),
            "until": None if until is None else as_day(until),
        }
        table = self._asked(
            lambda moment: question.ask(moment, narrowed(moment, filters)), as_of, day, strength
        )
        return Answer(question.name, table, rows_of(question.row))

    def _asked(
        self,
        ask: Callable[[Moment], pa.Table],
        as_of: Day = None,
        day: Day = None,
        strength: Word = None,
    ) -> pa.Table:
        from pledgebook.ledger import open_database

        if strength is not None and strength not in STRENGTHS:
            raise ValueError(_unknown("wording", strength, list(STRENGTHS)))
        known = None if as_of is None else as_day(as_of)
        asked = None if day is None else as_day(day)
        with (
            ONE_AT_A_TIME,
            open_database(self.database) as database,
            closing(database.at(known, asked, strength)) as moment,
        ):
            return ask(moment)


def as_day(value: object, *, is_first: bool = False) -> date:
    """A day out of a date or text; a month or a year stands for its last day, or for its first.

    Raises ValueError for what is no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    read = read_day(value)
    end = (read.since if is_first else read.until) if isinstance(read, Period) else None
    if end is None:
        raise ValueError(f"{shown(value)} is no day; write it as 2021-12-31 or 2021-12")
    return end


def _unknown(what: str, word: str, known: list[str]) -> str:
    near = nearest(word, known)
    hint = f"the nearest is {near}" if near else f"it is one of: {', '.join(known)}"
    return f"there is no {what} {shown(word)}; {hint}"
