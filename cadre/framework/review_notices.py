"""Of reviews, what reminders need to know: before which meeting, of whom something is still asked; and what a new day brings about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import by_id, chunks
from cadre.framework.models import Review, ReviewPacket
from cadre.framework.review import AHEAD, ASKED, MOVED, OPENED, ask_all, end, forgotten, touch_all
from cadre.framework.review_facts import OPEN, PACKET
from cadre.framework.review_reading import view
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.groups.rights import OVER
from cadre.meetings.models import Meeting
from cadre.meetings.records import is_over, one_day
from cadre.meetings.views import IN_PERSON, MEETING
from cadre.notices.rules import SECRETARIAT, Dated, Kind
from cadre.notices.service import RENEWED, announce_each, secretariat, told_last
from cadre.workplans.reading import meeting_name

ROLE: Final = "asked"
"""Of whom something is asked, in the ladder."""
_ROWS: Final = select(ReviewPacket, Review).join(Review, Review.id == ReviewPacket.review)


def _packets(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The packets of open reviews after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    query = _ROWS.where(ReviewPacket.id > first, Review.state == OPEN).order_by(ReviewPacket.id).limit(limit)
    return _dated(session, session.execute(query).all())


def _some_packets(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated(session, _found(session, subjects))}


def _found(session: Session, subjects: Collection[str]) -> list[tuple[ReviewPacket, Review]]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    return [(packet, row) for some in chunks(ids) for packet, row in session.execute(_ROWS.where(ReviewPacket.id.in_(some)))]


def _dated(session: Session, rows: Iterable[tuple[ReviewPacket, Review]]) -> list[Dated]:
    """Due on the day of the meeting; settled once nothing is open, whoever answered it."""
    found = list(rows)
    views = {row.id: view(session, row) for _, row in found if row.state == OPEN}
    told = told_last(session, (OPENED, ASKED), {f"{PACKET}:{packet.id}" for packet, _ in found})
    dated = []
    for packet, row in found:
        subject = f"{PACKET}:{packet.id}"
        still = row.id in views and any(line.open for line in views[row.id].of(packet.person))
        settled = None if still else "answered" if row.state == OPEN else row.state
        dated.append(Dated(PACKET, subject, row.day, settled, {ROLE: (packet.person,)}, heard=told.get(subject, {})))
    return dated


def _packet_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    found = _found(session, subjects)
    meetings = by_id(session, Meeting, {row.meeting for _, row in found})
    return {f"{PACKET}:{packet.id}": _name(meetings[row.meeting]) for packet, row in found}


def _name(meeting: Meeting) -> Bilingual:
    told = meeting_name(meeting)
    return Bilingual(f"Review before the meeting: {told.en}", f"Examen avant la réunion\u00a0: {told.fr}")


def _of_councils() -> Select[Any]:
    councils = select(Group.id).where(Group.kind.in_(sorted(COUNCILS)))
    return select(Meeting).where(Meeting.kind == IN_PERSON, Meeting.group.in_(councils)).order_by(Meeting.id)


def _ahead(session: Session, after: str, limit: int) -> Sequence[Dated]:
    coming = Meeting.__table__.c.held_last >= clock.today(session)
    rows = session.scalars(_of_councils().where(Meeting.id > after.partition(":")[2], coming).limit(limit)).all()
    return _dated_ahead(session, rows)


def _some_ahead(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    rows = [row for some in chunks(ids) for row in session.scalars(_of_councils().where(Meeting.id.in_(some)))]
    return {each.subject: each for each in _dated_ahead(session, rows)}


def _dated_ahead(session: Session, rows: Sequence[Meeting]) -> list[Dated]:
    there = set(session.scalars(select(Review.meeting).where(Review.meeting.in_([row.id for row in rows]))))
    officers = {SECRETARIAT: secretariat(session)} if rows else {}
    dated = []
    for row in rows:
        settled = "cancelled" if row.state == "cancelled" else "over" if is_over(session, row) else "opened" if row.id in there else None
        dated.append(Dated(AHEAD, f"{MEETING}:{row.id}", one_day(row), settled, officers))
    return dated


def _ahead_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    found = by_id(session, Meeting, {subject.partition(":")[2] for subject in subjects})
    return {f"{MEETING}:{id_}": _name(row) for id_, row in found.items()}


PACKETS: Final = Kind(PACKET, Message("Reviews before meetings in person"), _packets, _some_packets, _packet_names)
PROPOSALS: Final = Kind(AHEAD, Message("Reviews that can be opened"), _ahead, _some_ahead, _ahead_names)
KINDS: Final = (PACKETS, PROPOSALS)


def follow(session: Session, day: date) -> int:
    """What a new day, or a change of the registry, brings about for open reviews: they go with their meeting where it is moved, end with
    it where it is cancelled or its council is no more, and are closed the day after it where nobody did; who came into a role is asked.
    Idempotent. Gives how many reviews are open.
    """
    query = select(Review).where(Review.state == OPEN).order_by(Review.id).with_for_update(skip_locked=True)
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    for row in rows:
        _follow(session, row)
    return len(rows)


def _follow(session: Session, row: Review) -> None:
    meeting = session.get_one(Meeting, row.meeting)
    if meeting.state == "cancelled" or session.get_one(Group, meeting.group).state == OVER:
        return end(session, row)
    last = meeting.last_day or (meeting.held.last if meeting.held else None)
    if last and last < clock.today(session, meeting.zone or DEFAULT_ZONE):
        return forgotten(session, row)
    if (now := one_day(meeting)) != row.day:
        row.day = now
        session.flush()
        found = view(session, row)
        told = [(each.id, f"{PACKET}:{found.packets[each.id]}") for each in found.silent if each.id in found.packets]
        announce_each(session, MOVED, told, {RENEWED: True})
        touch_all(session, row.id)
    ask_all(session, row)
    return None
