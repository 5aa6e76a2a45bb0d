"""Tables of meetings: their series, who is invited, agendas, minutes, the polls that find a time, calendars that people subscribe to."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, Time, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, key, partial_date, ref


class Series(Audited, Base):
    """Meetings that come again, by the rule of ``cadre.meetings.series``. ``state``: going or ended; ``until``: the last day, or none.

    Its meetings are records of their own, made a while ahead: what differs of one of them is said there.
    """

    __tablename__ = "meeting_series"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group: Mapped[str] = ref("group")
    title: Mapped[Bilingual | None] = bilingual("title")
    first: Mapped[date] = mapped_column(Date)
    at: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(40))
    minutes: Mapped[int] = mapped_column(Integer)
    every: Mapped[str] = mapped_column(String(20))
    interval: Mapped[int] = mapped_column(Integer, default=1)
    until: Mapped[date | None] = mapped_column(Date)
    made_to: Mapped[date] = mapped_column(Date)
    """Up to which day its meetings have been made."""
    joining: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="going")
    revision: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """Raised with that of any of its meetings: calendars have it as one thing."""
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Meeting(Audited, Base):
    """A meeting of a group. ``kind``: in_person or teleconference; ``state``: planned or cancelled; that it was held, its time says.

    ``held`` is as precise as it is known: the seed's meetings are known to the month. Once a day is fixed, ``held`` is that day, and
    ``at``, ``zone`` and ``minutes`` say when, as the clock on the wall there shows it; ``starts_at`` is derived from it by the pinned
    zone data. ``fold``: 1 where that time comes twice and the second is meant. ``last_day``: of one that takes several days.
    ``link`` and ``joining`` (numbers, codes) are for those who are invited. ``revision`` is raised by each change that calendars show.
    ``occurrence``: in a series, the day that its rule gives.
    """

    __tablename__ = "meeting"
    id: Mapped[str] = key()
    kind: Mapped[str] = mapped_column(String(20))
    group: Mapped[str] = ref("group")
    title: Mapped[Bilingual | None] = bilingual("title")
    held: Mapped[PartialDate | None] = partial_date("held")
    at: Mapped[time | None] = mapped_column(Time)
    fold: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    zone: Mapped[str | None] = mapped_column(String(40))
    minutes: Mapped[int | None] = mapped_column(Integer)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    last_day: Mapped[date | None] = mapped_column(Date)
    place: Mapped[Bilingual | None] = bilingual("place")
    jurisdiction: Mapped[str | None] = ref("jurisdiction")
    link: Mapped[str | None] = mapped_column(Text)
    joining: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="planned", server_default="planned")
    reason: Mapped[Bilingual | None] = bilingual("reason")
    """Why it was moved or cancelled last."""
    revision: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_by: Mapped[str | None] = mapped_column(String(200))
    made_by: Mapped[str | None] = mapped_column(String(200))
    series: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    occurrence: Mapped[date | None] = mapped_column(Date)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    prompted_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The beginning for which those who accepted were told, shortly before, how to join."""
    quorum_met: Mapped[bool | None] = mapped_column(Boolean)
    """As the chair recorded it at the meeting; None while nobody did."""
    __table_args__ = (UniqueConstraint("series", "occurrence"),)


class Invitee(Audited, Base):
    """Somebody who is invited. ``answer``: empty, accepted, tentative or declined; ``stands_in``: who is to come in their place, and
    ``stand_in_agreed`` whether these said that they do; whoever says no stands in no more.

    ``must``: without whom the meeting cannot do, its co-chairs. ``said_by``, ``way``: as the secretariat was told it (``recorded_by``).
    ``diet``, ``access``, ``interpretation``: what was registered for a meeting in person. ``attended``: None while nobody recorded it.
    """

    told = False
    __tablename__ = "meeting_invitee"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meeting: Mapped[str] = ref("meeting")
    person: Mapped[str] = ref("person")
    must: Mapped[bool] = mapped_column(Boolean, default=False)
    answer: Mapped[str] = mapped_column(String(10), default="")
    whole: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the answer is for all that come of a series."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they were invited, or asked again after another time: reminders that would come with it are spared them. None: they were not,
    and came."""
    stands_in: Mapped[str | None] = ref("person")
    stand_in_agreed: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    said_by: Mapped[str | None] = mapped_column(String(200))
    way: Mapped[str | None] = mapped_column(String(20))
    diet: Mapped[str | None] = mapped_column(Text)
    access: Mapped[str | None] = mapped_column(Text)
    interpretation: Mapped[bool | None] = mapped_column(Boolean)
    attended: Mapped[bool | None] = mapped_column(Boolean)
    __table_args__ = (UniqueConstraint("meeting", "person"),)


class AgendaItem(Audited, Base):
    """One thing on the agenda. ``kind``: decision, discussion or update; ``tab``: under which its papers stand; ``minutes``: its time.

    ``paper``: where its paper is found in each language; ``asked_on``: the day on which its owner was asked for what is missing;
    ``approves``: the earlier meeting whose minutes it is to approve.
    """

    told = False
    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meeting: Mapped[str] = ref("meeting")
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[Bilingual] = bilingual("title")
    tab: Mapped[str | None] = mapped_column(String(20))
    owner: Mapped[str | None] = ref("person")
    minutes: Mapped[int | None] = mapped_column(Integer)
    paper: Mapped[Bilingual | None] = bilingual("paper")
    needs_paper: Mapped[bool] = mapped_column(Boolean, default=False)
    asked_on: Mapped[date | None] = mapped_column(Date)
    approves: Mapped[str | None] = ref("meeting")
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Minutes(Audited, Base):
    """What was said at a meeting. ``state``: draft, circulated or approved; ``approved_at``: the meeting that approved them.

    ``sent``: the text as it was circulated last, to say what changed since.
    """

    told = False
    __tablename__ = "minutes"
    meeting: Mapped[str] = mapped_column(String(80), ForeignKey("meeting.id"), primary_key=True)
    text: Mapped[Bilingual | None] = bilingual("text")
    state: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(Integer, default=0)
    """Raised by each save: of two who write at once, the second sees what the first wrote."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(200))
    circulated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent: Mapped[Bilingual | None] = bilingual("sent")
    approved_at: Mapped[str | None] = ref("meeting")


class Correction(Audited, Base):
    """What somebody wants corrected in minutes. ``state``: waiting; taken, once they were circulated anew; or aside."""

    told = False
    __tablename__ = "minutes_correction"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meeting: Mapped[str] = ref("meeting")
    person: Mapped[str | None] = ref("person")
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")


class ExpectedResult(Audited, Base):
    """One of the results that a meeting or presentation was to bring."""

    __tablename__ = "expected_result"
    id: Mapped[str] = key()
    number: Mapped[int] = mapped_column(Integer)
    meeting: Mapped[str | None] = ref("meeting")
    wording: Mapped[Bilingual] = bilingual("wording")


class Poll(Audited, Base):
    """Several times of which one is to become a meeting. ``state``: open, chosen or closed; ``closes_on``: by when people answer.

    ``opened_on``: nobody is reminded on the day on which they were asked. ``meeting``: what it became.
    """

    told = False
    __tablename__ = "poll"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group: Mapped[str] = ref("group")
    title: Mapped[Bilingual | None] = bilingual("title")
    zone: Mapped[str] = mapped_column(String(40))
    minutes: Mapped[int] = mapped_column(Integer)
    opened_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_by: Mapped[str] = mapped_column(String(200))
    arranger: Mapped[str | None] = ref("person", index=False)
    """Who made it, and hears what came of it; None for the secretariat."""
    meeting: Mapped[str | None] = ref("meeting")
    link: Mapped[str | None] = mapped_column(Text)
    joining: Mapped[str | None] = mapped_column(Text)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class PollSlot(Audited, Base):
    """One time that a poll asks about, as a wall time of the poll's zone."""

    told = False
    __tablename__ = "poll_slot"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    poll: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    at: Mapped[time] = mapped_column(Time)
    __table_args__ = (UniqueConstraint("poll", "day", "at"),)


class PollVoice(Audited, Base):
    """Somebody who is asked. ``must``: without whom the meeting cannot do; ``answered_at``: None while they are silent."""

    told = False
    __tablename__ = "poll_voice"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    poll: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    person: Mapped[str] = ref("person")
    must: Mapped[bool] = mapped_column(Boolean, default=False)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (UniqueConstraint("poll", "person"),)


class PollAnswer(Audited, Base):
    """What somebody said of one time: yes, if_needed or no."""

    told = False
    __tablename__ = "poll_answer"
    slot: Mapped[int] = mapped_column(ForeignKey("poll_slot.id"), primary_key=True)
    voice: Mapped[int] = mapped_column(ForeignKey("poll_voice.id"), primary_key=True, index=True)
    answer: Mapped[str] = mapped_column(String(10))


class ZoneOffsets(Base):
    """The offsets of a time zone from UTC by the zone data that people were last told times by: "2027-03-14 -14400;…", in seconds."""

    __tablename__ = "zone_offsets"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    offsets: Mapped[str] = mapped_column(Text)


class Feed(Audited, Base):
    """A calendar that one person subscribes to. ``digest``: of its secret, which is not kept; a new secret ends the old one."""

    told = False
    __tablename__ = "calendar_feed"
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
