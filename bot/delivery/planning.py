"""The duty of planning: what everybody is owed, and the messages that bring it. One process at a time does it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.registry import Registry
from cadre.core import clock
from cadre.core.reader import WORKER
from cadre.notices import deliveries, joining, planner, redraws
from cadre.notices.planner import Lease, LostLease, Work
from cadre.notices.redraws import Leaning
from cadre.notices.rules import Around, Kind

log: Final = logging.getLogger("cadre.planning")

BATCH: Final = 0.05
"""Seconds that a transaction may take: nobody's click waits longer on SQLite, where there is one writer at a time."""
REST: Final = 0.02
"""Seconds between two: back to back they would starve everybody else (SQLite's waiting is unfair)."""
_FIRST: Final = 25
_MOST: Final = 400


def _waiting(session: Session) -> tuple[Work, bool]:
    return planner.what_to_plan(session), joining.to_join(session)


def _never(session: Session) -> None:
    return None


class Planning:
    """Plans what is owed, and joins what is due into messages.

    ``opening``: what a new day brings about before it is planned, such as a new cycle of workplans. ``email``: there is a mail server.
    ``full``: False where a person's click is behind it: what concerns all subjects is left to the worker. ``opens``: when the next new day
    comes that brings something about. ``leaning``: what else tells of what changed.
    """

    def __init__(
        self,
        kinds: Sequence[Kind],
        opening: Sequence[Callable[[Session, date], object]],
        holder: str,
        *,
        email: bool,
        full: bool = True,
        opens: Callable[[Session], datetime | None] = _never,
        leaning: Leaning = redraws.none,
    ) -> None:
        self._kinds = kinds
        self._opening = opening
        self._holder = holder
        self._email = email
        self._full = full
        self._opens = opens
        self._leaning = leaning
        self._stopped = False
        self._lock = asyncio.Lock()

    async def run(self, registry: Registry) -> None:
        """Plan where something changed or a day began, and join what is due: not where another process does it. Messages that tell of
        what changed are to be drawn anew whoever plans.
        """
        async with self._lock:
            self._stopped = False  # not before: it would let go on what runs, and was told to stop
            work, due = await registry.read(_waiting)
            if work.changed:
                await self._redraw(registry)
                work, due = await registry.read(_waiting)
            plan = bool(work.any and (self._full or not work.full))
            if plan or due:
                await self._run(registry, work if plan else None)

    async def _redraw(self, registry: Registry) -> None:
        more = True
        while more and not self._stopped:
            more = await registry.write(WORKER, redraws.draw_anew, self._leaning)
            await asyncio.sleep(REST if more else 0)

    async def _run(self, registry: Registry, work: Work | None) -> None:
        lease = await registry.write(WORKER, planner.take_lease, self._holder)
        if lease is None:
            return
        try:
            if work:
                await self._plan(registry, lease, work)
            joined = 1
            while joined and not self._stopped:
                joined = await registry.write(WORKER, joining.join, lease, email=self._email)
                await asyncio.sleep(REST if joined else 0)
            await registry.write(WORKER, planner.give_up, lease)
        except LostLease:
            log.info("another process plans")

    def stop(self) -> None:
        """What is planned stands; what is not is planned by whoever comes next."""
        self._stopped = True

    async def next_due(self, registry: Registry) -> datetime | None:
        """When something that is planned is to be sent, or something opens. Planning itself looks each day, well before what it planned
        runs out.
        """
        moments = (await registry.read(deliveries.next_due), await registry.read(self._opens))
        return min((each for each in moments if each), default=None)

    async def _plan(self, registry: Registry, lease: Lease, work: Work) -> None:
        if work.full:
            for begin in self._opening:
                await registry.write(WORKER, begin, work.day)
            work = await registry.read(planner.what_to_plan)
        await registry.write(WORKER, planner.begin, lease, work)
        known = await registry.read(planner.around)
        for kind in self._kinds:
            if work.full:
                await self._all(registry, lease, kind, known)
            elif kind.name in work.touched:
                await self._some(registry, lease, kind, known, work.touched[kind.name])
        if not self._stopped:
            await registry.write(WORKER, planner.done, lease, work)

    async def _all(self, registry: Registry, lease: Lease, kind: Kind, known: Around) -> None:
        """All subjects of a kind, as many at once as fit into the time that a transaction may take."""
        after: str | None = ""
        size = _FIRST
        while after is not None and not self._stopped:
            began = clock.ticks()
            after = await registry.write(WORKER, planner.plan_batch, lease, kind, known, after=after, size=size)
            took = clock.ticks() - began
            size = max(1, min(_MOST, int(size * min(2.0, 0.7 * BATCH / max(took, 0.001)))))
            await asyncio.sleep(REST)

    async def _some(self, registry: Registry, lease: Lease, kind: Kind, known: Around, subjects: Sequence[str]) -> None:
        for start in range(0, len(subjects), _FIRST):
            await registry.write(WORKER, planner.plan_touched, lease, kind, known, subjects[start : start + _FIRST])
            await asyncio.sleep(REST)
