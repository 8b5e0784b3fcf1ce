"""What may not be published, in a field that is: the text of a source, a way to reach a person.

A quote has its own limits; a note or any other text beside it is published as well. So a note
holds no passage of a source that is longer than a quote may be, and no field an e-mail address or
a telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.cells import Cells, numbers_of
from pledgebook.books.entries import Entries
from pledgebook.finding import Finding, Flaw
from pledgebook.sources import QUOTE_WORDS, Shingles, longest_run

# published as they are: addresses of pages, codes
_NOT_PROSE = frozenset({"url", "archive", "iati", "purpose", "aid_type", "earmark", "lang"})
_FREE = ("public_domain", "cc")

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
# a plus sign and 8 to 15 digits in groups; by threes they are an amount unless there are very many
_PHONE = re.compile(r"(?<![\w.,])\+[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\w|[.,]\d)")
_THOUSANDS = re.compile(r"\+\d{1,3}(?: \d{3}){1,2}|\+\d(?: \d{3}){3}")
# a field is as long as its author wants; nobody looks for a person beyond this, in characters
_LONGEST_FIELD = 100_000


def check_private(entries: Entries, texts: Mapping[str, Shingles[int]]) -> list[Finding]:
    """Find passages of sources and ways to reach people in the fields of all entries.

    `texts` holds the shingles of the sources whose text is here. A statement that holds a passage
    stays out, so this has to be asked before the entries' columns. Never raises.
    """
    before = entries.counts()
    private = _private_texts(entries, texts)
    for cells in entries.cells.values():
        for name in _fields(cells):
            _find_contacts(cells, name)
            if private and name != "quote":
                _find_passages(cells, name, private)
    return entries.found_since(before)


def _fields(cells: Cells) -> Iterator[str]:
    for field in cells.kind.fields:
        is_prose = field.type in ("text", "words") and field.name not in _NOT_PROSE
        if is_prose and not cells.is_empty(field.name):
            yield field.name


def _private_texts(
    entries: Entries, texts: Mapping[str, Shingles[int]]
) -> dict[str, frozenset[int]]:
    """The texts that may not be republished."""
    sources = entries.cells.get("source")
    if sources is None or not texts:
        return {}
    rights = zip(sources.column("id"), sources.column("rights"), strict=True)
    return {
        str(id): frozenset(texts[str(id)])
        for id, right in rights
        if right not in _FREE and str(id) in texts
    }


def _find_passages(cells: Cells, name: str, private: Mapping[str, frozenset[int]]) -> None:
    sources = cells.column("id" if cells.kind.name == "source" else "source")
    column = cells.array(name)
    if pa.types.is_list(column.type):
        return  # of names
    # most fields are a word or two, and counting blanks is quicker than counting words
    blanks = pc.count_substring_regex(column, r"\s")
    for i in numbers_of(pc.greater_equal(blanks, QUOTE_WORDS)):
        value = column[i].as_py()
        own = private.get(str(sources[i]))
        # an actor or an activity rests on no source: any of them may have been copied
        texts = [own] if own is not None else [] if sources[i] else private.values()
        words = max((longest_run(value[:_LONGEST_FIELD], text) for text in texts), default=0)
        if words > QUOTE_WORDS:
            cells.report(i, _passage(name, words), name)
            if cells.kind.is_statement:
                cells.out.add(i)


def _passage(name: str, words: int) -> Flaw:
    return Flaw(
        "private-text",
        f"{name} holds a passage of the source's text, and {name} is published",
        expected=f"at most {QUOTE_WORDS} words in a row that are the source's",
        found=f"{words:,} words in a row",
        remedy="say it in words of your own, and quote 6 to 12 words",
    )


def _find_contacts(cells: Cells, name: str) -> None:
    column = cells.array(name)
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, " ")
    # what no address and no number is without
    for i in numbers_of(pc.match_substring_regex(column, "[@+]")):
        flaw = _contact(name, column[i].as_py()[:_LONGEST_FIELD])
        if flaw is not None:
            cells.report(i, flaw, name)


def _contact(name: str, text: str) -> Flaw | None:
    sort = ""
    if _MAIL.search(text):
        sort = "an e-mail address"
    elif any(not _THOUSANDS.fullmatch(one[0]) for one in _PHONE.finditer(text)):
        sort = "a telephone number"
    if not sort:
        return None
    # the finding is shown and kept as well, so it does not repeat what should not be there
    return Flaw(
        "private-contact",
        f"{name} holds {sort}, and {name} is published",
        expected="an office, or the class of a speaker",
        remedy="leave it out; the private notes of a source belong into its file under sources/",
    )
