"""How soon Slack has its acknowledgement, and a person the answer: signed events through HTTP to a server process on SQLite."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from cadre.core import schema
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file
from tests.benchmarks.figure import Figure
from tests.benchmarks.slack_server import EMPTY
from tests.slack.standin import BOT, TEAM, StandIn, running
from tests.slack.workspace import SECRET, signed

RATE = 50
SECONDS = 3
ROUNDS = 4
CADRE = "/slack/events"
QUESTIONS = (
    "who leads digital identity",
    "qui dirige l'identité numérique",
    "what is the Framework Working Group",
    "quels groupes appuient la stratégie numérique",
    "who represents Manitoba",
    "what does PSCIOC stand for",
)


def rows() -> list[Figure]:
    """The figures of the Slack side."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.sqlite"
        database = Database(f"sqlite:///{path}")
        schema.upgrade(database.engine)
        database.write(OPERATOR, import_file, real_registry())
        database.close()
        acks, answers = asyncio.run(_measured(f"sqlite:///{path}"))
    cadre, empty = (statistics.median(acks[address]) * 1000 for address in (CADRE, EMPTY))
    hundredths = statistics.quantiles(answers, n=100)
    return [
        Figure(f"signed event to acknowledgement, {RATE}/s, p50: an empty Bolt listener", empty, None, "ms"),
        Figure(f"signed event to acknowledgement, {RATE}/s, p50: Cadre", cadre, None, "ms"),
        Figure("  Cadre / empty listener", cadre / empty, 1.25, "x"),
        Figure(f"signed event to posted answer, {RATE}/s, p50", hundredths[49] * 1000, None, "ms"),
        Figure(f"signed event to posted answer, {RATE}/s, p99", hundredths[98] * 1000, 250.0, "ms"),
    ]


class Timed(StandIn):
    """A Web API that notes when each answer arrives, by the thread that it stands in."""

    arrived: dict[str, float]

    def _result(self, method: str, sent: dict[str, object]) -> dict[str, object]:
        if method == "chat.postMessage":
            self.arrived[str(sent["thread_ts"])] = time.perf_counter()
        return super()._result(method, sent)


async def _measured(database: str) -> tuple[dict[str, list[float]], list[float]]:
    stand_in = Timed()
    stand_in.arrived = {}
    users = [f"U{number}" for number in range(20)]
    stand_in.users = {user: {"id": user, "team_id": TEAM, "locale": "fr-CA", "profile": {"real_name": user}} for user in users}
    acks: dict[str, list[float]] = {CADRE: [], EMPTY: []}
    sent: dict[str, float] = {}
    events = _events(users)
    async with running(stand_in), _server(database, stand_in) as address, aiohttp.ClientSession(address) as session:
        for _ in range(len(users)):  # all users known, all modules loaded
            await _deliver(session, CADRE, next(events), [], {})
        await asyncio.sleep(1)
        for _, way in itertools.product(range(ROUNDS), (EMPTY, CADRE)):
            began = time.perf_counter()
            tasks = []
            for number in range(RATE * SECONDS):  # arrivals at fixed moments: a slow answer does not slow the next question
                await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
                tasks.append(asyncio.create_task(_deliver(session, way, next(events), acks[way], sent)))
            await asyncio.gather(*tasks)
            await asyncio.sleep(0.5)
    return acks, [stand_in.arrived[ts] - at for ts, at in sent.items()]


async def _deliver(session: aiohttp.ClientSession, way: str, event: tuple[str, bytes], acks: list[float], sent: dict[str, float]) -> None:
    ts, body = event
    headers = {"content-type": "application/json", **signed(body)}
    began = time.perf_counter()
    if way == CADRE and acks is not None:
        sent[ts] = began
    async with session.post(way, data=body, headers=headers) as response:
        await response.read()
        assert response.status == 200
    acks.append(time.perf_counter() - began)


def _events(users: list[str]) -> itertools.chain[tuple[str, bytes]]:
    def made(number: int) -> tuple[str, bytes]:
        ts = f"1790000000.{number:06}"
        said = {
            "type": "app_mention",
            "user": users[number % len(users)],
            "text": f"<@{BOT}> {QUESTIONS[number % len(QUESTIONS)]}",
            "channel": "C0GENERAL",
            "ts": ts,
            "event_ts": ts,
        }
        bots = [{"team_id": TEAM, "user_id": BOT, "is_bot": True}]
        body = {"type": "event_callback", "team_id": TEAM, "event": said, "event_id": f"Ev{number}", "authorizations": bots}
        return ts, json.dumps(body).encode()

    return itertools.chain(map(made, itertools.count(1)))


@asynccontextmanager
async def _server(database: str, stand_in: StandIn) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "CADRE_DATABASE_URL": database,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": stand_in.api,
        "CADRE_LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.slack_server", str(port)), cwd=schema.ROOT, env=os.environ | environment
    )
    address = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession(address) as session, asyncio.timeout(20):
            while True:
                try:
                    async with session.get("/health") as response:
                        assert response.status == 200
                        break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
        yield address
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<70} {row.value:8.2f} {row.unit}", "" if row.limit is None else f"limit {row.limit} {row.met}")
