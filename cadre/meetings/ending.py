"""A group that meets no more: its meetings to come are cancelled, its series end, its polls close. Everybody is told once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.meetings import polling, repeating
from cadre.meetings.models import Meeting, Poll, Series
from cadre.meetings.queries import coming_rows
from cadre.meetings.records import is_over, raise_revision, tell


def ahead(session: Session, group: str) -> tuple[Meeting, ...]:
    """The meetings of a group that are planned and have not begun, the next first."""
    rows = coming_rows(session, Meeting.group == group, Meeting.state == "planned")
    return tuple(row for row in rows if not is_over(session, row))


def polls(session: Session, group: str) -> Sequence[Poll]:
    """The polls of a group that are open."""
    return session.scalars(select(Poll).where(Poll.group == group, Poll.state == "open").order_by(Poll.id)).all()


def stop(session: Session, group: str, why: Bilingual | None) -> None:
    """Cancel all that a group has ahead. Whoever calls this has seen to who may. ``why``: told with each cancellation."""
    told: set[str] = set()
    for series in session.scalars(select(Series).where(Series.group == group, Series.state == "going").order_by(Series.id)).all():
        coming = next((row for row in ahead(session, group) if row.series == series.id), None)
        if coming is None:
            series.state = "ended"
            continue
        for row in repeating.end(session, coming):
            row.reason = why
            told |= {*tell(session, row, "meeting_cancelled", {"onwards": True}, besides=told)}
    for row in ahead(session, group):
        row.state, row.reason = "cancelled", why
        raise_revision(session, row)
        told |= {*tell(session, row, "meeting_cancelled", {}, besides=told)}
    for poll in polls(session, group):
        polling.close(session, poll.id)
