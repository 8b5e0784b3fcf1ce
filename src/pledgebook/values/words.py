"""Readers of words, text, whole numbers, ids and paths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time

from pledgebook.finding import Flaw, nearest
from pledgebook.values.shown import either, folded, shown


def read_word(raw: object, field: str, words: Sequence[str]) -> str | Flaw:
    """One of `words`, as the field's vocabulary spells it. A Flaw has the rule `value-unknown`."""
    word = raw.strip() if isinstance(raw, str) and len(raw) <= 200 else ""
    if word in words:
        return word
    near = ""
    if isinstance(raw, bool):
        # TOML's true and false, where the vocabulary has yes and no
        near = next((w for w in ("yes" if raw else "no",) if w in words), "")
    elif word:
        # a sign such as ">" is as near to any other as to none
        near = nearest(word, [w for w in words if any(c.isalnum() for c in w)])
    return Flaw(
        "value-unknown",
        f"{field} has no such value",
        expected=either(words),
        found=shown(raw),
        nearest=near,
        remedy=f'write {field} = "{near}"' if near else "write one of the words that it has",
    )


def read_text(raw: object, field: str) -> str | Flaw:
    """Words, without the white space around them. A Flaw has the rule `value-unreadable`."""
    if not isinstance(raw, str):
        return _no_text(raw, field)
    text = raw.strip()
    return text if text else _blank(field)


_NUMBER = re.compile(r"[-+]?[0-9]{1,10}")
# what the database's column, a 32-bit integer, can hold
_LARGEST = 2**31 - 1


def read_number(raw: object, field: str) -> int | Flaw:
    """A whole number between -2147483647 and 2147483647.

    Its digits as text are read too, since a cell of CSV has no other type, and so is a cell of
    XLSX, which holds 3 as 3.0. A Flaw has the rule `value-unreadable`.
    """
    number: int | None = None
    if isinstance(raw, str) and len(raw) <= 200 and _NUMBER.fullmatch(raw.strip()):
        number = int(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    elif isinstance(raw, float) and raw.is_integer():
        number = int(raw)
    if number is not None and -_LARGEST <= number <= _LARGEST:
        return number
    return Flaw(
        "value-unreadable",
        f"{field} is not a whole number",
        expected="a whole number of at most nine digits",
        found=shown(raw),
        remedy=f"write {field} = 2, with the number that is meant",
    )


ID_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}")
"""What an id looks like: it becomes a file name and a command-line argument."""


def read_id(raw: object, field: str) -> str | Flaw:
    """A name for references: up to 120 letters (A to Z), digits and - _ . : without spaces.

    It starts with a letter or a digit, since it also names a file and stands on the command
    line. A Flaw has the rule `value-unreadable`.
    """
    if not isinstance(raw, str):
        return _no_text(raw, field)
    word = raw.strip() if len(raw) <= 400 else raw[:400]
    if not word:
        return _blank(field)
    if ID_FORM.fullmatch(word):
        return word
    form = _as_id(word)
    return Flaw(
        "value-unreadable",
        f"{field} is not a name",
        expected="up to 120 letters, digits and - _ . : that start with a letter or a digit",
        found=shown(raw),
        remedy=f'write {field} = "{form}"' if form else "write a short name, such as police-aid",
    )


def _as_id(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word)
    ascii_only = "".join(c for c in bare if not unicodedata.combining(c))
    form = re.sub(r"[^A-Za-z0-9_.:]+", "-", ascii_only).strip("-_.:")
    return form if len(form) <= 60 else ""


def read_path(raw: object, field: str) -> str | Flaw:
    """A file of the tracker: relative to its folder, with forward slashes, inside it.

    "./" and doubled slashes are left out of the result. A Flaw has the rule `file-outside`
    where the path leads elsewhere, else `value-unreadable`.
    """
    if not isinstance(raw, str):
        return _no_text(raw, field)
    path = raw.strip()
    if not path:
        return _blank(field)
    if len(path) > 1000 or not path.isprintable():
        return Flaw(
            "value-unreadable",
            f"{field} is not the name of a file",
            expected="a path of at most 1000 characters on one line",
            found=shown(raw),
            remedy=f'write {field} = "sources/article.txt", with the name that is meant',
        )
    parts = [part for part in path.split("/") if part not in ("", ".")]
    is_address = "://" in path
    drive = re.match(r"[A-Za-z]:", path)
    if path.startswith("/") or ".." in parts or drive or "\\" in path or is_address:
        return _outside(path, field, is_address)
    if not parts:
        return _outside(path, field, False)
    return "/".join(parts)


def _outside(path: str, field: str, is_address: bool) -> Flaw:
    slashed = path.replace("\\", "/")
    inside = "\\" in path and not (
        slashed.startswith("/") or ".." in slashed.split("/") or re.match(r"[A-Za-z]:", slashed)
    )
    if is_address:
        remedy = "write the address as url, and leave file out where there is no copy"
    elif inside:
        remedy = f'write {field} = "{folded(slashed)}"'
    else:
        remedy = "copy the file into sources/ and name it from the tracker's folder on"
    return Flaw(
        "file-outside",
        f"{field} is not a path inside the tracker",
        expected='a path from the tracker\'s folder on, such as "sources/article.txt"',
        found=shown(path),
        remedy=remedy,
    )


def _no_text(raw: object, field: str) -> Flaw:
    plain = isinstance(raw, int | float | date | time)
    return Flaw(
        "value-unreadable",
        f"{field} is not text",
        expected="text in quotes",
        found=shown(raw),
        remedy=f'write {field} = "{shown(raw)}"' if plain else f"write {field} as text in quotes",
    )


def _blank(field: str) -> Flaw:
    return Flaw(
        "value-unreadable",
        f"{field} says nothing",
        expected="text",
        found="an empty text",
        remedy=f"leave {field} out where it is not known",
    )
