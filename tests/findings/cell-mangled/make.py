"""Make the workbook: git shows nobody what stands in one. What it says is made up."""

import sys
from datetime import date
from pathlib import Path

from workbooks import Shown, workbook

SHEETS = {
    "source": [
        ["id", "publisher", "date"],
        # what a spreadsheet program makes of 2021-12 when it is typed
        ["made-up", "A made-up paper", Shown(date(2021, 12, 1), "mmm-yy")],
    ],
}
book = Path(sys.argv[1], "books", "2021.xlsx")
book.parent.mkdir(exist_ok=True)
book.write_bytes(workbook(SHEETS))
