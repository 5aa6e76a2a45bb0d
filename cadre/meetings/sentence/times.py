"""At what time of day a meeting begins, and how long it takes, by a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Final

from cadre.meetings.sentence.text import N, Text, any_of, number

_EARLIEST, _LATEST = 7, 20
"""Hours between which people meet, where one of both that may be meant lies outside: "at 2" is in the afternoon, "at 8" may be either."""
_HALF_DAY: Final = 12
_HOUR: Final = 60
_LONGEST: Final = 24 * 60
_HOUR_WORDS: Final = dict(
    zip(
        "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt "
        "vingt-et-une vingt-deux vingt-trois".split(),
        range(1, 24),
        strict=True,
    )
)
_MINUTE_WORDS: Final = {"et quart": 15, "quinze": 15, "et demie": 30, "et demi": 30, "trente": 30, "quarante-cinq": 45}
_PAST: Final = rf"(?:\s+(?P<past>{any_of(_MINUTE_WORDS)})\b)?"
_NOT_ITS_END: Final = r"(?<!until )(?<!till )(?<!jusqu'a )"
"""An end that is said without a beginning is not the beginning."""
_NOON: Final = re.compile(r"(?<!apres-)\b(?:noon|midi)\b" + _PAST)
_MIDNIGHT: Final = re.compile(r"\b(?:midnight|minuit|night at 12|12 at night)\b(?!:)")
_TWELVE: Final = re.compile(_NOT_ITS_END + r"\b(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?")
_HOURS: Final = re.compile(
    _NOT_ITS_END + r"\b(?P<hour>[01]?\d|2[0-3])\s?h(?:eures?)?(?:\s?(?P<minute>[0-5]\d))?\b"
    r"(?:\s+(?P<part>du matin|de l'apres-midi|du soir))?"
)
_IN_WORDS: Final = re.compile(_NOT_ITS_END + rf"(?<!')\b(?P<hour>{any_of(_HOUR_WORDS)})\s+heures?\b{_PAST}")
_COLON: Final = re.compile(_NOT_ITS_END + r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b")
_BARE: Final = re.compile(r"\bat\s+(?P<hour>1[0-2]|[1-9])\b(?![/:-]|\s*(?:st|nd|rd|th)\b)")


_CLOCK: Final = (
    r"(?:(?P<noon{n}>noon|midi)|(?P<hour{n}>[01]?\d|2[0-3])"
    r"(?::(?P<minute{n}>[0-5]\d)|(?P<h{n}>\s?h(?:eures?)?)(?:\s?(?P<past{n}>[0-5]\d))?(?!\w))?(?:\s?(?P<half{n}>[ap])\.?\s?m\b\.?)?)"
)
_RANGE: Final = re.compile(
    rf"(?<![\w/:-])(?P<between>(?:from|between|de|entre)\s+)?{_CLOCK.replace('{n}', '1')}\s*(?P<to>-|to|until|till|and|a|et|jusqu'a)\s*"
    rf"{_CLOCK.replace('{n}', '2')}(?![\w/:-])"
)


def times(text: Text) -> tuple[tuple[time, ...], int | None]:
    """When it begins, several where it may be any of them; and how many minutes it takes, where its end is said beside its beginning."""
    return _range(text) or (_times(text), None)


_EARLY: Final = re.compile(r"\b(?:this morning|ce matin)\b")
_LATE: Final = re.compile(r"\b(?:tonight|this (?:afternoon|evening)|ce soir|cet apres-midi)\b")


def in_its_half(text: Text, found: tuple[time, ...]) -> tuple[time, ...]:
    """Of two times that may be meant, the one in the half of the day that is named."""
    early, late = (pattern.search(text.folded) for pattern in (_EARLY, _LATE))
    if len(found) == 1 or not (early or late):
        return found
    return tuple(each for each in found if (each.hour >= _HALF_DAY) == bool(late))


def at_midnight(text: Text) -> bool:
    """Whether it is at midnight, which ends one day and begins another."""
    return _MIDNIGHT.search(text.folded) is not None


def _range(text: Text) -> tuple[tuple[time, ...], int] | None:
    """ "9:00-10:30", "2 to 3:30 pm", « de 9 h à 10 h 30 »: what leaves open which half of the day is meant takes the shortest time."""
    start = 0
    while found := _RANGE.search(text.folded, start):
        start = found.start() + 1
        first, second = (any(found[f"{name}{n}"] for name in ("noon", "minute", "h", "half")) for n in (1, 2))
        at = found["to"] == "a" and not first  # « le 3 à 14 h »
        if not found["between"] and (at or not (first or second)):
            continue
        pairs = [(end - begin, begin) for begin in _on_clock(found, 1) for end in _on_clock(found, 2) if end > begin]
        if pairs:
            text.remove(found)
            minutes, _ = min(pairs)
            begins = tuple(time(*divmod(begin, _HOUR)) for long, begin in sorted(pairs) if long == minutes)
            return (_sensible(begins) if not found["h1"] else begins), minutes
    return None


def _on_clock(found: re.Match[str], n: int) -> tuple[int, ...]:
    """The minutes after midnight that an end of a range may be."""
    if found[f"noon{n}"]:
        return (_HALF_DAY * _HOUR,)
    typed, half = found[f"hour{n}"], found[f"half{n}"]
    hour, minute = int(typed), int(found[f"minute{n}"] or found[f"past{n}"] or 0)
    if half:
        return (((hour % _HALF_DAY) + (_HALF_DAY if half == "p" else 0)) * _HOUR + minute,) if hour <= _HALF_DAY else ()
    if found[f"h{n}"] or hour == 0 or hour >= _HALF_DAY or typed.startswith("0"):
        return (hour * _HOUR + minute,)
    return hour * _HOUR + minute, (hour + _HALF_DAY) * _HOUR + minute


def _times(text: Text) -> tuple[time, ...]:
    if noon := text.take(_NOON):
        return (time(_HALF_DAY, _MINUTE_WORDS.get(noon["past"], 0)),)
    if text.take(_MIDNIGHT):
        return (time(0),)
    if (found := _TWELVE.search(text.folded)) and 1 <= int(found["hour"]) <= _HALF_DAY:
        text.remove(found)
        return (time(int(found["hour"]) % _HALF_DAY + (_HALF_DAY if found["half"] == "p" else 0), int(found["minute"] or 0)),)
    if found := text.take(_HOURS):
        hour = int(found["hour"])
        late = found["part"] not in (None, "du matin") and hour < _HALF_DAY
        return (time(hour + (_HALF_DAY if late else 0), int(found["minute"] or 0)),)
    if found := text.take(_IN_WORDS):
        return (time(_HOUR_WORDS[found["hour"]], _MINUTE_WORDS.get(found["past"], 0)),)
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
    return _sensible((time(hour, minute), time(hour + _HALF_DAY, minute)))


def _sensible(both: tuple[time, ...]) -> tuple[time, ...]:
    """Of two that may be meant, the one at which people meet, where there is one only."""
    return tuple(each for each in both if _EARLIEST <= each.hour <= _LATEST) or both


def _hours(found: re.Match[str]) -> int:
    return number(found["n"]) * _HOUR + int(found["minutes"] or 0)


_LENGTHS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...]] = (
    (re.compile(r"\b(?:for|pendant|durant|d'|de)?\s?(?:half an hour|une demi-heure)\b"), lambda _: 30),
    (re.compile(r"\b(?:for|pendant|durant|d'|de)?\s?(?:an hour and a half|une heure et demie)\b"), lambda _: 90),
    (
        re.compile(rf"\b(?:for|pendant|durant)\s+{N}\s?(?:hours?|heures?|h)\b(?:\s?(?P<minutes>[0-5]\d))?"),
        _hours,
    ),
    (re.compile(r"\bpour\s+(?P<n>[1-6])\s?(?:heures?|h)\b(?:\s?(?P<minutes>[0-5]\d))?"), _hours),
    (re.compile(rf"\bd'une duree de\s+{N}\s?(?:heures?|h)\b(?:\s?(?P<minutes>[0-5]\d))?"), _hours),
    (re.compile(r"\b(?:d'|de\s)(?P<n>une|deux|trois)\s+heures?\b"), lambda found: number(found["n"]) * 60),
    (re.compile(r"\b(?:(?:for|pendant|durant|de)\s+)?(?P<n>\d{1,3})\s?(?:min|mins|minutes?)\b"), lambda found: int(found["n"])),
)


def length(text: Text) -> int | None:
    """How many minutes it takes, where that is said in hours or minutes."""
    for pattern, minutes in _LENGTHS:
        found = pattern.search(text.folded)
        if found and 0 < (many := minutes(found)) <= _LONGEST:
            text.remove(found)
            return many
    return None
