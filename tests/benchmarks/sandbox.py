"""The sandbox: how soon it is ready, how many questions a second go through it, how much it holds, how soon its page can be used.

The workspace, the web server and the worker run in one process of their own, as ``cadre sandbox`` has them; who asks is here.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import aiohttp

from bot.sandbox.registry import make
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import listen, serving
from bot.sandbox.slack.workspace import BOT
from cadre.core import schema
from cadre.core.database import Database
from cadre.exchange.seed import real_registry
from tests.benchmarks.figure import Figure
from tests.benchmarks.slack import QUESTIONS
from tests.browser import chromium

CONCURRENCY: Final = 16
PAIRS: Final = 5000
WANTED: Final = 200
RUNS: Final = 7
CHANNEL: Final = "C0GENERAL"


def rows() -> list[Figure]:
    """The figures of the sandbox."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/registry.sqlite"
        with closing(Database(url)) as database:
            make(database, real_registry())
        ready = asyncio.run(_ready(url))
        process, address = _started(url)
        try:
            seconds, resident = asyncio.run(_asked(address, process.pid))
            painted = asyncio.run(_painted(address)) if chromium.program() else None
        finally:
            process.terminate()
            process.wait(10)
    found = [
        Figure("sandbox ready in process, its registry being made, p50", ready, 0.5, "s"),
        Figure(f"{WANTED} questions and answers through it, concurrency {CONCURRENCY}", WANTED * seconds / PAIRS, 1.0, "s"),
        Figure("  that is, a second", PAIRS / seconds, None, "pairs"),
        Figure(f"resident after {2 * PAIRS:,} messages, Cadre included", resident, 200, "MB"),
    ]
    return found if painted is None else [*found, Figure("its page, from the address to the place to write in, p50", painted, 0.5, "s")]


async def _ready(url: str) -> float:
    taken = []
    for _ in range(RUNS):
        with closing(Database(url)) as database:
            began = time.perf_counter()
            with listen("127.0.0.1", 0) as listening:
                sandbox = Sandbox(database, f"http://127.0.0.1:{listening.getsockname()[1]}")
                async with serving(sandbox, listening, ("127.0.0.1",)):
                    taken.append(time.perf_counter() - began)
            sandbox.registry.close()
    return statistics.median(taken)


def _started(url: str) -> tuple[subprocess.Popen[str], str]:
    command = [str(Path(sys.executable).with_name("cadre")), "sandbox", "--no-open", "--database", url]
    process = subprocess.Popen(command, cwd=schema.ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.readline()
    return process, said.split()[-1]


async def _asked(address: str, pid: int) -> tuple[float, float]:
    """Seconds for so many questions and answers, and the megabytes that the process then holds."""
    async with aiohttp.ClientSession(address, timeout=aiohttp.ClientTimeout(None)) as session:
        asking = _Asking(session)
        listening = asyncio.create_task(asking.listen())
        await asking.ask(10 * CONCURRENCY)  # all users known, all modules loaded
        began = time.perf_counter()
        await asking.ask(PAIRS)
        seconds = time.perf_counter() - began
        listening.cancel()
        return seconds, _resident(pid)


class _Asking:
    """So many people who ask, each the next question once the last one is answered."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._answered: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def listen(self) -> None:
        """Hear of answers as the page does."""
        async with self._session.get("/_sandbox/stream") as news:
            async for line in news.content:
                told = json.loads(line[6:]) if line.startswith(b"data: ") else {}
                if told.get("by") == BOT and told.get("thread_ts"):
                    self._answered[told["thread_ts"]].set()

    async def ask(self, count: int) -> None:
        async with self._session.get("/_sandbox/state") as response:
            users = [user["id"] for user in (await response.json())["users"]]
        numbers = iter(range(count))
        await asyncio.gather(*(self._one(users, numbers) for _ in range(CONCURRENCY)))

    async def _one(self, users: list[str], numbers: Iterator[int]) -> None:
        for number in numbers:
            text = f"@Cadre {QUESTIONS[number % len(QUESTIONS)]}"
            body = {"user": users[number % len(users)], "channel": CHANNEL, "text": text}
            async with self._session.post("/_sandbox/message", json=body) as response:
                ts = (await response.json())["ts"]
            async with asyncio.timeout(20):
                await self._answered[ts].wait()
            del self._answered[ts]


def _resident(pid: int) -> float:
    """Megabytes, as the system counts them."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


async def _painted(address: str) -> float:
    """Seconds until the page of a workspace with thousands of messages lets one write."""
    taken: list[float] = []
    async with chromium.browser() as browser:
        for _ in range(RUNS):
            page = await (await browser.new_context()).new_page()
            await page.goto(address, wait_until="commit")
            await page.get_by_role("textbox").first.wait_for()
            taken.append(float(await page.evaluate("performance.now()")))
            await page.context.close()
    return statistics.median(taken) / 1000


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<70} {row.value:8.2f} {row.unit}", "" if row.limit is None else f"limit {row.limit} {row.met}")
