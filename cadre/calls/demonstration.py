"""A call of the Demonstration Council, ready to be opened: all of it is invented, to show Cadre with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.models import Call, CallChair
from cadre.calls.rules import WORKING_GROUP
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import moment
from cadre.core.dates import PartialDate
from cadre.core.reader import DEFAULT_ZONE
from cadre.people.models import Jurisdiction, Person

COUNCIL: Final = "demo-council"
_PRIORITY: Final = "demo-canoes"
_CHAIR: Final = "camille-clairval"
_SECRETARIAT: Final = "jordan-wrenwood"
_OPENS: Final = timedelta(days=1)
_LASTS: Final = timedelta(days=21)


def populate(session: Session, day: date, channels: Iterable[str] = ()) -> None:
    """Give the Demonstration Council a draft of a call that wants nothing but to be opened. To be called once, after its registry file.

    ``channels``: in which it is posted then.
    """
    invited = session.scalars(select(Jurisdiction.id).where(Jurisdiction.id.startswith("demo-")).order_by(Jurisdiction.id)).all()
    row = Call(
        state="draft",
        priority=_PRIORITY,
        group_kind=WORKING_GROUP,
        owner=COUNCIL,
        seats=6,
        seats_each=2,
        public=True,
        councils=COUNCIL,
        jurisdictions=" ".join(invited),
        channels=" ".join(channels),
        opens_at=moment(day + _OPENS, time(9), DEFAULT_ZONE),
        closes_at=moment(day + _OPENS + _LASTS, time(17), DEFAULT_ZONE),
        made_at=clock.now(session),
        made_by=session.scalars(select(Person.name).where(Person.id == _SECRETARIAT)).one(),
    )
    row.first_meeting = PartialDate.parse(f"{(day + _OPENS + _LASTS + timedelta(days=30)).isoformat()[:7]}")
    row.name = Bilingual("Demonstration Canoes Working Group", "Groupe de travail de démonstration sur les canots")
    row.description = Bilingual(
        "Sees to it that a canoe lies ready wherever one has to cross the water.",
        "Veille à ce qu'un canot soit prêt partout où il faut traverser l'eau.",
    )
    row.asked = Bilingual(
        "Paddle one crossing a season in your own jurisdiction, and tell the others what leaked.",
        "Faire une traversée par saison chez vous, et raconter aux autres ce qui prenait l'eau.",
    )
    row.commitment = Bilingual("Two hours a month, and a dry pair of socks.", "Deux heures par mois, et une paire de bas secs.")
    row.criteria = Bilingual(
        "One seat at least for each jurisdiction with a shore; then those who can swim.",
        "Une place au moins pour chaque administration riveraine; ensuite, celles et ceux qui savent nager.",
    )
    session.add(row)
    session.flush()
    session.add(CallChair(call=row.id, person=_CHAIR))
