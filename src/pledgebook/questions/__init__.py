"""Questions: each is one select over the steps of sql/views, and the row that it answers with."""

from __future__ import annotations

from typing import Any

from pledgebook.questions.answer import Answer, rows_of
from pledgebook.questions.asks import ASKS, AsksRow, asks
from pledgebook.questions.cases import CASES, CasesRow, cases
from pledgebook.questions.changes import CHANGES, ChangesRow, changes
from pledgebook.questions.conditions import CONDITIONS, ConditionsRow, conditions
from pledgebook.questions.could_pass import COULD_PASS, CouldPassRow, could_pass
from pledgebook.questions.entries import ENTRIES, EntriesRow
from pledgebook.questions.equipment import EQUIPMENT, EquipmentRow, equipment
from pledgebook.questions.evidence import EVIDENCE, EvidenceRow, evidence
from pledgebook.questions.flows import FLOWS, FlowsRow, flows
from pledgebook.questions.followup import FOLLOWUP, FollowupRow, followup
from pledgebook.questions.funds import FUNDS, FundsLevel, FundsRow, funds
from pledgebook.questions.indicators import INDICATORS, IndicatorsRow, indicators
from pledgebook.questions.mandates import MANDATES, MandatesRow, mandates
from pledgebook.questions.needs import NEEDS, NeedsRow, needs
from pledgebook.questions.pledges import PLEDGES, PledgesRow, pledges
from pledgebook.questions.positions import POSITIONS, PositionsRow, positions
from pledgebook.questions.promises import PROMISES, PromisesRow, promises
from pledgebook.questions.question import Filters, Question, Row, described, narrowed
from pledgebook.questions.strength import STRENGTH, StrengthRow, strength
from pledgebook.questions.timeline import TIMELINE, TimelineRow, timeline
from pledgebook.questions.totals import TOTALS, TotalsReading, TotalsRow, totals

QUESTIONS: dict[str, Question[Any]] = {
    question.name: question
    for question in (
        PROMISES,
        PLEDGES,
        TOTALS,
        CONDITIONS,
        ASKS,
        FOLLOWUP,
        FLOWS,
        FUNDS,
        NEEDS,
        STRENGTH,
        EQUIPMENT,
        MANDATES,
        COULD_PASS,
        POSITIONS,
        CASES,
        CHANGES,
        EVIDENCE,
        INDICATORS,
        TIMELINE,
    )
}
"""Every question by its name, in the order of the board."""

__all__ = [
    "Answer",
    "AsksRow",
    "CasesRow",
    "ChangesRow",
    "ConditionsRow",
    "CouldPassRow",
    "ENTRIES",
    "EntriesRow",
    "EquipmentRow",
    "EvidenceRow",
    "Filters",
    "FlowsRow",
    "FollowupRow",
    "FundsLevel",
    "FundsRow",
    "IndicatorsRow",
    "MandatesRow",
    "NeedsRow",
    "PledgesRow",
    "PositionsRow",
    "PromisesRow",
    "QUESTIONS",
    "Question",
    "Row",
    "StrengthRow",
    "TimelineRow",
    "TotalsReading",
    "TotalsRow",
    "asks",
    "cases",
    "changes",
    "conditions",
    "could_pass",
    "described",
    "equipment",
    "evidence",
    "flows",
    "followup",
    "funds",
    "indicators",
    "mandates",
    "narrowed",
    "needs",
    "pledges",
    "positions",
    "promises",
    "rows_of",
    "strength",
    "timeline",
    "totals",
]
