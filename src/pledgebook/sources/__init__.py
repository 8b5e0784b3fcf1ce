"""Sources: a document as text, the place of a quote in it, and the list of quotes once checked.

A source's text is private and stays in `sources/` (git-ignored); what is published is the
quote, and `sources/checked.csv` remembers where it was found.
"""

from __future__ import annotations

from pledgebook.sources.checked import (
    CHECKED,
    Checked,
    fingerprint,
    read_checked,
    vouches,
    write_checked,
)
from pledgebook.sources.document import Document, read_bytes, read_document
from pledgebook.sources.origins import Shingles, Telling, longest_run, origins, shingles
from pledgebook.sources.quotes import (
    QUOTE_WORDS,
    SOURCE_SHARE,
    Prepared,
    Span,
    check_length,
    count_words,
    find_quote,
    normalise,
    prepare,
    quoted_words,
    too_much_quoted,
)

__all__ = [
    "CHECKED",
    "QUOTE_WORDS",
    "SOURCE_SHARE",
    "Checked",
    "Document",
    "Prepared",
    "Shingles",
    "Span",
    "Telling",
    "check_length",
    "count_words",
    "find_quote",
    "fingerprint",
    "longest_run",
    "normalise",
    "origins",
    "prepare",
    "quoted_words",
    "read_bytes",
    "read_checked",
    "read_document",
    "shingles",
    "too_much_quoted",
    "vouches",
    "write_checked",
]
