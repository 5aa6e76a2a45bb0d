"""The one bridge between the async shell and the sync registry."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from cadre.core.database import POOL, Database
from cadre.core.reader import Actor

log: Final = logging.getLogger("cadre.registry")

P = ParamSpec("P")
T = TypeVar("T")


class Registry:
    """The registry, for async callers: one call is one session and one transaction, in a thread of Cadre's own executor.

    ``asyncio.to_thread`` would share six threads with the look-ups of host names. SQLite has one writer at a time anyway: its
    writes queue on one thread rather than in the database, where waiting for the lock is unfair.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        one_writer = database.engine.dialect.name == "sqlite"
        self._readers = ThreadPoolExecutor(POOL - 1 if one_writer else POOL, thread_name_prefix="registry")
        self._writers = ThreadPoolExecutor(1, thread_name_prefix="registry-writer") if one_writer else self._readers

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``fn(session, …)`` returns. Nothing that it changes is kept."""
        call = partial(_heard, partial(self._database.read, fn, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._readers, call)

    async def write(self, by: Actor, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``fn(session, …)`` returns, committed; rolled back where it raises. The Changes name ``by``.

        Whoever stops waiting does not stop the transaction, begun or still in the queue: it is committed or rolled back as if they
        waited, and what it raises then is logged.
        """
        return await self._written(partial(self._database.write, by, fn, *args, **kwargs))

    async def briefly(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for plain statements that change nothing audited: ``Database.briefly``."""
        return await self._written(partial(self._database.briefly, fn, *args, **kwargs))

    async def _written(self, call: Callable[[], T]) -> T:
        writing = asyncio.get_running_loop().run_in_executor(self._writers, partial(_heard, call))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            writing.add_done_callback(_log_unheard)
            raise

    def close(self) -> None:
        """Finish what runs, and give the connections back."""
        self._readers.shutdown(wait=True)
        self._writers.shutdown(wait=True)
        self._database.close()


def _heard(call: Callable[[], T]) -> T:
    """What a call returns or raises, so that whoever waits hears of it: before Python 3.12 a future takes no StopIteration, and whoever
    waited for it waited for ever.
    """
    try:
        return call()
    except StopIteration as problem:
        raise RuntimeError("a StopIteration that nobody took") from problem


def _log_unheard(writing: asyncio.Future[Any]) -> None:
    problem = None if writing.cancelled() else writing.exception()
    if problem:
        log.error("a change that nobody waited for any more failed", exc_info=problem)
