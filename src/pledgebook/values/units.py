"""Units of quantities: one thing and many things are the same unit."""

from __future__ import annotations

# Last words that do not take an s. A word in neither table, such as "police", stays.
_IRREGULAR = {
    **{"person": "people", "persons": "people", "man": "men", "woman": "women"},
    **{"child": "children", "policeman": "policemen", "policewoman": "policewomen"},
    **{"body": "bodies", "injury": "injuries", "country": "countries", "agency": "agencies"},
    **{"facility": "facilities", "family": "families", "battery": "batteries", "box": "boxes"},
    **{"casualty": "casualties"},
}

_WORDS = (
    "abduction adviser advisor agent analyst attack base boat boy bullet camera camp car case "
    "cartridge centre civilian computer constable consultant contingent container course day death "
    "delegate disappearance doctor donor drone employee engineer execution expert fighter flight "
    "gendarme generator girl guard gun gunner helicopter helmet homicide hospital hostage hour "
    "household house instructor inmate interpreter investigator killing kidnapping kit "
    "kilogram kilometre litre lynching magazine magistrate marine medic meeting member mentor "
    "migrant minute mission month motorcycle murder nurse observer officer package "
    "paramedic patrol peacekeeper pistol plane prisoner project prosecutor radio raid rape "
    "recruit refugee report rifle round sailor school seat ship shotgun site soldier "
    "specialist station survivor technician tent ton tonne trainee trainer trip troop truck tyre "
    "uniform unit van vehicle vest victim volunteer vote weapon week worker year"
)
_REGULAR = frozenset(_WORDS.split())

# Words for people by the part they play in a force: only its own people are a stock that comes and
# goes. Without accents, in the plural that `plural` gives; English, French and Haitian Creole.
_ROLES = {
    "police": (
        "police officers policemen policewomen gendarmes constables "
        "policiers policieres officiers polisye jandam"
    ),
    "military": (
        "troops soldiers military marines infantry sailors gunners "
        "soldats militaires troupes marins solda milite"
    ),
    "civilian": (
        "experts advisers advisors civilians engineers instructors trainers mentors analysts "
        "specialists technicians medics paramedics doctors nurses interpreters investigators "
        "magistrates prosecutors consultants observers volunteers "
        "civils conseillers formateurs ingenieurs medecins infirmiers observateurs benevoles "
        "enjenye dokte enfimye volonte"
    ),
    # the word does not tell which
    "people": (
        "people personnel staff members peacekeepers agents guards recruits men women "
        "workers employees fighters personnes hommes femmes effectifs membres gardes recrues "
        "moun ajan manm"
    ),
    # those whom violence or need has reached, and the words that count them
    "harmed": (
        "victims deaths killings kidnappings murders homicides injuries abductions rapes "
        "executions lynchings disappearances casualties bodies children girls boys "
        "refugees migrants inmates prisoners hostages survivors families households "
        "victimes morts meurtres enlevements assassinats blesses viols deces otages enfants "
        "deplaces deplacees viktim kidnapin blese timoun"
    ),
}

PEOPLE = {word: role for role, words in _ROLES.items() for word in words.split()}
"""Every noun of people with its role: police, military, civilian, people (the noun does not tell)
or harmed (no part of any force). A unit is of people where its last word is among them."""


def plural(unit: str) -> str:
    """`unit`, in lower case, with its last word in the plural where that is known."""
    head, space, last = unit.rpartition(" ")
    if last in _REGULAR:
        last += "s"
    else:
        last = _IRREGULAR.get(last, last)
    return head + space + last
