"""What is only shown after something was stored: in a rush, it does not hold up what others wait to have stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from cadre.core import clock

_TOGETHER: Final = 2
"""Of which so many are done at the same time."""
_LULL: Final = 0.25
"""Seconds in which nothing was stored, after which a rush is over."""
_LONGEST: Final = 3.0
"""Seconds for which a rush is waited for."""


class Aftermath:
    """Counts what is being stored, and gives what follows its turn: at once, or, where several wait, when the rush is over."""

    def __init__(self) -> None:
        self._storing = 0
        self._stored = clock.ticks()
        self._waiting = 0
        self._turns = asyncio.Semaphore(_TOGETHER)

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Something is being stored, for which somebody waits."""
        self._storing += 1
        try:
            yield
        finally:
            self._storing -= 1
            self._stored = clock.ticks()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """What follows may be done now."""
        self._waiting += 1
        try:
            came = clock.ticks()
            while self._rush() and clock.ticks() - came < _LONGEST:  # noqa: ASYNC110  # that nothing comes is no event
                await asyncio.sleep(_LULL)
            async with self._turns:
                yield
        finally:
            self._waiting -= 1

    def _rush(self) -> bool:
        return self._waiting > 1 and (self._storing > 0 or clock.ticks() - self._stored < _LULL)
