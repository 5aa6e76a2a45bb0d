"""Posts in channels: one for each channel in which something is told, and kept true for as long as it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Date, bindparam, select, text
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.models import UtcDateTime
from cadre.notices.models import Delivery

POST: Final = "post"
"""The manner of a delivery that is one."""
REDRAW: Final = timedelta(seconds=3)
"""The least between two drawings of a post, in workspace time, however many changes come: Slack takes some 50 a minute, for all that
Cadre draws anew (https://docs.slack.dev/reference/methods/chat.update, Tier 3).
"""

_INSERT: Final = text("""
INSERT INTO delivery (channel, via, manner, day, once, subject, state, at, attempts, doubtful, wanted, drawn)
VALUES (:channel, 'slack', :manner, :day, :once, :subject, 'due', :now, 0, (1 = 0), 1, 0)
ON CONFLICT (once) DO NOTHING
""").bindparams(bindparam("day", type_=Date()), bindparam("now", type_=UtcDateTime()))
"""By hand, because two processes may ask at the same moment, and both are to go on."""


def post(session: Session, subject: str, channels: Iterable[str]) -> None:
    """Tell of a subject in channels, at once: a post has no working hours. Asked for twice, there is still one in each."""
    values = {"manner": POST, "day": clock.today(session), "subject": subject, "now": clock.now(session)}
    for channel in sorted(set(channels)):
        session.execute(_INSERT, values | {"channel": channel, "once": f"{POST}:{subject}:{channel}"})


def posts(session: Session, subject: str) -> tuple[tuple[str, str | None], ...]:
    """The channels in which a subject is told of, each with Slack's ``ts`` of the post: None while none stands there."""
    rows = session.execute(select(Delivery.channel, Delivery.ts).where(Delivery.subject == subject).order_by(Delivery.id))
    return tuple((row.channel, row.ts) for row in rows)


def anew_at(drawn: datetime, now: datetime) -> datetime:
    """When a post that was drawn at a moment may be drawn again. Where the clock was set back since, it waits no longer than else."""
    return max(now, min(drawn, now) + REDRAW)
