"""tracker.toml: the title, the base currency, the languages and the fiscal calendars."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

from pledgebook.data import calendars, currencies
from pledgebook.finding import Finding, Flaw, nearest
from pledgebook.spot import Spot
from pledgebook.values import Calendar, read_calendar

KEYS = {
    "title": "The tracker's name.",
    "base": "The currency of its board (ISO 4217).",
    "languages": "The languages of its pages (ISO 639-1).",
    "calendars": "Fiscal calendars by actor, beside those that Pledgebook knows.",
    "checks": "Settings of checks.",
    "rates": "The rate tables that it converts with.",
    "published": "The as-of days that it publishes.",
    "site_url": "The address of its site.",
    "organisation": "The organisation that reports (for IATI).",
}
"""What may stand in tracker.toml, and what each key is for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What tracker.toml says. `calendars` maps an actor's id to its fiscal calendar; those of
    the example countries in data/calendars.csv are in it already."""

    title: str = "Untitled"
    base: str = "USD"
    languages: tuple[str, ...] = ("en",)
    calendars: dict[str, Calendar] = field(default_factory=dict)


def known_calendars() -> dict[str, Calendar]:
    """The calendars that every tracker starts with."""
    out = {}
    for actor, raw in calendars().items():
        calendar = read_calendar({"starts": raw[0], "named": raw[1]})
        assert isinstance(calendar, Calendar)  # data/calendars.csv is ours and tested
        out[actor] = calendar
    return out


def read_settings(text: str, name: str = "tracker.toml") -> tuple[Settings, list[Finding]]:
    """The settings in the text of tracker.toml, and what could not be read in it. Never raises."""
    findings: list[Finding] = []

    def report(flaw: Flaw, key: str = "") -> None:
        findings.append(flaw.at(_spot_of(name, text, key)))

    try:
        raw = tomllib.loads(text) if len(text) < 1_000_000 else None
    except (ValueError, RecursionError) as error:
        raw, reason = None, str(error)
    else:
        reason = "it is too long"
    if raw is None:
        report(
            Flaw(
                "tracker-unreadable", f"tracker.toml is not TOML: {reason}", remedy="mend the line"
            )
        )
        return Settings(calendars=known_calendars()), findings
    for key in raw:
        if key not in KEYS:
            report(
                Flaw(
                    "tracker-unreadable",
                    "tracker.toml has no such key",
                    expected=", ".join(KEYS),
                    found=key[:60],
                    nearest=nearest(key, list(KEYS)),
                    remedy="write one of these names, or leave it out",
                ),
                key,
            )
    found = known_calendars()
    raw_calendars = raw.get("calendars", {})
    for actor, value in raw_calendars.items() if isinstance(raw_calendars, dict) else []:
        calendar = read_calendar(value)
        if isinstance(calendar, Flaw):
            report(calendar, actor)
        else:
            found[actor] = calendar
    base = raw.get("base", "USD")
    if base not in currencies():
        report(
            Flaw(
                "tracker-unreadable",
                "the base currency is not an ISO 4217 code",
                found=str(base)[:60],
                nearest=nearest(str(base), list(currencies())),
                remedy='write base = "USD", or another code of three letters',
            ),
            "base",
        )
        base = "USD"
    title = raw.get("title")
    languages = raw.get("languages", ["en"])
    if not isinstance(languages, list) or not all(isinstance(one, str) for one in languages):
        report(
            Flaw(
                "tracker-unreadable",
                "languages is a list of codes",
                remedy='write languages = ["en", "fr"]',
            ),
            "languages",
        )
        languages = ["en"]
    return (
        Settings(
            title=title if isinstance(title, str) and title else "Untitled",
            base=base,
            languages=tuple(languages),
            calendars=found,
        ),
        findings,
    )


def _spot_of(name: str, text: str, key: str) -> Spot:
    """The first line that begins with `key`, or the file as a whole."""
    for number, line in enumerate(text.split("\n")[:1000], 1):
        if key and line.lstrip().startswith(key):
            return Spot(
                name, number, len(line) - len(line.lstrip()) + 1, len(key), line.rstrip("\r")
            )
    return Spot(name)
