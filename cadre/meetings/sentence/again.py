"""Whether a meeting comes again, by a sentence: how often, on which days, until when.

"Every Thursday until June", "every second Tuesday", "monthly on the first Monday", « aux deux semaines », « le dernier vendredi du mois ».
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Final

from cadre.meetings.sentence.days import M, Y, between, coming, exact
from cadre.meetings.sentence.text import FROM_1, MONTHS, ORDINALS, WEEKDAYS, Text, any_of, number
from cadre.meetings.series import LAST, Every, Series, days, nth

_OTHER: Final = {"other": 2, **{word: n for word, n in ORDINALS.items() if 1 < n < LAST}}
"""Every other, every third: of weeks or months."""
_LONG: Final = 100
"""Days within which each day of a month, and each weekday of one, has come."""
_YEARS: Final = 3660
"""Days within which so many meetings are counted."""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Again:
    """How a meeting comes again. ``weekday``, ``nth``, ``day``: on which days, as far as it was said."""

    every: Every
    interval: int = 1
    weekday: int | None = None
    nth: int | None = None
    day: int | None = None

    @property
    def says_when(self) -> bool:
        """Whether it says itself on which days, so that none need be named besides."""
        return self.every == "month_last" or self.weekday is not None or self.day is not None

    def first(self, since: date) -> date:
        """The first day from one on that it may be on."""
        return next((day for n in range(_LONG) if self._fits(day := since + timedelta(n))), since)

    def _fits(self, day: date) -> bool:
        left = monthrange(day.year, day.month)[1] - day.day
        return (
            (self.weekday is None or day.weekday() == self.weekday)
            and (self.nth is None or (nth(day) == self.nth if self.nth < LAST else left < _WEEK))
            and (self.day is None or day.day == self.day)
            and (self.every != "month_last" or left == 0)
        )


def again(text: Text) -> Again | None:
    """How often a meeting comes; None where it is one meeting."""
    for pattern, made in _PATTERNS:
        if found := text.take(pattern):
            return made(found)
    return None


def _interval(said: dict[str, str | None]) -> int:
    if said.get("two"):
        return 2
    if other := said.get("other"):
        return _OTHER[other]
    many = said.get("n")
    return number(many) if many else 1


def _weekly(found: re.Match[str]) -> Again:
    said = found.groupdict()
    weekday = said.get("weekday")
    return Again("week", _interval(said), WEEKDAYS[weekday] if weekday else None)


def _monthly(found: re.Match[str]) -> Again:
    said = found.groupdict()
    interval = 3 if said.get("quarter") else _interval(said)
    if said.get("last"):
        return Again("month_last", interval)
    if (which := said.get("nth")) and (weekday := said.get("weekday")):
        number_ = ORDINALS[which]
        return Again("month_weekday_last" if number_ == LAST else "month_weekday", interval, WEEKDAYS[weekday], number_)
    if weekday := said.get("plain"):
        return Again("month_weekday", interval, WEEKDAYS[weekday])
    day = said.get("day")
    return Again("month_day", interval, day=int(day) if day else None)


_EACH: Final = r"(?:every|each|tous les|toutes les|chaque)"
_AT: Final = r"(?:(?:on|the|le|les)\s+)"
_WD: Final = rf"(?P<weekday>{any_of(WEEKDAYS)})s?\b"
_NTH: Final = rf"(?P<nth>{any_of(ORDINALS)})\s+{_WD}"
_DAY: Final = r"(?P<day>[12]?\d|3[01]|0[1-9])(?:st|nd|rd|th|er|e)?\b(?!\s*(?:h\b|heures?|:))"
_LAST: Final = r"(?P<last>last day|dernier jour)\b"
_OTHERS: Final = rf"(?P<other>{any_of(_OTHER)})"
_OF_MONTH: Final = r"\s+(?:of|in|de|du)\s*(?:(?:the|each|every|chaque)\s+)?(?:month|mois)\b"
_MONTHLY: Final = (
    rf"\b(?:monthly|mensuel(?:le)?(?:ment)?|(?P<quarter>quarterly|trimestriel(?:le)?(?:ment)?)|{_EACH}\s+(?:month|mois)"
    rf"|every\s+{_OTHERS}\s+month|(?:every|tous les|aux)\s+{FROM_1}\s+(?:months|mois))\b"
    rf"(?:,?\s+{_AT}+(?:{_LAST}|{_NTH}|{_DAY}(?!\s+(?:{any_of(MONTHS)})\b)|(?P<plain>{any_of(WEEKDAYS)})s?\b))?"
)
_WEEKS: Final = (
    r"\b(?:weekly|hebdomadaire(?:ment)?|(?:every|each|chaque)\s+(?:week|semaine)|toutes les semaines"
    r"|(?P<two>bi-?weekly|fortnightly|every fortnight|une semaine sur deux|(?:tous les|aux) (?:quinze|15) jours)"
    rf"|every\s+{_OTHERS}\s+week|(?:every|toutes les|aux)\s+{FROM_1}\s+(?:weeks|semaines))\b(?:,?\s+{_AT}{_WD})?"
)
_Made = Callable[[re.Match[str]], Again]
_PATTERNS: Final[tuple[tuple[re.Pattern[str], _Made], ...]] = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"\b(?:monthly,?\s+)?(?:{_EACH}\s+|{_AT}+)?{_NTH}{_OF_MONTH}", _monthly),
        (rf"\btous les\s+(?P<nth>{any_of(ORDINALS)})s?\s+{_WD}(?:{_OF_MONTH})?", _monthly),
        (rf"\b(?:monthly,?\s+)?{_AT}*{_LAST}{_OF_MONTH}", _monthly),
        (rf"\b{_AT}+{_DAY}{_OF_MONTH}", _monthly),
        (_MONTHLY, _monthly),
        (rf"\b{_EACH}\s+(?:{_OTHERS}\s+)?{_WD}", _weekly),
        (rf"\b(?:tous les|every)\s+{FROM_1}\s+{_WD}", _weekly),
        (rf"\b(?:un|le)\s+{_WD}\s+sur\s+{FROM_1}\b", _weekly),
        (_WEEKS, _weekly),
        (rf"\b(?:on|les)\s+(?P<weekday>{any_of(WEEKDAYS)})s\b", _weekly),
    )
)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|through|ending|jusqu'(?:au|a|en))\s+(?:on\s+|(?:the end of|la fin (?:de|du mois de))\s+|la fin d')?(?=\S)"
)
_MONTH: Final = re.compile(rf"{M}{Y}(?!\w)")


def until(text: Text, since: date) -> date | None:
    """The last day that is named: of a month, its last. ``since``: the first day; the next one after it is meant."""
    if span := between(text.folded, since):
        text.cut(span.first_ends, span.end)  # its first day is read with the days
        text.cut(span.start, span.first_begins)
        return span.last
    begins = _UNTIL.search(text.folded)
    if begins is None:
        return None
    end, last = exact(text.folded, begins.end(), since)
    if last is None and (month := _MONTH.match(text.folded, begins.end())):
        first = next(coming(month["year"], MONTHS[month["month"]], 1, since.replace(day=1)))
        end, last = month.end(), first.replace(day=monthrange(first.year, first.month)[1])
    if last:
        text.cut(begins.start(), end)
    return last


_TIMES: Final = re.compile(rf"\b(?:for\s+|pour\s+)?{FROM_1}\s+(?:times|fois|meetings|reunions|rencontres|seances)\b")
_SINCE: Final = re.compile(rf"\b(?:starting|beginning|from|a partir (?:de|d')|a compter (?:de|d')|des)\s*(?:in\s+|en\s+)?{M}{Y}(?!\w)")


def times(text: Text) -> int | None:
    """How often it comes in all, where that is said: "ten times", « dix fois »."""
    found = text.take(_TIMES)
    return number(found["n"]) if found else None


_FOR: Final = re.compile(
    rf"\b(?:for|pendant|durant)\s+(?:the next\s+)?{FROM_1}\s+(?:(?P<weeks>weeks?|semaines?)|(?P<months>months?|mois))\b"
)


def lasts(text: Text) -> tuple[int, int] | None:
    """For how many months and weeks it comes, where that is said: "for six weeks", « pendant trois mois »."""
    found = text.take(_FOR)
    if not found:
        return None
    many = number(found["n"])
    return (0, many) if found["weeks"] else (many, 0)


def since(text: Text, today: date) -> tuple[date, ...]:
    """The first day of the month from which on it comes, or today where that month has begun: "starting in January"."""
    found = text.take(_SINCE)
    if not found:
        return ()
    return (max(today, next(coming(found["year"], MONTHS[found["month"]], 1, today.replace(day=1)))),)


def last(comes: Again, first: date, many: int) -> date | None:
    """The day on which it comes for the last time, of so many."""
    rule = Series(first, time(), "UTC", comes.every, comes.interval)
    return next(islice(days(rule, first, first + timedelta(days=_YEARS)), max(many - 1, 0), None), None)
