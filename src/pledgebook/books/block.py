"""The paragraphs of one book as columns of text: quick to keep, and quick to read again.

A block depends on the book alone, on nothing else in the tracker. So it is made once for each
state of a file, in whichever process has time, and kept in build/ as Arrow: when one book of a
hundred was edited, ninety-nine are not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import NoneType
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.entry import Locate, Paragraph, content_hash
from pledgebook.finding import Finding
from pledgebook.kinds import FIELD_NAMES, KINDS
from pledgebook.sources.aside import put_in_place

STRANGE = "?"
"""Under this name stand the paragraphs of all kinds that there are not."""

# beside the keys of an entry, which no field begins with such a sign
FILE, LINE, ABOVE, KIND, CONTENT, UNKNOWN = "#file", "#line", "#above", "#kind", "#content", "#keys"

MARK = "\0"
"""What a value that is no text stands behind: MARK, a letter that says what it is, its text."""

_DAYS = {date, NoneType}
_LISTS = {list, NoneType}


class Block(NamedTuple):
    """One book: a table for each kind, with a row for each paragraph.

    Its columns are the fields that occur, as text (`raw_of` gives the value back), and the file,
    the line, the id of the [source] above, the name that an entry without an id gets, and the
    keys that no kind has. `others` are the values that no text can stand for, by their numbers;
    `locate` is there where the book was read just now.
    """

    tables: dict[str, pa.Table]
    others: Sequence[object] = ()
    locate: Locate | None = None
    findings: Sequence[Finding] = ()

    @property
    def can_be_kept(self) -> bool:
        """Whether the tables say all that there is to know of the book."""
        return not self.others and not self.findings


def block_of(paragraphs: list[Paragraph], findings: Sequence[Finding] = ()) -> Block:
    """The paragraphs of one book as columns."""
    by_kind: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        kind = paragraph.kind if paragraph.kind in KINDS else STRANGE
        by_kind.setdefault(kind, []).append(paragraph)
    others: list[object] = []
    tables = {kind: _table(kind, some, others) for kind, some in by_kind.items()}
    return Block(tables, others, paragraphs[0].locate if paragraphs else None, findings)


def _table(kind: str, paragraphs: list[Paragraph], others: list[object]) -> pa.Table:
    """The paragraphs of one kind."""
    columns = {
        FILE: pa.array([one.file for one in paragraphs], pa.string()),
        LINE: pa.array([one.line for one in paragraphs], pa.int32()),
        ABOVE: pa.array([one.above for one in paragraphs], pa.string()),
    }
    if kind == STRANGE:
        columns[KIND] = _texts([one.kind for one in paragraphs], others)
    values, unknown = _by_key(paragraphs)
    for key, cells in values.items():
        columns[key] = _texts(cells, others)
    if unknown:
        strange = [[key for key in one.values if key in unknown] or None for one in paragraphs]
        columns[UNKNOWN] = _texts(strange, others)
    names = [None if "id" in one.values else content_hash(one) for one in paragraphs]
    if any(names):
        columns[CONTENT] = pa.array(names, pa.string())
    return pa.table(columns)


def _by_key(paragraphs: list[Paragraph]) -> tuple[dict[str, list[object]], set[str]]:
    """What stands under each key that a field has, paragraph by paragraph, and the other keys.

    Most paragraphs have the same keys as many others, and are taken together: that is quicker
    than looking for each key in each.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, one in enumerate(paragraphs):
        groups.setdefault(tuple(one.values), []).append(i)
    values: dict[str, list[object]] = {}
    unknown: set[str] = set()
    for keys, numbers in groups.items():
        together = zip(*(paragraphs[i].values.values() for i in numbers), strict=True)
        for key, found in zip(keys, together, strict=True):
            if key not in FIELD_NAMES:
                unknown.add(key)
                continue
            column = values.setdefault(key, [None] * len(paragraphs))
            for i, value in zip(numbers, found, strict=True):
                column[i] = value
    return dict(sorted(values.items())), unknown


def _texts(values: Sequence[object], others: list[object]) -> pa.Array:
    """A column of raw values as text, of one sort at once where they are of one sort."""
    with suppress(pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        texts = pa.array(values, pa.string())
        if not any_of(pc.starts_with(texts, MARK)):
            return texts
    # something that is no text, or half of a character
    types = set(map(type, values))
    with suppress(pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        if types <= _DAYS:
            days = pa.array(values, pa.date32()).cast(pa.string())
            return pc.binary_join_element_wise(f"{MARK}d", days, "")
        if types <= _LISTS:
            lists = pa.array(values, pa.list_(pa.string()))
            parts = lists.flatten()
            if not any_of(pc.or_(pc.match_substring(parts, MARK), pc.equal(parts, ""))):
                return pc.binary_join_element_wise(f"{MARK}l", pc.binary_join(lists, MARK), "")
    return pa.array([_text(value, others) for value in values], pa.string())


def any_of(truths: pa.Array) -> bool:
    """Whether a column is true anywhere; null is not."""
    return bool(pc.any(truths).as_py())


def _text(value: object, others: list[object]) -> str | None:
    if value is None:
        return None
    if type(value) is str and _is_plain(value):
        return value
    if type(value) is date:
        return f"{MARK}d{value.isoformat()}"
    if type(value) is int:
        return f"{MARK}i{value}"
    if type(value) is list and all(type(one) is str and one and _is_plain(one) for one in value):
        return f"{MARK}l{MARK.join(value)}"
    others.append(value)
    return f"{MARK}o{len(others) - 1}"


def _is_plain(text: str) -> bool:
    if MARK in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def raw_of(text: str | None, others: Sequence[object] = ()) -> object:
    """The value that stands in a column as `text`."""
    if text is None or not text.startswith(MARK):
        return text
    sort, rest = text[1], text[2:]
    match sort:
        case "d":
            return date.fromisoformat(rest)
        case "i":
            return int(rest)
        case "l":
            return rest.split(MARK) if rest else []
        case _:
            return others[int(rest)]


def columns_of(tables: Iterable[pa.Table]) -> pa.Table:
    """The rows of one kind of all books, one below the other."""
    return pa.concat_tables(tables, promote_options="default")


# --- in build/ ------------------------------------------------------------------------------------


def write_block(block: Block, path: Path) -> None:
    """Keep a block; raises OSError where that cannot be done.

    The file is a sha256 in hexadecimal, and what it is of: a stream of Arrow for each kind.
    """
    sink = pa.BufferOutputStream()
    for kind, table in block.tables.items():
        table = table.replace_schema_metadata({"kind": kind})
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
    said = sink.getvalue()
    put_in_place(path, hashlib.sha256(said).hexdigest().encode(), said, is_cache=True)


def read_block(path: Path) -> Block | None:
    """A block that was kept, or None where it is not there or is not as it was written."""
    tables: dict[str, pa.Table] = {}
    try:
        with pa.memory_map(str(path)) as file:
            held = file.read_buffer()
        said = held.slice(_HEADER)
        if hashlib.sha256(said).hexdigest().encode() != held.slice(0, _HEADER).to_pybytes():
            return None
        source = pa.BufferReader(said)
        while source.tell() < said.size:
            table = pa.ipc.open_stream(source).read_all()
            tables[table.schema.metadata[b"kind"].decode()] = table
    except (OSError, pa.ArrowException):
        return None  # what is kept is a cache: what cannot be read of it is made again
    return Block(tables)


# as many bytes as a sha256 has digits; what follows stays aligned
_HEADER = 64
