"""What one window about groups shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.groups.windows import Offered
from cadre.groups import service as groups
from cadre.groups.card import GroupCard, GroupRef
from cadre.groups.facts import COUNCILS
from cadre.groups.roles import RoleEntry
from cadre.oversight import closing
from cadre.oversight.closing import ClosingView


@dataclass(frozen=True, slots=True)
class Sheet:
    """A group, and what there is to choose from where it is written; of one role, that too."""

    card: GroupCard
    offered: Offered
    role: RoleEntry | None = None


def own(session: Session, caller: Caller) -> tuple[GroupRef, ...]:
    """The groups that somebody leads, by their English name."""
    led = groups.led_by(session, caller.actor)
    return tuple(each for each in groups.refs(session) if each.id in led)


def card(session: Session, id_: str, caller: Caller) -> GroupCard:
    """A group. Raises NotFound."""
    return groups.card(session, id_, caller.actor)


def over(session: Session, id_: str) -> ClosingView | None:
    """What is kept of a group that is dissolved now."""
    found = closing.last(session, id_)
    return closing.kept(session, found.id) if found else None


def offered(session: Session) -> Offered:
    """What there is to choose from."""
    return Offered(groups.kinds(session), groups.refs(session), groups.refs(session, *COUNCILS))


def sheet(session: Session, id_: str, caller: Caller) -> Sheet:
    """A group that is to be written. Raises NotFound."""
    return Sheet(card(session, id_, caller), offered(session))


def role(session: Session, id_: str, caller: Caller) -> Sheet:
    """A role that is to be written, with its group. Raises NotFound."""
    group, entry = groups.role_of(session, id_)
    return Sheet(card(session, group, caller), offered(session), entry)
