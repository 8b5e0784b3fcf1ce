"""The other half of a made-up tracker: what promises hang on, what came of it, what was counted.

Beside the blocks of `generate.py` it writes asks with answers, conditions with votes and statuses,
funds with money in and out, forces with people who come and go, equipment in use and lost, needs,
indicators, cases, events, and judgements. Nothing here is a fact, and every file says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import generate

SET = 40
"""Entries of one set: an ask, what was promised to it, and all that hangs on it."""

COUNCIL = "unsc"
PERMANENT = ("chn", "fra", "gbr", "rus", "usa")

Row = dict[str, object]


def write(folder: Path, n: int) -> int:
    """A tracker of about `n` entries, half of them of `generate.write_toml`; how many it has."""
    half = n // 2 // generate.BLOCK * generate.BLOCK
    generate.write_toml(folder, half)
    sets = (n - half) // SET
    rows: dict[str, list[Row]] = {}
    links: list[tuple[str, str, str]] = []
    for number in range(sets):
        for row in _set(number, links):
            rows.setdefault(str(row.pop("kind")), []).append(row)
    for kind, listed in rows.items():
        _table(folder / "books" / f"situation.{kind}.csv", listed)
    names = [("entry", "judgement", "other"), *links]
    (folder / "links.csv").write_text("\n".join(map(",".join, names)) + "\n", encoding="utf-8")
    with (folder / "actors.toml").open("a", encoding="utf-8") as actors:
        actors.write(f'\n[[actor]]\nid = "{COUNCIL}"\nname = "A council"\ntype = "multilateral"\n')
    with (folder / "activities.toml").open("a", encoding="utf-8") as activities:
        for number in range(sets):
            for name, type in ((f"fund-{number}", "fund"), (f"force-{number}", "force")):
                activities.write(f'\n[[activity]]\nid = "{name}"\ntype = "{type}"\n')
    return half + sum(map(len, rows.values()))


def _table(path: Path, rows: list[Row]) -> None:
    columns = sorted({name for row in rows for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _set(number: int, links: list[tuple[str, str, str]]) -> Iterator[Row]:
    """The entries of one set. Two sources a set, two kinds of money, one force, one fund."""
    random = Random(f"situation {number}")
    day = date(2021, 2, 1) + timedelta(number * 3 % 1500)
    papers = [f"report-{number}-{turn}" for turn in range(2)]
    givers = [f"state-{random.randrange(40):04}" for _ in range(3)]
    fund, force, whom = f"fund-{number}", f"force-{number}", f"agency-{number % 10:04}"

    def after(days: int) -> date:
        return day + timedelta(days)

    def said(kind: str, name: str, days: int, turn: int = 0, **fields: object) -> Row:
        quote = " ".join(random.choices(generate.WORDS, k=8))
        row: Row = {"kind": kind, "id": f"{name}-{number}", "source": papers[turn]}
        return {**row, "date": after(days), "known": after(days + 2), "quote": quote, **fields}

    for turn, paper in enumerate(papers):
        yield {
            "kind": "source", "id": paper, "title": f"Made up {paper}",
            "publisher": f"Made-up paper {turn}{number % 30}", "date": after(20),
            "grade": "BC"[turn],
        }  # fmt: skip
    ask, pledge = f"ask-{number}", f"promise-{number}"
    yield said("ask", "ask", 0, who=whom, whom=";".join(sorted(set(givers))), what="police")
    yield said("position", "answer", 5, who=givers[0], about=ask, stance="reviewing")
    yield said("position", "doubt", 6, turn=1, who=random.choice(PERMANENT), about=force,
               stance=random.choice(("supports", "sceptical", "opposes")))  # fmt: skip
    yield said("condition", "vote", 8, type="mandate", about=force)
    yield said("condition", "court", 8, type="court")
    yield said("pledge", "promise", 9, who=givers[0], whom=force, what="police", toward=ask,
               quantity="400 police", condition=f"vote-{number};court-{number}")  # fmt: skip
    yield said("mandate", "mandate", 30, body=COUNCIL, symbol=f"S/RES/{5000 + number}",
               about=force, adopted=after(30), expires=after(395), ceiling="900 police",
               abstain=";".join(random.sample(PERMANENT, random.randrange(3))))  # fmt: skip
    yield said("status", "ruling", 40, about=f"court-{number}",
               state=random.choice(("met", "breached", "open")))  # fmt: skip
    yield said("delivery", "arrival", 60, who=givers[0], whom=force, what="police",
               quantity="200 police", toward=pledge)  # fmt: skip
    yield said("delivery", "arrival-b", 60, turn=1, who=givers[0], whom=force, what="police",
               quantity=f"{200 + number % 3 * 50} police", toward=pledge)  # fmt: skip
    yield said("delivery", "second", 90, who=givers[0], whom=force, what="police",
               quantity="100 police", toward=pledge)  # fmt: skip
    yield said("status", "left", 150, about=f"second-{number}", state="withdrawn",
               quantity="40 police")  # fmt: skip
    yield said("total", "present", 200, who=givers[0], whom=force, what="police",
               stage="delivered", measure="level", quantity="260 police")  # fmt: skip
    for turn, giver in enumerate(givers):
        money = f"{random.randint(2, 90)}.5M {random.choice(('USD', 'EUR', 'CAD'))}"
        name = f"gift-{turn}"
        yield said("pledge", name, 12 + turn, who=giver, whom=fund, amount=money, toward=ask)
        yield said("disbursement", f"paid-{turn}", 70 + turn, who=giver, whom=fund,
                   amount=f"{random.randint(1, 2)}M USD", toward=f"{name}-{number}")  # fmt: skip
    yield said("disbursement", "out-0", 100, who=fund, whom=force, amount="0.8M USD")
    yield said("disbursement", "out-1", 110, who=fund, whom=force, amount="0.5M USD",
               funder=givers[0])  # fmt: skip
    yield said("status", "freeze", 120, about=f"paid-1-{number}", state="frozen")
    yield said("total", "received", 130, whom=fund, stage="received", measure="level",
               amount="5M USD")  # fmt: skip
    yield said("pledge", "trucks", 15, who=givers[1], whom=whom, what="armoured vehicles",
               quantity="35 vehicles", due=after(120))  # fmt: skip
    for turn, count in enumerate((10, 24)):
        yield said("delivery", f"truck-{turn}", 80 + 9 * turn, who=givers[1], whom=whom,
                   what="armoured vehicles", quantity=f"{count} vehicles",
                   toward=f"trucks-{number}")  # fmt: skip
    yield said("use", "working", 140, who=whom, whom=whom, what="armoured vehicles",
               quantity="20 vehicles", toward=f"truck-1-{number}")  # fmt: skip
    yield said("status", "wrecked", 160, about=f"truck-0-{number}", state="lost",
               quantity="3 vehicles")  # fmt: skip
    yield said("need", "need", 3, who=whom, whom=whom, via=fund, amount="800M USD")
    yield said("event", "event", 4, who=givers[2], whom=givers[0], about=ask, what="a meeting")
    yield said("case", "case", 7, what="a case", stage="investigation", quantity="12 people")
    yield said("status", "charge", 170, about=f"case-{number}", stage="charges")
    for month in range(4):
        yield said("indicator", f"count-{month}", 31 * month, who=whom, whom=whom,
                   series="kidnappings", quantity=f"{30 + number % 9 + month} kidnappings",
                   period=f"{after(31 * month):%Y-%m}")  # fmt: skip
    yield said("control", "vetting", 50, who=givers[0], whom=whom, type="vetting", result="done")
    yield said("pledge", "revised", 180, turn=1, who=givers[0], whom=fund, amount="61M USD",
               toward=ask)  # fmt: skip
    links.append((f"revised-{number}", "corrects", f"gift-0-{number}"))


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    print(write(options.folder, options.entries))
