"""On which days a meeting is, by a sentence. A day that may be either of two (03/04) is given as both."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cadre.core.dates import PartialDate
from cadre.meetings.sentence import relative
from cadre.meetings.sentence.text import MONTHS, WEEKDAYS, N, Text, any_of, number

_OF_A_WEEK: Final = 7
_LONGEST: Final = 62
"""Days within which each number of a day comes."""
M: Final = rf"(?P<month>{any_of(MONTHS)})\.?"
Y: Final = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ISO: Final = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})\b")
_MONTH_FIRST: Final = re.compile(rf"\b{M}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:h|:|[ap]\.?\s?m\b)){Y}")
_DAY_FIRST: Final = re.compile(rf"\b(?P<day>1er|\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?{M}(?!\w){Y}")
_MONTH: Final = re.compile(rf"\b(?:in|en|au mois de|au mois d')\s*{M}{Y}(?!\w)")
_SLASHES: Final = re.compile(r"\b(?P<one>\d{1,2})(?:/|(?=-\d{1,2}-(?:19|20)\d\d\b)-)(?P<two>\d{1,2})(?:[/-](?P<year>(?:19|20)\d\d))?\b")
_NAMED: Final = (
    (re.compile(r"\b(?:the day after tomorrow|apres-demain)\b"), 2),
    (re.compile(r"(?<!from )\b(?:tomorrow|demain(?! en (?:huit|quinze)))\b"), 1),
    (re.compile(r"\b(?:today|aujourd'hui(?! en (?:huit|quinze)))\b"), 0),
    (re.compile(r"\b(?:tonight|this (?:morning|afternoon|evening)|ce (?:matin|soir)|cet apres-midi)\b"), 0),
    (re.compile(r"\b(?:yesterday|hier)\b"), -1),
)
_UNITS: Final = {"day": 1, "jour": 1, "week": _OF_A_WEEK, "semaine": _OF_A_WEEK}
_LATER: Final = re.compile(rf"\b(?:in|dans)\s+{N}\s+(?P<unit>day|jour|week|semaine|month|mois)s?\b")
_IDIOMS: Final = {("huit", "jour"): 7, ("8", "jour"): 7, ("quinze", "jour"): 14, ("15", "jour"): 14}
"""« dans huit jours » is a week, « dans 15 jours » two: https://vitrinelinguistique.oqlf.gouv.qc.ca"""
_FORTNIGHT: Final = re.compile(r"\b(?:in a fortnight|a fortnight from (?:today|now))\b")
_ALONE: Final = re.compile(
    rf"\b(?:(?:on\s+)?the\s+(?P<th>\d{{1,2}})(?:st|nd|rd|th)|le\s+(?P<day>1er|\d{{1,2}}))\b"
    rf"(?!\s*(?:h\b|heures?\b|[:/-]|(?:of\s+)?(?:{any_of(MONTHS)})\b|{any_of(WEEKDAYS)}))"
)
"""A day of a month that is not named: "the 20th", « le 15 »."""
_BESIDE: Final = re.compile(
    rf"\b(?:{any_of(WEEKDAYS)}),?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"(?!\s*(?:h\b|heures?\b|[:/-]|[ap]\.?\s?m\b|(?:of\s+)?(?:{any_of(MONTHS)})\b|(?:to|until|till|and|a|et)\s*\d))"
)
"""The same beside its weekday: "Tuesday 19", « mardi 19 »."""
_RANGES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{M}\s+(?P<day>\d{{1,2}})\s*(?:-|to|and)\s*(?P<last>\d{{1,2}})\b(?!\s*(?:h|:|[ap]\.?\s?m\b)){Y}",
        rf"\b(?:(?:du|les|from)\s+)?(?P<day>1er|\d{{1,2}})\s*(?:-|au|et|to|and)\s*(?P<last>\d{{1,2}})\s+(?:of\s+)?{M}(?!\w){Y}",
    )
)
_FROM: Final = re.compile(rf"\b(?:from|du|starting|between)\s+(?:(?:{any_of(WEEKDAYS)}),?\s+)?(?=\S)")
_TO: Final = re.compile(rf",?\s*(?:-|to|through|until|till|and|jusqu'au|au)\s*(?:(?:{any_of(WEEKDAYS)}),?\s+)?")
_WEEKDAY: Final = re.compile(
    rf"\b(?:(?:(?P<next>next)|(?P<this>this|ce)|on|le)\s+)?(?P<weekday>{any_of(WEEKDAYS)})(?P<prochain>\s+prochain)?\b"
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are meant, several where it may be any of them. ``passed``: where that day of this year is past by less than half a
    year, so that the next may not be meant; ``last``: of several days on end, the last; ``month``: one in which no day is named. ``loose``:
    by the name of a weekday alone.
    """

    days: tuple[date, ...] = ()
    passed: date | None = None
    last: date | None = None
    month: PartialDate | None = None
    loose: bool = False


def days(text: Text, today: date, *, on_end: bool = False, weekdays: bool = True) -> Days:
    """The days that are meant. A weekday that a date does not fall on makes both possible: the date, and the weekday nearest to it.

    ``on_end``: several may be meant that follow each other, or a month; ``weekdays``: a weekday alone is one.
    """
    many = _on_end(text, today) if on_end else None
    if many:
        return many
    found, passed = _dated(text, today)
    if not found and (told := relative.day(text, today)):
        return Days((told,))
    if on_end and not found and (month := text.take(_MONTH)):
        first = next(coming(month["year"], MONTHS[month["month"]], 1, today.replace(day=1)))
        return Days(month=PartialDate.parse(f"{first:%Y-%m}"))
    named = text.take(_WEEKDAY) if found or weekdays else None
    if not named:
        return Days(found, passed)
    weekday = WEEKDAYS[named["weekday"]]
    if not found:
        return Days(_by_weekday(named, today), loose=True)
    fitting = tuple(day for day in found if day.weekday() == weekday)
    return Days(fitting, passed) if fitting else Days(tuple(sorted({*found, *(_nearest(day, weekday) for day in found)})), passed)


def _by_weekday(named: re.Match[str], today: date) -> tuple[date, ...]:
    """The day of that name that comes. On such a day both it and the next may be meant, where neither word says which."""
    later = relative.after(today, named["weekday"])
    if today.weekday() != WEEKDAYS[named["weekday"]] or named["next"] or named["prochain"]:
        return (later,)
    return (today,) if named["this"] else (today, later)


def exact(folded: str, place: int, since: date) -> tuple[int, date | None]:
    """The one day that is named at a place of a text, the next from ``since`` on, and where its name ends."""
    for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST):
        if (found := pattern.match(folded, place)) and (day := next(_of(found, since), None)):
            return found.end(), day
    return place, None


@dataclass(frozen=True, slots=True)
class Span:
    """Two days between which something is, and where they stand in the text."""

    start: int
    first_begins: int
    first_ends: int
    end: int
    first: date
    last: date


def between(folded: str, since: date) -> Span | None:
    """ "from April 8 to June 24", « du 10 décembre au 28 janvier »: the last day is the next after the first."""
    for begins in _FROM.finditer(folded):
        ends, first = exact(folded, begins.end(), since)
        to = _TO.match(folded, ends) if first else None
        if first and to:
            end, last = exact(folded, to.end(), first)
            if last and last > first:
                return Span(begins.start(), begins.end(), ends, end, first, last)
    return None


def _on_end(text: Text, today: date) -> Days | None:
    """ "March 9-11", « du 9 au 11 mars »."""
    for pattern in _RANGES:
        found = pattern.search(text.folded)
        first = next(_of(found, today), None) if found else None
        if found and first and first.day < int(found["last"]) <= monthrange(first.year, first.month)[1]:
            text.remove(found)
            return Days((first,), _lately(found, first, today), first.replace(day=int(found["last"])))
    if span := between(text.folded, today):
        text.cut(span.start, span.end)
        return Days((span.first,), None, span.last)
    return None


def _lately(found: re.Match[str], day: date, today: date) -> date | None:
    """The same day of the year before, where no year was named and that day is nearer."""
    if found.groupdict().get("year") or day.year == today.year:
        return None
    before = next(coming(str(today.year), day.month, day.day, today), None)
    return before if before and today - before < day - today else None


def _nearest(day: date, weekday: int) -> date:
    return min((day + timedelta(days=n) for n in range(-3, 4)), key=lambda each: (each.weekday() != weekday, abs(each - day)))


def _dated(text: Text, today: date) -> tuple[tuple[date, ...], date | None]:
    for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST):
        if (found := pattern.search(text.folded)) and (named := tuple(_of(found, today))):
            text.remove(found)
            return named, _lately(found, named[0], today)
    if (found := _SLASHES.search(text.folded)) and (named := tuple(sorted(set(_either(found, today))))):
        text.remove(found)
        return named, None
    for pattern, n in _NAMED:
        if text.take(pattern):
            return (today + timedelta(days=n),), None
    if later := text.take(_LATER):
        return (_later(today, later["n"], later["unit"]),), None
    if text.take(_FORTNIGHT):
        return (today + timedelta(days=2 * _OF_A_WEEK),), None
    if (beside := _BESIDE.search(text.folded)) and (day := _of_some_month(beside["day"], today)):
        text.cut(beside.start("day"), beside.end())
        return (day,), None
    if (alone := _ALONE.search(text.folded)) and (day := _of_some_month(alone["th"] or alone["day"], today)):
        text.remove(alone)
        return (day,), None
    return (), None


def _of_some_month(typed: str, today: date) -> date | None:
    """The next day that has that number in its month."""
    number_ = int(typed.removesuffix("er"))
    return next((day for n in range(_LONGEST) if (day := today + timedelta(days=n)).day == number_), None)


def _later(day: date, many: str, unit: str) -> date:
    """So many days, weeks or months later: the same day of the month, or its last."""
    if unit in _UNITS:
        return day + timedelta(days=_IDIOMS.get((many, unit)) or number(many) * _UNITS[unit])
    return months_later(day, number(many))


def months_later(day: date, many: int) -> date:
    """So many months later: the same day of the month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + many, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _of(found: re.Match[str], today: date) -> Iterator[date]:
    month = found["month"]
    day = found["day"]
    yield from coming(found["year"], int(month) if month.isdigit() else MONTHS[month], 1 if day == "1er" else int(day), today)


def _either(found: re.Match[str], today: date) -> Iterator[date]:
    """Month first or day first: whichever there is, or both."""
    one, two = int(found["one"]), int(found["two"])
    for month, day in {(one, two), (two, one)}:
        yield from coming(found["year"], month, day, today)


def coming(year: str | None, month: int, day: int, today: date) -> Iterator[date]:
    """The day in its year; without one, the next that there is: eight years hold a leap day for certain."""
    years = (int(year),) if year else range(today.year, today.year + 9)
    for each in years:
        with suppress(ValueError):
            found = date(each, month, day)
            if year or found >= today:
                yield found
                return
