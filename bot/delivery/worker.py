"""The worker ticks. APScheduler is its clock and nothing more: it holds no jobs of its own, so any number of workers may run."""

from __future__ import annotations

import asyncio
import logging
import signal
from datetime import UTC
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.registry import Registry
from bot.settings import Settings, check_registry
from cadre.core import clock, events
from cadre.core.database import Database
from cadre.core.reader import Actor

log: Final = logging.getLogger("cadre.worker")
EVERY: Final = 60
"""Seconds between two ticks."""
WORKER: Final = Actor("worker")


class Worker:
    """Does what is due, again and again."""

    def __init__(self, registry: Registry, every: float = EVERY) -> None:
        self._registry = registry
        self._ticking = asyncio.Lock()
        self._scheduler: Any = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=every,
            next_run_time=clock.real(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def tick(self) -> None:
        """One round. A round that fails is logged, and the next one tries again."""
        async with self._ticking:
            try:
                await self._registry.write(WORKER, events.purge_events)
            except Exception:
                log.exception("a tick failed")

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until told to stop: then no new round begins, and the one that runs comes to its end.

        The scheduler's own ``shutdown(wait=True)`` would cancel it in the middle (stack.md, section 10).
        """
        self._scheduler.start()
        await stop.wait()
        self._scheduler.pause()
        async with self._ticking:
            self._scheduler.shutdown(wait=False)


def run(settings: Settings) -> None:
    """Work until SIGTERM. Raises Unready where it cannot start."""
    database = Database(settings.database_url, settings.secretariat)
    try:
        check_registry(settings, database)
        asyncio.run(_work(Registry(database)))
    finally:
        database.close()


async def _work(registry: Registry) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    log.info("Cadre's worker ticks every %s seconds", EVERY)
    try:
        await Worker(registry).run(stop)
    finally:
        registry.close()
