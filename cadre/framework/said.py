"""What people write after a verb: "since Charlottetown until March 2027", « depuis le 3 octobre 2017 jusqu'à hier »; and its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cadre.core.dates import PartialDate
from cadre.meetings.sentence.days import months_later
from cadre.meetings.sentence.text import MONTHS, NUMBERS

_UNTIL: Final = r"until|till|jusqu['’](?:à|a|aux?|en)(?=\s|$)"
_FORMS: Final = (
    re.compile(rf"\A(?:since|depuis)\s+(?P<since>.+?)\s+(?:{_UNTIL})\s+(?P<until>.+)\Z", re.IGNORECASE),
    re.compile(r"\A(?:between)\s+(?P<since>.+?)\s+and\s+(?P<until>.+)\Z", re.IGNORECASE),
    re.compile(r"\A(?:entre)\s+(?P<since>.+?)\s+et\s+(?P<until>.+)\Z", re.IGNORECASE),
    re.compile(rf"\A(?:from)\s+(?P<since>.+?)\s+(?:to|{_UNTIL})\s+(?P<until>.+)\Z", re.IGNORECASE),
    re.compile(rf"\A(?:de|du|d['’])\s*(?P<since>.+?)\s+(?:à|au|{_UNTIL})\s+(?P<until>.+)\Z", re.IGNORECASE),
    re.compile(r"\A(?:since|depuis|from)\s+(?P<since>.+)\Z", re.IGNORECASE),
    re.compile(rf"\A(?:{_UNTIL})\s+(?P<until>.+)\Z", re.IGNORECASE),
)
_BEGINS: Final = re.compile(r"\b(?:since|depuis|between|entre|from|until|jusqu['’])", re.IGNORECASE)
_ISO: Final = re.compile(r"(?<![\w-])((?:19|20)\d\d-\d\d(?:-\d\d)?)(?![\w-])")
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MANY: Final = "|".join(("\\d{1,4}", *NUMBERS))
_UNITS: Final = r"(?P<unit>days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|annees?)"
_BACK: Final = re.compile(
    rf"(?:il y a |(?:the )?(?:last|past) |les |(?:l[ae]s? )?derni\w+ )?(?P<n>{_MANY}) (?:derni\w+ )?{_UNITS}(?: ago)?|"
    rf"(?:last|past) (?P<one>week|month|year)|(?:la semaine|le mois|l'an|l'annee|semaine|mois|an|annee) (?:derni\w+|passee?)|"
    rf"(?P<yesterday>yesterday|hier)"
)
_DAYS: Final = {"d": 1, "j": 1, "w": 7, "s": 7}


@dataclass(frozen=True, slots=True)
class SaidDate:
    """The date in what was said, as precise as it is, and the words that are left."""

    date: PartialDate | None
    rest: tuple[str, ...]


def spoken(text: str) -> tuple[str, str] | None:
    """From when until when, as it was said; "" where it was not. None where it does not begin as such a sentence does."""
    tidy = " ".join(text.split()).rstrip(" .?!")
    for form in _FORMS:
        if found := form.match(tidy):
            given = found.groupdict()
            return given.get("since") or "", given.get("until") or ""
    return None


def spoken_in(text: str) -> tuple[str, str] | None:
    """The same of a question in which such a sentence stands last: "what changed since Charlottetown?"."""
    tidy = " ".join(text.split())
    begins = _BEGINS.search(tidy)
    return spoken(tidy[begins.start() :]) if begins else None


def dated(folded: str, today: date) -> SaidDate:
    """The date that a folded text names. A month or day without its year is the last that began."""
    if back := _ago(folded, today):
        return SaidDate(PartialDate.day(back), ())
    if (iso := _ISO.search(folded)) and (when := _parsed(iso[1])):
        return SaidDate(when, tuple(_words(folded[: iso.start()] + " " + folded[iso.end() :])))
    words = _words(folded)
    for place, word in enumerate(words):
        if word in MONTHS:
            return _around(words, place, today)
    for place, word in enumerate(words):
        if _YEAR.fullmatch(word):
            return SaidDate(PartialDate.parse(word), (*words[:place], *words[place + 1 :]))
    return SaidDate(None, tuple(words))


def _words(folded: str) -> list[str]:
    return folded.translate(str.maketrans("-'’,;()/", "        ", ".")).split()


def _around(words: Sequence[str], place: int, today: date) -> SaidDate:
    """A month with the day before or after it, and the year after them."""
    first, last = place, place + 1
    day = _day(words[place - 1]) if place else None
    if day:
        first -= 1
    elif last < len(words) and (day := _day(words[last])):
        last += 1
    year = int(words[last]) if last < len(words) and _YEAR.fullmatch(words[last]) else None
    last += year is not None
    rest = (*words[:first], *words[last:])
    month = MONTHS[words[place]]
    years = (year,) if year else range(today.year, today.year - 9, -1)
    named = (_parsed(f"{each:04}-{month:02}" + (f"-{day:02}" if day else "")) for each in years)
    return SaidDate(next((when for when in named if when and (year or when.first <= today)), None), rest)


def _day(word: str) -> int | None:
    found = _DAY.fullmatch(word)
    return int(found[1]) if found else None


def _parsed(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _ago(folded: str, today: date) -> date | None:
    """ "yesterday", "30 days ago", « il y a deux semaines », "last month": that day, or the same day then."""
    found = _BACK.fullmatch(folded.replace("’", "'"))
    if found is None:
        return None
    if found["yesterday"]:
        return today - timedelta(days=1)
    many = found["n"] or "1"
    unit = found["unit"] or found["one"] or folded.removeprefix("la ").removeprefix("le ").removeprefix("l'")
    n = int(many) if many.isdigit() else NUMBERS[many]
    try:
        if unit[0] in _DAYS:
            return today - timedelta(days=n * _DAYS[unit[0]])
        return months_later(today, -n * (12 if unit[0] in "ya" else 1))
    except (ValueError, OverflowError):  # before there were years
        return None
