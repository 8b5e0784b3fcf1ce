"""Paste a document of more than a million characters into an entry."""

import sys
from pathlib import Path

book = Path(sys.argv[1], "books", "2021-12.toml")
text = book.read_text("utf-8")
note = "a line of a long report\n" * 50_000
book.write_text(f'{text}\n[[event]]\nwho  = "usa"\nnote = """\n{note}"""\n', "utf-8", newline="")
