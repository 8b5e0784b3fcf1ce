"""Questions: each is one select over the steps of sql/views, with its columns documented."""

from __future__ import annotations

from pledgebook.questions.asks import ASKS, asks
from pledgebook.questions.conditions import CONDITIONS, conditions
from pledgebook.questions.needs import NEEDS, needs
from pledgebook.questions.pledges import PLEDGES, pledges
from pledgebook.questions.positions import POSITIONS, positions
from pledgebook.questions.promises import PROMISES, promises
from pledgebook.questions.question import Filters, Question, narrowed
from pledgebook.questions.timeline import TIMELINE, timeline
from pledgebook.questions.totals import TOTALS, totals

QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (PROMISES, PLEDGES, TOTALS, CONDITIONS, ASKS, POSITIONS, NEEDS, TIMELINE)
}
"""Every question by its name, in the order of the board."""

__all__ = [
    "Filters",
    "QUESTIONS",
    "Question",
    "asks",
    "conditions",
    "narrowed",
    "needs",
    "pledges",
    "positions",
    "promises",
    "timeline",
    "totals",
]
