"""Make the workbook: git shows nobody what stands in one. What it says is made up."""

import sys
from pathlib import Path

from workbooks import Sheet, workbook

HEADER = ["id", "publisher", "date"]
SHEETS = {
    "2021.source": [HEADER, ["made-up", "A made-up paper", "2021-12-17"]],
    "2020.source": Sheet([HEADER, ["older", "A made-up paper", "2020-12-17"]], state="hidden"),
}
book = Path(sys.argv[1], "books", "2021.xlsx")
book.parent.mkdir(exist_ok=True)
book.write_bytes(workbook(SHEETS))
