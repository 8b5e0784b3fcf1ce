"""Lay the link that leaves the tracker: git would keep it, an archive may not."""

import sys
from pathlib import Path

link = Path(sys.argv[1], "sources", "2021-12-17-nouvelliste.txt")
link.parent.mkdir(exist_ok=True)
link.symlink_to("../../articles/2021-12-17-nouvelliste.txt")
