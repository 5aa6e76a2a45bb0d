"""Saying who one is, step by step as people do; and what people cannot arrange."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.models import Provenance
from cadre.people.models import Person, Role
from tests.workspace import Member, Shown


async def says_who(member: Member) -> Shown:
    """Open the window in which somebody says which record is theirs."""
    french = member.locale.startswith("fr")
    told = await member.commands("moi" if french else "me")
    await member.clicks("C'est moi" if french else "This is me", told)
    return await member.window()


async def claims(member: Member, person: str) -> dict[str, Any]:
    """Say which record is theirs, and give what Slack was answered."""
    return await member.submits(await says_who(member), person=person)


def give_address(session: Session, person: str, email: str) -> None:
    """Let a record have an e-mail address."""
    session.get_one(Person, person).email = email


def appoint(session: Session, person: str) -> None:
    """Let somebody be a member of the secretariat, which nobody confirmed yet."""
    session.add(Role(id=f"secretariat.{person}", person=person, role="secretariat", group="jc"))
    session.add(Provenance(subject="role", subject_id=f"secretariat.{person}", field="record", source="ours", standing="stated"))


def set_standing(session: Session, role: str, standing: str) -> None:
    """Let a role be confirmed, or only stated."""
    _of_role(session, role).standing = standing


def standing(session: Session, role: str) -> tuple[str, str | None]:
    """Whether a role is confirmed, and by whom."""
    found = _of_role(session, role)
    return found.standing, found.confirmed_by


def _of_role(session: Session, role: str) -> Provenance:
    where = select(Provenance).where(Provenance.subject == "role", Provenance.subject_id == role, Provenance.field == "record")
    return session.scalars(where).one()
