"""Where a meeting is, and whose clocks count, by a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cadre.core.text import fold
from cadre.meetings.sentence.text import Text, any_of

_ISLAND: Final = ("prince edward island", "ile-du-prince-edouard")
_PLACES: Final = {
    "America/St_Johns": ("st. john's", "st john's", "saint-jean", "newfoundland", "terre-neuve"),
    "America/Halifax": ("halifax", "atlantic", "atlantique", "charlottetown", "nova scotia", "nouvelle-ecosse", *_ISLAND),
    "America/Moncton": ("moncton", "fredericton", "new brunswick", "nouveau-brunswick"),
    "America/Toronto": ("toronto", "ottawa", "montreal", "quebec", "eastern", "est", "ontario"),
    "America/Winnipeg": ("winnipeg", "manitoba", "central", "centre"),
    "America/Regina": ("regina", "saskatchewan"),
    "America/Edmonton": ("edmonton", "calgary", "alberta", "mountain", "rocheuses"),
    "America/Vancouver": ("vancouver", "victoria", "pacific", "pacifique", "british columbia", "colombie-britannique"),
    "America/Whitehorse": ("whitehorse", "yukon"),
    "America/Yellowknife": ("yellowknife", "northwest territories", "territoires du nord-ouest"),
    "America/Iqaluit": ("iqaluit", "nunavut"),
}
_ZONES: Final = {name: zone for zone, names in _PLACES.items() for name in names}
_WIDE: Final = ("atlantic", "atlantique", "eastern", "est", "central", "centre", "mountain", "rocheuses", "pacific", "pacifique")
"""What is no place to meet at."""
_NAME: Final = rf"(?P<place>{any_of(_ZONES)})"
_TIME_OF: Final = (
    re.compile(rf"\b{_NAME}\s+(?:standard\s+|daylight\s+)?time\b"),
    re.compile(rf"\b(?:a\s+l')?heure\s+(?:normale\s+|avancee\s+)?(?:de\s+la\s+|de\s+l'|des\s+|de\s+|du\s+|d'){_NAME}\b"),
)
_SHORT: Final = {
    "America/St_Johns": {"nt": None, "nst": -3.5, "ndt": -2.5, "ht": None, "hnt": -3.5, "hat": -2.5},
    "America/Halifax": {"at": None, "ast": -4.0, "adt": -3.0, "ha": None, "hna": -4.0, "haa": -3.0},
    "America/Toronto": {"et": None, "est": -5.0, "edt": -4.0, "he": None, "hne": -5.0, "hae": -4.0},
    "America/Winnipeg": {"ct": None, "cst": -6.0, "cdt": -5.0, "hc": None, "hnc": -6.0, "hac": -5.0},
    "America/Edmonton": {"mt": None, "mst": -7.0, "mdt": -6.0, "hr": None, "hnr": -7.0, "har": -6.0},
    "America/Vancouver": {"pt": None, "pst": -8.0, "pdt": -7.0, "hp": None, "hnp": -8.0, "hap": -7.0},
}
"""Abbreviations in both languages, with the hours from UTC that they stand for, where they stand for standard or daylight time alone."""
_ABBREVIATED: Final = {name: (zone, hours) for zone, names in _SHORT.items() for name, hours in names.items()}
_TIME: Final = r"(?:\d|[ap]\.?\s?m\.?|\dh|\bh|\bheures?|\bmidi|\bnoon)"
_AFTER_TIME: Final = re.compile(rf"(?P<time>{_TIME})(?P<said>\s*[,(]?\s*(?P<name>{any_of(_ABBREVIATED)})\b\)?)")
_NAMED_AFTER: Final = re.compile(
    rf"{_TIME}(?P<said>\s*[,(]?\s*\b(?P<name>{any_of(_ZONES)})\b\)?)"
    r"(?:(?<=\))|(?=\s*(?:[,;.)\0]|$|\s(?:for|on|until|till|tomorrow|next|every|today|pour|le|du|jusqu|demain|tous|chaque|pendant)\b)))"
)


@dataclass(frozen=True, slots=True)
class Short:
    """An abbreviation of a time zone as it was written, and the hours from UTC that it stands for."""

    written: str
    hours: float


def zone(text: Text) -> tuple[str | None, Short | None]:
    """Whose clocks count, where that is said; and the abbreviation by which it was said, where it stands for one time of the year."""
    for pattern in _TIME_OF:
        if found := text.take(pattern):
            return _ZONES[found["place"]], None
    for found in _AFTER_TIME.finditer(text.folded):
        start, end = found.span("name")
        written = text.original[text.places[start] : text.places[end - 1] + 1]
        if written.isupper() or (found["time"].endswith(("m", "m.")) and len(written) > len("et")):  # "2 pm est", not « 14 h est »
            text.cut(*found.span("said"))
            name, hours = _ABBREVIATED[found["name"]]
            return name, Short(written.upper(), hours) if hours is not None else None
    if found := _NAMED_AFTER.search(text.folded):
        text.cut(*found.span("said"))
        return _ZONES[found["name"]], None
    return None, None


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
