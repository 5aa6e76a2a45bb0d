"""What was delivered once, and may be delivered again: who comes first takes it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Final

from sqlalchemy import TextClause, bindparam, delete, text
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.models import SeenEvent, UtcDateTime

KEPT: Final = timedelta(days=1)
"""Slack delivers an event again for an hour at most, and a button of an ephemeral message lives as long as the window it stands in.

https://docs.slack.dev/apis/events-api/ (retries: nearly at once, after 1 minute, after 5 minutes; delayed events: within the hour)
"""


def claim_event(session: Session, team: str, *events: str) -> bool:
    """Take something on: True for the first who asks, False for everyone after, in any process.

    ``events``: all names that it may be delivered under (its event id, and the message that it is about); one of them already taken
    is enough for False.
    """
    names = sorted(set(events))
    values = {f"event_{number}": name for number, name in enumerate(names)}
    taken = session.connection().execute(_claim(len(names)), values | {"team": team, "at": clock.real()})
    return taken.rowcount == len(names)


@cache
def _claim(count: int) -> TextClause:
    """One statement for so many names, by hand, because each event begins with it."""
    rows = ", ".join(f"(:team, :event_{number}, :at)" for number in range(count))
    statement = f"INSERT INTO {SeenEvent.__tablename__} (team, event, at) VALUES {rows} ON CONFLICT DO NOTHING"  # noqa: S608  # no word of it comes from outside
    return text(statement).bindparams(bindparam("at", type_=UtcDateTime()))


def release_event(session: Session, team: str, event: str) -> None:
    """Give back what was taken on and could not be done, so that it can be tried again."""
    session.execute(delete(SeenEvent).where(SeenEvent.team == team, SeenEvent.event == event))


def purge_events(session: Session) -> None:
    """Forget what nobody will deliver again."""
    session.execute(delete(SeenEvent).where(SeenEvent.at < clock.real() - KEPT))
