"""New time-zone data: meetings keep what the wall shows, and those whose instant moves by it are told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.meetings import rules
from cadre.meetings.models import Meeting
from cadre.meetings.records import raise_revision, tell


def recompute(session: Session, day: date) -> list[str]:
    """Derive the instants of coming meetings anew by the zone data in use; gives those that moved. ``day``: the new day that it is done on.

    What the clock on the wall shows stays: for people elsewhere the time is another, and they are told.
    """
    moved: list[str] = []
    coming = Meeting.starts_at > clock.now(session), Meeting.state == "planned"
    query = select(Meeting).where(*coming).order_by(Meeting.id).with_for_update().execution_options(populate_existing=True)
    for row in session.scalars(query):
        if not (row.held and row.at and row.zone and row.starts_at):
            continue
        begins = rules.start(row.held.first, row.at, row.zone, row.fold)
        if begins != row.starts_at:
            was, row.starts_at = row.starts_at, begins
            raise_revision(session, row)
            tell(session, row, "meeting_shifted", {"was": was.isoformat()})
            moved.append(row.id)
    return moved
