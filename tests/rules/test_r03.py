"""R3: draws_on and part_of keep old money out of new money."""

BLOCK = """
[[source]]
id = "nouvelliste-2023-07-25"
publisher = "Le Nouvelliste"
date = 2023-07-25

[[source]]
id = "gac-2024-02-22"
publisher = "Global Affairs Canada"
date = 2024-02-22

[[pledge]]
id = "can-100"
source = "nouvelliste-2023-07-25"
date = 2023-03-24
who = "can"
whom = "hnp"
amount = "100M CAD"
strength = "promised"
quote = "Prime Minister Trudeau announced 100 million Canadian dollars in support of the Haitian National Police"

[[total]]
id = "can-123"
source = "gac-2024-02-22"
who = "can"
whom = "hti"
stage = "pledged"
amount = "123M CAD"
covers = ["can-mss-80", "can-recycled-42"]
quote = "Canada will allocate $123 million in funding to support Haiti"

[[pledge]]
id = "can-mss-80"
source = "gac-2024-02-22"
who = "can"
whom = "hti"
via = "mss"
amount = "80.5M CAD"
strength = "promised"
quote = "including $80.5 million to support the deployment"

[[pledge]]
id = "can-recycled-42"
source = "gac-2024-02-22"
who = "can"
whom = "hnp"
amount = "42.5M CAD"
strength = "promised"
draws_on = "can-100"
quote = "from previously announced funding"
"""  # noqa: E501


def test_a_total_of_new_and_old_money_holds_and_says_what_is_new(book):
    total = book.row("totals", "can-123")
    assert (total["stated"], total["itemised"]) == (123_000_000, 123_000_000)
    assert (total["unexplained"], total["verdict"]) == (0, "holds")
    assert total["new_money"] == 80_500_000
    assert total["rests_on"] == ["can-mss-80", "can-recycled-42"]
    assert book.rules == ["quote-unchecked"]


def test_old_money_is_not_promised_twice(book):
    assert book.show("promises", "who unit pledged") == [("can", "CAD", 180_500_000)]


def test_before_the_new_money_only_the_old_promise_stands(book):
    before = book.show("promises", "who unit pledged", "2024-02-21")
    assert before == [("can", "CAD", 100_000_000)]


def test_a_judgement_says_the_same_as_the_field(make_worked):
    book = make_worked(
        BLOCK.replace('draws_on = "can-100"\n', ""),
        "entry,judgement,other,judge,day,reason\n"
        "can-recycled-42,draws_on,can-100,editor,2026-11-24,announced before\n",
    )
    assert book.show("promises", "who unit pledged") == [("can", "CAD", 180_500_000)]
    assert book.row("totals", "can-123")["new_money"] == 80_500_000


def test_a_part_is_not_added_to_its_whole(make_worked):
    book = make_worked(
        """
        [[pledge]]
        id = "can-50"
        who = "can"
        whom = "hti"
        amount = "50.4M CAD"
        quote = "nine initiatives"

        [[pledge]]
        id = "can-15"
        who = "can"
        whom = "hnp"
        amount = "15M CAD"
        part_of = "can-50"
        quote = "of which the police academy"
        """
    )
    assert book.show("promises", "who unit pledged") == [("can", "CAD", 50_400_000)]
    assert {row[0] for row in book.show("pledges", "id")} == {"can-50", "can-15"}
