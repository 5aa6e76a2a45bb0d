"""Settling: what was sent while the last was being written is written together, in one transaction. Nothing waits for company."""

from __future__ import annotations

import asyncio

from bot.registry import Registry
from cadre.notices import deliveries
from cadre.notices.deliveries import Outcome


class Settling:
    """Writes what became of the deliveries of one sender, ``holder``."""

    def __init__(self, holder: str) -> None:
        self._holder = holder
        self._waiting: list[tuple[Outcome, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def settled(self, registry: Registry, outcome: Outcome) -> bool:
        """Whether the delivery was still this sender's. Raises SQLAlchemyError where that could not be written."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(registry))
        return await written

    async def _write(self, registry: Registry) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            waiting = [(outcome.prepared.job.id, written) for outcome, written in together]
            try:
                held = await registry.briefly(deliveries.settle, self._holder, [outcome for outcome, _ in together])
            except Exception as problem:  # noqa: BLE001  # each that waits raises it
                for _, written in waiting:
                    if not written.done():
                        written.set_exception(problem)
            else:
                for id_, written in waiting:
                    if not written.done():
                        written.set_result(id_ in held)
