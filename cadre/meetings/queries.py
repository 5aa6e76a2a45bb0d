"""What somebody may read of meetings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
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

_OVER = "sunset"


def meeting(session: Session, id_: str, seen_by: Actor) -> MeetingView:
    """One meeting. Raises NotFound."""
    return reading.load_one(session, meeting_row(session, id_), seen_by)


def upcoming(session: Session, seen_by: Actor, *, group: str | None = None, until: datetime | None = None) -> tuple[MeetingView, ...]:
    """The meetings that are to come, the next first; those in person without a day after the last day that they may be on."""
    now, today = clock.now(session), clock.today(session)
    query = select(Meeting).where(Meeting.state == "planned", Meeting.__table__.c.held_last >= today)
    if group:
        query = query.where(Meeting.group == group)
    rows = [row for row in session.scalars(query) if reading.ends_at(row) is None or (reading.ends_at(row) or now) > now]
    if until:
        rows = [row for row in rows if row.starts_at is None or row.starts_at <= until]
    rows.sort(key=lambda row: (row.held.first if row.held else today, row.starts_at or now, row.id))
    return reading.load(session, rows, seen_by)


def past(session: Session, seen_by: Actor, limit: int = 100) -> tuple[MeetingView, ...]:
    """The meetings that are over, the last first; of those that were cancelled, none."""
    now, today = clock.now(session), clock.today(session)
    held = Meeting.__table__.c.held_first
    query = select(Meeting).where(Meeting.state == "planned", held <= today).order_by(held.desc(), Meeting.starts_at.desc(), Meeting.id)
    rows = [row for row in session.scalars(query.limit(limit)) if (reading.ends_at(row) or now) <= now and not _goes_on(row, today)]
    return reading.load(session, rows, seen_by)


def of_series(session: Session, id_: int, seen_by: Actor) -> tuple[MeetingView, ...]:
    """All of a series, in their order: those that were, and those that were cancelled, too. Raises NotFound."""
    rows = session.scalars(select(Meeting).where(Meeting.series == id_).order_by(Meeting.occurrence)).all()
    if not rows:
        raise NotFound(str(id_))
    return reading.load(session, rows, seen_by)


def _goes_on(row: Meeting, today: date) -> bool:
    """Whether a meeting whose time is not known is not over for certain."""
    return row.starts_at is None and row.held is not None and row.held.last >= today


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
