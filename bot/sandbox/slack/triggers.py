"""Short-lived permissions that come with what a user did: to open a window, and to answer where it was done.

https://docs.slack.dev/interactivity/handling-user-interaction/
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from cadre.core import clock

TRIGGER_SECONDS: Final = 3.0
ANSWERS: Final = 5
ANSWERED_WITHIN: Final = timedelta(minutes=30)
_KEPT: Final = 20_000

T = TypeVar("T")


@dataclass(slots=True)
class Outcome:
    """What first came of something that a user did: whoever waits for it is told."""

    came: asyncio.Event = field(default_factory=asyncio.Event)
    what: dict[str, Any] | None = None

    def tell(self, what: dict[str, Any]) -> None:
        """Something came; only the first counts."""
        if self.what is None:
            self.what = what
            self.came.set()


@dataclass(slots=True)
class Trigger:
    """Good once, for three seconds of real time, whatever the workspace's clock does."""

    user: str
    born: float
    outcome: Outcome
    used: bool = False


@dataclass(slots=True)
class ResponseAddress:
    """Good for five answers within half an hour. ``ts``: the message that was clicked in, which may be replaced; None for a command."""

    user: str
    channel: str
    born: datetime
    ts: str | None = None
    answers: int = 0
    outcome: Outcome = field(default_factory=Outcome)


@dataclass
class Triggers:
    """Those that were given out and are remembered."""

    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _addresses: dict[str, ResponseAddress] = field(default_factory=dict)

    def give(self, user: str, outcome: Outcome | None = None) -> str:
        """A new trigger."""
        made = f"{secrets.randbelow(10**9)}.{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        self._triggers[made] = Trigger(user, clock.ticks(), outcome or Outcome())
        _trim(self._triggers)
        return made

    def exchange(self, trigger_id: str) -> Trigger | str:
        """Use a trigger: what it was given for, or Slack's word for why it is not good (any more)."""
        found = self._triggers.get(trigger_id)
        if found is None:
            return "invalid_trigger_id"
        if found.used:
            return "exchanged_trigger_id"
        if clock.ticks() - found.born > TRIGGER_SECONDS:
            return "expired_trigger_id"
        found.used = True
        return found

    def address(self, given: ResponseAddress) -> str:
        """A secret name for a new address."""
        made = secrets.token_urlsafe(18)
        self._addresses[made] = given
        _trim(self._addresses)
        return made

    def answer(self, name: str, now: datetime) -> ResponseAddress | str:
        """Use an address once: where to answer, or why it takes no more answers."""
        found = self._addresses.get(name)
        if found is None:
            return "invalid_url"
        if now - found.born > ANSWERED_WITHIN:
            return "expired_url"
        if found.answers >= ANSWERS:
            return "used_url"
        found.answers += 1
        return found

    def forget(self) -> None:
        """None of them is good any more."""
        self._triggers.clear()
        self._addresses.clear()


def _trim(kept: dict[str, T]) -> None:
    while len(kept) > _KEPT:
        del kept[next(iter(kept))]
