"""The shape of a book and of tracker.toml as JSON Schema, for editors that complete and check.

Everything that `check` accepts is valid here; what is not valid here is a finding there. A schema
sees one value at a time: whether an id exists or a total holds, only `check` knows.
"""

from __future__ import annotations

import json

from pledgebook.books.settings import KEYS
from pledgebook.data import currencies
from pledgebook.kinds import KINDS, Field, Kind
from pledgebook.values import NAMED

DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, object]


def schemas() -> dict[str, str]:
    """Both schemas as text: "book" for actors.toml, activities.toml and all books, and "tracker"
    for tracker.toml. The same bytes every time."""
    made = {"book": book_schema(), "tracker": tracker_schema()}
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in made.items()
    }


# books ---------------------------------------------------------------------------------------

_SPACE = r"\s*"
_MARK = "[?~%]?"
_DATE = (
    rf"{_MARK}[0-9X]{{4}}{_MARK}"
    rf"(?:-{_MARK}(?:[0-9]{{2}}|XX){_MARK}(?:-{_MARK}(?:[0-9]{{2}}|XX){_MARK})?)?"
)
_DAY = rf"^{_SPACE}(?:{_DATE}|(?:{_DATE}|\.\.)?/(?:{_DATE}|\.\.)?){_SPACE}$"
_YEAR = "[0-9]{2}(?:[0-9]{2})?"
_DASH = "[-/\u2010-\u2014]"
# a figure and something that is neither a figure nor a mark of one: the currency
_NO_FIGURE = r"[^-0-9\s.,'\u2019\u2212<>=~\u2264\u2265\u2248]"

_PATTERNS = {
    "id": rf"^{_SPACE}[A-Za-z0-9][A-Za-z0-9_.:-]{{0,119}}{_SPACE}$",
    "text": r"\S",
    "words": r"\S",
    "actor": r"\S",
    "path": r"\S",
    "day": _DAY,
    "period": _DAY,
    "money": rf"[0-9][\s\S]*{_NO_FIGURE}|{_NO_FIGURE}[\s\S]*[0-9]",
    # a number and a unit that starts with a letter
    "quantity": r"[0-9][\s\S]*[^\W\d_]",
    "fiscal_year": rf"^{_SPACE}(?:[Ff][Yy]\s*)?{_YEAR}(?:{_DASH}{_YEAR})?{_SPACE}$",
    "reading": rf"^{_SPACE}[Ff][Yy]|{_DAY}",
    "country": "^[A-Za-z]{3}$",
}
_PATTERNS["ref"] = _PATTERNS["id"]
_LARGEST = 2**31 - 1


def book_schema() -> Schema:
    """A book: paragraphs by kind, each one or a list, with the fields of the kind and no other."""
    return {
        "$schema": DRAFT,
        "title": "A book of Pledgebook",
        "description": "Entries by kind: one statement of one source, with one quote.",
        "type": "object",
        "additionalProperties": False,
        "properties": {kind.name: _one_or_many(kind) for kind in KINDS.values()},
        "definitions": {kind.name: _kind(kind) for kind in KINDS.values()},
    }


def _one_or_many(kind: Kind) -> Schema:
    """[[kind]] as often as wanted, or [kind] once.

    What is valid is said without `anyOf`: for one wrong word an editor would underline the whole
    list. The `anyOf` below allows everything and only tells editors what to offer.
    """
    one: Schema = {"$ref": f"#/definitions/{kind.name}"}
    several: Schema = {"description": kind.help, "type": "array", "items": one}
    return {
        "description": kind.help,
        "type": ["array", "object"],
        "items": one,
        "if": {"type": "object"},
        "then": one,
        "anyOf": [several, one, True],
    }


def _kind(kind: Kind) -> Schema:
    fields = {field.name: field for field in kind.fields}
    return {
        "description": kind.help,
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in kind.fields if field.needed],
        "properties": {name: _field(fields[name]) for name in kind.written},
    }


def _field(field: Field) -> Schema:
    help = field.help
    if field.refers and len(field.refers) < len(KINDS):
        help += f" The id of: {', '.join(field.refers)}."
    one = _value(field, help)
    if not field.many:
        return {"description": help, **one}
    several: Schema = {"type": ["array", "string"], "items": one}
    if field.needed:
        several["minItems"] = 1
    return {"description": help, **one, **several}


def _value(field: Field, help: str) -> Schema:
    """One value of a field. A day that TOML reads by itself is text here."""
    if field.type == "number":
        return {
            "type": ["integer", "string"],
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
            "pattern": rf"^{_SPACE}[-+]?[0-9]{{1,10}}{_SPACE}$",
        }
    if field.type == "word":
        # `check` does not mind spaces around a word, so the list is only what editors offer
        return {
            "type": "string",
            "pattern": rf"^{_SPACE}({'|'.join(field.words)}){_SPACE}$",
            "anyOf": [{"description": help, "enum": list(field.words)}, True],
        }
    return {"type": "string", "pattern": _PATTERNS[field.type]}


# tracker.toml --------------------------------------------------------------------------------


def tracker_schema() -> Schema:
    """tracker.toml: the keys that there are, and what may stand in those that are read."""
    calendar: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["starts"],
        "properties": {
            "starts": {
                "description": 'The first day of the fiscal year, such as "10-01".',
                "type": "string",
                "pattern": "^[0-9]{2}-[0-9]{2}$",
            },
            "named": {
                "description": "The calendar year that names it: FY2021 ends or starts in 2021.",
                "enum": list(NAMED),
            },
        },
    }
    text: Schema = {"type": "string"}
    shapes: dict[str, Schema] = {
        "title": {"type": "string", "pattern": r"\S"},
        "base": {"enum": list(currencies())},
        "languages": {"type": "array", "items": text, "minItems": 1},
        "calendars": {"type": "object", "additionalProperties": calendar},
        "rates": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"source": {"anyOf": [text, {"type": "array", "items": text}]}},
        },
    }
    return {
        "$schema": DRAFT,
        "title": "tracker.toml of Pledgebook",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": help, **shapes.get(key, {})} for key, help in KEYS.items()
        },
    }
