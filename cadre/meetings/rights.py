"""Who may arrange a meeting, and who sees how to join it: by the roles that the secretariat confirmed, as they are at that moment."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Message, NotFound
from cadre.core.reader import OPERATOR, Actor, named
from cadre.meetings.models import Meeting
from cadre.people import holders
from cadre.people import service as people
from cadre.priorities.models import Priority

CHAIRS: Final = frozenset({"lead", "co_chair"})
"""Roles that arrange the meetings of a group, and without which it does not meet."""
INVITED: Final = frozenset({*CHAIRS, "member", "alternate", "secretariat"})
"""Roles that are invited to the meetings of a group."""
CHAIR: Final = "co_chair"
"""Whom ``Forbidden`` names where somebody would have to arrange it."""


def may_arrange(session: Session, group: str, actor: Actor) -> bool:
    """Whether somebody may arrange the meetings of a group: its leads and co-chairs, the secretariat, and whoever runs Cadre."""
    return actor == OPERATOR or group in arranged_by(session, actor) or people.is_secretariat(session, actor)


def arranged_by(session: Session, actor: Actor) -> frozenset[str]:
    """The groups that somebody leads or co-chairs, or whose priority they lead."""
    held = [each for each in holders.of_person(session, actor.person) if each.role in CHAIRS] if actor.person else []
    led = {each.priority for each in held if each.priority}
    of_priorities = session.scalars(select(Priority.group).where(Priority.id.in_(led))) if led else ()
    return frozenset(group for group in (*(each.group for each in held), *of_priorities) if group)


def require_arranger(session: Session, group: str) -> None:
    """Raises Forbidden for anyone who may not arrange the meetings of a group."""
    if not may_arrange(session, group, changes.actor(session)):
        raise Forbidden(CHAIR)


def meeting_row(session: Session, id_: str, *, lock: bool = False) -> Meeting:
    """A meeting by its id, its row locked where it is to be changed. Raises NotFound."""
    query = select(Meeting).where(Meeting.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound(id_)
    return found


def require_planned(session: Session, row: Meeting) -> None:
    """Raises Conflict for a meeting that was cancelled, with who did so and when."""
    if row.state == "cancelled":
        raise Conflict(named(row.changed_by or ""), row.changed_at or clock.now(session), Message("This meeting is cancelled."))
