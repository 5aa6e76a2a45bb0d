"""Where a meeting is, and whose clocks count, by a sentence."""

from __future__ import annotations

import re
from typing import Final

from cadre.core.text import fold
from cadre.meetings.sentence.text import Text, any_of

_PLACES: Final = {
    "America/St_Johns": ("st. john's", "st john's", "saint-jean", "newfoundland", "terre-neuve"),
    "America/Halifax": ("halifax", "atlantic", "atlantique", "charlottetown", "nova scotia", "nouvelle-ecosse"),
    "America/Moncton": ("moncton", "fredericton", "new brunswick", "nouveau-brunswick"),
    "America/Toronto": ("toronto", "ottawa", "montreal", "quebec", "eastern", "est", "ontario"),
    "America/Winnipeg": ("winnipeg", "manitoba", "central", "centre"),
    "America/Regina": ("regina", "saskatchewan"),
    "America/Edmonton": ("edmonton", "calgary", "alberta", "mountain", "rocheuses"),
    "America/Vancouver": ("vancouver", "victoria", "pacific", "pacifique", "british columbia", "colombie-britannique"),
    "America/Whitehorse": ("whitehorse", "yukon"),
    "America/Yellowknife": ("yellowknife",),
    "America/Iqaluit": ("iqaluit",),
}
_ZONES: Final = {name: zone for zone, names in _PLACES.items() for name in names}
_WIDE: Final = ("atlantic", "atlantique", "eastern", "est", "central", "centre", "mountain", "rocheuses", "pacific", "pacifique")
"""What is no place to meet at."""
_NAME: Final = rf"(?P<place>{any_of(_ZONES)})"
_TIME_OF: Final = (
    re.compile(rf"\b{_NAME}\s+(?:standard\s+|daylight\s+)?time\b"),
    re.compile(rf"\b(?:a\s+l')?heure\s+(?:normale\s+|avancee\s+)?(?:de\s+la\s+|de\s+l'|des\s+|de\s+|du\s+|d'){_NAME}\b"),
)


def zone(text: Text) -> str | None:
    """Whose clocks count, where that is said."""
    for pattern in _TIME_OF:
        if found := text.take(pattern):
            return _ZONES[found["place"]]
    return None


# -- places

_IN_PERSON: Final = re.compile(r"\b(?:in[- ]person|face[- ]to[- ]face|en personne|en presentiel|en presence)\b")
_CITY: Final = re.compile(rf"\b(?:in|at|a|au)\s+(?P<place>{any_of(_ZONES.keys() - set(_WIDE))})\b")
_KNOWN: Final = re.compile(rf"\b(?P<place>{any_of(_ZONES.keys() - set(_WIDE))})\b")
_PLACE: Final = re.compile(r"(?:^|[\s,])(?:in|at|à|À|au|aux)\s+(?P<place>(?:(?:the|la|le)\s+|l['’])?[A-ZÀ-Ý0-9][^,;]*)")  # as people type


def zone_of(named: str) -> str | None:
    """The zone of a place that a text names: "Regina, Delta Hotel"."""
    found = _KNOWN.search(fold(named))
    return _ZONES[found["place"]] if found else None


def in_person(text: Text) -> bool:
    """Whether people are to come to one place."""
    return text.take(_IN_PERSON) is not None


def place(text: Text) -> tuple[str | None, str | None]:
    """Where it is, as it was written, and the zone of the place, where it is one of those that are known."""
    if city := text.take(_CITY):
        start, end = city.span("place")
        return text.original[text.places[start] : text.places[end - 1] + 1], _ZONES[city["place"]]
    left = text.left()
    if found := _PLACE.search(left):
        text.drop(*found.span())
        return found["place"].strip(), None
    return None, None
