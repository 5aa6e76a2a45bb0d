"""Tables of half-year cycles, workplans, their activities and frozen texts, and the logic model that these feed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, key, ref


class Outcome(Audited, Base):
    """A part of a council's logic model; of one priority alone, where that is named.

    ``term``: its stage: input, activity (a line of work that goes on), output, or an outcome of the short, medium or long term. ``number``:
    its place there. ``retired``: since when it is in the model no more; activities of workplans that are over may still name it.
    """

    told = False
    __tablename__ = "outcome"
    id: Mapped[str] = key()
    council: Mapped[str] = ref("group")
    term: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column(Integer)
    wording: Mapped[Bilingual] = bilingual("wording")
    priority: Mapped[str | None] = ref("priority")
    retired: Mapped[date | None] = mapped_column(Date)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Feed(Audited, Base):
    """One part of a logic model feeds another, of a later stage: an activity an output, an output an outcome."""

    told = False
    __tablename__ = "feed"
    id: Mapped[str] = key()
    source: Mapped[str] = ref("outcome", index=False)
    target: Mapped[str] = ref("outcome")
    __table_args__ = (UniqueConstraint("source", "target"),)


class Cycle(Audited, Base):
    """Half a year of a council's workplans: ``demo-council.2027-1`` is due on 1 March 2027, ``…2027-2`` on 1 September.

    ``meeting``: the in-person meeting that is to approve them; while it is fixed to the day, workplans are due ``offset`` days
    after it (negative: before). ``by_hand``: whether the secretariat said which, or that none is. ``fixed_on``: the day of the meeting by
    which those who lead know their due dates.
    """

    told = False
    __tablename__ = "cycle"
    id: Mapped[str] = key()
    council: Mapped[str] = ref("group")
    half: Mapped[str] = mapped_column(String(6))
    meeting: Mapped[str | None] = ref("meeting")
    offset: Mapped[int] = mapped_column(Integer, default=-21)
    moved_to: Mapped[date | None] = mapped_column(Date)
    """A due date that the secretariat gave to all workplans of the cycle."""
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    fixed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (UniqueConstraint("council", "half"),)


class Workplan(Audited, Base):
    """The workplan of a group or a priority in one cycle. ``state``: draft, submitted, complete, returned or approved."""

    told = False
    __tablename__ = "workplan"
    id: Mapped[str] = key()
    cycle: Mapped[str] = ref("cycle")
    group: Mapped[str | None] = ref("group")
    priority: Mapped[str | None] = ref("priority")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    aim: Mapped[Bilingual | None] = bilingual("aim")
    moved_to: Mapped[date | None] = mapped_column(Date)
    """A due date of this one alone: moved by the secretariat, or extended."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was returned; of a complete one, why its approval was taken back."""
    reason_in: Mapped[str | None] = mapped_column(String(2))
    """The language in which that was written; None where that was not kept yet."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    """When and by whom it came into the state that it is in."""
    approved_at: Mapped[str | None] = ref("meeting")
    decision: Mapped[str | None] = ref("decision")
    """The decision that approved it, once there is one besides the meeting."""
    __table_args__ = (CheckConstraint('("group" IS NULL) <> (priority IS NULL)', name="one_target"),)


class Activity(Audited, Base):
    """One thing that a workplan sets out to do. ``state``: not_started, on_track, at_risk, off_track, done or dropped."""

    told = False
    __tablename__ = "activity"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workplan: Mapped[str] = ref("workplan")
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[Bilingual] = bilingual("title")
    due: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12), default="not_started")
    note: Mapped[Bilingual | None] = bilingual("note")
    outcome: Mapped[str | None] = ref("outcome")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by: Mapped[str | None] = mapped_column(String(200))
    """When and by whom its state was last said, or said again ("nothing changed")."""
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Where it came from, once: a window, however often that is delivered; or ``copy:12``, the activity that it carries on."""


class ActivityOwner(Audited, Base):
    """Who carries out an activity."""

    told = False
    __tablename__ = "activity_owner"
    activity: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True, index=True)


class WorkplanText(Audited, Base):
    """The text of a workplan as it stood when it was submitted or approved: never changed.

    ``event``: submitted, approved, or withdrawn: the approval before it was taken back, and the text says why.
    """

    told = False
    __tablename__ = "workplan_text"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workplan: Mapped[str] = ref("workplan")
    version: Mapped[int] = mapped_column(Integer)
    event: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    meeting: Mapped[str | None] = ref("meeting")
    text: Mapped[Bilingual] = bilingual("text")
    __table_args__ = (UniqueConstraint("workplan", "version"),)


class Extension(Audited, Base):
    """Somebody wants more time. ``state``: granted (a lead by right), asked, approved (given by the secretariat, asked or not) or refused.

    ``subject``: ``workplan:…`` or ``activity:…``.
    """

    told = False
    __tablename__ = "extension"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    before: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(200))
    person: Mapped[str] = ref("person")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
