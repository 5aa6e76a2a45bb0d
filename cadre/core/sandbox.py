"""A registry that is a sandbox's: marked as such when it is made, with a clock that can be moved."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from cadre.core.errors import Forbidden
from cadre.core.models import STATE_ROW, State


def sandboxed(session: Session) -> bool:
    """Whether the registry is marked as a sandbox: what is done in it concerns nobody."""
    marked: bool = session.info.get("sandbox", False)
    return marked


def mark(session: Session) -> None:
    """Mark a registry that was made for a sandbox. Only whoever made it, while it is empty, may do so: the mark allows it to be wiped."""
    session.execute(update(State).where(State.id == STATE_ROW).values(sandbox=True))


def set_clock(session: Session, offset: float) -> None:
    """Let workspace time run ``offset`` seconds ahead of real time, for all processes. Raises Forbidden outside a sandbox."""
    if not sandboxed(session):
        raise Forbidden("sandbox")
    session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset))
