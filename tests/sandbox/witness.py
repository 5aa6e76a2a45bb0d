"""What came of it, as people and the registry have it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.people.models import Claim
from tests.workspace import DM, Member, Workspace


def claimed(session: Session, person: str) -> list[str]:
    """What became of the claims of a record."""
    return list(session.scalars(select(Claim.state).where(Claim.person == person).order_by(Claim.id)))


def all_came(workspace: Workspace) -> bool:
    """Whether each fault that was planned happened."""
    return not workspace.sandbox.faults._planned


def both(workspace: Workspace) -> tuple[Member, Member]:
    """The secretariat, which a claim is put to."""
    return workspace.secretariat(locale="en-US"), workspace.secretariat(locale="fr-CA")


async def bot_said(member: Member, channel: str = DM) -> list[str]:
    """What Cadre said there."""
    return [said.headline for said in await member.sees(channel) if said["is_bot"]]


def count(said: list[str], words: str) -> int:
    return sum(words in each for each in said)
