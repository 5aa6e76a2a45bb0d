"""Gaps of the Demonstration Council, and how its groups stood when it last met: all of it is invented, to show Cadre with."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.models import Provenance
from cadre.meetings.models import Meeting
from cadre.oversight import editions
from cadre.oversight.health import IN_PERSON, kept
from cadre.oversight.models import GapEdition, HealthKept
from cadre.oversight.reading import picture
from cadre.priorities.models import Alignment

COUNCIL: Final = "demo-council"
_SOURCE: Final = "demonstration"
_BY: Final = "Jordan Wrenwood"
_ALIGNED: Final = (
    ("demo-toboggans", "demo-canoes", Bilingual("A toboggan is a canoe for the snow.", "Un toboggan est un canot pour la neige.")),
    (
        "demo-beehives",
        "demo-lanterns",
        Bilingual("Beeswax makes the candles of the demonstration lanterns.", "La cire d'abeille fait les bougies des lanternes."),
    ),
)
"""A priority that only a dormant group works on; two groups that share people and a priority."""


def populate(session: Session, day: date) -> None:
    """Give the Demonstration Council an edition of before, two alignments since, and a meeting to compare with. To be called once, last."""
    made = session.get_one(GapEdition, editions.finish(session, editions.begin(session).id).id)
    made.made_by = made.settled_by = _BY
    for group, priority, why in _ALIGNED:
        row = Alignment(id=f"{group}.{priority}", group=group, priority=priority, strength="supports")
        row.rationale = why
        session.add(row)
        session.add(Provenance(subject="alignment", subject_id=row.id, field="record", source=_SOURCE, standing="stated"))
    session.flush()
    _kept(session, day)


def _kept(session: Session, day: date) -> None:
    """How the groups stood at the last meeting in person: no meeting of any of them was planned yet."""
    rows = session.scalars(select(Meeting).where(Meeting.group == COUNCIL, Meeting.kind == IN_PERSON))
    days = [(row.held.last, row.id) for row in rows if row.held and row.held.first == row.held.last]
    if past := [each for each in days if each[0] < day]:
        on, meeting = max(past)
        then = [each | {"day": on} for each in kept(picture(session, day), meeting, COUNCIL)]
        for each in then:
            each["states"] = str(each["states"]).replace("meetings:fulfilled", "meetings:to_complete")
        session.execute(insert(HealthKept), then)
