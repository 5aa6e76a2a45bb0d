"""What is only shown after something was stored: in a rush, it does not hold up what others wait to have stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

_TOGETHER: Final = 2
"""Of which so many are done at the same time."""
_LONGEST: Final = 3.0
"""Seconds for which it waits while something is being stored."""


class Aftermath:
    """Counts what is being stored, and gives what follows its turn."""

    def __init__(self) -> None:
        self._storing = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._turns = asyncio.Semaphore(_TOGETHER)

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Something is being stored, for which somebody waits."""
        self._storing += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._storing -= 1
            if not self._storing:
                self._quiet.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """What follows may be done now."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST):
                await self._quiet.wait()
        async with self._turns:
            yield
