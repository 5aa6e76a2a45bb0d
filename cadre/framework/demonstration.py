"""Who is invited to the next in-person meeting of the Demonstration Council, whose review asks them whether they come: all invented."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.framework.review_survey import survey
from cadre.meetings.models import Meeting
from cadre.meetings.records import invite

MEETING: Final = "demo-coming"


def populate(session: Session) -> None:
    """Invite those who lead something or speak for a seat; nobody has answered. To be called once, after the registry file."""
    row = session.get_one(Meeting, MEETING)
    known = survey(session, row, clock.now(session)).known
    people = [*(person for those in known.leaders.values() for person in those), *known.speakers]
    invite(session, row, dict.fromkeys(people, False))
