"""What moves the time in which tests of what changed take place."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cadre.core.models import STATE_ROW, Change, State
from cadre.core.reader import OPERATOR
from tests.workplans.world import World


def aged(world: World, days: int) -> None:
    """All that was recorded so far was recorded so many days ago."""

    def earlier(session: Session) -> None:
        for row in session.scalars(select(Change)).all():
            row.at -= timedelta(days=days)

    world.database.write(OPERATOR, earlier)


def later(world: World, days: int) -> None:
    """So many days go by, from when the registry was made."""
    offset = timedelta(days=days).total_seconds()
    world.database.write(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))
