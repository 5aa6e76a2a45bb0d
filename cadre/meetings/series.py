"""Meetings that come again: at the same wall time of one zone, right over every change of clocks.

The rules are those of RFC 5545, 3.3.10 (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10), as far as councils need them: every n
weeks on the weekday of the first; every n months on the same day, or on the same weekday ("the second Tuesday", "the last Friday").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

Every = Literal["week", "month_day", "month_last", "month_weekday", "month_weekday_last"]
"""``month_last``: on the last day of a month; ``month_weekday_last``: on the last such weekday of it."""
Doubt = Literal["missing", "twice"]
_WEEK: Final = timedelta(days=7)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST: Final = 5
"""A fifth weekday of a month, which most months do not have, means the last."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A day and a time of day, as a clock on the wall shows them."""

    day: date
    at: time


@dataclass(frozen=True, slots=True)
class Series:
    """A meeting that comes again. ``interval``: every so many weeks or months. ``until``: the last day on which it may come.

    ``skipped``: days on which it does not come. ``moved``: what comes on another day, or at another time, by the day of the rule.
    """

    first: date
    at: time
    zone: str
    every: Every = "week"
    interval: int = 1
    until: date | None = None
    skipped: frozenset[date] = frozenset()
    moved: Mapping[date, Wall] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that it comes. ``key``: the day that the rule gives, by which it is known when it is moved. ``start``: the instant, UTC."""

    key: date
    day: date
    at: time
    start: datetime


def occurrences(series: Series, first: date, last: date) -> tuple[Occurrence, ...]:
    """All that come on the days from ``first`` to ``last``, there where the meeting's zone is, in their order."""
    zone = ZoneInfo(series.zone)
    found = [
        Occurrence(key, key, series.at, instant(Wall(key, series.at), zone))
        for key in days(series, first, last)
        if key not in series.skipped and key not in series.moved
    ]
    for key, wall in series.moved.items():
        if first <= wall.day <= last and key not in series.skipped and is_day(series, key):
            found.append(Occurrence(key, wall.day, wall.at, instant(wall, zone)))
    return tuple(sorted(found, key=lambda each: (each.start, each.key)))


def is_day(series: Series, day: date) -> bool:
    """Whether the rule gives a day."""
    return next(days(series, day, day), None) == day


def days(series: Series, first: date, last: date) -> Iterator[date]:
    """The days that the rule gives from ``first`` to ``last``. Raises ValueError for an interval below 1."""
    if series.interval < 1:
        raise ValueError("a series that never comes on")
    last = min(last, series.until) if series.until else last
    if series.every == "week":
        step = _WEEK * series.interval
        day = series.first + max(0, -((series.first - first) // step)) * step
        while day <= last:
            yield day
            day += step
        return
    begin = series.first.year * 12 + series.first.month - 1
    month = begin + max(0, (first.year * 12 + first.month - 1 - begin) // series.interval) * series.interval
    while (months := divmod(month, 12)) and date(months[0], months[1] + 1, 1) <= last:
        found = _in_month(series, *months)
        if found and max(first, series.first) <= found <= last:
            yield found
        month += series.interval


def _in_month(series: Series, year: int, month: int) -> date | None:
    """The day in a month (0 to 11); None in one that has no such day."""
    start = date(year, month + 1, 1)
    end = last_of_month(start)
    if series.every == "month_last":
        return end
    if series.every == "month_day":
        return start.replace(day=series.first.day) if series.first.day <= end.day else None
    if is_last(series.every, series.first):
        return end - timedelta(days=(end.weekday() - series.first.weekday()) % 7)
    return start + timedelta(days=(series.first.weekday() - start.weekday()) % 7 + 7 * (nth(series.first) - 1))


def is_last(every: str, first: date) -> bool:
    """Whether a meeting comes on the last such weekday of a month."""
    return every == "month_weekday_last" or nth(first) == LAST


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def begins_rightly(every: str, first: date) -> bool:
    """Whether a day is one of those that a rule gives: a last one has to be the last of its month."""
    left = (last_of_month(first) - first).days
    return {"month_last": left == 0, "month_weekday_last": left < _WEEK.days}.get(every, True)


def without(series: Series, last: date) -> tuple[date, ...]:
    """The months up to a day, each by its first day, that have no such date, so that it does not come in them."""
    if series.every != "month_day":
        return ()
    end, found = min(last, series.until) if series.until else last, []
    month = series.first.year * 12 + series.first.month - 1
    while (start := date(month // 12, month % 12 + 1, 1)) <= end:
        if last_of_month(start).day < series.first.day:
            found.append(start)
        month += series.interval
    return tuple(found)


def nth(day: date) -> int:
    """Which of its weekday a day is in its month: 1 to 4; 5 stands for the last."""
    return (day.day - 1) // 7 + 1


def rule(series: Series) -> dict[str, object]:
    """The same as RFC 5545 has it, by its names: an iCalendar library writes it out."""
    found: dict[str, object] = {"FREQ": "WEEKLY" if series.every == "week" else "MONTHLY", "INTERVAL": series.interval}
    weekday = _DAYS[series.first.weekday()]
    if series.every == "week":
        found["BYDAY"] = weekday
    elif series.every in ("month_day", "month_last"):
        found["BYMONTHDAY"] = series.first.day if series.every == "month_day" else -1
    else:
        found["BYDAY"] = f"{-1 if is_last(series.every, series.first) else nth(series.first)}{weekday}"
    if series.until:
        found["UNTIL"] = instant(Wall(series.until, time(23, 59, 59)), ZoneInfo(series.zone))
    return found


# -- instants


def instant(wall: Wall, zone: ZoneInfo) -> datetime:
    """The instant of a wall time, in UTC. Of one that comes twice, the first; one that is missing is told as the one an hour later."""
    return datetime.combine(wall.day, wall.at, zone).astimezone(UTC)


def doubt(wall: Wall, zone: ZoneInfo) -> Doubt | None:
    """Whether a wall time is missing, as clocks go forward then, or comes twice, as they go back: it is to be asked about."""
    once, again = (datetime.combine(wall.day, wall.at, zone).replace(fold=fold) for fold in (0, 1))
    if once.utcoffset() == again.utcoffset():
        return None
    back = once.astimezone(UTC).astimezone(zone)
    return "twice" if back.replace(tzinfo=None) == once.replace(tzinfo=None) else "missing"


def instants(wall: Wall, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants at which a clock shows a wall time: none, one or two."""
    match doubt(wall, zone):
        case "missing":
            return ()
        case "twice":
            both = (datetime.combine(wall.day, wall.at, zone).replace(fold=fold) for fold in (0, 1))
            return tuple(each.astimezone(UTC) for each in both)
    return (instant(wall, zone),)
