"""Turns: when Slack takes the next message, of all senders together, and in each conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.notices.models import Planning
from cadre.notices.service import PLANNING_ROW

APART: Final = timedelta(seconds=1.1)
"""Between two messages in one conversation, of which Slack takes one a second; the way to it does not always take equally long:
https://docs.slack.dev/apis/web-api/rate-limits (posting messages)
"""
HELD: Final = timedelta(minutes=15)
"""Of real time, for which all senders wait at most."""


@dataclass(frozen=True, slots=True)
class Turns:
    """When it is the turn of each message, in real time, and whether that turn is reserved. ``full``: whether none is, because the
    workspace takes no more for now.
    """

    at: tuple[datetime, ...]
    ours: tuple[bool, ...]
    full: bool = False


def turns(session: Session, conversations: Sequence[str | None], interval: timedelta, longest: timedelta) -> Turns:
    """Reserve turns for messages, ``interval`` apart in the workspace and ``APART`` in a conversation (None: in none), for all senders
    together.

    What would wait more than ``longest`` gets none. Nobody waits that long with deliveries in hand, and turns that nobody takes would keep
    all others waiting, in the end for ever.
    """
    now = clock.real()
    row = session.execute(select(Planning.free_at, Planning.spoken).where(Planning.id == PLANNING_ROW).with_for_update()).one_or_none()
    free_at, spoken_ = row or (None, None)
    start = max(free_at, now) if free_at and free_at - now <= HELD else now  # further only where the clock was set back
    if start - now > longest:
        return Turns((start,) * len(conversations), (False,) * len(conversations), full=True)
    spoken = _lately(spoken_, now)
    at: list[datetime] = []
    ours: list[bool] = []
    for conversation in conversations:
        turn = start + ours.count(True) * interval
        last = spoken.get(conversation or "")
        at.append(max(turn, last + APART) if last else turn)
        ours.append(at[-1] - turn <= longest)
        if conversation and ours[-1]:
            spoken[conversation] = at[-1]
    kept = json.dumps({conversation: each.timestamp() for conversation, each in spoken.items()})
    free_at = start + ours.count(True) * interval
    session.execute(update(Planning).where(Planning.id == PLANNING_ROW).values(free_at=free_at, spoken=kept))
    return Turns(tuple(at), tuple(ours))


def _lately(spoken: str | None, now: datetime) -> dict[str, datetime]:
    """When the last message of a conversation stands, or will stand, where that still matters."""
    found = {conversation: datetime.fromtimestamp(at, UTC) for conversation, at in json.loads(spoken or "{}").items()}
    return {conversation: at for conversation, at in found.items() if now - APART < at <= now + HELD}


def hold(session: Session, until: datetime) -> None:
    """Slack wants no message before a moment of real time: no sender takes a turn before it."""
    until = min(until, clock.real() + HELD)
    session.execute(
        update(Planning).where(Planning.id == PLANNING_ROW, or_(Planning.free_at.is_(None), Planning.free_at < until)).values(free_at=until)
    )
