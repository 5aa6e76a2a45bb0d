"""The worker ticks. APScheduler is its clock and nothing more: it holds no jobs of its own, so any number of workers may run."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Timer
from typing import Any, Final, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot import slack as slack_api
from bot.registry import Registry
from bot.settings import Settings, check_registry
from bot.slack import Slack
from cadre.core import clock, events
from cadre.core.database import Database
from cadre.core.reader import WORKER

log: Final = logging.getLogger("cadre.worker")
EVERY: Final = 10
"""Seconds between two ticks."""
DRAIN: Final = 8.0
"""Seconds that a round which runs has to come to its end, when the process is told to."""
END: Final = 9.5
"""Seconds after which the process is over, whatever hangs: a thread cannot be cancelled, and whoever stops us kills us after ten."""


class Duty(Protocol):
    """Something that the worker does when it is due. What is due, and since when, stands in the registry."""

    async def run(self, registry: Registry) -> None:
        """Do what is due by now; nothing where nothing is."""

    async def next_due(self, registry: Registry) -> datetime | None:
        """The moment, in workspace time, at which there will be something to do; None where nothing is planned."""

    def stop(self) -> None:
        """The process is to end: begin nothing new, and bring what runs to its end."""


class Housekeeping:
    """Forgets what nobody needs any more. It goes by real time and is never awaited."""

    async def run(self, registry: Registry) -> None:
        """Forget the events that nobody will deliver again."""
        await registry.write(WORKER, events.purge_events)

    async def next_due(self, registry: Registry) -> datetime | None:
        """Nothing that a person would wait for."""
        return None

    def stop(self) -> None:
        """It takes no time."""


class Timed:
    """What an area does at moments of its own: ``advance`` does what has come, ``due`` names the next moment."""

    def __init__(self, advance: Callable[[Session], object], due: Callable[[Session], datetime | None]) -> None:
        self._advance = advance
        self._due = due

    async def run(self, registry: Registry) -> None:
        """Do what has come; nothing is written where nothing has."""
        moment = await registry.read(self._due)
        if moment and moment <= await registry.read(clock.now):
            await registry.write(WORKER, self._advance)

    async def next_due(self, registry: Registry) -> datetime | None:
        """The next moment."""
        return await registry.read(self._due)

    def stop(self) -> None:
        """It is one transaction."""


class OneByOne(Timed):
    """What an area does at moments of its own, one thing a transaction: what fails is logged and ``failed`` says so where it matters; it
    keeps nothing else from being done, and is tried again in the next round.
    """

    def __init__(
        self,
        which: Callable[[Session], Sequence[int]],
        advance: Callable[[Session, int], object],
        failed: Callable[[Session, int], object],
        due: Callable[[Session], datetime | None],
    ) -> None:
        super().__init__(which, due)
        self._which, self._one, self._failed = which, advance, failed
        self._ending = False

    async def run(self, registry: Registry) -> None:
        """Do what has come."""
        for id_ in await registry.read(self._which):
            if self._ending:
                return
            try:
                await registry.write(WORKER, self._one, id_)
            except Exception:
                log.exception("%s: a tick failed for number %s", self._one.__qualname__, id_)
                await self._tell(registry, id_)

    async def _tell(self, registry: Registry, id_: int) -> None:
        try:
            await registry.write(WORKER, self._failed, id_)
        except Exception:
            log.exception("%s: nobody was told for number %s", self._failed.__qualname__, id_)

    def stop(self) -> None:
        """Each is one transaction: the next is not begun."""
        self._ending = True


class Worker:
    """Does what is due, again and again."""

    def __init__(self, registry: Registry, duties: Sequence[Duty], every: float = EVERY) -> None:
        self._registry = registry
        self._duties = duties
        self._ticking = asyncio.Lock()
        self._ending = False
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

    @property
    def resting(self) -> asyncio.Lock:
        """While it is held, no round begins, and none runs."""
        return self._ticking

    async def tick(self) -> None:
        """One round. A duty that fails is logged, keeps no other from being done, and is tried again in the next round."""
        async with self._ticking:
            for duty in self._duties:
                if self._ending:
                    return
                try:
                    await duty.run(self._registry)
                except Exception:
                    log.exception("a tick failed")

    async def next_due(self) -> datetime | None:
        """The next moment, in workspace time, at which something is due; None where nothing is planned."""
        moments = [await duty.next_due(self._registry) for duty in self._duties]
        return min((moment for moment in moments if moment), default=None)

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until told to stop: then nothing new begins, and the duty that is done comes to its end.

        The scheduler's own ``shutdown`` cancels it in the middle: here only one that takes too long, as where Slack does not answer. What
        it had claimed is looked for by whoever claims it next.
        """
        self._scheduler.start()
        await stop.wait()
        self._ending = True
        self._scheduler.pause()
        for duty in self._duties:
            duty.stop()
        try:
            async with asyncio.timeout(DRAIN), self._ticking:
                pass
        except TimeoutError:
            log.warning("a round was cut off: it had not come to its end after %s seconds", DRAIN)
        self._scheduler.shutdown(wait=False)
        async with self._ticking:
            pass  # what was cut off has let go of everything


def run(settings: Settings, slack: Slack, duties: Sequence[Duty], every: float = EVERY) -> None:
    """Work until SIGTERM, with a tick each ``every`` seconds. Raises Unready where it cannot start."""
    database = Database(settings.database_url, settings.secretariat, settings.mail_reply_to or None)
    limit = Timer(END, _cut_off)
    limit.daemon = True
    try:
        check_registry(settings, database)
        asyncio.run(_work(Registry(database), slack, duties, every, limit))
    finally:
        database.close()
        limit.cancel()


def _cut_off() -> None:
    """What hangs is left: whoever claims it next looks for it, as after a kill."""
    log.critical("the process is cut off: it had not come to its end after %s seconds", END)
    logging.shutdown()
    os._exit(1)


async def _work(registry: Registry, slack: Slack, duties: Sequence[Duty], every: float, limit: Timer) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told_to_end() -> None:
        if not stop.is_set():
            limit.start()
        stop.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told_to_end)
    log.info("Cadre's worker ticks every %s seconds", every)
    try:
        async with slack_api.connections() as session:
            slack.use(session)
            await Worker(registry, duties, every).run(stop)
    finally:
        registry.close()
