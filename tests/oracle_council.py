"""The votes of the oracle: the Security Council's rule (DOMAIN, section e; Charter, Article 27)."""

from __future__ import annotations

from oracle_facts import UNDECIDED, Entry, Row, days, listed

PERMANENT = "chn fra gbr rus usa".split()
ELECTED = {
    2021: "est ind irl ken mex ner nor vct tun vnm".split(),
    2022: "alb bra gab gha are ind irl ken mex nor".split(),
    2023: "alb bra gab gha are ecu jpn mlt moz che".split(),
    2024: "ecu jpn mlt moz che dza guy kor sle svn".split(),
    2025: "dza guy kor sle svn dnk grc pak pan som".split(),
    2026: "dnk grc pak pan som bhr col cod lva lbr".split(),
    2027: "bhr col cod lva lbr aut kgz prt tto zwe".split(),
}
"""Who is elected, by calendar year, as DOMAIN lists them; the table holds no earlier year."""
NEEDED = 9
"""The affirmative votes that any matter needs."""
VOTES = ("yes", "no", "abstain", "absent")


def members(year: int) -> list[str]:
    """The fifteen, or nobody where the table lacks the year."""
    return sorted([*PERMANENT, *ELECTED[year]]) if year in ELECTED else []


def votes(mandate: Entry) -> Row:
    """Who voted how, and whether it carried.

    Of the Council a missing list of those in favour is derived: the members of the day without
    all others. Of another body nobody's rule is known: more yes than no, or no "no" at all.
    """
    lists = {name: sorted(listed(mandate.get(name))) for name in VOTES}
    if mandate["body"] != "unsc":
        said = {name: one or UNDECIDED for name, one in lists.items()}
        return {**said, "carried": len(lists["yes"]) > len(lists["no"]) or not lists["no"]}
    if not any(lists.values()):
        # nothing is said of the votes: nobody objected, or nobody told; it was adopted
        return {**dict.fromkeys(VOTES, UNDECIDED), "carried": True}
    if not lists["yes"]:
        others = {name for one in VOTES[1:] for name in lists[one]}
        year = days(mandate.get("adopted") or mandate["date"])[1].year
        lists["yes"] = [name for name in members(year) if name not in others]
    is_vetoed = bool(set(PERMANENT) & set(lists["no"])) and mandate.get("procedural") != "yes"
    return {**lists, "carried": len(lists["yes"]) >= NEEDED and not is_vetoed}
