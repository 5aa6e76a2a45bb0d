"""A teleconference of the Demonstration Council's working group, some days ahead: all of it is invented, to show Cadre with."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import working_day_after
from cadre.core.dates import PartialDate
from cadre.core.reader import DEFAULT_ZONE
from cadre.meetings import rules
from cadre.meetings.arranging import invited
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.views import TELECONFERENCE, MeetingForm

GROUP: Final = "demo-beehives"
MEETING: Final = "demo-beehives-call"
_AHEAD: Final = timedelta(days=12)
_PLACE: Final = "ON"


def populate(session: Session, day: date) -> None:
    """Give the working group on beehives a teleconference to which nobody has answered. To be called once, after its registry file."""
    on, at = working_day_after(day + _AHEAD, _PLACE), time(13)
    row = Meeting(id=MEETING, kind=TELECONFERENCE, group=GROUP, state="planned", revision=0, fold=0)
    row.title = Bilingual("Spring honey", "Miel de printemps")
    row.held, row.at, row.zone, row.minutes = PartialDate.parse(on.isoformat()), at, DEFAULT_ZONE, 60
    row.starts_at = rules.start(on, at, DEFAULT_ZONE, None)
    row.link, row.joining = "https://meet.example.org/beehives", "1 555 010-0199, 4242#"
    session.add(row)
    session.flush()
    for person, must in invited(session, MeetingForm(GROUP)).items():
        session.add(Invitee(meeting=row.id, person=person, must=must, answer="", told_at=clock.now(session)))
