"""R5: fiscal years by the actor's calendar; "the past decade" has several readings."""

BLOCK = """
[[source]]
id = "herald-2021-12"
publisher = "Miami Herald"
date = 2021-12-17
rights = "quote_only"

[[source]]
id = "usaid-greenbook-2020"
publisher = "USAID"
date = 2022-08-09
rights = "public_domain"

[[total]]
source = "herald-2021-12"
id = "us-decade"
who = "usa"
whom = "hnp"
stage = "spent"
amount = "300M USD"
period = "2011-12/2021-12"
covers = ["incle-hti"]
readings = ["FY2011/FY2020", "FY2010/FY2020", "FY2012/FY2021"]
quote = "despite receiving $300 million in U.S. spending over the past decade"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2010"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2010"
amount = "21525933 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2011"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2011"
amount = "91102778 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2012"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2012"
amount = "96856567 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2013"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2013"
amount = "11642472 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2014"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2014"
amount = "23911852 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2015"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2015"
amount = "17121937 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2016"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2016"
amount = "1103085 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2017"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2017"
amount = "5645043 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2018"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2018"
amount = "8483865 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2019"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2019"
amount = "11395799 USD"

[[commitment]]
source = "usaid-greenbook-2020"
id = "incle-fy2020"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2020"
amount = "22953514 USD"
"""


def test_every_reading_is_computed_and_the_one_in_use_is_named(book):
    total = book.row("totals", "us-decade")
    columns = ("reading", "itemised", "unexplained", "verdict")
    assert [tuple(reading[name] for name in columns) for reading in total["readings"]] == [
        ("FY2011/FY2020", 290_216_912, 9_783_088, "short"),
        ("FY2010/FY2020", 311_742_845, -11_742_845, "over"),
        ("FY2012/FY2021", 199_114_134, None, "open"),
    ]
    assert total["reading"] == "FY2011/FY2020"
    assert total["stated"] == 300_000_000
    assert (total["itemised"], total["unexplained"]) == (290_216_912, 9_783_088)
    assert total["verdict"] == "short"


def test_without_a_payment_in_scope_commitments_are_summed_and_the_answer_says_so(book):
    total = book.row("totals", "us-decade")
    assert (total["stage"], total["basis"]) == ("spent", "committed")
    assert total["rests_on"] == [f"incle-fy{year}" for year in range(2011, 2021)]
    (finding,) = [one for one in book.findings if one.rule == "total-short"]
    assert "no payment in scope" in finding.as_text()
    assert "9.78M USD unexplained" in finding.as_text()


def test_before_the_table_was_published_it_is_open(book):
    total = book.row("totals", "us-decade", "2021-12-31")
    assert (total["itemised"], total["unexplained"], total["verdict"]) == (None, None, "open")
    assert total["rests_on"] == []
    assert book.row("totals", "us-decade", "2022-08-08")["verdict"] == "open"
    assert book.row("totals", "us-decade", "2022-08-09")["verdict"] == "short"


def test_a_payment_in_scope_is_what_was_spent(make_worked):
    paid = """
[[disbursement]]
source = "usaid-greenbook-2020"
id = "incle-paid-fy2011"
who = "usa"
whom = "hti"
via = "incle-hti"
fiscal_year = "FY2011"
amount = "50M USD"
"""
    total = make_worked(BLOCK + paid).row("totals", "us-decade")
    assert (total["basis"], total["itemised"]) == ("disbursed", 50_000_000)


def test_the_fiscal_year_outranks_the_day_of_the_source(book):
    # the source's day, 2022-08-09, lies in no reading; the years of the rows do
    spent = book.show("promises", "who unit unpromised")
    assert spent == [("usa", "USD", 311_742_845)]
    first = book.row("timeline", "incle-fy2010")
    assert first["date"] != "2022-08-09"
