"""Which days a question about meetings means: « cette semaine », "in March", "next month"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cadre.ask.concepts import MONTHS, NUMBERS, corrected
from cadre.ask.parse import Query, day_of_month
from cadre.ask.tokens import Token, tokens
from cadre.core.dates import PartialDate

Days = tuple[date, date]
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_SAID: Final[tuple[tuple[str, str, int], ...]] = (
    (r"this week|cette semaine|the week", "week", 0),
    (r"(?:next|coming) week|semaine prochaine|prochaine semaine", "week", 1),
    (r"last week|semaine (?:derniere|passee)", "week", -1),
    (r"this month|ce mois", "month", 0),
    (r"next month|mois prochain", "month", 1),
    (r"last month|mois (?:dernier|passe)", "month", -1),
    (r"today|aujourd hui", "day", 0),
    (r"yesterday|hier", "day", -1),
    (r"day after tomorrow|apres demain", "day", 2),
    (r"tomorrow|demain", "day", 1),
)
_DOUBTFUL: Final = frozenset("may mar mai sept dec".split())
"""Words that are a month only where something says so: "may I", « il y en a sept »."""
_OVER: Final = ("LAST", "DECISION", "CAME", "ATTEND", "MINUTES", "PASTMEETINGS")
"""Concepts of what was: then a day that was is meant before one that comes."""
_ISO: Final = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")
_BACK: Final = re.compile(
    r"(?:last|past|previous|derni\w*|depuis|les) (\d{1,4}|[a-z]+) (?:derni\w* )?(days?|jours?|weeks?|semaines?|months?|mois)\b"
)
_LONG: Final = {"d": 1, "j": 1, "w": 7, "s": 7, "m": 30}
"""How many days a span has, by its first letter in either language."""
_BEFORE_MONTH: Final = frozenset("in of for en de d du mois this next last during since".split())


def periods(asked: Query, today: date) -> tuple[Days, ...]:
    """The days that are meant, first and last; where there is doubt several, the likeliest first. Nothing where it speaks of no time.

    A month without a year is the next that comes, else the last that was; the other way round where the last one is asked for.
    """
    if asked.has("day"):
        return _days(asked, today)
    if asked.when:
        return ((asked.when.first, asked.when.last),)
    message = tokens(asked.text)
    text = " ".join(token.text for token in message)
    for said, unit, n in _SAID:
        if re.search(rf"\b(?:{said})\b", text):
            return (_unit(unit, n, today),)
    number = _month(message)
    if number is None:
        return ()
    year = today.year + (number < today.month)
    coming, past = _of_month(year, number), _of_month(year - 1, number)
    return (past, coming) if asked.has("LAST") else (coming, past)


def since(asked: Query, today: date) -> tuple[date | None, PartialDate | None]:
    """From which day on a question asks, and as what that is told: "since March", « depuis le 3 octobre 2017 », "in the last 30 days".

    Nothing where it names no time. A month without a year is the last that was.
    """
    written = _ISO.search(asked.text)
    if written:
        try:
            when = PartialDate.parse(written[0])
        except ValueError:
            return None, None
        return when.first, when
    text = " ".join(token.text for token in tokens(asked.text))
    if back := _BACK.search(text):
        n = int(back[1]) if back[1].isdigit() else NUMBERS.get(back[1], 1)
        day = today - n * _LONG[back[2][0]] * _DAY
        return day, PartialDate.day(day)
    found = [span for span in periods(replace(asked, features=asked.features | {"LAST"}), today) if span[0] <= today]
    if not found:
        return None, None
    first, last = found[0]
    whole = asked.when if asked.when and not asked.has("day") else None
    month = PartialDate.parse(f"{first:%Y-%m}") if (first, last) == _of_month(first.year, first.month) else None
    return first, whole or (month if first != last else None) or PartialDate.day(first)


def _days(asked: Query, today: date) -> tuple[Days, ...]:
    """The day of a month that is meant: of the year that is named, else the next that comes and the last that was."""
    found = day_of_month(tokens(asked.text))
    assert found, "a question with a day names one"
    years = (asked.when.first.year,) if asked.when else (today.year - 1, today.year, today.year + 1)
    days = [date(year, *found[:2]) for year in years if found[1] <= monthrange(year, found[0])[1]]
    coming, past = [each for each in days if each >= today][:1], [each for each in days if each < today][-1:]
    ordered = (*past, *coming) if asked.has(*_OVER) else (*coming, *past)
    return tuple((each, each) for each in ordered)


def _unit(unit: str, n: int, today: date) -> Days:
    """The n-th day, week from Monday on, or month from now."""
    match unit:
        case "day":
            return today + n * _DAY, today + n * _DAY
        case "week":
            monday = today - today.weekday() * _DAY + n * _WEEK
            return monday, monday + 6 * _DAY
        case _:
            years, month = divmod(today.month - 1 + n, 12)
            return _of_month(today.year + years, month + 1)


def _of_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month(message: Sequence[Token]) -> int | None:
    before = ""
    for token in message:
        word = corrected(token.text)
        if word in MONTHS and (word not in _DOUBTFUL or before in _BEFORE_MONTH):
            return MONTHS[word]
        before = token.text
    return None
