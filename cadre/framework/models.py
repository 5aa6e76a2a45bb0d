"""The tables of the framework: its snapshots, and the reviews before meetings in person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, Immutable, UtcDateTime, bilingual, ref


class Snapshot(Immutable, Base):
    """The framework as it was on a ``day``, whole: never changed. ``why``: by_hand, meeting or nightly.

    ``occasion``: what it was taken for, so that what comes by itself comes once: "meeting:…", "nightly:2027-03-02". ``content``: the World
    as compressed JSON in a ``format``, without its day; ``digest``: SHA-256 of that JSON. ``counts``: how much is in it, "groups:22 …".
    Not audited: nobody states it.
    """

    __tablename__ = "snapshot"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(String(10))
    occasion: Mapped[str] = mapped_column(String(120), unique=True)
    meeting: Mapped[str | None] = ref("meeting")
    by: Mapped[str] = mapped_column(String(200))
    format: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Review(Audited, Base):
    """That the framework is looked through before a meeting in person. ``state``: open, closed, or ended (its meeting is cancelled, its
    council is no more).

    ``day``: of the meeting, as it was told last. ``closed_by``: None where it closed by itself. ``snapshot``: taken when it was closed.
    """

    told = False
    __tablename__ = "review"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meeting: Mapped[str] = ref("meeting", index=False)
    day: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(200))
    snapshot: Mapped[int | None] = mapped_column(ForeignKey("snapshot.number"))
    __table_args__ = (UniqueConstraint("meeting"),)


class ReviewPacket(Audited, Base):
    """What one person is asked in a review, in one message: which of it is theirs, their roles say at each moment."""

    told = False
    __tablename__ = "review_packet"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    review: Mapped[int] = mapped_column(ForeignKey("review.id"))
    person: Mapped[str] = ref("person")
    __table_args__ = (UniqueConstraint("review", "person"),)


class ReviewItem(Audited, Base):
    """One thing that is asked in a review, whoever answers it. ``kind``: fact, plan, slide or attendance; ``subject``: "group:bees",
    "priority:forests" or "person:ann"; ``key``: of a fact, "role/…/record".

    ``answer``: empty, right, wrong or done; ``shown``: a mark of what the fact said then; ``text``: what is right instead; ``slide``: what
    to say. ``person``: whose word it is; ``recorded_by``: of the secretariat, where they gave it by another ``way``. ``settled_by``: of the
    secretariat, who confirmed the fact, or saw to what was not right.
    """

    told = False
    __tablename__ = "review_item"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    review: Mapped[int] = mapped_column(ForeignKey("review.id"))
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(String(10), default="")
    shown: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str | None] = mapped_column(Text)
    slide: Mapped[Bilingual | None] = bilingual("slide")
    person: Mapped[str | None] = ref("person", index=False)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    way: Mapped[str | None] = mapped_column(String(20))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (UniqueConstraint("review", "kind", "subject", "key"),)


class ReviewRecord(Immutable, Base):
    """How a review stood when it was closed, as JSON: who had answered what, and what stayed open."""

    __tablename__ = "review_record"
    review: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
