"""Units of quantities: one thing and many things are the same unit."""

from __future__ import annotations

# Last words that do not take an s. A word in neither table, such as "police", stays.
_IRREGULAR = {
    **{"person": "people", "persons": "people", "man": "men", "woman": "women"},
    **{"child": "children", "policeman": "policemen", "policewoman": "policewomen"},
    **{"body": "bodies", "injury": "injuries", "country": "countries", "agency": "agencies"},
    **{"facility": "facilities", "family": "families", "battery": "batteries", "box": "boxes"},
}

_WORDS = (
    "adviser advisor analyst attack base boat bullet camera camp car case "
    "cartridge centre civilian computer contingent container course day death "
    "delegate donor drone engineer expert fighter flight gendarme generator gun gunner helicopter "
    "helmet homicide hospital hour household house instructor inmate killing kidnapping kit "
    "kilogram kilometre litre magazine magistrate medic meeting member minute mission month "
    "motorcycle murder observer officer package patrol pistol plane prisoner "
    "project prosecutor radio raid recruit rifle round school seat ship shotgun site soldier "
    "specialist station tent ton tonne trainee trainer trip truck tyre uniform unit van vehicle "
    "vest victim vote weapon week worker year refugee report migrant"
)
_REGULAR = frozenset(_WORDS.split())


def plural(unit: str) -> str:
    """`unit`, in lower case, with its last word in the plural where that is known."""
    head, space, last = unit.rpartition(" ")
    if last in _REGULAR:
        last += "s"
    else:
        last = _IRREGULAR.get(last, last)
    return head + space + last
