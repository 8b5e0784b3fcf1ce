"""Finding a quote in its source. All texts here are made up, except where the seed is read."""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.finding import RULES, Flaw
from pledgebook.sources import (
    Document,
    Span,
    check_length,
    count_words,
    find_quote,
    normalise,
    prepare,
    quoted_words,
    too_much_quoted,
)

SHARED = Path(__file__).parents[2].parent / "shared"
SEED, MISSION = SHARED / "seed" / "article.txt", SHARED / "MISSION.md"


def made_up(text: str) -> Document:
    return Document("sources/2023-05-made-up.txt", text, "0" * 64)


def found(text: str, quote: str) -> str | None:
    """The words of the text that the quote is found at."""
    span = find_quote(made_up(text), quote, with_nearest=False)
    if isinstance(span, Flaw):
        assert span.rule == "quote-not-found"
        return None
    assert normalise(text[span.start : span.end]) == normalise(quote)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "quote", "hit"),
    [
        ("Norland’s “forty” boats", 'Norland\'s "forty" boats', "Norland’s “forty” boats"),
        ("Norland's boats", "Norland’s boats", "Norland's boats"),
        ("des bateaux « blindés »", '" blindés "', "« blindés »"),
        ("„vierzig‟ und ‚zwei‛", "\"vierzig\" und 'zwei'", "„vierzig‟ und ‚zwei‛"),
        ("2019–2021 — a gap of −3", "2019-2021 - a gap of -3", "2019–2021 — a gap of −3"),
        ("and so… on", "so... on", "so… on"),
        ("forty\r\n  boats", "forty boats", "forty\r\n  boats"),
        ("forty\u00a0\u202fboats", " forty\nboats ", "forty\u00a0\u202fboats"),
        ("secu\u00adrity for\u200bce", "security force", "secu\u00adrity for\u200bce"),
        ("the ofﬁce, inﬂated", "office, inflated", "ofﬁce, inﬂated"),
        ("Moi\u0308se said", "Moïse", "Moi\u0308se"),
        ("Moïse said", "Moi\u0308se", "Moïse"),
        ("caf\u200be\u0301s", "cafés", "caf\u200be\u0301s"),
        ("Viê\u0323t Nam", "Việt", "Viê\u0323t"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ],
)
def test_a_quote_is_found_however_it_is_typeset(text, quote, hit):
    assert found(text, quote) == hit


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Norland promised", "norland promised"),  # case
        ("the se-\ncurity force", "the security force"),  # a word that is broken over lines
        ("forty boats, and two planes", "forty boats ... planes"),  # words left out
        ("forty boats, and two planes", "forty […] planes"),
        ("the café", "cafe"),
        ("the cafe\u0301", "cafe"),
        ("x\u0302 marks it", "x"),  # a letter and an accent that no single character holds
        ("the ofﬁ", "of f"),
        ("forty", "forty boats"),
        ("", "forty"),
    ],
)
def test_what_is_not_verbatim_is_not_found(text, quote):
    assert found(text, quote) is None


def test_a_hit_never_cuts_a_character_in_two():
    assert found("ﬁne is fine", "ine") == "ine"
    assert find_quote(made_up("ﬁne is fine"), "ine") == Span(8, 11)
    assert found("wait…", ".") is None


def test_a_quote_that_stands_twice_is_found_at_its_first_place():
    assert find_quote(made_up("boats and boats"), "boats") == Span(0, 5)


@pytest.mark.parametrize("quote", ["", " \n\t", "\u200b\u00ad", "\ufeff "])
def test_an_empty_quote_cannot_be_looked_for(quote):
    flaw = find_quote(made_up("made up"), quote)
    assert isinstance(flaw, Flaw)
    assert (flaw.rule, flaw.message) == ("value-unreadable", "the quote is empty")


def test_a_quote_that_is_not_there_is_answered_with_the_nearest_words():
    text = "Made up. In May the police, they say, received four brand-new\narmored vehicles."
    assert find_quote(made_up(text), "received forty brand-new armored vehicles") == Flaw(
        "quote-not-found",
        "the quote is not in the source",
        found="nothing in sources/2023-05-made-up.txt",
        nearest="received four brand-new armored vehicles.",
        remedy="copy the words from the source",
    )


def test_the_nearest_words_are_shown_as_the_source_writes_them():
    flaw = find_quote(
        made_up("Made up: Norland’s \x1b[31m\u200b“forty”\r\nboats"), "Norlands forty boats"
    )
    assert isinstance(flaw, Flaw)
    assert flaw.nearest == "Norland’s [31m“forty” boats"


def test_the_nearest_words_are_left_out_where_nothing_is_near_or_nobody_asks():
    document = made_up("Made up: Norland promised forty boats.")
    for quote, asked in (("zzz qqq xxx", True), ("Norland promises forty boats", False)):
        flaw = find_quote(document, quote, with_nearest=asked)
        assert isinstance(flaw, Flaw)
        assert flaw.nearest == ""


def test_the_nearest_passage_has_at_most_25_words():
    text = "Made up: " + " ".join(f"word{n}" for n in range(60))
    flaw = find_quote(made_up(text), text.replace("word30", "other"))
    assert isinstance(flaw, Flaw)
    assert count_words(flaw.nearest) == 25


def test_words_left_out_of_a_quote_have_a_remedy_of_their_own():
    flaw = find_quote(made_up("Made up: forty boats and two planes"), "forty … planes")
    assert isinstance(flaw, Flaw)
    assert flaw.remedy == "copy the words from the source, one piece without leaving any out"


def test_a_million_characters_are_prepared_quickly():
    clean = "Made up: Norland’s “forty” boats were promised in May.\r\n" * 18_000
    for text in (clean, unicodedata.normalize("NFD", clean.replace("May", "été à Moïse"))):
        started = time.process_time()
        prepared = prepare(made_up(text))
        assert time.process_time() - started < 1.5  # 0.1 to 0.2 s on a laptop
        assert find_quote(prepared, "nowhere at all, made up", with_nearest=False) != Span(0, 1)


def test_a_document_is_prepared_once():
    document = made_up("made up")
    assert prepare(document) is prepare(made_up("made up"))


def test_a_pile_of_accents_costs_no_more_than_its_length():
    started = time.process_time()
    normalise("a" + "\u0301\u0323" * 100_000)
    assert time.process_time() - started < 2


def test_every_character_is_alike_after_one_pass():
    for point in range(sys.maxunicode + 1):
        once = normalise("a" + chr(point) + "a")
        assert once.isascii() or normalise(once) == once, hex(point)


def test_white_space_is_what_python_says_it_is():
    for point in range(sys.maxunicode + 1):
        if chr(point).isspace():
            assert normalise(f"a{chr(point)}a") == "a a", hex(point)


# whole letters: slices of a list of them cut no letter from its accents
ODD = (
    "e\u0301 i\u0308 q\u0307\u0323 ﬁ ﬃ … ’ “ « — \u00ad \u200b "
    "\u1112\u1161\u11ab \u0915\u093c \u212b"
)
LETTERS = st.one_of(
    st.sampled_from(
        [*ODD.split(" "), *" \n\r\t\u00a0'\"-.ab", "\r\n", "  ", "e\u200b\u0301", "\u3000 "]
    ),
    st.characters(exclude_categories=["M", "Cs"]).filter(
        lambda c: not ("\u1100" <= c <= "\u11ff" or unicodedata.combining(c))
    ),
)
AGAIN = {
    " ": [" ", "\n", "  ", "\u00a0\r\n"],
    "'": ["'", "’", "‘"],
    '"': ['"', "“", "”", "«"],
    "-": ["-", "–", "—"],
}


@given(letters=st.lists(LETTERS, min_size=1, max_size=40), data=st.data())
def test_any_slice_of_any_text_is_found(letters, data):
    start = data.draw(st.integers(0, len(letters) - 1))
    end = data.draw(st.integers(start + 1, len(letters)))
    quote = "".join(
        data.draw(st.sampled_from(AGAIN[c])) if c in AGAIN else c
        for c in normalise("".join(letters[start:end]))
    )
    if data.draw(st.booleans()):
        quote = unicodedata.normalize("NFD", quote)
    text = "".join(letters)
    span = find_quote(made_up(text), quote)
    if not normalise(quote):
        assert isinstance(span, Flaw)
        return
    assert isinstance(span, Span)
    assert normalise(text[span.start : span.end]) == normalise(quote)
    assert span.end <= len("".join(letters[:end]))  # the first place


@given(text=st.text(), quote=st.text())
def test_looking_for_anything_in_anything_never_raises(text, quote):
    found_at = find_quote(made_up(text), quote)
    if isinstance(found_at, Span):
        assert normalise(text[found_at.start : found_at.end]) == normalise(quote)
    else:
        assert found_at.rule in RULES
    check_length(quote)


@given(st.text())
def test_what_is_alike_stays_alike(text):
    assert normalise(normalise(text)) == normalise(text)


def test_words_are_counted_as_a_reader_counts_them():
    assert count_words("— Norland’s 40 boats, well-known ... « 2 »") == 5
    assert count_words("") == 0


def test_a_quote_of_25_words_is_not_too_long():
    assert check_length("word " * 25 + "— …") is None


def test_a_quote_of_26_words_is_too_long():
    assert check_length("word " * 26) == Flaw(
        "quote-too-long",
        "the quote is longer than 25 words",
        expected="at most 25 words (6 to 12 are better)",
        found="26 words",
        difference="1 word over",
        remedy="keep the words that carry the statement; two statements are two entries",
    )


def test_words_quoted_twice_count_once():
    document = made_up("one two three four five")
    assert quoted_words([Span(0, 7), Span(4, 13), Span(4, 7)], document) == 3
    assert quoted_words([], document) == 0


def test_a_word_quoted_in_part_counts_whole_and_once():
    document = made_up("one two, three")
    assert quoted_words([Span(5, 6), Span(6, 7), Span(7, 8)], document) == 1
    assert quoted_words([Span(3, 4), Span(900, 990)], document) == 0


@given(
    st.text(alphabet="ab -", max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6),
)
def test_quoted_words_are_the_words_under_the_spans(text, pairs):
    spans = [Span(a, b) for a, b in pairs]
    under = {place for a, b in pairs for place in range(a, b)}
    slow = [
        word
        for word in re.finditer(r"\S+", text)
        if count_words(word[0]) and under & set(range(*word.span()))
    ]
    assert quoted_words(spans, made_up(text)) == len(slow)


def test_quotes_under_15_per_cent_of_a_source_are_fine():
    document = made_up("word " * 100)
    assert too_much_quoted([Span(0, 14 * 5)], document) is None
    assert too_much_quoted([], made_up("")) is None


def test_quotes_that_reach_15_per_cent_of_a_source_are_too_much():
    document = made_up("word " * 100)
    assert too_much_quoted([Span(0, 10 * 5), Span(5, 16 * 5)], document) == Flaw(
        "too-much-quoted",
        "the quotes reach 15 per cent of the source's words",
        expected="at most 14 of the 100 words in sources/2023-05-made-up.txt",
        found="16 words in 2 quotes, words quoted twice counted once",
        difference="2 words over",
        remedy="shorten the quotes to 6 to 12 words each",
    )


@pytest.mark.skipif(not SEED.exists(), reason="the article is private and not here")
def test_the_words_in_bold_are_verbatim_in_the_article_and_under_15_per_cent():
    text = SEED.read_bytes().decode("utf-8")
    prepared = prepare(Document("sources/2021-12-17-herald.txt", text, ""))
    rows = [
        line for line in MISSION.read_text("utf-8").splitlines() if re.match(r"\| M\d\d ", line)
    ]
    bold = [words for row in rows for words in re.findall(r"\*\*(.+?)\*\*", row.split("|")[2])]
    assert len(bold) > 15
    spans = [find_quote(prepared, words) for words in bold]
    assert [s for s in spans if not isinstance(s, Span)] == []
    found_at = [s for s in spans if isinstance(s, Span)]
    assert all(normalise(text[s.start : s.end]) in map(normalise, bold) for s in found_at)
    assert [check_length(words) for words in bold] == [None] * len(bold)
    assert too_much_quoted(found_at, prepared.document) is None
    assert quoted_words(found_at, prepared.document) == 141  # as MISSION.md says
