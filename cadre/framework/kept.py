"""Snapshots: the framework as it was, whole, and never changed. They are taken by hand, at each in-person meeting of a council, and at
night after a day on which something changed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import NotFound
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


def take(session: Session, meeting: str | None = None) -> SnapshotFacts:
    """Keep the framework as it is now, for the secretariat. ``meeting``: at which it is taken, as when a review is closed in it.

    Where nothing changed since the last one was taken on this day, for the same, it is given again: so a second click does no harm. Raises
    Forbidden for anyone else, NotFound for a meeting that there is not.
    """
    require_secretariat(session, changes.actor(session))
    if meeting is not None and session.get(Meeting, meeting) is None:
        raise NotFound(meeting)
    _alone(session)
    whole = reading.world(session, clock.today(session), OPERATOR)
    last = next(iter(snapshots(session, limit=1)), None)
    if last and (last.day, last.meeting and last.meeting.id, last.digest) == (whole.day, meeting, _digest(encoded(whole))):
        return last
    return _add(session, whole, f"by_hand:{_next(session)}", why="meeting" if meeting else "by_hand", meeting=meeting)


def keep(session: Session, day: date) -> int:
    """Take the snapshots that come by themselves: of the in-person meetings of councils, as of their day, up to a week later where Cadre
    did not run on it; and one at night, where the framework changed since the last. Gives how many were taken.

    Idempotent, and harmless when two do it at once.
    """
    return _of_meetings(session, day) + _nightly(session, day)


def _of_meetings(session: Session, day: date) -> int:
    there = select(Snapshot.number).where(_S.meeting == _M.id).exists()
    due = session.execute(just_met(day).where(~there)).all()
    if not due:
        return 0
    _alone(session)
    taken = 0
    for row in due:
        occasion = f"meeting:{row.id}"
        if not _is_there(session, occasion):
            whole = reading.world(session, row.held_last, OPERATOR)
            _add(session, whole, occasion, why="meeting", meeting=row.id)
            taken += 1
    return taken


def _nightly(session: Session, day: date) -> int:
    """Of what was changed before a day began. What was put back to what it was is no reason for another."""
    began = datetime.combine(day, time.min, ZoneInfo(DEFAULT_ZONE))
    occasion, last = f"nightly:{day.isoformat()}", next(iter(snapshots(session, limit=1)), None)
    if _is_there(session, occasion) or not rows.changed(session, last.taken_at if last else None, began):
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
    """The World that a snapshot holds, as somebody may see it now. Raises NotFound; RuntimeError where it is not what was kept: somebody
    reached past Cadre into the database.
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
