"""A worker of the benchmark: sends what is due to a stand-in that answers at once, and says how much of the processor it took."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from contextlib import closing
from datetime import timedelta

from bot.delivery.sender import Sender
from bot.notices.notices import FACES
from bot.registry import Registry
from bot.slack import Slack
from cadre.core.database import Database


class AtOnce(Slack):
    """A Slack that answers at once, in this process: what is measured is ours."""

    def __init__(self) -> None:
        self._posted = 0

    async def conversation_with(self, user: str) -> str:
        return f"D{user}"

    async def find(self, channel: str, key: str) -> str | None:
        return None

    async def post(self, channel: str, message: object, thread: str | None = None, key: str | None = None) -> str:
        self._posted += 1
        return f"{time.time():.6f}"


async def work(url: str, pace: float, seconds: float) -> None:
    with closing(Database(url)) as database:
        registry = Registry(database)
        sender = Sender(AtOnce(), None, kinds=(), faces=FACES, holder=sys.argv[4], pace=timedelta(seconds=pace))
        print("ready", flush=True)
        sys.stdin.readline()
        before, began = time.process_time(), time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                await sender.run(registry)
        except TimeoutError:
            sender.stop()
        print(time.monotonic() - began, time.process_time() - before, flush=True)


if __name__ == "__main__":
    gc.freeze()
    asyncio.run(work(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
