"""Books: from the text files of a tracker to entries that were read, and findings for the rest."""

from __future__ import annotations

from pledgebook.books.entries import Entries, read_entries
from pledgebook.books.forms import locator_of, read_book
from pledgebook.books.private import check_private
from pledgebook.books.quoting import Quoting, check_quotes
from pledgebook.books.reading import Kept, read_books
from pledgebook.books.rows import Rows, rows_of
from pledgebook.books.settings import Settings, known_calendars, read_settings
from pledgebook.books.told import check_told

__all__ = [
    "Entries",
    "Kept",
    "Quoting",
    "Rows",
    "Settings",
    "check_private",
    "check_quotes",
    "check_told",
    "known_calendars",
    "locator_of",
    "read_book",
    "read_books",
    "read_entries",
    "read_settings",
    "rows_of",
]
