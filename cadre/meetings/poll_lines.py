"""The times of a poll as they are typed: days and times of day that are combined, and sentences, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import product
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from cadre.meetings.when import When, understood

Slot: TypeAlias = tuple[date, time]
"""What the wall of the poll's zone shows."""
Doubt = Literal["", "no_day", "no_time", "passed", "days", "times", "more"]
"""What keeps a line from being one time: no day or time in it, a day without a year that was lately, either that may mean several, or more
than one of them.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and what was understood. ``slot``: None where there is a doubt: it is asked about, never guessed."""

    text: str
    heard: When
    doubt: Doubt
    slot: Slot | None


def read(text: str, today: date, zone: str) -> tuple[Line, ...]:
    """The lines of a text that are not empty. A line that names a zone is taken over into the poll's (``zone``)."""
    return tuple(_line(line.strip(), today, zone) for line in text.splitlines() if line.strip())


def _line(text: str, today: date, zone: str) -> Line:
    heard = understood(text, today)
    doubt = _doubt(heard, understood(heard.rest, today))
    return Line(text, heard, doubt, None if doubt else _there(heard, zone))


def _doubt(heard: When, rest: When) -> Doubt:
    if rest.days or rest.times:
        return "more"
    if not heard.days:
        return "no_day"
    if not heard.times:
        return "no_time"
    if heard.passed:
        return "passed"
    return "days" if len(heard.days) > 1 else "times" if len(heard.times) > 1 else ""


def _there(heard: When, zone: str) -> Slot:
    (day,), (at,) = heard.days, heard.times
    if heard.zone in (None, zone):
        return day, at
    local = datetime.combine(day, at, ZoneInfo(heard.zone or zone)).astimezone(ZoneInfo(zone))
    return local.date(), local.time()


def combined(days: Iterable[date], times: Iterable[time], lines: Iterable[Line]) -> tuple[Slot, ...]:
    """Each day with each time of day, and the lines: each once, in their order."""
    return tuple(sorted(set(_all(days, times, lines))))


def _all(days: Iterable[date], times: Iterable[time], lines: Iterable[Line]) -> Iterator[Slot]:
    yield from product(days, times)
    yield from (line.slot for line in lines if line.slot)
