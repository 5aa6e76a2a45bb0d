"""Who may see what of gaps and health: by their confirmed roles, as they are at that moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Forbidden
from cadre.core.reader import Actor
from cadre.decisions.question_rights import sees_all
from cadre.groups.models import Link
from cadre.oversight.facts import GroupNow
from cadre.people import holders


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see. ``everything``: the secretariat, and whoever runs Cadre; ``own``: the groups and councils of their roles;
    ``overseen``: the groups that theirs oversee.
    """

    everything: bool
    own: frozenset[str] = frozenset()
    overseen: frozenset[str] = frozenset()

    def sees(self, group: GroupNow) -> bool:
        """Whether they may see how a group stands: their own, those that come to their council, those that theirs oversee. What is late
        concerns no other government.
        """
        return self.everything or group.id in self.own | self.overseen or bool(group.above & self.own)


def sight(session: Session, actor: Actor) -> Sight:
    """What somebody may see. Raises Forbidden for whoever holds no confirmed role."""
    everything = sees_all(session, actor)
    held = holders.of_person(session, actor.person) if actor.person else ()
    if not (held or everything):
        raise Forbidden("member")
    own = frozenset(each.group for each in held if each.group)
    return Sight(everything, own, _overseen(session, own))


def _overseen(session: Session, groups: Collection[str]) -> frozenset[str]:
    if not groups:
        return frozenset()
    return frozenset(session.scalars(select(Link.target_group).where(Link.kind == "oversees", Link.source_group.in_(groups))))


def require_secretariat(session: Session, actor: Actor) -> None:
    """Raises Forbidden for anyone but the secretariat, and whoever runs Cadre."""
    if not sees_all(session, actor):
        raise Forbidden
