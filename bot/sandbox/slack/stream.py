"""Telling the windows that are open what changed: they then ask for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Final

_LONGEST: Final = 1000
"""Of a window that does not read, so much is kept; then it is told to fetch everything afresh."""
_STILL_THERE: Final = 15.0


class Stream:
    """Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html"""

    def __init__(self) -> None:
        self._windows: set[asyncio.Queue[dict[str, object]]] = set()
        self._over = False

    def tell(self, kind: str, **what: object) -> None:
        """Tell all windows."""
        for window in self._windows:
            if window.full():
                while not window.empty():
                    window.get_nowait()
                window.put_nowait({"kind": "everything"})
            else:
                window.put_nowait({"kind": kind, **{name: value for name, value in what.items() if value is not None}})

    async def listen(self) -> AsyncIterator[str]:
        """The events of one window, as they are written; a comment now and then shows that the connection lives."""
        window: asyncio.Queue[dict[str, object]] = asyncio.Queue(_LONGEST)
        self._windows.add(window)
        try:
            yield "retry: 500\n\n"
            while not self._over:
                try:
                    async with asyncio.timeout(_STILL_THERE):
                        told = await window.get()
                except TimeoutError:
                    yield ": still there\n\n"
                else:
                    yield "".join(f"data: {json.dumps(each)}\n\n" for each in (told, *_waiting(window)))
        finally:
            self._windows.discard(window)

    def close(self) -> None:
        """End all connections: the server stops."""
        self._over = True
        self.tell("end")


def _waiting(window: asyncio.Queue[dict[str, object]]) -> Iterator[dict[str, object]]:
    """What else is there already: it goes in one piece."""
    while not window.empty():
        yield window.get_nowait()
