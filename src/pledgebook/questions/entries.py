"""entries: what does the book say, word for word, and where is it written?"""

import datetime
from typing import Annotated, NamedTuple

from pledgebook.questions.question import Question


class EntriesRow(NamedTuple):
    """One statement of one source, and where it is written."""

    id: Annotated[str, "The entry."]
    kind: Annotated[str, "Its kind: pledge, total, condition ..."]
    date: Annotated[str | None, "When it happened, as written (EDTF)."]
    known: Annotated[datetime.date | None, "The day from which it is known."]
    source: Annotated[str | None, "The source that says it."]
    quote: Annotated[str | None, "The words it rests on."]
    place: Annotated[str | None, "Where it happened."]
    note: Annotated[str | None, "What the book adds to it."]
    file: Annotated[str, "The file of the tracker in which it is written."]
    line: Annotated[int, "The line of that file; in a table the row."]


ENTRIES = Question(
    name="entries",
    help="What does the book say, word for word, and where is it written?",
    row=EntriesRow,
    sql="""
select id, kind, date, known, source, quote, place, note, file, line
from entries
where ($1::varchar[] is null or list_contains($1::varchar[], id))
  and ($2::varchar is null or kind = $2::varchar)
order by known nulls last, id
""",
)
