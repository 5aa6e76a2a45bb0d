"""Of meetings, what reminders need to know: on which day, whether it still comes, who is to come; and the word before it begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.rows import by_id, chunks
from cadre.groups.models import Group
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.records import is_over, of_month, one_day
from cadre.meetings.views import IN_PERSON, MEETING
from cadre.notices.rules import Dated, Kind
from cadre.notices.service import tell, touch

COMING: Final = "coming"
"""Those who are invited and have not declined, and who stands in for somebody."""
SOON: Final = timedelta(minutes=15)
"""How long before the beginning those who accepted are told how to join."""
PROMPT: Final = "meeting_soon"
IN_PERSON_AHEAD: Final = "meeting_ahead"
"""Of a meeting in person, eight weeks before."""


def ids(subjects: Iterable[str]) -> list[str]:
    """The meetings that subjects such as ``meeting:3f…`` name."""
    return sorted({subject.partition(":")[2] for subject in subjects})


def _of(kind: str, *, in_person: bool) -> tuple[Callable[[Session, str, int], Sequence[Dated]], Callable[..., Mapping[str, Dated]]]:
    """Meetings to come, after one, in the order of their records; and those asked for. ``in_person``: of these only."""

    def batch(session: Session, after: str, limit: int) -> Sequence[Dated]:
        coming = Meeting.__table__.c.held_last >= clock.today(session) - timedelta(days=1)
        query = select(Meeting).where(Meeting.id > after.partition(":")[2], coming, *_only(in_person))
        return _dated(session, kind, session.scalars(query.order_by(Meeting.id).limit(limit)).all())

    def some(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
        found = [row for row in rows(session, subjects) if row.kind == IN_PERSON or not in_person]
        return {each.subject: each for each in _dated(session, kind, found)}

    return batch, some


def _only(in_person: bool) -> tuple[ColumnElement[bool], ...]:
    return (Meeting.kind == IN_PERSON,) if in_person else ()


def rows(session: Session, subjects: Collection[str]) -> Iterable[Meeting]:
    """Meetings by their subjects; any of them may be gone."""
    return (row for some in chunks(ids(subjects)) for row in session.scalars(select(Meeting).where(Meeting.id.in_(some))))


def _dated(session: Session, kind: str, found: Sequence[Meeting]) -> list[Dated]:
    coming: dict[str, list[str]] = {}
    heard: dict[str, dict[str, datetime]] = {}
    for some in chunks(row.id for row in found):
        for each in session.scalars(select(Invitee).where(Invitee.meeting.in_(some)).order_by(Invitee.id)):
            own = each.answer != "declined"
            whom, since = (each.person, each.told_at) if own else (each.stands_in, each.answered_at)
            if whom:
                coming.setdefault(each.meeting, []).append(whom)
                if since:
                    heard.setdefault(each.meeting, {})[whom] = since
    return [
        Dated(
            kind,
            f"{MEETING}:{row.id}",
            _due(row, kind),
            _settled(session, row) or (None if coming.get(row.id) else "nobody"),
            {COMING: tuple(dict.fromkeys(coming.get(row.id, ())))},
            heard=heard.get(row.id, {}),
        )
        for row in found
    ]


def _due(row: Meeting, kind: str) -> date | None:
    """The day of a meeting; well ahead, that by which one must reckon with it, where only its month is fixed."""
    return of_month(row) if kind == IN_PERSON_AHEAD else one_day(row)


def _settled(session: Session, row: Meeting) -> str | None:
    if row.state == "cancelled":
        return "cancelled"
    return "over" if is_over(session, row) else None


def _names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    found = list(rows(session, subjects))
    groups = by_id(session, Group, {row.group for row in found})
    return {f"{MEETING}:{row.id}": row.title or groups[row.group].name for row in found}


MEETINGS: Final = Kind(MEETING, Message("Upcoming meetings"), *_of(MEETING, in_person=False), _names)
ANNOUNCED: Final = Kind(IN_PERSON_AHEAD, Message("Meetings in person, well ahead"), *_of(IN_PERSON_AHEAD, in_person=True), _names)


def turn(session: Session, day: date) -> None:
    """On a new day: word of meetings of that day and of the two before is drawn anew, which says "tomorrow" or offers to answer.

    Two, because it is still the day before in the west when the new one begins.
    """
    near = day - timedelta(days=2), day
    of_day = or_(Meeting.__table__.c.held_last.between(*near), Meeting.last_day.between(*near))
    for id_ in session.scalars(select(Meeting.id).where(of_day, Meeting.state == "planned")):
        touch(session, MEETING, f"{MEETING}:{id_}")


def prompt(session: Session) -> None:
    """Tell those who accepted, or agreed to come in somebody's place, how to join the meetings that begin within a quarter of an hour.

    Once, at whatever hour that is for them.
    """
    now = clock.now(session)
    soon = Meeting.starts_at > now, Meeting.starts_at <= now + SOON, Meeting.state == "planned"
    for row in session.scalars(select(Meeting).where(*soon, _unprompted()).order_by(Meeting.starts_at).with_for_update(key_share=True)):
        row.prompted_for = row.starts_at
        invited = session.scalars(select(Invitee).where(Invitee.meeting == row.id).order_by(Invitee.id)).all()
        whom = [each.person if each.answer == "accepted" else each.stands_in if each.stand_in_agreed else None for each in invited]
        tell(session, PROMPT, f"{MEETING}:{row.id}", [person for person in whom if person], manner="prompt")


def next_prompt(session: Session) -> datetime | None:
    """When the next of them is due."""
    coming = Meeting.starts_at > clock.now(session), Meeting.state == "planned"
    begins = session.scalar(select(func.min(Meeting.starts_at)).where(*coming, _unprompted()))
    return begins - SOON if begins else None


def _unprompted() -> ColumnElement[bool]:
    return Meeting.prompted_for.is_(None) | (Meeting.prompted_for != Meeting.starts_at)
