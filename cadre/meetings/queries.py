"""What somebody may read of meetings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.groups.models import Group
from cadre.meetings import reading
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.rights import INVITED, arranged_by, may_arrange, meeting_row
from cadre.meetings.views import InviteeFacts, MeetingView
from cadre.people import holders
from cadre.people import service as people

PAST: Final = 100
"""Meetings that were, on one page: the latest."""
_DAY: Final = timedelta(days=1)
"""On either side, for zones elsewhere."""
_M: Final = Meeting.__table__.c
_OVER = "sunset"


def meeting(session: Session, id_: str, seen_by: Actor) -> MeetingView:
    """One meeting. Raises NotFound."""
    return reading.load_one(session, meeting_row(session, id_), seen_by)


def upcoming(session: Session, seen_by: Actor, *, group: str | None = None) -> tuple[MeetingView, ...]:
    """The meetings that are to come or go on, the next first."""
    rows = coming_rows(session, Meeting.state == "planned", *((Meeting.group == group,) if group else ()))
    return reading.load(session, rows, seen_by)


def past(session: Session, seen_by: Actor) -> tuple[MeetingView, ...]:
    """The meetings that are over, the last first; of those that were cancelled, none."""
    return reading.load(session, past_rows(session), seen_by)


def coming_rows(session: Session, *where: ColumnElement[bool]) -> list[Meeting]:
    """Those that are not over at this moment, the next first; those that were cancelled too."""
    now, since = clock.now(session), clock.today(session) - _DAY
    found = session.scalars(select(Meeting).where(or_(_M.held_last >= since, _M.last_day >= since), *where))
    return sorted((row for row in found if not _is_over(row, now)), key=order)


def past_rows(session: Session, *where: ColumnElement[bool]) -> list[Meeting]:
    """Those that are over at this moment, the last first, so many as a page shows; of those that were cancelled, none."""
    now, query = clock.now(session), select(Meeting).where(Meeting.state == "planned", *where)
    found = session.scalars(query.where(_M.held_first <= clock.today(session) + _DAY).order_by(_M.held_last.desc()).limit(PAST))
    return sorted((row for row in found if _is_over(row, now)), key=order, reverse=True)


def _is_over(row: Meeting, now: datetime) -> bool:
    ends = reading.ends_at(row)
    return ends is not None and ends <= now


def order(row: Meeting) -> tuple[date, bool, str, str]:
    """By the day; on one day those whose time is known first."""
    return (row.held.first if row.held else date.max, row.starts_at is None, str(row.starts_at), row.id)


def of_series(session: Session, id_: int, seen_by: Actor) -> tuple[MeetingView, ...]:
    """All of a series, in their order: those that were, and those that were cancelled, too. Raises NotFound."""
    rows = session.scalars(select(Meeting).where(Meeting.series == id_).order_by(Meeting.occurrence)).all()
    if not rows:
        raise NotFound(str(id_))
    return reading.load(session, rows, seen_by)


def invitees(session: Session, id_: str, seen_by: Actor) -> tuple[InviteeFacts, ...]:
    """Who is invited and comes. Raises NotFound; Forbidden for whoever is neither invited nor may arrange it."""
    row = meeting_row(session, id_)
    found = reading.invitees(session, Invitee.meeting == id_)
    inside = {each.person.id for each in found} | {each.stands_in.id for each in found if each.stands_in}
    if seen_by.person not in inside and not may_arrange(session, row.group, seen_by):
        raise Forbidden("invited")
    return found


def participants(session: Session, group: str) -> tuple[str, ...]:
    """Whom a meeting of a group is for: everybody who is confirmed in it."""
    held = [each for each in holders.of_groups(session, [group]) if each.role in INVITED]
    return tuple(dict.fromkeys(each.person.id for each in held))


def groups(session: Session, seen_by: Actor) -> tuple[tuple[str, Bilingual], ...]:
    """The groups whose meetings somebody may arrange, by their id and name."""
    rows = session.scalars(select(Group).order_by(Group.id)).all()
    everywhere = people.is_secretariat(session, seen_by)
    own = arranged_by(session, seen_by)
    return tuple((row.id, row.name) for row in rows if row.state != _OVER and (everywhere or row.id in own))
