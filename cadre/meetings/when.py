"""When a sentence says that something is, in either language: a day, a time of day, a zone, a length. What it leaves open stays open.

"Digital Identity WG, March 3 at 2 pm Toronto time", « GT sur le Cadre mardi prochain à 14 h ». Nothing is guessed: a day that may be
either of two (03/04), or a time that may be before noon or after, is given as both, to be asked about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final

from babel.dates import get_day_names, get_month_names

from cadre.core.text import fold

_LOCALES: Final = ("en_CA", "fr_CA")
_EARLIEST, _LATEST = 7, 20
"""Hours between which people meet, where one of both that may be meant lies outside: "at 2" is in the afternoon, "at 8" may be either."""
_HALF_DAY: Final = 12
_LONGEST: Final = 24 * 60
_OF_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class When:
    """What was understood. ``days``, ``times``: none where nothing is said, several where it may be any of them.

    ``zone``: an IANA name. ``minutes``: how long it takes. ``rest``: the sentence without all this.
    """

    days: tuple[date, ...] = ()
    times: tuple[time, ...] = ()
    zone: str | None = None
    minutes: int | None = None
    rest: str = ""


def understood(sentence: str, today: date) -> When:
    """What a sentence says. ``today``: where whoever wrote it is; a day without a year is the next one that comes."""
    text = _Text(sentence)
    minutes, zone = _length(text), _zone(text)
    days, times = _days(text, today), _times(text)
    return When(days, times, zone, minutes, text.rest())


@dataclass
class _Text:
    """A sentence that is taken apart: what was understood is taken out, so that nothing is understood twice."""

    original: str
    folded: str = ""
    places: list[int] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place, letter in enumerate(self.original):
            plain = fold(letter)
            self.folded += plain
            self.places += [place] * len(plain)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place that a pattern matches, which is taken out."""
        found = pattern.search(self.folded)
        if found:
            self.remove(found)
        return found

    def remove(self, found: re.Match[str]) -> None:
        """Take a match out."""
        start, end = found.span()
        self.taken.append((self.places[start], self.places[end - 1] + 1))
        self.folded = self.folded[:start] + "\0" * (end - start) + self.folded[end:]

    def rest(self) -> str:
        """What is left, tidied: no doubled spaces, no commas and little words at the ends."""
        letters = list(self.original)
        for start, end in self.taken:
            letters[start:end] = " " * (end - start)
        left = " ".join("".join(letters).split())
        while (shorter := _LOOSE.sub("", left).strip(" ,;:.-–—")) != left:  # dashes as people type them
            left = shorter
        return re.sub(r"\s+,", ",", left)


_LOOSE: Final = re.compile(r"(?i)(^(?:on|at|for|le|la|à|a|de|pour|in)\s|\s(?:on|at|for|the|le|à|de|d'|pour|from|in)$)")


def _words(names: Callable[..., Any], *widths: str) -> dict[str, int]:
    """Names of months or days in both languages, folded, with their numbers. Babel types no mapping of them."""
    found: dict[str, int] = {}
    for locale in _LOCALES:
        for width in widths:
            listed = names(width, locale=locale)
            found |= {fold(str(name)).rstrip("."): number for number, name in dict(listed).items()}
    return found


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_MONTHS: Final = _words(get_month_names, "wide", "abbreviated")
_WEEKDAYS: Final = _words(get_day_names, "wide")
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "dix": 10, "quinze": 15,
}  # fmt: skip
_N: Final = rf"(?P<n>\d{{1,3}}|{_any(_NUMBERS)})"

# -- days

_M: Final = rf"(?P<month>{_any(_MONTHS)})\.?"
_Y: Final = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ISO: Final = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})\b")
_MONTH_FIRST: Final = re.compile(rf"\b{_M}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:h|:)){_Y}")
_DAY_FIRST: Final = re.compile(rf"\b(?P<day>1er|\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?{_M}(?!\w){_Y}")
_SLASHES: Final = re.compile(r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>(?:19|20)\d\d))?\b")
_NAMED: Final = (
    (re.compile(r"\b(?:the day after tomorrow|apres-demain)\b"), 2),
    (re.compile(r"\b(?:tomorrow|demain)\b"), 1),
    (re.compile(r"\b(?:today|aujourd'hui)\b"), 0),
)
_UNITS: Final = {"day": 1, "jour": 1, "week": _OF_A_WEEK, "semaine": _OF_A_WEEK}
_LATER: Final = re.compile(rf"\b(?:in|dans)\s+{_N}\s+(?P<unit>day|jour|week|semaine|month|mois)s?\b")
_IDIOMS: Final = {("huit", "jour"): 7, ("quinze", "jour"): 14}
"""« dans huit jours » is a week, « dans quinze jours » two: https://vitrinelinguistique.oqlf.gouv.qc.ca"""
_WEEKDAY: Final = re.compile(rf"\b(?:(?:next|this|on|le|ce)\s+)?(?P<weekday>{_any(_WEEKDAYS)})(?:\s+prochain)?\b")


def _days(text: _Text, today: date) -> tuple[date, ...]:
    """The days that are meant. A weekday that a date does not fall on makes both possible: the date, and the weekday nearest to it."""
    found = _dated(text, today)
    named = text.take(_WEEKDAY)
    if not named:
        return found
    weekday = _WEEKDAYS[named["weekday"]]
    if not found:
        return (today + timedelta(days=(weekday - today.weekday() - 1) % _OF_A_WEEK + 1),)
    fitting = tuple(day for day in found if day.weekday() == weekday)
    return fitting or tuple(sorted({*found, *(_nearest(day, weekday) for day in found)}))


def _nearest(day: date, weekday: int) -> date:
    return min((day + timedelta(days=n) for n in range(-3, 4)), key=lambda each: (each.weekday() != weekday, abs(each - day)))


def _dated(text: _Text, today: date) -> tuple[date, ...]:
    for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST):
        if (found := pattern.search(text.folded)) and (days := tuple(_of(found, today))):
            text.remove(found)
            return days
    if (found := _SLASHES.search(text.folded)) and (days := tuple(sorted(set(_either(found, today))))):
        text.remove(found)
        return days
    for pattern, n in _NAMED:
        if text.take(pattern):
            return (today + timedelta(days=n),)
    if later := text.take(_LATER):
        return (_later(today, later["n"], later["unit"]),)
    return ()


def _later(day: date, many: str, unit: str) -> date:
    """So many days, weeks or months later: the same day of the month, or its last."""
    if unit in _UNITS:
        return day + timedelta(days=_IDIOMS.get((many, unit)) or _number(many) * _UNITS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + _number(many), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _of(found: re.Match[str], today: date) -> Iterator[date]:
    month = found["month"]
    day = found["day"]
    yield from _coming(found["year"], int(month) if month.isdigit() else _MONTHS[month], 1 if day == "1er" else int(day), today)


def _either(found: re.Match[str], today: date) -> Iterator[date]:
    """Month first or day first: whichever there is, or both."""
    one, two = int(found["one"]), int(found["two"])
    for month, day in {(one, two), (two, one)}:
        yield from _coming(found["year"], month, day, today)


def _coming(year: str | None, month: int, day: int, today: date) -> Iterator[date]:
    """The day in its year; without one, the next that there is: eight years hold a leap day for certain."""
    years = (int(year),) if year else range(today.year, today.year + 9)
    for each in years:
        with suppress(ValueError):
            found = date(each, month, day)
            if year or found >= today:
                yield found
                return


# -- times

_NOON: Final = re.compile(r"(?<!apres-)\b(?:noon|midi)\b")
_MIDNIGHT: Final = re.compile(r"\b(?:midnight|minuit)\b")
_TWELVE: Final = re.compile(r"\b(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?")
_HOURS: Final = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])\s?h(?:eures?)?(?:\s?(?P<minute>[0-5]\d))?\b"
    r"(?:\s+(?P<part>du matin|de l'apres-midi|du soir))?"
)
_COLON: Final = re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b")
_BARE: Final = re.compile(r"\bat\s+(?P<hour>1[0-2]|[1-9])\b(?![/:-]|\s*(?:st|nd|rd|th)\b)")


def _times(text: _Text) -> tuple[time, ...]:
    if text.take(_NOON):
        return (time(_HALF_DAY),)
    if text.take(_MIDNIGHT):
        return (time(0),)
    if (found := _TWELVE.search(text.folded)) and 1 <= int(found["hour"]) <= _HALF_DAY:
        text.remove(found)
        return (time(int(found["hour"]) % _HALF_DAY + (_HALF_DAY if found["half"] == "p" else 0), int(found["minute"] or 0)),)
    if found := text.take(_HOURS):
        hour = int(found["hour"])
        late = found["part"] not in (None, "du matin") and hour < _HALF_DAY
        return (time(hour + (_HALF_DAY if late else 0), int(found["minute"] or 0)),)
    if found := text.take(_COLON):
        return _halves(found["hour"], int(found["minute"]))
    if found := text.take(_BARE):
        return _halves(found["hour"], 0)
    return ()


def _halves(typed: str, minute: int) -> tuple[time, ...]:
    """Before noon or after, where the figures leave that open: both, but for one at which nobody meets."""
    hour = int(typed)
    if hour == 0 or hour >= _HALF_DAY or typed.startswith("0"):
        return (time(hour, minute),)
    both = (time(hour, minute), time(hour + _HALF_DAY, minute))
    return tuple(each for each in both if _EARLIEST <= each.hour <= _LATEST) or both


# -- zones

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
_NAME: Final = rf"(?P<place>{'|'.join(sorted(map(re.escape, _ZONES), key=len, reverse=True))})"
_TIME_OF: Final = (
    re.compile(rf"\b{_NAME}\s+(?:standard\s+|daylight\s+)?time\b"),
    re.compile(rf"\b(?:a\s+l')?heure\s+(?:normale\s+|avancee\s+)?(?:de\s+la\s+|de\s+l'|des\s+|de\s+|du\s+|d'){_NAME}\b"),
)


def _zone(text: _Text) -> str | None:
    for pattern in _TIME_OF:
        if found := text.take(pattern):
            return _ZONES[found["place"]]
    return None


# -- lengths

_LENGTHS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...]] = (
    (re.compile(r"\b(?:for|pendant|durant|d'|de)?\s?(?:half an hour|une demi-heure)\b"), lambda _: 30),
    (re.compile(r"\b(?:for|pendant|durant|d'|de)?\s?(?:an hour and a half|une heure et demie)\b"), lambda _: 90),
    (
        re.compile(rf"\b(?:for|pendant|durant)\s+{_N}\s?(?:hours?|heures?|h)\b(?:\s?(?P<minutes>[0-5]\d))?"),
        lambda found: _number(found["n"]) * 60 + int(found["minutes"] or 0),
    ),
    (re.compile(r"\b(?:d'|de\s)(?P<n>une|deux|trois)\s+heures?\b"), lambda found: _number(found["n"]) * 60),
    (re.compile(r"\b(?:(?:for|pendant|durant|de)\s+)?(?P<n>\d{1,3})\s?(?:min|mins|minutes?)\b"), lambda found: int(found["n"])),
)


def _length(text: _Text) -> int | None:
    for pattern, minutes in _LENGTHS:
        found = pattern.search(text.folded)
        if found and 0 < (many := minutes(found)) <= _LONGEST:
            text.remove(found)
            return many
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
