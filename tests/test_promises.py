"""The promises and the pledges: what counts, what waits, what is left. All figures are made up."""


def test_condition_keeps_a_pledge_out_of_the_live_total(book):
    """
    [[condition]]
    id = "un-authority"
    type = "mandate"
    about = ["hnp"]
    quote = "if the Council agrees"

    [[pledge]]
    who = "fra"
    whom = "hnp"
    quantity = "100 police"
    strength = "promised"
    condition = ["un-authority"]
    quote = "will send a hundred officers"
    """
    assert book.show("promises", "who unit pledged conditional") == [("fra", "police", 0, 100)]
