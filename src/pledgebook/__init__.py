"""Plain-text accounting for promises between nations.

`open_tracker(folder)` opens a tracker; every question is a method of it. What `__all__` names is
the library. Each name is imported when it is first used, so `import pledgebook` is light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgebook.engine import QueryError
    from pledgebook.finding import Finding
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
        FundsLevel,
        FundsRow,
        IndicatorsRow,
        MandatesRow,
        NeedsRow,
        PledgesRow,
        PositionsRow,
        PromisesRow,
        StrengthRow,
        TimelineRow,
        TotalsReading,
        TotalsRow,
    )
    from pledgebook.tracker import Tracker, TrackerError, copy_example, find_root, open_tracker

__version__ = "0.1.0"

__all__ = [
    "__version__",
    # a tracker
    "open_tracker",
    "find_root",
    "copy_example",
    "Tracker",
    "Finding",
    # an answer
    "Answer",
    "AsksRow",
    "CasesRow",
    "ChangesRow",
    "ConditionsRow",
    "CouldPassRow",
    "EntriesRow",
    "EquipmentRow",
    "EvidenceRow",
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
    "StrengthRow",
    "TimelineRow",
    "TotalsReading",
    "TotalsRow",
    # what goes wrong
    "TrackerError",
    "QueryError",
]

_ROOMS = {
    "open_tracker": "tracker",
    "find_root": "tracker",
    "copy_example": "tracker",
    "Tracker": "tracker",
    "TrackerError": "tracker",
    "Finding": "finding",
    "QueryError": "engine",
}
"""Where a name of `__all__` is written; what is not here stands in `questions`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'questions')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
