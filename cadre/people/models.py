"""Tables of people, jurisdictions, roles, and the Slack identities of people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, key, partial_date, ref


class Jurisdiction(Audited, Base):
    """A government, one of its departments, a municipality, or an association that speaks for municipalities."""

    __tablename__ = "jurisdiction"
    id: Mapped[str] = key()
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Bilingual] = bilingual("name")
    short: Mapped[Bilingual | None] = bilingual("short")
    article: Mapped[str | None] = mapped_column(String(3))
    locative: Mapped[Bilingual | None] = bilingual("locative")
    parent: Mapped[str | None] = ref("jurisdiction")
    association: Mapped[str | None] = ref("jurisdiction")
    section: Mapped[Bilingual | None] = bilingual("section")
    zone: Mapped[str | None] = mapped_column(String(40))


class Person(Audited, Base):
    """Somebody the registry knows. ``visibility`` says who may see the e-mail address and the telephone number."""

    __tablename__ = "person"
    id: Mapped[str] = key()
    name: Mapped[str] = mapped_column(String(200))
    jurisdiction: Mapped[str | None] = ref("jurisdiction")
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    visibility: Mapped[str] = mapped_column(String(20), default="secretariat")


class Role(Audited, Base):
    """A person, in a group or on a priority, for a time. A role that nobody confirmed gives no right."""

    __tablename__ = "role"
    id: Mapped[str] = key()
    person: Mapped[str] = ref("person")
    role: Mapped[str] = mapped_column(String(20))
    group: Mapped[str | None] = ref("group")
    priority: Mapped[str | None] = ref("priority")
    jurisdiction: Mapped[str | None] = ref("jurisdiction")
    on_behalf_of: Mapped[str | None] = ref("group", index=False)
    since: Mapped[PartialDate | None] = partial_date("since")
    until: Mapped[PartialDate | None] = partial_date("until")
    number: Mapped[int | None] = mapped_column(Integer)
    __table_args__ = (CheckConstraint('("group" IS NULL) <> (priority IS NULL)', name="one_target"),)


class Seat(Audited, Base):
    """That a jurisdiction is entitled to a position in a council. Who speaks for it: its confirmed members and alternates there
    (``cadre.people.seating``). A council of which no seat is kept has those of the jurisdictions that speak in it.
    """

    told = False
    __tablename__ = "seat"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    council: Mapped[str] = ref("group")
    jurisdiction: Mapped[str] = ref("jurisdiction")
    __table_args__ = (UniqueConstraint("council", "jurisdiction"),)


class Identity(Audited, Base):
    """A Slack user, and the person that they are, once the secretariat or a verified e-mail address says so."""

    told = False
    __tablename__ = "identity"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    team: Mapped[str] = mapped_column(String(30))
    user: Mapped[str] = mapped_column(String(30))
    person: Mapped[str | None] = ref("person")
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(2))
    """Their own choice; None: as Slack says."""
    locale: Mapped[str | None] = mapped_column(String(20))
    zone: Mapped[str | None] = mapped_column(String(40))
    """As Slack last gave them: those who are written to unasked are written to in their language, when it is day where they are."""
    __table_args__ = (UniqueConstraint("team", "user"), UniqueConstraint("team", "person"))


class Claim(Audited, Base):
    """ "That record is me": waits for one click of the secretariat. ``state``: pending, confirmed, declined or withdrawn."""

    told = False
    __tablename__ = "claim"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    identity: Mapped[int] = mapped_column(ForeignKey("identity.id"), index=True)
    person: Mapped[str] = ref("person")
    state: Mapped[str] = mapped_column(String(20), default="pending")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    """The modal that it came from: the same submission delivered twice makes one claim."""


class ClaimMessage(Base):
    """A message in which a secretariat member was asked about a claim: drawn anew for all of them once one has answered."""

    __tablename__ = "claim_message"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    identity: Mapped[int] = mapped_column(ForeignKey("identity.id"), index=True)
    channel: Mapped[str] = mapped_column(String(30))
    ts: Mapped[str] = mapped_column(String(30))
    __table_args__ = (UniqueConstraint("channel", "ts"),)
