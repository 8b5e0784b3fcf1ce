"""How a value that was written appears in a finding: short, on one line, as TOML would have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

_WIDTH = 60
# 2 ** 199 has 60 digits; str() of an int of more than 4300 digits raises ValueError
_BITS = 199


def shown(raw: object) -> str:
    """`raw` for the rows `found` and `remedy` of a finding: at most about 60 characters."""
    if isinstance(raw, str):
        return quoted(raw)
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int):
        return str(raw) if raw.bit_length() <= _BITS else "a number of more than 60 digits"
    if isinstance(raw, float):
        return repr(raw)
    if isinstance(raw, datetime | date | time):
        return raw.isoformat()
    if isinstance(raw, list):
        return "a list"
    if isinstance(raw, dict):
        return "a table"
    return "something that is no text"


def quoted(text: str) -> str:
    """`text` between quotation marks, its middle line breaks as spaces, cut after 60 characters."""
    return f'"{folded(text)}"'


def folded(text: str) -> str:
    """`text` on one line, cut after 60 characters."""
    cut = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "\u2026"
    return "".join(c if c.isprintable() else " " for c in cut)


def either(words: Sequence[str]) -> str:
    """The words as a choice, such as "yes, no or unknown"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
