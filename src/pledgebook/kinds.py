"""THE table of kinds and fields: what an entry can be and what it can say.

Books, CSV headers, the database's columns, the manual and the findings all read this table;
nothing else knows a field's name. Terms are those of IATI, FTS, OECD DAC and ISO where they
have one. Names are legal bare words in TOML, SQL and Python at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldType = Literal[
    "id",  # the name of this entry, for references to it
    "text",  # words
    "words",  # a verbatim quote
    "day",  # an EDTF date; columns NAME (as written), NAME_since, NAME_until
    "period",  # an EDTF interval; the same columns
    "money",  # "300M USD"; columns amount, currency, amount_slack
    "quantity",  # "1000 police"; columns NAME, unit, quantity_slack
    "word",  # one of a vocabulary
    "actor",  # an actor's id, name or ISO 3166-1 code; stored as its id
    "ref",  # the id of an entry, see `refers`
    "fiscal_year",  # "FY2021"; columns fiscal_year (as written), fiscal_since, fiscal_until
    "reading",  # a period, or fiscal years such as "FY2011/FY2020"
    "number",  # a whole number
    "country",  # an ISO 3166-1 alpha-3 code in lower case
    "path",  # a file, relative to the tracker
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: its name, its type, what it says, and what may stand in it.

    `many`: a list is allowed. `needed`: without it the entry says nothing. `words`: the
    vocabulary of a `word`. `refers`: the kinds that a `ref` may name (empty: any entry).
    """

    name: str
    type: FieldType
    help: str
    many: bool = False
    needed: bool = False
    words: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry. `group` is its place in the design; `view` its name in SQL."""

    name: str
    group: Literal["reference", "support", "sum", "hinge", "situation"]
    help: str
    fields: tuple[Field, ...]

    @property
    def view(self) -> str:
        # `case` is a reserved word in SQL
        return "cases" if self.name == "case" else self.name

    @property
    def is_statement(self) -> bool:
        """Whether an entry of this kind is something that a source said."""
        return self.group != "reference"

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError where the kind has none."""
        return _BY_NAME[self.name][name]

    @property
    def field_names(self) -> frozenset[str]:
        return frozenset(_BY_NAME[self.name])

    @property
    def written(self) -> tuple[str, ...]:
        """The names of the fields in the order in which a person writes them: first what names
        and dates the entry, then what is its kind's own, last where it was said and the words."""
        names = [field.name for field in self.fields]
        if not self.is_statement:
            return tuple(names)
        own = [name for name in names if name not in (*WRITTEN_FIRST, *WRITTEN_LAST)]
        return (*WRITTEN_FIRST, *own, *WRITTEN_LAST)


STRENGTHS = ("implied", "considered", "prepared", "promised", "notified", "signed", "done")
MEASURES = ("increment", "level", "cumulative")
COMPARATORS = ("=", ">", "<", "~", "up to")
GRADES = ("A", "B", "C", "D")
STAGES = (
    *("pledged", "committed", "disbursed", "delivered", "used"),
    *("received", "spent", "requested", "appropriated", "counted"),
)
STANCES = (
    *("supports", "supports_if", "reviewing", "sceptical", "critical"),
    *("opposes", "declines", "abstained"),
)
STATES = (
    *("open", "met", "breached", "waived", "lapsed", "frozen", "released", "withdrawn", "lost"),
    *("referred to court", "planned", "invited", "held", "attended", "cancelled", "began", "ended"),
)
CONDITION_TYPES = (
    *("mandate", "court", "domestic_law", "treaty", "legislature_hold"),
    *("counterpart", "vetting", "funding", "date"),
)

SUPPORT = {
    "pledge": "pledged",
    "commitment": "committed",
    "disbursement": "disbursed",
    "delivery": "delivered",
    "use": "used",
}
"""The kinds of support and the stage that each reaches on the ladder."""


def _text(name: str, help: str, **more: object) -> Field:
    return Field(name, "text", help, **more)  # type: ignore[arg-type]


ID = Field("id", "id", "The entry's name, unique in the tracker; without one it gets a name made of its content.")
NOTE = _text("note", "Anything a reader should know that no other field holds.")

EVERY_STATEMENT = (
    ID,
    Field("source", "ref", "The source that says it; inherited from the [source] above.", refers=("source",)),
    Field("date", "day", "When it happened (EDTF); the source's day where none is given."),
    Field("known", "day", "When it was said; the source's day of publication where none is given."),
    Field("quote", "words", "The words it rests on, verbatim: at most 25, better 6 to 12."),
    _text("cell", "Where the figure stands in a source that is a table (sheet, row, column): it takes the place of a quote."),
    _text("speaker", "Who said it: an office, or the class of an unnamed speaker as the source gives it."),
    _text("venue", "Where it was said, such as a hearing."),
    _text("place", "Where it happened: a location, no finer than a commune."),
    Field("sensitivity", "number", "0 to 3; from 2 on a second person's accept is needed to publish."),
    NOTE,
)

WRITTEN_FIRST = ("id", "source", "date", "known")
WRITTEN_LAST = ("place", "venue", "speaker", "sensitivity", "cell", "quote", "note")
"""Where the fields of every statement stand in a tidy book: before and after those of its kind."""

_WHO = Field("who", "actor", "The provider (IATI provider-org).")
_WHOM = Field("whom", "actor", "The receiver, or receivers (IATI receiver-org).", many=True)
_VIA = Field("via", "ref", "The activity through which it passes: a fund, mission, programme, account.", refers=("activity",))
_WHAT = _text("what", "What is meant, in a word or two: police, armoured vehicles, training.")
_AMOUNT = Field("amount", "money", 'Money with its currency, such as "300M USD"; a bare "$" takes the source\'s country.')
_QUANTITY = Field("quantity", "quantity", 'A number and a unit, such as "1000 police"; beside it `amount` is the value in kind.')
_COMPARATOR = Field("comparator", "word", "How the figure is meant: =, >, <, ~ (about), up to.", words=COMPARATORS)
_MEASURE = Field("measure", "word", "increment adds; level says how much there is now; cumulative how much since a start.", words=MEASURES)
_PURPOSE = _text("purpose", "The OECD DAC purpose code, such as 15132 (police).")
_EXPIRES = Field("expires", "day", "The day after which it no longer stands.")
_FISCAL_YEAR = Field("fiscal_year", "fiscal_year", "The fiscal year of the provider that it is booked in; it outranks the source's date.")


def _about(help: str, *refers: str, needed: bool = False) -> Field:
    return Field("about", "ref", help, many=True, needed=needed, refers=refers)


def _support(help: str, name: str) -> Kind:
    fields = (
        *EVERY_STATEMENT,
        Field("who", "actor", "The provider (IATI provider-org).", needed=True),
        _WHOM,
        _VIA,
        Field("funder", "actor", "Who pays, where that is not `who`."),
        Field("supplier", "actor", "Who makes or sells it."),
        Field("carrier", "actor", "Who transports it."),
        _WHAT,
        _PURPOSE,
        _text("aid_type", "The OECD DAC type of aid, such as D02 (technical assistance)."),
        _text("earmark", "The letter of the Grand Bargain's earmarking, A to L."),
        Field("funding_type", "word", "voluntary or assessed.", words=("voluntary", "assessed")),
        _AMOUNT,
        _QUANTITY,
        Field("valued_by", "actor", "Who put the value on what was given in kind."),
        _COMPARATOR,
        _MEASURE,
        Field("strength", "word", "How firm the wording is, from implied to done; a pledge without one counts as promised.", words=STRENGTHS),
        Field("condition", "ref", "What must happen first.", many=True, refers=("condition",)),
        Field("due", "day", "The day by which it is promised."),
        _EXPIRES,
        Field("toward", "ref", "The promise or the ask that it fulfils.", many=True, refers=("ask", *SUPPORT)),
        Field("draws_on", "ref", "The older promise whose money this is.", many=True, refers=tuple(SUPPORT)),
        Field("part_of", "ref", "The larger figure that this one is inside of.", refers=tuple(SUPPORT)),
        _FISCAL_YEAR,
    )
    return Kind(name, "support", help, fields)


_KINDS = (
    Kind(
        "source",
        "reference",
        "A document: the entries below a [source] rest on it and inherit its id and day.",
        (
            ID,
            _text("title", "Its title."),
            _text("publisher", "Who published it (the copyright line outranks the host)."),
            _text("host", "The site on which this copy stands."),
            _text("syndicator", "The agency that distributed it."),
            Field("origin", "ref", "The source that this one copies or translates: both are one origin.", refers=("source",)),
            _text("office", "The public office that wrote it."),
            Field("date", "day", "The day of publication (EDTF)."),
            Field("country", "country", "Where it was published (ISO 3166-1 alpha-3): it settles a bare dollar sign."),
            _text("lang", "Its language (ISO 639-1)."),
            _text("url", "Its address."),
            _text("archive", "The address of an archived copy."),
            _text("credit", "The credit of its picture; the picture itself is never kept."),
            Field("rights", "word", "What may be republished; unknown is treated as quote_only.", words=("public_domain", "cc", "quote_only", "unknown")),
            Field("grade", "word", "A official record, B established press or first hand, C secondary copy, D scraped or spun copy.", words=GRADES),
            Field("file", "path", "The private copy of its text, under sources/."),
            NOTE,
        ),
    ),
    Kind(
        "actor",
        "reference",
        "A state, body, company, group or public office-holder. States need no entry: their ISO code is their id.",
        (
            ID,
            _text("name", "Its name."),
            Field("names", "text", 'Other names it goes by, such as "fr:Police nationale d\'Haïti".', many=True),
            Field("type", "word", "What it is.", words=("government", "multilateral", "ngo", "private", "group", "person")),
            Field("parent", "actor", "The actor that it is an office or part of: what reaches it reaches the parent."),
            Field("iso", "country", "ISO 3166-1 alpha-3, for a state with an id of its own."),
            _text("iati", "Its IATI organisation identifier."),
            _text("office", "For a person: the public office in which they acted."),
            NOTE,
        ),
    ),
    Kind(
        "activity",
        "reference",
        "IATI's word for a plan, mission, force, fund, account, programme or trained unit.",
        (
            ID,
            _text("name", "Its name."),
            Field("names", "text", "Other names it goes by.", many=True),
            Field("type", "word", "What it is.", words=("plan", "mission", "force", "fund", "account", "programme", "unit")),
            Field("parent", "ref", "The activity that it is part of.", refers=("activity",)),
            Field("successor", "ref", "The activity that took over from it.", refers=("activity",)),
            Field("starts", "day", "When it began."),
            Field("ends", "day", "When it ended."),
            Field("ceiling", "quantity", "The largest number of people it may have."),
            Field("funding_type", "word", "voluntary or assessed.", words=("voluntary", "assessed")),
            Field("country", "country", "The country that it is for (ISO 3166-1 alpha-3): a mandate about it is held against it."),
            _text("iati", "Its IATI activity identifier."),
            NOTE,
        ),
    ),
    Kind(
        "ask",
        "support",
        "Somebody asks for help. It enters no support sum.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "Who asks.", needed=True),
            Field("whom", "actor", "Who is asked; each answers for itself.", many=True),
            _VIA,
            _WHAT,
            _about("The entry or activity that it is about."),
            _PURPOSE,
            _AMOUNT,
            _QUANTITY,
            _COMPARATOR,
            Field("due", "day", "The day by which an answer or help is asked."),
            _EXPIRES,
        ),
    ),
    _support("A public statement of intent to give; `strength` says how firm the wording is (FTS pledge).", "pledge"),
    _support("A firm, written obligation with funds behind it: agreement, grant, contract (OECD DAC commitment).", "commitment"),
    _support("Money that has moved (OECD DAC disbursement).", "disbursement"),
    _support("Goods handed over, people arrived or trained: on a day, in a quantity.", "delivery"),
    _support("The thing delivered works in the field.", "use"),
    Kind(
        "total",
        "sum",
        "Somebody states a sum: an assertion that is checked against its items, never an item.",
        (
            *EVERY_STATEMENT,
            _WHO,
            _WHOM,
            _VIA,
            _WHAT,
            Field("stage", "word", "The stage that the sum is about; `spent` is what was paid or, where nothing is known to be, what was committed; `counted` sums indicators.", words=STAGES, needed=True),
            _AMOUNT,
            _QUANTITY,
            _COMPARATOR,
            _MEASURE,
            Field("period", "period", "The time that the sum covers (EDTF interval)."),
            Field("covers", "ref", "The activities, accounts, promises or counts whose entries it sums.", many=True, refers=("activity", "indicator", *SUPPORT)),
            Field("readings", "reading", 'Periods in which the sum is read, such as "FY2011/FY2020"; the first is in use.', many=True),
            _FISCAL_YEAR,
        ),
    ),
    Kind(
        "need",
        "sum",
        "Somebody states a requirement: a plan, a roadmap, a yearly cost. It is never support.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "The body that states it.", needed=True),
            Field("whom", "actor", "Who is in need.", many=True),
            _VIA,
            _WHAT,
            _about("The entry or activity that it is about."),
            _AMOUNT,
            _QUANTITY,
            _COMPARATOR,
            Field("period", "period", "The time that the need covers (EDTF interval)."),
            _FISCAL_YEAR,
        ),
    ),
    Kind(
        "condition",
        "hinge",
        "Something that must happen before a promise is live.",
        (
            *EVERY_STATEMENT,
            Field("type", "word", "What has to move.", words=CONDITION_TYPES, needed=True),
            Field("who", "actor", "Who sets it."),
            Field("whom", "actor", "Who has to act.", many=True),
            _about("The activity or entry that it is about: only a mandate about the same activity meets it."),
            _WHAT,
            Field("due", "day", "For type date: the day on which it is met."),
            _EXPIRES,
        ),
    ),
    Kind(
        "mandate",
        "hinge",
        "A body's decision to authorise something, with its votes.",
        (
            *EVERY_STATEMENT,
            Field("body", "actor", "The body that decides.", needed=True),
            _text("symbol", "Its symbol, such as S/RES/2699 (2023)."),
            _about("The activities that it authorises.", needed=True),
            _WHAT,
            Field("adopted", "day", "The day of adoption."),
            Field("starts", "day", "The first day for which it authorises; the day of adoption where none is given."),
            Field("expires", "day", "The last day for which it authorises."),
            Field("ceiling", "quantity", "The largest number of people it allows."),
            Field("yes", "actor", "Who voted yes.", many=True),
            Field("no", "actor", "Who voted no.", many=True),
            Field("abstain", "actor", "Who abstained.", many=True),
            Field("absent", "actor", "Who took no part.", many=True),
            Field("yes_count", "number", "How many voted yes, as the source counts them."),
            Field("no_count", "number", "How many voted no, as the source counts them."),
            Field("abstain_count", "number", "How many abstained, as the source counts them."),
            Field("absent_count", "number", "How many took no part, as the source counts them."),
            Field("procedural", "word", "Whether the matter was procedural: no veto applies.", words=("yes", "no")),
        ),
    ),
    Kind(
        "position",
        "hinge",
        "An actor's stance about an entry, an actor or an activity.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "Whose stance it is; none: the publisher's."),
            _about("What the stance is about: an entry, an actor or an activity.", needed=True),
            Field("stance", "word", "The stance.", words=STANCES, needed=True),
            _WHAT,
        ),
    ),
    Kind(
        "status",
        "hinge",
        "A dated state of anything: a condition met, a pledge withdrawn, money frozen.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "Who brought it about."),
            _about("The entries or activities whose state it is.", needed=True),
            Field("state", "word", "The state.", words=STATES),
            Field("stage", "text", "For a case: the stage it has reached."),
            _text("holder", "For a case: the office that holds it."),
            _AMOUNT,
            _QUANTITY,
        ),
    ),
    Kind(
        "event",
        "situation",
        "Something that happened: a meeting, a visit, a blockade. It holds no support.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "Who did it, called it or chaired it."),
            Field("whom", "actor", "Who else took part.", many=True),
            _about("The entries or activities that it is about."),
            _WHAT,
        ),
    ),
    Kind(
        "case",
        "situation",
        "A case before a court or an investigator: stages and counts, never suspects' names.",
        (
            *EVERY_STATEMENT,
            _about("The event that opened it."),
            _WHAT,
            Field("jurisdiction", "country", "The state whose law applies."),
            _text("stage", "The stage it has reached."),
            _text("holder", "The office that holds it."),
            _text("legal_basis", "Why it may be published."),
            _QUANTITY,
            _COMPARATOR,
        ),
    ),
    Kind(
        "indicator",
        "situation",
        "A count of something on the ground; each source is a series of its own.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "Who counted."),
            Field("whom", "actor", "The place or body counted.", many=True),
            _text("series", "The series that the value belongs to, such as kidnappings."),
            _WHAT,
            Field("period", "period", "The time that was counted (EDTF)."),
            _QUANTITY,
            _COMPARATOR,
            _MEASURE,
        ),
    ),
    Kind(
        "control",
        "situation",
        "The fact of a check, never its result for a person.",
        (
            *EVERY_STATEMENT,
            Field("who", "actor", "The authority that checks."),
            Field("whom", "actor", "The body or service that is checked.", many=True),
            _about("What the check is about."),
            Field("type", "word", "What is done.", words=("vetting", "due_diligence", "end_use_check", "audit", "recommendation"), needed=True),
            Field("result", "word", "Whether it was done.", words=("done", "not_done", "unknown")),
            _WHAT,
        ),
    ),
)

_BY_NAME = {kind.name: {field.name: field for field in kind.fields} for kind in _KINDS}

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind by its name, in the order of the manual."""

FIELD_NAMES = frozenset(field.name for kind in _KINDS for field in kind.fields)
"""The names of the fields of all kinds."""

STATEMENTS = tuple(kind for kind in _KINDS if kind.is_statement)
