"""Words, text, numbers, ids and paths."""

from datetime import date

import pytest

from pledgebook.finding import Flaw
from pledgebook.values import read_id, read_number, read_path, read_text, read_word

STRENGTHS = ("implied", "considered", "prepared", "promised", "notified", "signed", "done")


def test_a_word_that_is_not_in_the_vocabulary_offers_the_nearest():
    assert read_word("implyed", "strength", STRENGTHS) == Flaw(
        "value-unknown",
        "strength has no such value",
        expected="implied, considered, prepared, promised, notified, signed or done",
        found='"implyed"',
        nearest="implied",
        remedy='write strength = "implied"',
    )


def test_a_word_of_the_vocabulary_is_read():
    assert read_word(" implied ", "strength", STRENGTHS) == "implied"
    assert read_word("up to", "comparator", ("=", ">", "up to")) == "up to"


@pytest.mark.parametrize(
    "raw, words, nearest",
    [
        ("Implied", STRENGTHS, "implied"),
        (True, ("yes", "no"), "yes"),
        (False, ("yes", "no"), "no"),
        (True, STRENGTHS, ""),
        ("\u2265", ("=", ">", "up to"), ""),
        ("xyz", STRENGTHS, ""),
        ("", STRENGTHS, ""),
        (3, STRENGTHS, ""),
        (["implied"], STRENGTHS, ""),
    ],
)
def test_the_nearest_word_is_named_only_where_there_is_one(raw, words, nearest):
    read = read_word(raw, "field", words)
    assert isinstance(read, Flaw)
    assert read.nearest == nearest
    assert read.remedy.startswith(f'write field = "{nearest}"' if nearest else "write one of")


def test_text_is_read_without_the_space_around_it():
    assert read_text("  a unit\nof police \n", "what") == "a unit\nof police"


@pytest.mark.parametrize(
    "raw, remedy",
    [
        ("", "leave what out where it is not known"),
        (" \n\t", "leave what out where it is not known"),
        (2699, 'write what = "2699"'),
        (date(2021, 12, 17), 'write what = "2021-12-17"'),
        (["police"], "write what as text in quotes"),
        ({}, "write what as text in quotes"),
    ],
)
def test_what_is_no_text_says_what_to_write(raw, remedy):
    read = read_text(raw, "what")
    assert (read.rule, read.remedy) == ("value-unreadable", remedy)


@pytest.mark.parametrize(
    "raw, number", [(2, 2), ("2", 2), (" -3 ", -3), (2.0, 2), (0, 0), (2**31 - 1, 2**31 - 1)]
)
def test_a_whole_number_is_read_from_toml_csv_and_xlsx(raw, number):
    assert read_number(raw, "sensitivity") == number


@pytest.mark.parametrize(
    "raw",
    [
        2.5,
        "two",
        "",
        True,
        None,
        2**31,
        pytest.param(10**5000, id="huge"),
        "9" * 400,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_whole_number_is_a_flaw(raw):
    assert read_number(raw, "sensitivity").rule == "value-unreadable"


@pytest.mark.parametrize("raw", ["us-decade", "fra_police.2021", "XM-DAC-41305:a", "a", "a" * 120])
def test_an_id_is_read(raw):
    assert read_id(raw, "id") == raw


@pytest.mark.parametrize(
    "raw, remedy",
    [
        ("us decade", 'write id = "us-decade"'),
        ("aide à la Côte", 'write id = "aide-a-la-Cote"'),
        ("us/decade", 'write id = "us-decade"'),
        ("../secret", 'write id = "secret"'),
        ("--help", 'write id = "help"'),
        ("日本", "write a short name, such as police-aid"),
        ("a" * 121, "write a short name, such as police-aid"),
        (2021, 'write id = "2021"'),
        ("", "leave id out where it is not known"),
    ],
)
def test_an_id_that_cannot_be_one_is_offered_in_a_form_that_can(raw, remedy):
    read = read_id(raw, "id")
    assert (read.rule, read.remedy) == ("value-unreadable", remedy)


@pytest.mark.parametrize(
    "raw, path",
    [
        ("sources/a.txt", "sources/a.txt"),
        ("./sources//a.txt", "sources/a.txt"),
        ("sources/l'aide à Haïti.txt", "sources/l'aide à Haïti.txt"),
        ("sources/..a", "sources/..a"),
    ],
)
def test_a_path_inside_the_tracker_is_read(raw, path):
    assert read_path(raw, "file") == path


@pytest.mark.parametrize(
    "raw, remedy",
    [
        ("/etc/passwd", "copy the file into sources/"),
        ("../a.txt", "copy the file into sources/"),
        ("sources/../../a.txt", "copy the file into sources/"),
        ("C:/a.txt", "copy the file into sources/"),
        ("c:a.txt", "copy the file into sources/"),
        ("\\\\host\\a.txt", "copy the file into sources/"),
        ("..\\a.txt", "copy the file into sources/"),
        ("sources\\a.txt", 'write file = "sources/a.txt"'),
        ("https://example.org/a", "write the address as url"),
        (".", "copy the file into sources/"),
    ],
)
def test_a_path_that_leaves_the_tracker_is_outside(raw, remedy):
    read = read_path(raw, "file")
    assert read.rule == "file-outside"
    assert read.remedy.startswith(remedy)


@pytest.mark.parametrize("raw", ["", "a\x00b", "a\nb", "a/" * 600, 3, ["a"]])
def test_what_names_no_file_is_a_flaw(raw):
    assert read_path(raw, "file").rule == "value-unreadable"
