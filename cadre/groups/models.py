"""Tables of kinds of group, groups, the links between them and their objectives."""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, bilingual, key, ref


class GroupKind(Audited, Base):
    """A kind of group and what each group of that kind must have: a row of capabilities, not an ``if``."""

    __tablename__ = "group_kind"
    id: Mapped[str] = key()
    name: Mapped[Bilingual] = bilingual("name")
    plural: Mapped[Bilingual] = bilingual("plural")
    needs_mandate: Mapped[bool] = mapped_column(Boolean, default=False)
    needs_workplan: Mapped[bool] = mapped_column(Boolean, default=False)
    needs_meetings: Mapped[bool] = mapped_column(Boolean, default=False)
    needs_council_co_chair: Mapped[bool] = mapped_column(Boolean, default=False)
    proposed: Mapped[bool] = mapped_column(Boolean, default=False)


class Group(Audited, Base):
    """A council, table, working group, committee, sub-committee or community of practice. Kind and state may be unknown."""

    __tablename__ = "group"
    id: Mapped[str] = key()
    name: Mapped[Bilingual] = bilingual("name")
    kind: Mapped[str | None] = ref("group_kind")
    target_kind: Mapped[str | None] = ref("group_kind", index=False)
    state: Mapped[str | None] = mapped_column(String(20))
    owner: Mapped[str | None] = ref("group")
    parent: Mapped[str | None] = ref("group")
    description: Mapped[Bilingual | None] = bilingual("description")
    mandate: Mapped[Bilingual | None] = bilingual("mandate")
    note: Mapped[Bilingual | None] = bilingual("note")
    article: Mapped[str | None] = mapped_column(String(3))
    channel: Mapped[str | None] = mapped_column(String(30))
    """Where the group talks in Slack."""
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    """How the group itself is reached; everybody may read it."""
    quorum: Mapped[str | None] = mapped_column(String(20))
    """How many of those invited must come for the group to decide: half, majority or two_thirds; None where no rule is known."""


class Link(Audited, Base):
    """One group oversees, becomes or depends on another. ``capacity``: as what ("secretariat")."""

    __tablename__ = "link"
    id: Mapped[str] = key()
    source_group: Mapped[str] = ref("group")
    kind: Mapped[str] = mapped_column(String(20))
    target_group: Mapped[str] = ref("group")
    capacity: Mapped[Bilingual | None] = bilingual("capacity")
    purpose: Mapped[Bilingual | None] = bilingual("purpose")


class Objective(Audited, Base):
    """One objective of a group."""

    __tablename__ = "objective"
    id: Mapped[str] = key()
    group: Mapped[str] = ref("group")
    number: Mapped[int] = mapped_column(Integer)
    wording: Mapped[Bilingual] = bilingual("wording")


class KindAdvice(Audited, Base):
    """What the guide to kinds of group recommended for a draft group. ``answers``: question -> answer, as JSON, by which it did so."""

    told = False
    __tablename__ = "kind_advice"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group: Mapped[str] = ref("group", index=False)
    answers: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = ref("group_kind", index=False)
    __table_args__ = (UniqueConstraint("group"),)
