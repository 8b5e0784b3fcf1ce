"""Where a thing is written: every figure and every finding leads back to a spot."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file of the tracker.

    `file` is relative to the tracker's folder, with forward slashes. `line` and `column` count
    from 1, in characters; 0 means the file as a whole. `width` is how many characters the
    thing is long, `text` the user's own line (without its line break).

    In a workbook `sheet` names the sheet and `cell` the cell or the range of cells (C7, C7:C9);
    `line` and `column` are those of the cell, `text` shows its row, and `caret` is where it
    stands in there, from 1.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    sheet: str = ""
    cell: str = ""
    caret: int = 0

    def __str__(self) -> str:
        if self.sheet:
            sheet = self.sheet
            if not _PLAIN_SHEET.fullmatch(sheet):
                sheet = "'" + sheet.replace("'", "''") + "'"
            return f"{self.file}:{sheet}" + (f"!{self.cell}" if self.cell else "")
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column or 1}"


# other names stand in quotation marks, as in a formula
_PLAIN_SHEET = re.compile(r"\w[\w.]*")
