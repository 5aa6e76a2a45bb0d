"""New time-zone data: meetings keep what the wall shows where they are held, and whoever's clock shows another time by it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.rows import by_id, chunks
from cadre.meetings import rules
from cadre.meetings.models import Invitee, Meeting, Series, ZoneOffsets
from cadre.meetings.records import raise_revision, tell, touched
from cadre.notices.recipients import recipients

_AHEAD: Final = 800
"""Days for which the offsets of a zone are remembered: longer than meetings are arranged ahead."""

_Offsets = Mapping[date, timedelta]
"""From which day on which offset from UTC counts, the earliest first."""


@dataclass
class _Moved:
    """Meetings of one series, or one meeting, that are at another time for the same people, by the same shift."""

    first: Meeting
    was: datetime
    persons: frozenset[str]
    later: int = field(default=0)


def recompute(session: Session, day: date) -> list[str]:
    """Derive the instants of coming meetings anew by the zone data in use; gives the meetings of which somebody's time moved. ``day``: the
    new day that it is done on.

    What the wall shows where a meeting is held stays. People elsewhere are told where their own clock shows another time for it than
    before: because the instant moved, or because their zone did. Of a series they are told once.
    """
    coming = Meeting.starts_at > clock.now(session), Meeting.state == "planned"
    theirs = Series.id.in_(select(Meeting.series).where(*coming))
    session.execute(select(Series.id).where(theirs).order_by(Series.id).with_for_update())  # before their meetings, as whoever changes one
    query = select(Meeting).where(*coming).order_by(Meeting.starts_at, Meeting.id).with_for_update(key_share=True)
    rows = [row for row in session.scalars(query.execution_options(populate_existing=True)) if row.held and row.at and row.zone]
    people = _people(session, rows)
    zones = {id_: each.zone for id_, each in recipients(session, {person for whom in people.values() for person in whom}).items()}
    known, fresh = _remembered(session, zones.values()), {zone: offsets(zone, day) for zone in set(zones.values())}
    told: dict[tuple[object, timedelta, frozenset[str]], _Moved] = {}
    moved: list[str] = []
    for row in rows:
        was, now = _again(session, row)
        shifts: dict[timedelta, set[str]] = {}
        for person in people[row.id]:
            zone = zones.get(person)
            if zone and zone != row.zone and (shift := _wall(now, fresh[zone]) - _wall(was, known.get(zone, fresh[zone]))):
                shifts.setdefault(shift, set()).add(person)
        for shift, persons in shifts.items():
            same = told.setdefault((row.series or row.id, shift, frozenset(persons)), _Moved(row, now - shift, frozenset(persons), -1))
            same.later += 1
        if shifts:
            moved.append(row.id)
    for each in told.values():
        detail = {"was": each.was.isoformat(), "later": each.later} | ({"series": each.first.series} if each.later else {})
        tell(session, each.first, "meeting_shifted", detail, only=sorted(each.persons))
    _remember(session, known, fresh)
    return moved


def offsets(zone: str, day: date) -> _Offsets:
    """The offsets of a zone from a day on, by the zone data in use: at noon UTC, when the clocks of that day have changed."""
    found: dict[date, timedelta] = {}
    last, there = None, ZoneInfo(zone)
    for each in (day - timedelta(days=1) + timedelta(days=n) for n in range(_AHEAD)):
        offset = datetime.combine(each, time(12), UTC).astimezone(there).utcoffset()
        if offset is not None and offset != last:
            found[each] = last = offset
    return found


def _people(session: Session, rows: Collection[Meeting]) -> dict[str, list[str]]:
    """Who is invited to each and has not declined, or comes in somebody's place."""
    found: dict[str, list[str]] = {row.id: [] for row in rows}
    for some in chunks(found):
        for each in session.scalars(select(Invitee).where(Invitee.meeting.in_(some)).order_by(Invitee.id)):
            comes = each.stands_in if each.answer == "declined" else each.person
            found[each.meeting] += [comes] if comes else []
    return found


def _again(session: Session, row: Meeting) -> tuple[datetime, datetime]:
    """When a meeting began by the zone data before, and begins now."""
    assert row.held
    assert row.at
    assert row.zone
    assert row.starts_at
    was, now = row.starts_at, rules.start(row.held.first, row.at, row.zone, row.fold)
    if was != now:
        row.starts_at = now
        raise_revision(session, row)
        touched(session, row)
    return was, now


def _wall(at: datetime, offsets_: _Offsets) -> datetime:
    """What a clock shows at an instant, as if that were UTC."""
    before = [offset for since, offset in offsets_.items() if since <= at.astimezone(UTC).date()]
    return at + (before[-1] if before else next(iter(offsets_.values())))


def _remembered(session: Session, zones: Collection[str]) -> dict[str, _Offsets]:
    """The offsets by which people were told last."""
    found = by_id(session, ZoneOffsets, set(zones))
    return {zone: dict(_parsed(row.offsets)) for zone, row in found.items()}


def _parsed(text: str) -> list[tuple[date, timedelta]]:
    parts = (each.split(" ") for each in text.split(";"))
    return [(date.fromisoformat(day), timedelta(seconds=int(seconds))) for day, seconds in parts]


def _remember(session: Session, known: Mapping[str, _Offsets], fresh: Mapping[str, _Offsets]) -> None:
    for zone, found in fresh.items():
        if known.get(zone) != found:
            text = ";".join(f"{day.isoformat()} {int(offset.total_seconds())}" for day, offset in found.items())
            session.merge(ZoneOffsets(id=zone, offsets=text))
    session.flush()
