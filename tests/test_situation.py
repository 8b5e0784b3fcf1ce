"""The situation: counts on the ground, and where each case stands.

The figures of the F and M rows are those of GOLDEN and MISSION; the monthly figures of another
report in F06 are made up to its sum.
"""

import shutil
from datetime import date

import pytest

from conftest import PROJECT, Book

ACTORS = """
[[actor]]
id = "cardh"
name = "Centre d'analyse et de recherche en droits de l'homme"
type = "ngo"

[[actor]]
id = "binuh"
name = "United Nations Integrated Office in Haiti"
type = "multilateral"
"""

SOURCES = """
[[source]]
id = "hebdo24"
date = 2021-10-05
rights = "public_domain"
grade = "B"

[[source]]
id = "lemiroir"
date = 2021-10-06
rights = "public_domain"
grade = "B"
"""


@pytest.fixture
def make(make_book):
    def made(text: str, links: str = ""):
        return make_book(text, {"actors.toml": ACTORS} | ({"links.csv": links} if links else {}))

    return made


def count(id, period, number, source="hebdo24", who="cardh", more=""):
    by = f'who = "{who}"\n' if who else ""
    return f"""
[[indicator]]
id = "{id}"
source = "{source}"
{by}series = "kidnappings"
period = "{period}"
quantity = "{number} kidnappings"
quote = "{id}"
{more}"""


def stated(id, period, number, more=""):
    return f"""
[[total]]
id = "{id}"
source = "hebdo24"
who = "cardh"
what = "kidnappings"
stage = "counted"
period = "{period}"
quantity = "{number} kidnappings"
quote = "{id}"
{more}"""


def months(name, numbers, year="2022", first=1, **more):
    return "".join(
        count(f"{name}-{month}", f"{year}-{month:02}", number, **more)
        for month, number in enumerate(numbers, first)
    )


def verdict(book, id):
    row = book.row("totals", id)
    return row["itemised"], row["unexplained"], row["verdict"]


# --- counts and their totals --------------------------------------------------------------------

F05 = SOURCES + months("count", (31, 73, 117), "2021", 7)
F05 += count("other-9", "2021-09", 177, "lemiroir") + stated("quarter", "2021-07/2021-09", 221)


def test_f05_the_stated_quarter_holds_and_the_other_report_is_flagged(make):
    """31 + 73 + 117 = 221; another report of September says 177."""
    book = make(F05)
    assert verdict(book, "quarter") == (221, 0, "holds")
    assert book.row("totals", "quarter")["rests_on"] == ["count-7", "count-8", "count-9"]
    rows = {row["rests_on"][0]: row for row in book.ask("indicators")}
    assert len(rows) == 4  # nothing is merged away
    assert (rows["count-9"]["value"], rows["count-9"]["is_used"]) == (117, True)
    assert (rows["other-9"]["value"], rows["other-9"]["is_used"]) == (177, False)
    assert rows["count-9"]["rivals"] == ["other-9"]
    assert rows["other-9"]["rivals"] == ["count-9"]
    assert rows["count-8"]["rivals"] == []


def test_f05_the_better_grade_is_used_then_the_one_known_first(make):
    better = F05.replace('date = 2021-10-06\nrights = "public_domain"\ngrade = "B"',
                         'date = 2021-10-06\nrights = "public_domain"\ngrade = "A"')  # fmt: skip
    assert verdict(make(better), "quarter") == (281, -60, "over")
    # before it was known, the first stood alone
    assert verdict(make(better), "quarter") != verdict(make(F05), "quarter")
    rows = make(better).ask("indicators", as_of="2021-10-05")
    assert {row["rests_on"][0]: row["is_used"] for row in rows}["count-9"]


def test_f06_the_first_quarter_is_over_by_three_and_the_second_holds(make):
    text = SOURCES + months("count", (76, 81, 71, 53, 118, 155))
    text += stated("q1", "2022-01/2022-03", 225) + stated("q2", "2022-04/2022-06", 326)
    book = make(text)
    assert verdict(book, "q1") == (228, -3, "over")
    assert verdict(book, "q2") == (326, 0, "holds")
    (finding,) = [one for one in book.findings if one.rule == "total-over"]
    assert (finding.entry, finding.flaw.difference) == ("q1", "3 kidnappings more than stated")
    assert finding.flaw.found == "228 kidnappings counted in 3 entries: count-1 to count-3"


def test_f06_another_reports_months_are_over_by_seventy_and_both_are_kept(make):
    text = SOURCES + months("count", (53, 118, 155), first=4)
    text += months("other", (63, 148, 185), first=4, source="lemiroir")
    text += stated("q2", "2022-04/2022-06", 326)
    text += stated("q2-other", "2022-04/2022-06", 326, 'covers = ["other-4", "other-5", "other-6"]')
    book = make(text)
    assert verdict(book, "q2") == (326, 0, "holds")
    assert verdict(book, "q2-other") == (396, -70, "over")
    assert len(book.ask("indicators")) == 6


def test_m23_the_series_of_two_counters_are_never_merged(make):
    """CARDH and BINUH count kidnappings, each its own."""
    text = SOURCES + count("cardh-7", "2021-07", 31) + count("binuh-7", "2021-07", 42, who="binuh")
    text += stated("july", "2021-07", 31)
    book = make(text)
    assert verdict(book, "july") == (31, 0, "holds")
    assert [(row["who"], row["value"], row["rivals"]) for row in book.ask("indicators")] == [
        ("binuh", 42, []),
        ("cardh", 31, []),
    ]


def test_m23_without_a_counter_each_source_is_a_series_of_its_own(make):
    text = SOURCES + count("a", "2021-07", 31, who=None)
    text += count("b", "2021-07", 42, "lemiroir", who=None)
    assert [row["rivals"] for row in make(text).ask("indicators")] == [[], []]


def test_two_equal_counts_in_one_source_stay_two(make):
    text = SOURCES + count("a", "2021-07", 31) + count("b", "2021-07", 31)
    book = make(text + stated("july", "2021-07", 62))
    assert verdict(book, "july") == (62, 0, "holds")


def test_the_same_count_in_two_sources_counts_once(make):
    text = SOURCES + count("a", "2021-07", 31) + count("b", "2021-07", 31, "lemiroir")
    assert verdict(make(text + stated("july", "2021-07", 31)), "july") == (31, 0, "holds")


def test_a_correction_takes_the_place_of_a_count(make):
    text = SOURCES + count("a", "2021-07", 31) + count("b", "2021-07", 33, "lemiroir")
    text += stated("july", "2021-07", 33) + stated("named", "2021-07", 33, 'covers = ["a"]')
    links = "entry,judgement,other,judge,day,reason\nb,corrects,a,XY,2021-10-07,a slip\n"
    book = make(text, links)
    assert verdict(book, "july") == (33, 0, "holds")
    assert verdict(book, "named") == (33, 0, "holds")
    assert [row["rests_on"] for row in book.ask("indicators")] == [["b"]]


def test_a_quarter_and_its_months_do_not_count_twice_in_a_year(make):
    text = SOURCES + months("month", (10, 20, 30)) + count("q1", "2022-01/2022-03", 60)
    text += count("april", "2022-04", 5) + stated("year", "2022", 65)
    book = make(text)
    assert verdict(book, "year") == (65, 0, "holds")
    assert book.row("totals", "year")["rests_on"] == ["april", "q1"]
    # a count of the very days of the total does not explain it while there are parts
    whole = make(text + stated("quarter", "2022-01/2022-03", 60))
    assert verdict(whole, "quarter") == (60, 0, "holds")
    assert whole.row("totals", "quarter")["rests_on"] == ["month-1", "month-2", "month-3"]


def test_levels_do_not_add_up_over_time(make):
    """IOM's displaced people (P17) are a stock: each figure stands alone."""
    text = SOURCES + "".join(
        count(f"at-{day}", day, number, more='measure = "level"')
        for day, number in (("2023-12", 362551), ("2024-09", 702973))
    )
    book = make(text + stated("ever", "2023/2024", 1065524))
    assert verdict(book, "ever") == (None, None, "open")


def test_places_are_the_parts_of_a_whole_that_nobody_counted(make):
    west = count("west", "2022-01", 40, more='place = "Ouest"')
    north = count("north", "2022-01", 10, more='place = "Nord"')
    total = stated("january", "2022-01", 50)
    assert verdict(make(SOURCES + west + north + total), "january") == (50, 0, "holds")
    whole = count("whole", "2022-01", 50)
    book = make(SOURCES + west + north + whole + total)
    assert book.row("totals", "january")["rests_on"] == ["whole"]
    local = stated("in-the-west", "2022-01", 41, 'place = "Ouest"')
    assert verdict(make(SOURCES + west + north + local), "in-the-west") == (40, 1, "short")


def test_a_total_that_names_no_counter_has_to_say_what_it_covers(make):
    total = stated("july", "2021-07", 31).replace('who = "cardh"\n', "")
    book = make(SOURCES + count("a", "2021-07", 31) + total)
    assert verdict(book, "july") == (None, None, "open")
    book = make(SOURCES + count("a", "2021-07", 31) + total + 'covers = ["a"]\n')
    assert verdict(book, "july") == (31, 0, "holds")


def test_counts_enter_no_sum_of_support(make):
    book = make(F05)
    for question in ("promises", "pledges", "equipment", "strength"):
        assert book.ask(question) == []


def test_indicators_can_be_narrowed(make):
    book = make(F05)
    assert len(book.ask("indicators", since=date(2021, 9, 1))) == 2
    assert len(book.ask("indicators", until=date(2021, 8, 31))) == 2
    assert book.ask("indicators", who=["binuh"]) == []
    assert len(book.ask("indicators", unit="kidnappings")) == 4


# --- cases --------------------------------------------------------------------------------------

CASE = """
[[source]]
id = "herald-2021-12"
date = 2021-12-17
rights = "public_domain"

[[source]]
id = "referral-2024"
date = 2024-02-20
rights = "public_domain"

[[event]]
id = "assassination"
source = "herald-2021-12"
date = 2021-07-07
what = "assassination of the President"
quote = "July 7 assassination"

[[case]]
id = "the-case"
source = "herald-2021-12"
about = ["assassination"]
jurisdiction = "hti"
quantity = "> 40 people"
quote = "more than 40 suspects"

[[status]]
id = "judge"
source = "herald-2021-12"
date = 2021-12-16
about = ["the-case"]
holder = "investigating judge"
quote = "now in the hands of an investigative Haitian judge"

[[status]]
id = "no-charges"
source = "herald-2021-12"
about = ["the-case"]
stage = "no charges"
quote = "yet to result in formal charges"

[[status]]
id = "referred"
source = "referral-2024"
about = ["the-case"]
state = "referred to court"
holder = "court of first instance"
quantity = "51 people"
quote = "51 people"
"""


def test_m26_m27_m28_m29_the_case_as_of_the_end_of_2021_has_no_charges(make):
    (row,) = make(CASE).ask("cases", as_of="2021-12-31")
    assert (row["id"], row["jurisdiction"]) == ("the-case", "hti")
    assert (row["stage"], row["since"]) == ("no charges", date(2021, 12, 17))
    assert row["holder"] == "investigating judge"
    assert (row["quantity"], row["unit"], row["comparator"]) == (40, "people", ">")
    assert row["rests_on"] == ["judge", "no-charges", "the-case"]


def test_m27_m28_the_later_status_moves_the_case_and_the_earlier_holder_stays_in_its_history(make):
    (row,) = make(CASE).ask("cases")
    assert (row["stage"], row["since"]) == ("referred to court", date(2024, 2, 20))
    assert row["holder"] == "court of first instance"
    assert (row["quantity"], row["comparator"]) == (51, None)
    assert row["history"] == [
        "2021-12-16: investigating judge (judge)",
        "2021-12-17: no charges (no-charges)",
        "2024-02-20: referred to court, court of first instance (referred)",
    ]
    assert row["rests_on"] == ["referred", "the-case"]


def test_what_the_case_itself_says_holds_until_something_later_does(make):
    own = CASE.replace('jurisdiction = "hti"', 'jurisdiction = "hti"\nstage = "investigation"')
    assert make(own).row("cases", "the-case", as_of="2021-12-31")["stage"] == "no charges"
    named = 'id = "the-case"\nsource = "herald-2021-12"'
    later = own.replace(named, f"{named}\ndate = 2021-12-30")
    assert make(later).row("cases", "the-case", as_of="2021-12-31")["stage"] == "investigation"


def test_two_reports_of_one_case_are_one_row(make):
    again = """
[[case]]
id = "again"
source = "referral-2024"
jurisdiction = "usa"
quote = "the same case"
"""
    links = "entry,judgement,other,judge,day,reason\nagain,same,the-case,XY,2024-03-01,one case\n"
    assert len(make(CASE + again).ask("cases")) == 2
    (row,) = make(CASE + again, links).ask("cases")
    assert (row["id"], row["stage"]) == ("the-case", "referred to court")
    assert row["rests_on"] == ["again", "referred", "the-case"]


def test_a_case_of_which_nothing_is_said_has_no_stage(make):
    alone = CASE[: CASE.index("[[status]]")]
    (row,) = make(alone).ask("cases")
    assert (row["stage"], row["holder"], row["since"], row["history"]) == (None, None, None, [])


def test_m28_the_example_says_no_charges(tmp_path):
    folder = tmp_path / "haiti"
    shutil.copytree(PROJECT / "examples" / "haiti", folder, ignore=shutil.ignore_patterns("build"))
    haiti = Book.__new__(Book)
    haiti.folder = folder
    rows = haiti.ask("cases", as_of="2021-12-31")
    assert [row["stage"] for row in rows if row["jurisdiction"] == "hti"] == ["no charges"]
    assert not {"stock-negative", "place-too-fine", "count-too-small"} & set(haiti.rules)
