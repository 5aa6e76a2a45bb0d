"""Tables of notices, of the messages that bring them, and of what people and the secretariat chose about them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, ref


class Rung(Audited, Base):
    """One step of the ladder of a kind of notice: how many days before (negative) or after the due day, and who is told.

    ``every``: repeats after so many days. ``recipients``: role words between blanks. ``manner``: ``digest`` waits for the digest,
    ``alone`` has a message on its own day, ``draft`` goes to the secretariat, which may send it on or not. ``halfway``: in the middle
    between the day on which it begins and the due day, whatever ``days`` says.
    """

    told = False
    __tablename__ = "rung"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    days: Mapped[int] = mapped_column(Integer)
    every: Mapped[int | None] = mapped_column(Integer)
    recipients: Mapped[str] = mapped_column(String(200))
    manner: Mapped[str] = mapped_column(String(20), default="digest")
    halfway: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    __table_args__ = (UniqueConstraint("kind", "days", "manner", "halfway"),)


class Pause(Audited, Base):
    """Days on which a jurisdiction, or none at all, is sent no reminder: an election, an emergency, the end of the year."""

    told = False
    __tablename__ = "pause"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    jurisdiction: Mapped[str | None] = ref("jurisdiction")
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date, index=True)
    reason: Mapped[Bilingual] = bilingual("reason")
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Preference(Audited, Base):
    """What one person chose: how often, at what hours (minutes after midnight where they live), which kinds, by which way."""

    told = False
    __tablename__ = "preference"
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True)
    language: Mapped[str | None] = mapped_column(String(2))
    rhythm: Mapped[str] = mapped_column(String(10), default="weekly")
    opens: Mapped[int] = mapped_column(Integer, default=540)
    closes: Mapped[int] = mapped_column(Integer, default=990)
    off: Mapped[str] = mapped_column(String(200), default="")
    way: Mapped[str] = mapped_column(String(10), default="slack")


class Snooze(Audited, Base):
    """One person wants to hear of one occurrence again on a day, and not before; for its drafts (``drafts_of``): never."""

    told = False
    __tablename__ = "snooze"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(120))
    occurrence: Mapped[date] = mapped_column(Date)
    person: Mapped[str] = ref("person")
    until: Mapped[date] = mapped_column(Date)
    __table_args__ = (UniqueConstraint("subject", "occurrence", "person"),)


class Notice(Base):
    """That one person is owed word of one thing. ``state``: planned, queued, sent or skipped; ``reason``: why skipped.

    ``at``: the moment from which it may be sent, in workspace time. ``detail``: what an announcement says, as JSON.
    """

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    occurrence: Mapped[date] = mapped_column(Date)
    rung: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = ref("person", index=False)
    manner: Mapped[str] = mapped_column(String(20))
    on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    reason: Mapped[str | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    detail: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_notice_state_at", "state", "at"),
        Index("ix_notice_person_state", "person", "state", "at"),
        Index("ix_notice_subject_occurrence", "subject", "occurrence"),
    )


class Delivery(Base):
    """One message owed, or kept true. ``state``: due, sent, redraw, failed or skipped.

    ``at``: the moment from which it may be tried, in workspace time; ``leased_until`` is real time. ``doubtful``: an attempt may have
    arrived although its answer was lost. ``wanted`` and ``drawn``: the version of its subject that it should show, and does. For one
    person, or, as a post, for a ``channel``: then it shows its one ``subject`` (``cadre.notices.posts``).
    """

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person: Mapped[str | None] = ref("person")
    channel: Mapped[str | None] = mapped_column(String(30))
    via: Mapped[str] = mapped_column(String(10))
    manner: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    once: Mapped[str | None] = mapped_column(String(160), unique=True)
    """What there may be one of: the reminders of a person on a day, by one way; the post about a subject in a channel."""
    subject: Mapped[str | None] = mapped_column(String(120), index=True)
    state: Mapped[str] = mapped_column(String(10), default="due")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    doubtful: Mapped[bool] = mapped_column(Boolean, default=False)
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wanted: Mapped[int] = mapped_column(Integer, default=1)
    drawn: Mapped[int] = mapped_column(Integer, default=0)
    posted_in: Mapped[str | None] = mapped_column(String(30))
    ts: Mapped[str | None] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (Index("ix_delivery_state_at", "state", "at"),)


class DeliveryItem(Base):
    """A notice that a delivery brings."""

    __tablename__ = "delivery_item"
    delivery: Mapped[int] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    notice: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True, index=True)


class Touched(Base):
    """A subject that changed since notices were last planned for it. ``looked``: the messages that tell of it were looked for."""

    __tablename__ = "touched"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    looked: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Planning(Base):
    """The one row about planning: who plans (a lease in real time, with a fencing number), and what was planned last."""

    __tablename__ = "planning"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(80))
    fence: Mapped[int] = mapped_column(Integer, default=0)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    day: Mapped[date | None] = mapped_column(Date)
    revision: Mapped[int] = mapped_column(Integer, default=-1)
    free_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Real time at which the workspace takes the next message: the budget that all senders share."""
    spoken: Mapped[str | None] = mapped_column(Text)
    """The conversations in which a message was sent lately, or is about to be, each with its real time, as JSON."""
