"""Who may see and do what about a call: by their roles, as they are at that moment."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cadre.calls import rules
from cadre.calls.models import Call, Invitation
from cadre.calls.speaking import represented
from cadre.core import changes, clock
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.people import service as people

REPRESENTATIVE = "representative"
"""Whom ``Forbidden`` names where somebody would have to answer for a jurisdiction."""


def acting_person(session: Session) -> str:
    """The record of the acting person. Raises Forbidden for somebody who has none."""
    person = changes.actor(session).person
    if person is None:
        raise Forbidden("known")
    return person


def acts_for(session: Session, call: Call, jurisdiction: str | None, *, recording: bool = False) -> bool:
    """Whether the acting person is the secretariat, recording for others; False for a representative of the jurisdiction.

    ``recording``: it is said that the answer came by another way, which only the secretariat may say. Raises Forbidden for anyone else.
    """
    actor = changes.actor(session)
    if jurisdiction and not recording and represented(session, call, actor.person, among=[jurisdiction]):
        return False
    if people.is_secretariat(session, actor):
        return True
    raise Forbidden(REPRESENTATIVE)


def invitation_row(session: Session, call: Call, jurisdiction: str) -> Invitation:
    """The invitation of a jurisdiction, its row locked. Raises NotFound where it was not invited."""
    found: Invitation | None = session.scalar(_INVITATION, {"call": call.id, "jurisdiction": jurisdiction})
    if found is None:
        raise NotFound(jurisdiction)
    return found


_INVITATION: Final = (
    select(Invitation)
    .where(Invitation.call == bindparam("call"), Invitation.jurisdiction == bindparam("jurisdiction"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def may_see(session: Session, call: Call, actor: Actor) -> bool:
    """Whether somebody may know of a call: of one that was opened, everybody whom Cadre knows; of others, the secretariat."""
    opened = call.opened_at is not None and (call.public or actor.person is not None)
    return opened or sees_all(session, actor)


def sees_all(session: Session, actor: Actor) -> bool:
    """Whether somebody may see who answered what, and who did not: the secretariat, and whoever runs Cadre."""
    return actor == OPERATOR or people.is_secretariat(session, actor)


def is_over(session: Session, call: Call) -> bool:
    """Whether what comes now comes after the closing, also where its moment is past and nobody closed it yet."""
    return rules.is_over(call.state, call.closes_at, clock.now(session))


def require_open(call: Call) -> None:
    """Raises Invalid where a call takes no answers: not yet, or no more."""
    if call.state in ("draft", "scheduled"):
        raise Invalid(state=Message("This call is not open yet."))
    if call.state in ("concluded", "cancelled"):
        raise Invalid(state=Message("This call is over: nothing can be changed any more."))
