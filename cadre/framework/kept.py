"""Snapshots: the framework as it was, whole, and never changed. They are taken by hand, at night after the day of each in-person meeting of
a council, and at night after a day on which something changed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import DEFAULT_ZONE, OPERATOR, Actor
from cadre.framework import reading, rows
from cadre.framework.codec import FORMAT, decoded, encoded
from cadre.framework.facts import MeetingIn, World
from cadre.framework.models import Snapshot
from cadre.framework.sight import sight
from cadre.meetings.models import Meeting
from cadre.oversight.health import just_met
from cadre.oversight.rights import require_secretariat

Why: TypeAlias = Literal["by_hand", "meeting", "nightly"]
_LATELY: Final = 9
"""Of so many snapshots the last ones, that reaching furthest is looked for: one of a meeting may have been taken late, as of its day."""
_M: Final = Meeting.__table__.c
_S: Final = Snapshot.__table__.c


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """A snapshot without what is in it. ``counts``: how much there is of what (``counted``); ``meeting``: at which it was taken."""

    number: int
    day: date
    taken_at: datetime
    why: Why
    by: str
    digest: str
    counts: Mapping[str, int]
    meeting: MeetingIn | None = None

    @property
    def until(self) -> datetime:
        """Up to when it holds what was recorded: to the end of its day, if it was taken after that."""
        return min(self.taken_at, rows.moment_after(self.day))


def take(session: Session, meeting: str | None = None) -> SnapshotFacts:
    """Keep the framework as it is now, for the secretariat. ``meeting``: at which it is taken, as when a review is closed in it.

    Where nothing changed since the last one was taken on this day, for the same, it is given again: so a second click does no harm. Raises
    Forbidden for anyone else, NotFound for a meeting that there is not, Invalid for one that is no council's in person, or was long ago.
    """
    require_secretariat(session, changes.actor(session))
    if meeting is not None:
        _require_lately(session, meeting)
    return taken(session, meeting)


def taken(session: Session, meeting: str | None) -> SnapshotFacts:
    """The same, for whoever calls it: they have seen to who may."""
    _alone(session)
    whole = reading.world(session, clock.today(session), OPERATOR)
    last = next(iter(snapshots(session, limit=1)), None)
    if last and (last.day, last.meeting and last.meeting.id, last.digest) == (whole.day, meeting, _digest(encoded(whole))):
        return last
    return _add(session, whole, f"by_hand:{_next(session)}", why="meeting" if meeting else "by_hand", meeting=meeting)


def _require_lately(session: Session, meeting: str) -> None:
    """The framework of today is not that of a meeting long past."""
    if session.get(Meeting, meeting) is None:
        raise NotFound(meeting)
    if meeting not in {row.id for row in session.execute(just_met(clock.today(session)))}:
        raise Invalid(meeting=Message("A snapshot is taken at a Council's meeting in person on its day, or in the week after."))


def keep(session: Session, day: date) -> int:
    """Take the snapshots that come by themselves: of the in-person meetings of councils, as of the end of their day, up to a week later
    where Cadre did not run then; and one at night, where the framework changed since the last. Gives how many were taken.

    Idempotent, and harmless when two do it at once.
    """
    return _of_meetings(session, day) + _nightly(session, day)


def _of_meetings(session: Session, day: date) -> int:
    there = select(Snapshot.number).where(_S.meeting == _M.id).exists()
    due = session.execute(just_met(day).where(~there, _M.held_last < day)).all()
    if not due:
        return 0
    _alone(session)
    taken = 0
    for row in due:
        occasion = f"meeting:{row.id}"
        if not _is_there(session, occasion):
            whole, now = reading.worlds(session, (row.held_last, day), OPERATOR)
            if row.held_last == day - timedelta(days=1):  # how groups stand has no past: in this night it is as the day left it
                whole = replace(whole, health=now.health)
            _add(session, whole, occasion, why="meeting", meeting=row.id)
            taken += 1
    return taken


def _nightly(session: Session, day: date) -> int:
    """Of what was changed before a day began. What was put back to what it was is no reason for another."""
    began = datetime.combine(day, time.min, ZoneInfo(DEFAULT_ZONE))
    lately = snapshots(session, limit=_LATELY)
    occasion, last = f"nightly:{day.isoformat()}", max(lately, key=lambda each: (each.until, each.number), default=None)
    if _is_there(session, occasion) or not rows.changed(session, last.until if last else None, began):
        return 0
    _alone(session)
    whole = reading.world(session, day, OPERATOR)
    if _is_there(session, occasion) or (last and last.digest == _digest(encoded(whole))):
        return 0
    _add(session, whole, occasion, why="nightly")
    return 1


def snapshots(session: Session, *, meeting: str | None = None, limit: int | None = None) -> tuple[SnapshotFacts, ...]:
    """All snapshots, or those taken at a meeting, the last first, without what is in them. Everybody may know that there are."""
    query = _LISTED.order_by(_S.number.desc()).limit(limit)
    return tuple(map(_facts, session.execute(query.where(_S.meeting == meeting) if meeting else query)))


def snapshot(session: Session, number: int) -> SnapshotFacts:
    """One of them. Raises NotFound."""
    found = session.execute(_LISTED.where(_S.number == number)).one_or_none()
    if found is None:
        raise NotFound(str(number))
    return _facts(found)


def world_of(session: Session, number: int, seen_by: Actor | None = None) -> World:
    """The World that a snapshot holds, as somebody may see it now. Raises NotFound; RuntimeError where its content is not what was kept:
    somebody reached past Cadre into the database. Of its day, its meeting and its moment, the digest says nothing.
    """
    row = session.execute(select(_S.day, _S.digest, _S.content).where(_S.number == number)).one_or_none()
    if row is None:
        raise NotFound(str(number))
    content = zlib.decompress(row.content)
    if _digest(content) != row.digest:
        raise RuntimeError(f"snapshot {number} does not hold what was kept")
    return sight(session, seen_by).seen(decoded(content, row.day, row.day))


def _alone(session: Session) -> None:
    """One takes them at a time, so that each has the next number."""
    session.execute(select(State.id).where(State.id == STATE_ROW).with_for_update())


def _is_there(session: Session, occasion: str) -> bool:
    return session.scalar(select(_S.number).where(_S.occasion == occasion)) is not None


def _next(session: Session) -> int:
    return (session.scalar(select(func.max(_S.number))) or 0) + 1


def _add(session: Session, whole: World, occasion: str, *, why: Why, meeting: str | None = None) -> SnapshotFacts:
    content = encoded(whole)
    row = Snapshot(
        number=_next(session),
        day=whole.day,
        taken_at=clock.now(session),
        why=why,
        occasion=occasion,
        meeting=meeting,
        by=changes.actor(session).label,
        format=FORMAT,
        digest=_digest(content),
        counts=" ".join(f"{name}:{n}" for name, n in counted(whole).items()),
        content=zlib.compress(content),
    )
    session.add(row)
    session.flush()
    return snapshot(session, row.number)


def counted(world: World) -> dict[str, int]:
    """How much a World holds, of what everybody may know."""
    return {
        "groups": sum(not each.is_council for each in world.groups.values()),
        "priorities": len(world.priorities),
        "roles": len(world.posts),
        "decisions": sum(each.confirmed for each in world.decisions.values()),
        "doubts": len(world.doubts),
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_LISTED: Final = select(_S.number, _S.day, _S.taken_at, _S.why, _S.by, _S.digest, _S.counts, Meeting).outerjoin(
    Meeting, Meeting.id == _S.meeting
)


def _facts(row: Row[Any]) -> SnapshotFacts:
    counts = (each.split(":", 1) for each in row.counts.split())
    at = row.Meeting
    return SnapshotFacts(
        number=row.number,
        day=row.day,
        taken_at=row.taken_at,
        why=row.why,
        by=row.by,
        digest=row.digest,
        counts={name: int(n) for name, n in counts},
        meeting=MeetingIn(at.id, at.group, at.kind, at.held, at.title, at.place) if at else None,
    )
