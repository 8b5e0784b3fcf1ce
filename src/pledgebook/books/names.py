"""Who is who: an actor's id from its id, its name, another name of it, or its ISO code.

A fund, force or mission may stand where an actor does, so activities have their place here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pledgebook.data import countries
from pledgebook.entry import Paragraph
from pledgebook.finding import Flaw, nearest
from pledgebook.values import shown

# looking for the nearest of many names is slow, and nobody reads the thousandth hint
_MOST_HINTS = 300

# no office is part of so many others; longer chains are findings
_MOST_ANCESTORS = 20


class Names:
    """The actors and activities of a tracker by every name they go by.

    `parents` maps an actor to what it is part of; `named` collects all that were read. The states
    of ISO 3166-1 are known without an entry, by alpha-3 id, alpha-2 code and name.
    """

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.parents: dict[str, str] = {}
        self.named: set[str] = set()
        self._ids: dict[str, str] = {}
        self._hints = 0
        aliases: dict[str, str] = {}
        for country in countries().values():
            self._ids[country.alpha3] = country.alpha3
            for name in (country.alpha3, country.alpha2, country.name, *country.names):
                aliases[name.casefold()] = country.alpha3
        self._short = {country.alpha2.casefold() for country in countries().values()}
        for paragraph in paragraphs:
            own = paragraph.values.get("id")
            if not isinstance(own, str):
                continue
            self._ids[own] = own
            parent = paragraph.values.get("parent")
            if isinstance(parent, str):
                self.parents[own] = parent
            for name in _names(paragraph.values):
                aliases[name.casefold()] = own
            iso = paragraph.values.get("iso")
            if isinstance(iso, str):
                self._ids[iso.lower()] = own
        self._aliases = aliases
        self.parents = {one: self.find(parent) or "" for one, parent in self.parents.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def find(self, name: str) -> str | None:
        """The id of the actor that goes by `name`, or None."""
        return self._ids.get(name) or self._aliases.get(name.strip().casefold())

    def read(self, raw: object, field: str) -> str | Flaw:
        """The actor's id, or why there is none (rule `actor-unknown`)."""
        if not isinstance(raw, str) or not raw.strip():
            return Flaw(
                "value-unreadable",
                f"{field} is not the name of one actor",
                expected="text",
                found=shown(raw),
                remedy=f'write one name, as in {field} = "usa", or leave {field} out',
            )
        found = self.find(raw)
        if found:
            self.named.add(found)
            return found
        self._hints += 1
        near = self._nearest(raw) if self._hints <= _MOST_HINTS else ""
        return Flaw(
            "actor-unknown",
            "no actor has this name",
            expected="an id or a name of actors.toml or activities.toml, or an ISO 3166-1 code",
            found=f'"{raw[:60]}"',
            nearest=near,
            remedy=f'write {field} = "{near}", or add it to actors.toml'
            if near
            else "add it to actors.toml",
        )

    def _nearest(self, raw: str) -> str:
        """The id of the actor that was most likely meant; a code of two letters is like too many
        words to be offered."""
        names = [name for name in self._aliases if name not in self._short]
        return self.find(nearest(raw, [*self._ids, *names])) or ""

    def ancestors(self, actor: str) -> list[str]:
        """An actor and what it is part of, upwards; a circle or a very long chain is cut."""
        line = [actor]
        while (parent := self.parents.get(line[-1])) and len(line) < _MOST_ANCESTORS:
            line.append(parent)
        return line


def _names(values: Mapping[str, object]) -> Iterable[str]:
    names = values.get("names", [])
    for name in [values.get("name"), *(names if isinstance(names, list) else [names])]:
        if isinstance(name, str) and name:
            yield name
            # "fr:Police nationale": the language stands before the name
            if name[2:3] == ":":
                yield name[3:].strip()
