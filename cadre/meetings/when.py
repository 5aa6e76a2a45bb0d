"""What a sentence says of a meeting, in either language: its days, its time, its length, whether it comes again, where it is.

"Digital Identity WG, March 3 at 2 pm Toronto time", « GT sur le Cadre tous les jeudis de 14 h à 15 h 30 jusqu'en juin ». Nothing is
guessed: a day that may be either of two (03/04), or a time that may be before noon or after, is given as both, to be asked about; a day
that is past is told as it is. What it leaves open stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from cadre.core.dates import PartialDate
from cadre.meetings.sentence import again, days, places, relative, times
from cadre.meetings.sentence.text import Text
from cadre.meetings.views import Repeat


@dataclass(frozen=True, slots=True)
class When:
    """What was understood. ``days``, ``times``: none where nothing is said, several where it may be any of them.

    ``passed``: a day without a year that was lately, so that it may not be meant for the next year; ``last_day``: of several days on end;
    ``month``: without a day. ``zone``: an IANA name. ``minutes``: how long it takes. ``repeat``: how it comes again. ``in_person``: people
    come to one place, ``place``. ``short``: the zone as it was abbreviated, where that stands for one time of the year. ``rest``: the
    sentence without all this.
    """

    days: tuple[date, ...] = ()
    times: tuple[time, ...] = ()
    zone: str | None = None
    minutes: int | None = None
    rest: str = ""
    passed: date | None = None
    last_day: date | None = None
    month: PartialDate | None = None
    repeat: Repeat | None = None
    in_person: bool = False
    place: str | None = None
    short: places.Short | None = None


def understood(sentence: str, today: date) -> When:
    """What a sentence says. ``today``: where whoever wrote it is; a day without a year is the next one that comes."""
    text = Text(sentence)
    minutes, (zone, short) = times.length(text), places.zone(text)
    in_person = places.in_person(text)
    comes = None if in_person else again.again(text)
    until = again.until(text, today) if comes else None
    many = again.times(text) if comes and not until else None
    long = again.lasts(text) if comes and not until else None
    half, midnight, near = Text(sentence), times.at_midnight(text), relative.around(text)
    said = days.days(text, today, on_end=in_person, weekdays=comes is None or comes.weekday is None)
    begins, lasts = times.times(text)
    place, there = places.place(text) if in_person else (None, None)
    first = _first(comes, said.days or again.since(text, today) if comes else said.days, today)
    if near or ((said.loose or not said.days) and not in_person and relative.left_over(text)):
        first = ()  # "by Tuesday", "Tuesday the week after": what was understood may not be what was meant
    elif midnight and len(first) == 1 and not comes:
        first = (first[0], first[0] + timedelta(days=1))  # at its beginning, or at its end
    if comes and many and len(first) == 1:
        until = again.last(comes, first[0], many)
    elif long and len(first) == 1:
        until = days.months_later(first[0], long[0]) + timedelta(weeks=long[1], days=-1)
    return When(
        days=first,
        times=times.in_its_half(half, begins),
        zone=zone or there,
        minutes=lasts or minutes,
        rest=text.rest(),
        passed=said.passed,
        last_day=said.last,
        month=said.month,
        repeat=Repeat(comes.every, comes.interval, until) if comes else None,
        in_person=in_person,
        place=place,
        short=short,
    )


def _first(comes: again.Again | None, named: tuple[date, ...], today: date) -> tuple[date, ...]:
    """The first days of what comes again: from the day that is named on, or from tomorrow on."""
    if comes is None or not comes.says_when:
        return named
    return tuple(sorted({comes.first(day) for day in named or (today + timedelta(days=1),)}))
