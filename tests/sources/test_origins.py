"""R10: which sources go back to one telling. Made-up texts say so by their nonsense."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from conftest import SHARED
from pledgebook.sources.origins import ALIKE, Telling, origins, shared, shingles


def made_up_text(seed: int, words: int = 400) -> list[str]:
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices("aeioulmnprst", k=6)) for _ in range(900)]
    return chance.choices(vocabulary, k=words)


def spun(words: list[str], every: int) -> list[str]:
    return [word if i % every else "spun" for i, word in enumerate(words)]


def test_f22_copies_of_one_text_are_one_telling_and_an_excerpt_is_too(make_book):
    story, other = made_up_text(1), made_up_text(2)
    texts = {
        "wire": story,
        "mirror": spun(story, 10),
        "excerpt": story[100:200],
        "longer": [*story, *made_up_text(3, 200)],
        "apart": other,
    }
    sources = "".join(
        f'[[source]]\nid = "{name}"\ndate = 2024-01-{5 + i:02}\nrights = "cc"\n'
        f'file = "sources/{name}.txt"\n'
        for i, name in enumerate(texts)
    )
    pledges = "".join(
        f'[[pledge]]\nid = "p-{name}"\nsource = "{name}"\nwho = "usa"\namount = "5M USD"\n'
        f'cell = "made up"\n'
        for name in texts
    )
    files = {f"sources/{name}.txt": " ".join(words) for name, words in texts.items()}
    book = make_book(sources + pledges, files)
    copies = ["p-excerpt", "p-longer", "p-mirror", "p-wire"]
    assert book.row("evidence", "p-mirror")["rests_on"] == copies
    assert {row["id"]: row["origins"] for row in book.ask("evidence")} == dict.fromkeys(
        [*copies, "p-apart"], 1
    )
    assert book.show("promises", "pledged") == [(10_000_000,)]
    # a text that changes or comes is noticed, though no book did
    book.write("sources/mirror.txt", " ".join(made_up_text(9)))
    assert book.row("evidence", "p-mirror")["rests_on"] == ["p-mirror"]


@pytest.mark.skipif(not (SHARED / "seed" / "article.txt").exists(), reason="private texts")
def test_f22_m51_the_seed_spun_is_one_origin_and_independent_articles_are_not():
    seed = (SHARED / "seed" / "article.txt").read_text("utf-8")
    # every tenth word in other words, the quotation marks and capitals of another house
    copy = " ".join(spun(seed.upper().replace("“", '"').split(), 10))
    articles = [
        path.read_text("utf-8") for path in sorted((SHARED / "reader" / "gold").glob("dev-*.txt"))
    ]
    assert shared(shingles(seed), shingles(copy)) > ALIKE + 0.15
    texts = [shingles(text) for text in [seed, *articles]]
    assert len(texts) == 11
    pairs = [(one, other) for i, one in enumerate(texts) for other in texts[:i]]
    assert max(shared(one, other) for one, other in pairs) < ALIKE / 20


def telling(id: str, day: str | None = None, **more: str) -> Telling:
    on = date.fromisoformat(day) if day else None
    fields = dict.fromkeys(("origin", "publisher", "syndicator", "title")) | more
    return Telling(id, on, on, **fields)


@pytest.mark.parametrize(
    "other, is_one",
    [
        ({"syndicator": "Tribune Content Agency", "title": "U.S. asks France"}, True),
        ({"syndicator": "tribune content agency", "title": "US. Asks, Françe!"}, False),
        ({"syndicator": "TRIBUNE Content-Agency", "title": "«U.S. asks Françe»"}, True),
        ({"syndicator": "Reuters", "title": "U.S. asks France"}, False),
        ({"publisher": "Miami Herald", "title": "U.S. asks France"}, True),
        ({"publisher": "Miami Herald", "title": "Another title"}, False),
        ({"title": "U.S. asks France"}, False),
    ],
)
def test_m64_without_their_texts_one_title_of_one_house_is_one_telling(other, is_one):
    first = telling(
        "b", "2021-12-17",
        publisher="Miami Herald", syndicator="Tribune Content Agency", title="U.S. asks France",
    )  # fmt: skip
    found = origins([telling("a", "2021-12-19", **other), first], {})
    assert found == {"b": "b", "a": "b" if is_one else "a"}


def test_a_bulletin_that_keeps_its_title_is_told_anew():
    house = {"publisher": "OCHA", "title": "Situation report"}
    days = ["2024-01-01", "2024-01-03", "2024-01-05", "2024-01-08", "2024-02-08"]
    found = origins([telling(day, day, **house) for day in days], {})
    # the third is near the second and no longer near the first: a chain of days is no telling
    assert found == {
        "2024-01-01": "2024-01-01",
        "2024-01-03": "2024-01-01",
        "2024-01-05": "2024-01-05",
        "2024-01-08": "2024-01-05",
        "2024-02-08": "2024-02-08",
    }


def test_m51_a_chain_of_sources_is_one_origin_named_after_the_earliest():
    chain = [
        telling("herald", "2021-12-17", origin="france24"),
        telling("france24", "2021-07-16", origin="afp"),
        telling("afp"),
        telling("apart", "2021-12-17"),
    ]
    found = origins(chain, {})
    assert found == {"herald": "france24", "france24": "france24", "afp": "france24"} | {
        "apart": "apart"
    }


def test_a_later_text_that_holds_two_stories_makes_no_one_telling_of_them():
    one, two = made_up_text(1), made_up_text(2)
    texts = {"one": one, "two": two, "roundup": one + two}
    days = {"one": "2024-01-01", "two": "2024-01-02", "roundup": "2024-01-03"}
    rows = [telling(name, day) for name, day in days.items()]
    found = origins(rows, {name: shingles(" ".join(words)) for name, words in texts.items()})
    assert found["one"] != found["two"]
    assert found["roundup"] in ("one", "two")


def test_texts_that_are_here_outrank_a_title_in_common():
    rows = [telling(name, "2024-01-01", publisher="P", title="T") for name in ("a", "b", "c")]
    texts = {"a": shingles(" ".join(made_up_text(1))), "b": shingles(" ".join(made_up_text(2)))}
    assert origins(rows, texts) == {"a": "a", "b": "b", "c": "a"}


def test_a_note_of_a_few_words_is_compared_with_nothing():
    assert shingles("will give two million dollars for radios once parliament has voted") is None


def test_origins_depend_on_no_order():
    words = made_up_text(5)
    texts = {f"s{i}": shingles(" ".join(spun(words, 19 + i))) for i in range(8)}
    rows = [telling(name, "2024-01-01") for name in texts]
    assert origins(rows, texts) == origins(rows[::-1], dict(reversed(texts.items())))
    assert set(origins(rows, texts).values()) == {"s0"}


def test_two_thousand_texts_take_no_more_than_a_few_seconds():
    stories = [made_up_text(seed, 1000) for seed in range(500)]
    started = time.process_time()
    texts = {f"s{i:04}": shingles(" ".join(spun(stories[i // 4], 20 + i % 4))) for i in range(2000)}
    found = origins([telling(name) for name in texts], texts)
    # 1.5 s where it was written; a square of comparisons takes minutes
    assert time.process_time() - started < 8
    assert len(set(found.values())) == 500
