"""Tables of recommendations, governance rules, decisions and actions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, key, partial_date, ref


class Category(Audited, Base):
    """A question put to the Councils about a list of groups: shall they continue, be leveraged, change kind, be sunset?"""

    __tablename__ = "category"
    id: Mapped[str] = key()
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[Bilingual] = bilingual("label")
    question: Mapped[Bilingual] = bilingual("question")
    short: Mapped[Bilingual | None] = bilingual("short")


class Recommendation(Audited, Base):
    """One thing that the Councils are asked to agree on, about a group, a priority or all. ``status``: proposed, approved or declined."""

    __tablename__ = "recommendation"
    id: Mapped[str] = key()
    topic: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    number: Mapped[int | None] = mapped_column(Integer)
    category: Mapped[str | None] = ref("category")
    group: Mapped[str | None] = ref("group")
    priority: Mapped[str | None] = ref("priority")
    wording: Mapped[Bilingual | None] = bilingual("wording")
    consequence: Mapped[Bilingual | None] = bilingual("consequence")


class Rule(Audited, Base):
    """What every group must meet, if the recommendation that it belongs to is approved."""

    __tablename__ = "rule"
    id: Mapped[str] = key()
    number: Mapped[str] = mapped_column(String(10))
    recommendation: Mapped[str] = ref("recommendation")
    requires: Mapped[str | None] = mapped_column(String(20))
    wording: Mapped[Bilingual] = bilingual("wording")


class Decision(Audited, Base):
    """A decision, as worded. ``state``: provisional while nobody has confirmed it, which gives it its number; ``item``: of the agenda."""

    __tablename__ = "decision"
    id: Mapped[str] = key()
    number: Mapped[int | None] = mapped_column(Integer)
    wording: Mapped[Bilingual] = bilingual("wording")
    state: Mapped[str | None] = mapped_column(String(12))
    meeting: Mapped[str | None] = ref("meeting")
    item: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    taken: Mapped[PartialDate | None] = partial_date("taken")
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Action(Audited, Base):
    """A next step: whose, by when, about which group. ``state``: open, done or dropped; unknown of those of the seed.

    ``meeting``: at which it was agreed.
    """

    __tablename__ = "action"
    id: Mapped[str] = key()
    wording: Mapped[Bilingual] = bilingual("wording")
    group: Mapped[str | None] = ref("group")
    owner: Mapped[str | None] = ref("person")
    due: Mapped[PartialDate | None] = partial_date("due")
    about: Mapped[str | None] = ref("group")
    meeting: Mapped[str | None] = ref("meeting")
    state: Mapped[str | None] = mapped_column(String(10))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
