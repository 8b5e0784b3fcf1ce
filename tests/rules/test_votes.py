"""The Security Council: nine yes and no "no" of a permanent member (Charter, Article 27)."""

import pytest

BLOCK = """
[[source]]
id = "anadolu-2023-10-02"
publisher = "Anadolu"
date = 2023-10-02

[[condition]]
id = "a-vote"
type = "mandate"
about = "mss"
quote = "if the Council authorises it"

[[mandate]]
id = "res-2699"
body = "unsc"
symbol = "S/RES/2699 (2023)"
about = ["mss"]
adopted = 2023-10-02
expires = 2024-10-02
abstain = ["chn", "rus"]
quote = "Thirteen members of the 15-member council voted in favor of the resolution while Russia and China abstained."
"""  # noqa: E501


def votes(lines):
    return BLOCK.replace('abstain = ["chn", "rus"]', lines)


def test_abstentions_of_permanent_members_are_no_veto(book):
    row = book.row("conditions", "a-vote")
    assert (row["state"], row["rests_on"]) == ("met", ["a-vote", "res-2699"])


def test_who_is_in_no_list_voted_yes(book):
    row = book.row("mandates", "res-2699")
    assert (len(row["yes"]), row["yes_count"], row["is_derived"]) == (13, 13, True)
    assert (row["no"], row["abstain"], row["absent"]) == ([], ["chn", "rus"], [])
    assert (row["carried"], row["rests_on"]) == (True, ["res-2699"])
    assert (row["body"], row["symbol"]) == ("unsc", "S/RES/2699 (2023)")
    assert (row["adopted"], row["expires"]) == ("2023-10-02", "2024-10-02")


def test_one_permanent_no_outweighs_fourteen_in_favour(make_worked):
    row = make_worked(votes('no = ["rus"]')).row("mandates", "res-2699")
    assert (len(row["yes"]), row["no"], row["carried"]) == (14, ["rus"], False)


@pytest.mark.parametrize(
    "lines, state",
    [
        ('no = ["rus"]', "open"),  # one permanent member, with 14 in favour
        ('no = ["rus"]\nprocedural = "yes"', "met"),
        ('no = ["alb"]', "met"),
        ('absent = ["chn"]', "met"),
        ('abstain = ["alb", "bra", "gab", "gha", "are", "ecu"]', "met"),  # nine are left
        ('abstain = ["alb", "bra", "gab", "gha", "are", "ecu", "jpn"]', "open"),  # eight
        ('no = ["alb", "bra", "gab", "gha", "are", "ecu", "jpn"]', "open"),
    ],
)
def test_what_carries(make_worked, lines, state):
    assert make_worked(votes(lines)).row("conditions", "a-vote")["state"] == state


def test_the_vote_counts_from_the_day_it_is_known(book):
    assert book.ask("conditions", "2023-10-01") == []
    assert book.row("conditions", "a-vote", "2023-10-02")["state"] == "met"
