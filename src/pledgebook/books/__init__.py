"""Books: from the text files of a tracker to entries that were read, and findings for the rest."""

from __future__ import annotations

from pledgebook.books.entries import Entries, read_entries
from pledgebook.books.folder import TABLES, File, read_book, read_files, text_of
from pledgebook.books.private import check_private
from pledgebook.books.quoting import Quoting, check_quotes
from pledgebook.books.settings import Settings, known_calendars, read_settings
from pledgebook.books.told import check_told

__all__ = [
    "TABLES",
    "Entries",
    "File",
    "Quoting",
    "Settings",
    "check_private",
    "check_quotes",
    "check_told",
    "known_calendars",
    "read_book",
    "read_entries",
    "read_files",
    "read_settings",
    "text_of",
]
