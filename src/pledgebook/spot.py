"""Where a thing is written: every figure and every finding leads back to a spot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file of the tracker.

    `file` is relative to the tracker's folder, with forward slashes. `line` and `column` count
    from 1, in characters; 0 means the file as a whole. `width` is how many characters the
    thing is long, `text` the user's own line (without its line break).
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column or 1}"
