"""What whoever chooses a time should know: holidays, odd hours, and who is asked to another meeting then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.meetings import rules
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.reading import ends_at, meeting_facts
from cadre.meetings.rules import Attendee
from cadre.meetings.views import Caution
from cadre.notices.recipients import recipients
from cadre.people.facts import PersonRef

_LONGEST = timedelta(days=1)


def attendees(session: Session, persons: Sequence[str]) -> tuple[Attendee, ...]:
    """People as the choice of a time concerns them, in their order."""
    found = recipients(session, persons)
    return tuple(Attendee(PersonRef(id_, found[id_].name), found[id_].zone, found[id_].place) for id_ in persons if id_ in found)


def cautions(
    session: Session, begins: datetime, minutes: int, persons: Sequence[str], *, besides: str | None = None
) -> tuple[Caution, ...]:
    """All that speaks against a time. ``begins``: UTC; ``besides``: the meeting itself, where it is there already."""
    return (*rules.cautions(begins, minutes, attendees(session, persons)), *_clashes(session, begins, minutes, persons, besides))


def cautions_at(session: Session, times: Sequence[datetime], minutes: int, persons: Sequence[str]) -> dict[datetime, tuple[Caution, ...]]:
    """The same of several times, for the same people."""
    who = attendees(session, persons)
    return {
        begins: (*rules.cautions(begins, minutes, who), *_clashes(session, begins, minutes, persons, None))
        for begins in dict.fromkeys(times)
    }


def _clashes(session: Session, begins: datetime, minutes: int, persons: Sequence[str], besides: str | None) -> list[Caution]:
    """Other meetings at that time to which the same people are asked, but for those who declined."""
    ends = begins + timedelta(minutes=minutes)
    near = Meeting.starts_at > begins - _LONGEST, Meeting.starts_at < ends, Meeting.state == "planned", Meeting.id != (besides or "")
    rows = [row for row in session.scalars(select(Meeting).where(*near).order_by(Meeting.starts_at)) if (ends_at(row) or begins) > begins]
    asked: dict[str, list[str]] = {}
    query = select(Invitee.meeting, Invitee.person).where(Invitee.meeting.in_([row.id for row in rows]), Invitee.answer != "declined")
    for meeting, person in session.execute(query.where(Invitee.person.in_(persons))) if rows else ():
        asked.setdefault(meeting, []).append(person)
    names = recipients(session, {person for people in asked.values() for person in people})
    return [
        Caution("clash", tuple(PersonRef(id_, names[id_].name) for id_ in sorted(asked[row.id])), other=meeting_facts(row))
        for row in rows
        if row.id in asked
    ]
