"""Tables of priorities and of the groups aligned with them."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, bilingual, key, ref


class Priority(Audited, Base):
    """What the Councils, or one of them, set out to advance. ``group``: the working group proposed to carry it."""

    __tablename__ = "priority"
    id: Mapped[str] = key()
    name: Mapped[Bilingual] = bilingual("name")
    number: Mapped[int | None] = mapped_column(Integer)
    owner: Mapped[str | None] = ref("group")
    description: Mapped[Bilingual | None] = bilingual("description")
    group: Mapped[str | None] = ref("group")


class Alignment(Audited, Base):
    """A group serves a priority. ``strength``: supports, example (the priority names it as one) or could_support (proposed)."""

    __tablename__ = "alignment"
    id: Mapped[str] = key()
    group: Mapped[str] = ref("group")
    priority: Mapped[str] = ref("priority")
    strength: Mapped[str] = mapped_column(String(20))
    rationale: Mapped[Bilingual | None] = bilingual("rationale")
