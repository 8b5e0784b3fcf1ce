"""links.csv: judgements about entries, read and held against each other."""

from __future__ import annotations

from pledgebook.judgements.judgement import Judgement
from pledgebook.judgements.lines import COLUMNS, JUDGEMENTS, read_judgements

__all__ = ["COLUMNS", "JUDGEMENTS", "Judgement", "read_judgements"]
