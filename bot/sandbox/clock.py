"""The workspace's clock, which can be moved: what is due on the way is done on the way."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.worker import Worker
from bot.registry import Registry
from bot.sandbox.registry import SANDBOX
from cadre.core import clock, sandbox

log: Final = logging.getLogger("cadre.sandbox")
_STRIDE: Final = timedelta(days=7)
"""Notices are planned a fortnight ahead: whoever goes further than this at once would be late for some."""
_PATIENT: Final = 10_000
"""So many moments are stopped at on the way; more would be a duty that is due again and again."""


@dataclass
class WorkspaceClock:
    """Real time and an offset that the registry keeps, so that all processes share it; held here too, because messages need it at once.

    ``quiet``: waits until neither Slack nor Cadre has anything under way; ``told``: is called when it was moved.
    """

    registry: Registry
    worker: Worker
    quiet: Callable[[], Awaitable[None]]
    told: Callable[[], None]
    offset: float = 0.0

    def now(self) -> datetime:
        """Workspace time, in UTC."""
        return clock.real() + timedelta(seconds=self.offset)

    async def move(self, to: datetime) -> datetime:
        """Go to a moment, and stop at each at which something is due: it is planned and sent before time goes on. Back goes at once."""
        done: datetime | None = None
        await self._settle()
        for _ in range(_PATIENT):
            soon = min(to, self.now() + _STRIDE)
            due = await self.worker.next_due()
            if due is None or due > soon or (done and due <= done):
                if soon >= to:
                    break
                due = soon
            done = due
            if due > self.now():
                await self._set(due)
            await self._settle()
        else:
            log.warning("the clock stopped at %s moments and went on: something is due again and again", _PATIENT)
        await self._set(to)
        await self._settle()
        return self.now()

    async def next_due(self) -> datetime | None:
        """The next moment at which something is due."""
        return await self.worker.next_due()

    async def _set(self, to: datetime) -> None:
        self.offset = (to - clock.real()).total_seconds()
        await self.registry.write(SANDBOX, sandbox.set_clock, self.offset)
        self.told()

    async def _settle(self) -> None:
        await self.worker.tick()
        await self.quiet()
