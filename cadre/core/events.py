"""What was delivered once, and may be delivered again: who comes first takes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.models import SeenEvent

KEPT: Final = timedelta(days=1)
"""Slack delivers an event again for an hour at most, and a button of an ephemeral message lives as long as the window it stands in.

https://docs.slack.dev/apis/events-api/ (retries: nearly at once, after 1 minute, after 5 minutes; delayed events: within the hour)
"""


def claim_event(session: Session, team: str, *events: str) -> bool:
    """Take something on: True for the first who asks, False for everyone after, in any process.

    ``events``: all names that it may be delivered under (its event id, and the message that it is about); one of them already taken
    is enough for False.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [{"team": team, "event": event, "at": clock.real()} for event in sorted(set(events))]
    taken = session.execute(insert(SeenEvent).values(rows).on_conflict_do_nothing().returning(SeenEvent.id))
    return len(taken.all()) == len(rows)


def release_event(session: Session, team: str, event: str) -> None:
    """Give back what was taken on and could not be done, so that it can be tried again."""
    session.execute(delete(SeenEvent).where(SeenEvent.team == team, SeenEvent.event == event))


def purge_events(session: Session) -> None:
    """Forget what nobody will deliver again."""
    session.execute(delete(SeenEvent).where(SeenEvent.at < clock.real() - KEPT))
