"""Deliveries as whoever sends them has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Via = Literal["slack", "email"]


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery that a sender has claimed, until ``until`` (real time). ``redraw``: it was sent, and is to be drawn anew.

    ``key``: what the message is found by again. ``version``: of its subjects, that it will show. A post has a ``channel`` and a ``subject``
    in the place of a ``person``.
    """

    id: int
    person: str | None
    channel: str | None
    subject: str | None
    via: Via
    redraw: bool
    attempts: int
    doubtful: bool
    version: int
    posted_in: str | None
    ts: str | None
    holder: str
    until: datetime

    @property
    def key(self) -> str:
        """What the message is found by."""
        return f"delivery:{self.id}"

    @property
    def conversation(self) -> str | None:
        """What it adds a message to, in Slack."""
        return None if self.redraw or self.via == "email" else self.to

    @property
    def to(self) -> str | None:
        """Whom or what it is for, as the log names it."""
        return self.person or self.channel
