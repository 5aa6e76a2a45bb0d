"""Tables of meetings and of what they were expected to bring."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, bilingual, key, partial_date, ref


class Meeting(Audited, Base):
    """A meeting. ``held`` is as precise as it is known: the seed's meetings are known to the month."""

    __tablename__ = "meeting"
    id: Mapped[str] = key()
    kind: Mapped[str] = mapped_column(String(20))
    council: Mapped[str] = ref("group")
    held: Mapped[PartialDate | None] = partial_date("held")
    place: Mapped[Bilingual | None] = bilingual("place")
    jurisdiction: Mapped[str | None] = ref("jurisdiction")


class ExpectedResult(Audited, Base):
    """One of the results that a meeting or presentation was to bring."""

    __tablename__ = "expected_result"
    id: Mapped[str] = key()
    number: Mapped[int] = mapped_column(Integer)
    meeting: Mapped[str | None] = ref("meeting")
    wording: Mapped[Bilingual] = bilingual("wording")
