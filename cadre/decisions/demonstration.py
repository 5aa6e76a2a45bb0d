"""A question to the Demonstration Council, ready to be opened: all of it is invented, to show Cadre with."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import moment
from cadre.core.reader import DEFAULT_ZONE
from cadre.decisions.models import Question, QuestionItem, QuestionSeat
from cadre.decisions.putting import read_speakers
from cadre.people import seating
from cadre.people.models import Person

COUNCIL: Final = "demo-council"
_SECRETARIAT: Final = "jordan-wrenwood"
_OPENS: Final = timedelta(days=2)
_LASTS: Final = timedelta(days=14)
_ITEMS: Final = (
    Bilingual(
        "The Demonstration Toboggans Committee is woken before the first storm, and inspects every hill.",
        "Le Comité de démonstration sur les toboggans est réveillé avant la première tempête et inspecte chaque colline.",
    ),
    Bilingual(
        "The Demonstration Quilts Community of Practice shares its patterns with the working groups.",
        "La Communauté de pratique de démonstration sur les courtepointes partage ses patrons avec les groupes de travail.",
    ),
)


def populate(session: Session, day: date) -> None:
    """Give the Demonstration Council a draft of a question that wants nothing but to be opened. To be called once, after its registry
    file.
    """
    row = Question(
        council=COUNCIL,
        opens_at=moment(day + _OPENS, time(9), DEFAULT_ZONE),
        closes_at=moment(day + _OPENS + _LASTS, time(17), DEFAULT_ZONE),
        made_at=clock.now(session),
        made_by=session.scalars(select(Person.name).where(Person.id == _SECRETARIAT)).one(),
    )
    row.title = Bilingual("Winter of the demonstration groups", "L'hiver des groupes de démonstration")
    row.background = Bilingual(
        "Snow is forecast. The Council is asked what its groups do about it.",
        "On annonce de la neige. Le Conseil est invité à dire ce que ses groupes en font.",
    )
    session.add(row)
    session.flush()
    session.add_all(QuestionItem(question=row.id, number=n, wording=wording) for n, wording in enumerate(_ITEMS, start=1))
    session.add_all(QuestionSeat(question=row.id, jurisdiction=place) for place, _speakers in seating.standing(session, COUNCIL))
    session.flush()
    read_speakers(session, row)
