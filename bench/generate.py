"""Write made-up trackers, and ledgers of Beancount and hledger that say the same.

Nothing here is a fact: states, agencies, activities, papers, sums and quotes are made up, and
every file that is written says so. The same number of entries gives the same bytes.

    python bench/generate.py 10000 DIR --form toml|csv|beancount|hledger
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple, TextIO

FILES = 100  # a small tracker has fewer, one per hundred entries
BLOCK = 100  # entries of one activity, with one stated total
PER_SOURCE = 50
SHORT = 10  # one total in so many says more than its entries add up to

MADE_UP = "Made up by bench/generate.py: no state, body, paper or person is meant."

# one letter per entry, five times over in a block: pledge, pledge in kind, commitment,
# disbursement, delivery
PATTERN = "pkpcpdcpdlkcpdcpdcld"
CURRENCIES = ("USD", "EUR", "CAD", "GBP", "JPY")
GOODS = ("vehicles", "radios", "helmets", "boats")
WHAT = ("police", "training", "salaries", "equipment", "prisons", "border posts", "courts")
FIRM = ("promised", "promised", "promised", "notified", "signed")
WEAK = ("implied", "considered", "prepared")
STAGES = ("committed", "disbursed", "pledged", "delivered")
WORDS = """
    would offer a further share of the new plan and help to train officers while the partners
    meet again next spring after long talks about the mission which remains short of money men
    and vehicles as promised in an earlier letter from its capital before any transfer begins
""".split()


class Entry(NamedTuple):
    """One statement of support. `paid_in` is the currency or the goods, `number` how much."""

    kind: str
    id: str
    source: str
    date: date
    who: str
    whom: str
    via: str
    what: str
    strength: str
    number: int
    paid_in: str
    toward: str
    quote: str

    @property
    def stage(self) -> str:
        if self.strength in WEAK:
            return "considered"
        stages = {"pledge": "pledged", "commitment": "committed", "disbursement": "disbursed"}
        return stages.get(self.kind, "delivered")

    @property
    def is_money(self) -> bool:
        return self.paid_in in CURRENCIES


class Block(NamedTuple):
    """The entries of one activity, in the order of their days, and the total stated of them.

    `itemised` is what the entries of that stage add up to, `stated` what the source says."""

    number: int
    sources: list[tuple[str, date]]
    entries: list[Entry]
    stage: str
    paid_in: str
    itemised: int
    stated: int

    @property
    def activity(self) -> str:
        return f"activity-{self.number:05}"


def providers(n: int) -> list[str]:
    return [f"state-{i:04}" for i in range(40 + n // 1000)]


def receivers(n: int) -> list[str]:
    return [f"agency-{i:04}" for i in range(10 + n // 2000)]


def block(number: int, n: int) -> Block:
    """The hundred entries of one activity in a book of `n`."""
    random = Random(f"pledgebook {number}")
    who, whom = providers(n), receivers(n)
    currency, goods = random.choice(CURRENCIES), random.choice(GOODS)
    start = date(2015, 1, 1) + timedelta(number * 7 % 3300)
    sources = [
        (f"paper-{number:05}-{i}", start + timedelta(30 * (i + 1)))
        for i in range(BLOCK // PER_SOURCE)
    ]
    entries: list[Entry] = []
    left: dict[str, list[list[object]]] = {"p": [], "k": [], "c": []}  # [entry, what is not used]
    for k in range(BLOCK):
        letter = PATTERN[k % len(PATTERN)]
        source, published = sources[k // PER_SOURCE]
        day = published - timedelta((PER_SOURCE - 1 - k % PER_SOURCE) // 2)
        quote = " ".join(random.choices(WORDS, k=random.randint(6, 12)))
        name = f"{number:05}-{k:02}"
        common = {"source": source, "date": day, "quote": quote, "via": f"activity-{number:05}"}
        if letter in "pk":
            is_weak = letter == "p" and k % 7 == 3
            entry = Entry(
                kind="pledge",
                id=f"p-{name}",
                who=random.choice(who),
                whom=random.choice(whom),
                what=random.choice(WHAT) if letter == "p" else goods,
                strength=random.choice(WEAK if is_weak else FIRM),
                number=random.randint(200, 9000) * 1000 if letter == "p" else 50 * (1 + k),
                paid_in=currency if letter == "p" else goods,
                toward="",
                **common,
            )
            if not is_weak:
                left[letter].append([entry, entry.number])
        else:
            kind, above = {
                "c": ("commitment", "p"),
                "d": ("disbursement", "c"),
                "l": ("delivery", "k"),
            }[letter]
            place = random.choice(left[above])
            before, rest = place
            assert isinstance(before, Entry)
            assert isinstance(rest, int)
            share = max(1, rest * random.randint(20, 60) // 100)
            place[1] = rest - share
            entry = Entry(
                kind=kind,
                id=f"c-{name}" if letter == "c" else "",  # what nothing refers to needs no id
                who=before.who,
                whom=before.whom,
                what=before.what,
                strength="signed" if letter == "c" else "done",
                number=share,
                paid_in=before.paid_in,
                toward=before.id,
                **common,
            )
            if letter == "c":
                left["c"].append([entry, share])
        entries.append(entry)
    stage = STAGES[number % len(STAGES)]
    paid_in = goods if stage == "delivered" else currency
    itemised = sum(one.number for one in entries if one.stage == stage and one.paid_in == paid_in)
    stated = itemised + (itemised // 8 if is_short(number) else 0)
    return Block(number, sources, entries, stage, paid_in, itemised, stated)


def is_short(number: int) -> bool:
    """Whether the total of a block says more than its entries."""
    return number % SHORT == SHORT - 1


def short_totals(n: int) -> int:
    """How many totals of a book of `n` entries say more than their entries."""
    return sum(is_short(number) for number in range(n // BLOCK))


def files(n: int) -> Iterator[tuple[str, list[Block]]]:
    """The name of each file, and its blocks."""
    number = n // BLOCK
    per_file = -(-number // FILES)
    for first in range(0, number, per_file):
        blocks = [block(one, n) for one in range(first, min(first + per_file, number))]
        yield f"{first // per_file:03}", blocks


# --- Pledgebook -----------------------------------------------------------------------------


def write_toml(folder: Path, n: int) -> None:
    """A tracker of `n` entries and a total per hundred, its books in TOML."""
    _write_frame(folder, n)
    for name, blocks in files(n):
        text = [f"# {MADE_UP}\n"]
        for one in blocks:
            text += _toml_block(one)
        _write(folder / "books" / f"{name}.toml", "".join(text))


def write_csv(folder: Path, n: int) -> None:
    """The same tracker with its books as tables; only the frame is TOML."""
    _write_frame(folder, n)
    (folder / "books").mkdir(exist_ok=True)
    header = (
        "kind id source date who whom via what strength amount quantity toward stage covers quote"
    )
    with _open(folder / "books" / "papers.source.csv") as papers:
        sources = csv.writer(papers, lineterminator="\n")
        sources.writerow(["id", "title", "publisher", "date", "lang", "rights", "grade"])
        for name, blocks in files(n):
            with _open(folder / "books" / f"{name}.csv") as book:
                rows = csv.writer(book, lineterminator="\n")
                rows.writerow(header.split())
                for one in blocks:
                    for source, day in one.sources:
                        title, publisher = _paper(source)
                        sources.writerow([source, title, publisher, day, "en", "unknown", "B"])
                    rows.writerows(_csv_rows(one))


def _write_frame(folder: Path, n: int) -> None:
    """The tracker's own file, its actors and its activities."""
    title = f'title = "Made up: {n:,} entries for a benchmark"\nbase  = "USD"\n'
    _write(folder / "tracker.toml", f"# {MADE_UP}\n{title}")
    actors = [
        f'\n[[actor]]\nid   = "{name}"\nname = "Made-up {name}"\ntype = "{type}"\n'
        for names, type in ((providers(n), "government"), (receivers(n), "ngo"))
        for name in names
    ]
    _write(folder / "actors.toml", f"# {MADE_UP}\n{''.join(actors)}")
    activities = [
        f'\n[[activity]]\nid   = "activity-{i:05}"\nname = "Made-up fund {i}"\ntype = "fund"\n'
        for i in range(n // BLOCK)
    ]
    _write(folder / "activities.toml", f"# {MADE_UP}\n{''.join(activities)}")


def _paper(source: str) -> tuple[str, str]:
    return f"Made-up report {source}", f"Made-up paper {sum(map(ord, source)) % 30}"


def _figure(number: int, paid_in: str) -> str:
    """A figure as people write it: 1.25M USD, 340,000 USD, 12 boats."""
    if number >= 1_000_000 and number % 10_000 == 0:
        return f"{number / 1_000_000:.2f}M {paid_in}"
    return f"{number:,} {paid_in}"


def _toml_block(one: Block) -> Iterator[str]:
    for i, (source, day) in enumerate(one.sources):
        title, publisher = _paper(source)
        yield (
            f'\n[source]\nid        = "{source}"\ntitle     = "{title}"\n'
            f'publisher = "{publisher}"\ndate      = {day}\nlang      = "en"\n'
            'rights    = "unknown"\ngrade     = "B"\n'
        )
        for entry in one.entries[i * PER_SOURCE : (i + 1) * PER_SOURCE]:
            yield _toml_entry(entry)
    figure = "amount" if one.paid_in in CURRENCIES else "quantity"
    yield (
        f'\n[[total]]\nid     = "total-{one.number:05}"\nwho    = "{one.entries[0].who}"\n'
        f'stage  = "{one.stage}"\n{figure} = "{_figure(one.stated, one.paid_in)}"\n'
        f'covers = ["{one.activity}"]\nquote  = "{_total_quote(one)}"\n'
    )


def _total_quote(one: Block) -> str:
    return f"in all {one.stated:,} {one.paid_in} were {one.stage}"


def _toml_entry(entry: Entry) -> str:
    figure = "amount  " if entry.is_money else "quantity"
    id_line = f'id       = "{entry.id}"\n' if entry.id else ""
    toward = f'toward   = ["{entry.toward}"]\n' if entry.toward else ""
    return (
        f"\n[[{entry.kind}]]\n{id_line}date     = {entry.date}\n"
        f'who      = "{entry.who}"\nwhom     = "{entry.whom}"\nvia      = "{entry.via}"\n'
        f'what     = "{entry.what}"\nstrength = "{entry.strength}"\n'
        f'{figure} = "{_figure(entry.number, entry.paid_in)}"\n{toward}'
        f'quote    = "{entry.quote}"\n'
    )


def _csv_rows(one: Block) -> Iterator[list[object]]:
    for entry in one.entries:
        figure = _figure(entry.number, entry.paid_in)
        yield [
            *(entry.kind, entry.id, entry.source, entry.date, entry.who, entry.whom, entry.via),
            *(entry.what, entry.strength),
            *((figure, "") if entry.is_money else ("", figure)),
            *(entry.toward, "", "", entry.quote),
        ]
    figure = _figure(one.stated, one.paid_in)
    yield [
        *("total", f"total-{one.number:05}", one.sources[-1][0], "", one.entries[0].who),
        *("", "", "", ""),
        *((figure, "") if one.paid_in in CURRENCIES else ("", figure)),
        *("", one.stage, one.activity, _total_quote(one)),
    ]


# --- Beancount ------------------------------------------------------------------------------


def write_beancount(folder: Path, n: int) -> None:
    """A ledger of `n` transactions and a balance assertion per hundred, in as many files.

    An activity has one account per stage, a provider one; goods are commodities. Every assertion
    holds, for a ledger in which one does not is an error.
    """
    _write_accounts(folder, n)
    names = []
    for name, blocks in files(n):
        text = [f"; {MADE_UP}\n"]
        for one in blocks:
            text += [_transaction(entry) for entry in one.entries]
            day = one.sources[-1][1] + timedelta(1)
            account = _account(one.activity, one.stage)
            text.append(f"\n{day} balance {account}  {one.itemised} {one.paid_in.upper()}\n")
        _write(folder / "books" / f"{name}.beancount", "".join(text))
        names.append(name)
    includes = "".join(f'include "books/{name}.beancount"\n' for name in names)
    title = f'option "title" "Made up: {n:,} transactions for a benchmark"\n'
    currency = 'option "operating_currency" "USD"\n'
    _write(
        folder / "main.beancount",
        f'; {MADE_UP}\n{title}{currency}include "accounts.beancount"\n{includes}',
    )


def _write_accounts(folder: Path, n: int) -> None:
    accounts = [f"Equity:{name.capitalize()}" for name in providers(n)]
    for i in range(n // BLOCK):
        accounts += [_account(f"activity-{i:05}", stage) for stage in (*STAGES, "considered")]
    lines = [f"2015-01-01 open {account}\n" for account in accounts]
    _write(folder / "accounts.beancount", f"; {MADE_UP}\n{''.join(lines)}")


def _account(activity: str, stage: str) -> str:
    return f"Assets:{activity.capitalize()}:{stage.capitalize()}"


def _transaction(entry: Entry) -> str:
    unit = entry.paid_in.upper()
    return (
        f'\n{entry.date} * "{entry.whom}" "{entry.what}"\n'
        f'  source: "{entry.source}"\n  quote: "{entry.quote}"\n'
        f"  {_account(entry.via, entry.stage)}  {entry.number} {unit}\n"
        f"  Equity:{entry.who.capitalize()}  -{entry.number} {unit}\n"
    )


# --- hledger --------------------------------------------------------------------------------


def write_hledger(folder: Path, n: int) -> None:
    """The same ledger as a journal of hledger: source and quote are tags, and the balance of a
    block is asserted by a posting of nothing."""
    names = []
    for name, blocks in files(n):
        text = [f"; {MADE_UP}\n"]
        for one in blocks:
            text += [_journal_entry(entry) for entry in one.entries]
            day = one.sources[-1][1] + timedelta(1)
            account, unit = _account(one.activity, one.stage), one.paid_in.upper()
            text.append(f"\n{day} * balance\n  {account}  0 {unit} = {one.itemised} {unit}\n")
        _write(folder / "books" / f"{name}.journal", "".join(text))
        names.append(name)
    includes = "".join(f"include books/{name}.journal\n" for name in names)
    _write(folder / "main.journal", f"; {MADE_UP}\n{includes}")


def _journal_entry(entry: Entry) -> str:
    unit = entry.paid_in.upper()
    return (
        f"\n{entry.date} * {entry.whom} | {entry.what}\n"
        f"  ; source: {entry.source}\n  ; quote: {entry.quote}\n"
        f"  {_account(entry.via, entry.stage)}  {entry.number} {unit}\n"
        f"  Equity:{entry.who.capitalize()}  -{entry.number} {unit}\n"
    )


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


WRITERS = {
    "toml": write_toml,
    "csv": write_csv,
    "beancount": write_beancount,
    "hledger": write_hledger,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up tracker or ledger.")
    parser.add_argument("entries", type=int, help="how many, a multiple of 100")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=WRITERS, default="toml")
    options = parser.parse_args()
    if options.entries < BLOCK or options.entries % BLOCK:
        parser.error(f"take a multiple of {BLOCK}")
    WRITERS[options.form](options.folder, options.entries)


if __name__ == "__main__":
    main()
