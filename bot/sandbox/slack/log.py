"""The witness: all that went between Slack and Cadre, in order, with real time."""

from __future__ import annotations

import json
import zlib
from collections import deque
from datetime import datetime
from typing import Any, Final

from bot.sandbox.slack.stream import Stream
from cadre.core import clock

MOST: Final = 100_000
"""So many entries are kept; then the oldest go."""
AT_ONCE: Final = 500
"""So many of them are given out for one request."""


class Log:
    """Entries are kept compressed: each holds a whole message, twice."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._entries: deque[bytes] = deque(maxlen=MOST)
        self.last = 0
        """The number of the newest entry; they count up from 1, also over a reset."""

    def add(
        self,
        kind: str,
        name: str,
        sent: Any,
        answer: Any,
        *,
        status: int | None,
        began: datetime,
        retry: int | None = None,
        error: str | None = None,
    ) -> None:
        """Enter a call of the Web API (``call``), a delivery to Cadre (``delivery``), an answer at a response address (``response``) or
        a letter (``mail``).

        ``status``: of HTTP, or the mail server's; None where no answer came. ``error``: why it counts as failed. ``retry``: the
        how-manieth repetition.
        """
        self.last += 1
        seconds = round((clock.real() - began).total_seconds(), 6)
        entry = {"n": self.last, "at": began.isoformat(), "seconds": seconds, "kind": kind, "name": name, "status": status}
        entry |= {"sent": sent, "answer": answer}
        entry |= {key: value for key, value in (("retry", retry), ("error", error)) if value}
        self._entries.append(zlib.compress(json.dumps(entry, ensure_ascii=False).encode(), 1))
        self._stream.tell("log", last=self.last)

    def since(self, number: int, most: int = AT_ONCE) -> list[dict[str, Any]]:
        """The entries after a number, oldest first; of many, the first ``most``."""
        behind = max(0, min(self.last - number, len(self._entries)))
        start = len(self._entries) - behind
        return [json.loads(zlib.decompress(self._entries[index])) for index in range(start, min(start + most, len(self._entries)))]

    def clear(self) -> None:
        """Forget what is kept."""
        self._entries.clear()
