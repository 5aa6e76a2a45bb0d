"""Tables of participation calls, of whom they invite, and of all that is answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, partial_date, ref


class Call(Audited, Base):
    """A call for participation in a group: one that is there (``group``), or one to be made at the opening from ``name`` on.

    ``state``: draft, scheduled, open, closed, concluded or cancelled (``rules.TRANSITIONS``). ``number``: of its official letter, given at
    the opening. ``roles``, ``councils``, ``jurisdictions``, ``channels``: words and ids between blanks.
    """

    told = False
    __tablename__ = "call"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    group: Mapped[str | None] = ref("group")
    priority: Mapped[str | None] = ref("priority")
    group_kind: Mapped[str | None] = ref("group_kind", index=False)
    owner: Mapped[str | None] = ref("group", index=False)
    name: Mapped[Bilingual | None] = bilingual("name")
    description: Mapped[Bilingual | None] = bilingual("description")
    asked: Mapped[Bilingual | None] = bilingual("asked")
    """What is asked of participants."""
    commitment: Mapped[Bilingual | None] = bilingual("commitment")
    """How much of their time."""
    criteria: Mapped[Bilingual | None] = bilingual("criteria")
    """By what the secretariat chooses."""
    roles: Mapped[str] = mapped_column(String(60), default="member alternate observer")
    seats: Mapped[int | None] = mapped_column(Integer)
    seats_each: Mapped[int | None] = mapped_column(Integer)
    """Seats wanted in all, and of each jurisdiction."""
    capped: Mapped[bool] = mapped_column(Boolean, default=False)
    """Filled first come, first served; who comes after that waits in order."""
    confirms: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whoever offers themselves is confirmed or replaced by a representative of their jurisdiction."""
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    first_meeting: Mapped[PartialDate | None] = partial_date("first_meeting")
    councils: Mapped[str] = mapped_column(String(300), default="")
    jurisdictions: Mapped[str] = mapped_column(Text, default="")
    channels: Mapped[str] = mapped_column(String(400), default="")
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    concluded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[Bilingual | None] = bilingual("reason")
    """Why it was extended or cancelled last."""
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class CallChair(Audited, Base):
    """Somebody proposed as co-chair, in whose name the letter goes out. ``confirmed``: at the end; None until then. ``added``: only then,
    and in no letter.
    """

    told = False
    __tablename__ = "call_chair"
    call: Mapped[int] = mapped_column(ForeignKey("call.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True, index=True)
    confirmed: Mapped[bool | None] = mapped_column(Boolean)
    added: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Invitation(Audited, Base):
    """One jurisdiction that was invited, and its answer. ``state``: silent, nominated, observer, declined, delegated,
    not_taken_up: it answered with people whom the secretariat declined, or withdrawn: after the closing, what it had answered in time.

    ``declined``, for what ``reason``: it did so in time; ``refused_…``: when, who, and how that came. Kept while somebody takes part all
    the same, for it is the answer again once nobody does. ``refuser``: the record of whoever declined: they hear where another answers.
    ``stood``: it had answered when the call closed. What came later changes its answer only once the secretariat takes it up.
    ``reason``: of a refusal. ``way``: slack, email, phone, meeting or letter; ``said_by``: who gave an answer that the secretariat recorded
    (``recorded_by``), and ``said_on`` which day. ``contacted_at``: when the secretariat last wrote or spoke to it otherwise; what was sent
    to it stands in the deliveries.
    """

    told = False
    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call: Mapped[int] = mapped_column(ForeignKey("call.id"))
    jurisdiction: Mapped[str] = ref("jurisdiction")
    state: Mapped[str] = mapped_column(String(12), default="silent")
    declined: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    said_by: Mapped[str | None] = mapped_column(String(200))
    said_on: Mapped[date | None] = mapped_column(Date)
    way: Mapped[str | None] = mapped_column(String(10))
    contacted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stood: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_by: Mapped[str | None] = mapped_column(String(200))
    refuser: Mapped[str | None] = ref("person", index=False)
    refused_recorded_by: Mapped[str | None] = mapped_column(String(200))
    refused_said_by: Mapped[str | None] = mapped_column(String(200))
    refused_said_on: Mapped[date | None] = mapped_column(Date)
    refused_way: Mapped[str | None] = mapped_column(String(10))
    __table_args__ = (UniqueConstraint("call", "jurisdiction"),)


class LateRefusal(Audited, Base):
    """That a jurisdiction declined after the closing: beside its answer in time. ``taken_up``: by the secretariat (``settled_by``), or not;
    None while it has yet to decide. ``refuser``: the record of whoever declined, who hears what becomes of it. Somebody put forward late is
    a ``SignUp`` that is accepted or declined.
    """

    told = False
    __tablename__ = "late_refusal"
    call: Mapped[int] = mapped_column(ForeignKey("call.id"), primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(80), ForeignKey("jurisdiction.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    refuser: Mapped[str | None] = ref("person", index=False)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    said_by: Mapped[str | None] = mapped_column(String(200))
    said_on: Mapped[date | None] = mapped_column(Date)
    way: Mapped[str] = mapped_column(String(10))
    taken_up: Mapped[bool | None] = mapped_column(Boolean)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))


class Representative(Audited, Base):
    """Somebody who answers for a jurisdiction in one call, besides its confirmed members of the councils that are invited.

    ``by``: who named them; ``added``: the secretariat did; ``delegated``: a representative gave the answer over to them.
    """

    told = False
    __tablename__ = "call_representative"
    call: Mapped[int] = mapped_column(ForeignKey("call.id"), primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(80), ForeignKey("jurisdiction.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True, index=True)
    added: Mapped[bool] = mapped_column(Boolean, default=False)
    delegated: Mapped[bool] = mapped_column(Boolean, default=False)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignUp(Audited, Base):
    """Somebody who offers to take part, or was nominated: one row a call and person. ``state``: offered, withdrawn, accepted or declined.

    ``endorsed``: yes, where a representative or the secretariat said or confirmed it, so that it answers for the jurisdiction; no (replaced
    by another); "" while a representative has not said, where the call wants that; None where it does not. ``endorsed_by``, ``endorser``:
    who confirmed what somebody else had offered; they hear where it is withdrawn. ``place``: the order
    of those who want a seat; ``waiting``: there is none yet. ``late``: came after the closing; ``spoken_late``: came in time, and a
    representative spoke for it after the closing. ``stated``: the jurisdiction is their own word, to be confirmed. ``language``: of work:
    en, fr or both. ``nominator``: the record of whoever put them forward, or told the secretariat so: they hear what became of it.
    ``recorded_by``, ``said_by``, ``said_on``, ``way``: of the offer, or, once it is withdrawn, of that.
    """

    told = False
    __tablename__ = "sign_up"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call: Mapped[int] = mapped_column(ForeignKey("call.id"))
    person: Mapped[str] = ref("person")
    jurisdiction: Mapped[str | None] = ref("jurisdiction", index=False)
    stated: Mapped[bool] = mapped_column(Boolean, default=False)
    role: Mapped[str] = mapped_column(String(20))
    experience: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(4))
    state: Mapped[str] = mapped_column(String(12), default="offered")
    endorsed: Mapped[str | None] = mapped_column(String(3))
    endorsed_by: Mapped[str | None] = mapped_column(String(200))
    endorser: Mapped[str | None] = ref("person", index=False)
    place: Mapped[int | None] = mapped_column(Integer)
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    spoken_late: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    nominated_by: Mapped[str | None] = mapped_column(String(200))
    nominator: Mapped[str | None] = ref("person", index=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    said_by: Mapped[str | None] = mapped_column(String(200))
    said_on: Mapped[date | None] = mapped_column(Date)
    way: Mapped[str] = mapped_column(String(10), default="slack")
    message: Mapped[str | None] = mapped_column(Text)
    """What the secretariat wrote to them when it accepted or declined, in English; and in French."""
    message_fr: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (UniqueConstraint("call", "person"),)


class CallQuestion(Audited, Base):
    """What somebody asked about a call, and what the secretariat answered."""

    told = False
    __tablename__ = "call_question"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    person: Mapped[str] = ref("person")
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Letter(Base):
    """The official letter of a call, as it was issued: never changed."""

    __tablename__ = "letter"
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    call: Mapped[int] = mapped_column(ForeignKey("call.id"), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes] = mapped_column(LargeBinary)
