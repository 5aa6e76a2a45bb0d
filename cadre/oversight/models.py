"""Tables of dated gap analyses, and of how groups stood when the Councils last met in person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, ref


class GapEdition(Audited, Base):
    """An edition of the gap analysis: it begins as a copy of the alignments of its day, is edited, and is then frozen.

    ``draft``: true while it is one, else null; unique, for there is one draft at a time. ``scope``: the groups and priorities that there
    were when it was made final, as JSON: of some of them it states nothing, and that counts too.
    """

    told = False
    __tablename__ = "gap_edition"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    draft: Mapped[bool | None] = mapped_column(Boolean, unique=True)
    made_by: Mapped[str] = mapped_column(String(200))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    scope: Mapped[str | None] = mapped_column(Text)


class GapEntry(Audited, Base):
    """What an edition says of one group and one priority. What has no row is not stated.

    ``strength``: carries, supports, example, could_support, or none where somebody stated that it does not. ``stated_by``: who said so, in
    their own words.
    """

    told = False
    __tablename__ = "gap_entry"
    edition: Mapped[int] = mapped_column(ForeignKey("gap_edition.id"), primary_key=True)
    group: Mapped[str] = mapped_column(String(80), ForeignKey("group.id"), primary_key=True, index=True)
    priority: Mapped[str] = mapped_column(String(80), ForeignKey("priority.id"), primary_key=True, index=True)
    strength: Mapped[str] = mapped_column(String(20))
    rationale: Mapped[Bilingual | None] = bilingual("rationale")
    source: Mapped[str | None] = ref("source", index=False)
    stated_by: Mapped[str | None] = mapped_column(String(200))


class HealthKept(Base):
    """How a group stood on the day of a meeting in person, or on the first day after it on which Cadre ran (``day``): never changed.

    ``states``: requirement and state, "mandate:fulfilled workplan:unknown …". Not audited: nobody states it, it is found.
    """

    __tablename__ = "health_kept"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meeting: Mapped[str] = ref("meeting")
    group: Mapped[str] = ref("group")
    day: Mapped[date] = mapped_column(Date)
    states: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("meeting", "group"),)
