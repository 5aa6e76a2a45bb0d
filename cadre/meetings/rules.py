"""What is so of meetings, on plain data: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cadre.core.bilingual import Bilingual
from cadre.core.calendar import holiday
from cadre.core.errors import Message
from cadre.meetings.series import Series, Wall, days, doubt, instant
from cadre.meetings.views import Answer, Caution
from cadre.people.facts import PersonRef

EARLIEST: Final = time(8)
LATEST: Final = time(17)
"""Hours of the day between which people meet, where each of them lives."""
_SATURDAY: Final = 5
LONGEST: Final = 12 * 60
"""Minutes."""
MOST_DAYS: Final = 31
"""Days of one meeting that are looked at: none takes longer."""
ANNOUNCED: Final = timedelta(weeks=8)
PAPERS: Final = timedelta(weeks=2)
"""How long before a meeting in person it is announced, and its papers are due."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody as the choice of a time concerns them. ``place``: whose days off count; ``zone``: where they live."""

    person: PersonRef
    zone: str
    place: str


def counted(answers: Iterable[Answer]) -> tuple[int, int, int, int]:
    """How many are invited, and accepted, may come, or declined."""
    all_ = list(answers)
    return len(all_), all_.count("accepted"), all_.count("tentative"), all_.count("declined")


def wrong_time(
    day: date | None, at: time | None, zone: str, fold: int | None, minutes: int, *, hourless: bool = False
) -> dict[str, Message]:
    """What cannot be taken of a time, by its field. One that is missing or comes twice is asked about. ``hourless``: it may be open."""
    found: dict[str, Message] = {}
    if day is None:
        found["day"] = Message("Choose a day.")
    if at is None and not hourless:
        found["at"] = Message("Choose a time.")
    if not 0 < minutes <= LONGEST:
        found["minutes"] = Message("Between a minute and twelve hours.")
    if day and at:
        match doubt(Wall(day, at), ZoneInfo(zone)):
            case "missing":
                found["at"] = Message("Clocks go forward that night: this time does not come. Choose another.")
            case "twice" if fold is None:
                found["fold"] = Message("Clocks go back that night: this time comes twice. Choose which of them.")
    return found


def start(day: date, at: time, zone: str, fold: int | None) -> datetime:
    """The instant of a wall time. ``fold``: 1 for the second of two."""
    if fold:
        return datetime.combine(day, at, ZoneInfo(zone)).replace(fold=1).astimezone(UTC)
    return instant(Wall(day, at), ZoneInfo(zone))


def each_day(begins: datetime, zone: str, last: date | None) -> dict[date, datetime]:
    """The days of a meeting, as the clocks of its zone have them, and when it begins on each: at the same wall time."""
    first = begins.astimezone(ZoneInfo(zone))
    more = min((last - first.date()).days, MOST_DAYS) if last else 0
    return {(day := first + timedelta(days=n)).date(): day.astimezone(UTC) for n in range(max(more, 0) + 1)}


def cautions(begins: datetime, minutes: int, attendees: Sequence[Attendee]) -> tuple[Caution, ...]:
    """Holidays, weekends and odd hours of those who are to come, each told once with all whom it concerns. ``begins``: UTC."""
    off: dict[str, tuple[Bilingual, list[PersonRef]]] = {}
    odd: dict[tuple[datetime, bool], list[PersonRef]] = {}
    weekend: dict[date, list[PersonRef]] = {}
    for each in attendees:
        local = begins.astimezone(ZoneInfo(each.zone))
        ends = (begins + timedelta(minutes=minutes)).astimezone(ZoneInfo(each.zone))
        english, french = holiday(local.date(), each.place, "en"), holiday(local.date(), each.place, "fr")
        if english and french:
            off.setdefault(english, (Bilingual(english, french), []))[1].append(each.person)
        if local.weekday() >= _SATURDAY:
            weekend.setdefault(local.date(), []).append(each.person)
        if local.time() < EARLIEST or local.time() >= LATEST:
            odd.setdefault((local.replace(tzinfo=UTC), False), []).append(each.person)  # as the wall shows it, wherever that is
        elif ends.time() > LATEST or ends.date() != local.date():
            odd.setdefault((ends.replace(tzinfo=UTC), True), []).append(each.person)
    holidays = (Caution("holiday", tuple(people), holiday=name) for name, people in off.values())
    hours = (Caution("odd", tuple(people), local=local, ends=ends) for (local, ends), people in sorted(odd.items()))
    weekends = (Caution("weekend", tuple(people), local=datetime.combine(day, time(), UTC)) for day, people in sorted(weekend.items()))
    return (*holidays, *weekends, *hours)


def drifts(rule: Series, last: date, zone: str) -> tuple[datetime, ...]:
    """The instants of a series up to a last day from which on it is at another time of day in a zone than before."""
    found: list[datetime] = []
    before: time | None = None
    for day in days(rule, rule.first, last):
        begins = instant(Wall(day, rule.at), ZoneInfo(rule.zone))
        at = begins.astimezone(ZoneInfo(zone)).time()
        if before not in (None, at):
            found.append(begins)
        before = at
    return tuple(found)


def together(found: Mapping[date, Sequence[Caution]]) -> tuple[Caution, ...]:
    """Of a series: what speaks against each of its days (as the meeting's zone has them), told once with all days on which it is so.

    A holiday of several places is one: it concerns all who live in any of them.
    """
    people: dict[tuple[object, ...], dict[PersonRef, None]] = {}
    first: dict[tuple[object, ...], Caution] = {}
    when: dict[tuple[object, ...], dict[date, None]] = {}
    for day, cautions_ in found.items():
        for each in cautions_:
            of = _alike(each)
            first.setdefault(of, each)
            people.setdefault(of, {}).update(dict.fromkeys(each.people))
            when.setdefault(of, {})[day] = None
    return tuple(replace(each, people=tuple(people[of]), days=tuple(when[of])) for of, each in first.items())


def _alike(each: Caution) -> tuple[object, ...]:
    """What two cautions have to share to be told as one."""
    match each.kind:
        case "holiday":
            return each.kind, each.holiday
        case "weekend":
            return each.kind, each.local and each.local.weekday(), each.people
        case "odd":
            return each.kind, each.local and each.local.time(), each.ends, each.people
    return each.kind, each.other and (each.other.title, each.other.group), each.people
