"""Questions: each is one select over the steps of sql/views, with its columns documented."""

from __future__ import annotations

from pledgebook.questions.asks import ASKS, asks
from pledgebook.questions.cases import CASES, cases
from pledgebook.questions.changes import CHANGES, changes
from pledgebook.questions.conditions import CONDITIONS, conditions
from pledgebook.questions.could_pass import COULD_PASS, could_pass
from pledgebook.questions.equipment import EQUIPMENT, equipment
from pledgebook.questions.evidence import EVIDENCE, evidence
from pledgebook.questions.flows import FLOWS, flows
from pledgebook.questions.followup import FOLLOWUP, followup
from pledgebook.questions.funds import FUNDS, funds
from pledgebook.questions.indicators import INDICATORS, indicators
from pledgebook.questions.mandates import MANDATES, mandates
from pledgebook.questions.needs import NEEDS, needs
from pledgebook.questions.pledges import PLEDGES, pledges
from pledgebook.questions.positions import POSITIONS, positions
from pledgebook.questions.promises import PROMISES, promises
from pledgebook.questions.question import Filters, Question, narrowed
from pledgebook.questions.strength import STRENGTH, strength
from pledgebook.questions.timeline import TIMELINE, timeline
from pledgebook.questions.totals import TOTALS, totals

QUESTIONS: dict[str, Question] = {
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
    "Filters",
    "QUESTIONS",
    "Question",
    "asks",
    "cases",
    "changes",
    "conditions",
    "could_pass",
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
    "strength",
    "timeline",
    "totals",
]
