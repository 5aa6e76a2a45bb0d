"""How soon Slack has its acknowledgement, and a person the answer: signed events through HTTP to a server process on SQLite.

The sandbox's Web API is Slack, in the process that measures; Cadre runs in one of its own.
"""

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
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import uvicorn
from starlette.applications import Starlette

from bot.app import front_door
from bot.manifest import scopes
from bot.sandbox.slack import payloads
from bot.sandbox.slack.api import Api, Keys
from bot.sandbox.slack.faults import Faults
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.workspace import BOT, Conversation, Message, Payload, User, Workspace
from cadre.core import clock, schema
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file
from tests.benchmarks.figure import Figure
from tests.benchmarks.slack_server import EMPTY
from tests.slack.raw import signed
from tests.workspace import until

RATE = 50
SECONDS = 3
ROUNDS = 4
CADRE = "/slack/events"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
KEYS = Keys("xoxb-1", "xapp-1", frozenset(scopes(front_door())))
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


@dataclass
class Slack:
    """A workspace with one channel, in which questions stand already. ``arrived``: when each was answered, by its thread; ``updated``: when
    Cadre drew a message anew.
    """

    workspace: Workspace
    arrived: dict[str, float] = field(default_factory=dict)
    updated: list[float] = field(default_factory=list)

    @classmethod
    def with_users(cls, count: int) -> Slack:
        users = {f"U{number}": User(f"U{number}", f"User {number}", locale="fr-CA") for number in range(count)}
        made = cls(Workspace(clock.real, Stream(), users | {BOT: User(BOT, "Cadre", is_bot=True)}))
        made.channel.members += made.workspace.users
        made.workspace.heard = made._heard
        return made

    @property
    def channel(self) -> Conversation:
        return self.workspace.conversations.setdefault("C0GENERAL", Conversation("C0GENERAL", "general", []))

    def _heard(self, _: Conversation, said: Message, before: Payload | None) -> None:
        if said.user == BOT and before is None:
            self.arrived[said.thread_ts or ""] = time.perf_counter()
        elif said.user == BOT:
            self.updated.append(time.perf_counter())

    def events(self) -> Iterator[tuple[str, bytes]]:
        """Mentions of Cadre: which message each is, and the event as it is delivered."""
        users = [user for user in self.workspace.users if user != BOT]
        for user, question in zip(itertools.cycle(users), itertools.cycle(QUESTIONS), strict=False):
            said = self.workspace.post(self.channel, user, {"text": f"<@{BOT}> {question}"})
            yield said.ts, json.dumps(payloads.event(self.workspace, payloads.mention_event(self.workspace, self.channel, said))).encode()

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Its Web API, on a free port."""
        api = Api(self.workspace, Triggers(), Faults(), Log(self.workspace.stream), KEYS, "")
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=api.routes()), port=0, log_config=None, access_log=False))
        running = asyncio.create_task(server.serve())
        await until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/"
        finally:
            server.should_exit = True
            await running


async def _measured(database: str) -> tuple[dict[str, list[float]], list[float]]:
    slack = Slack.with_users(20)
    acks: dict[str, list[float]] = {CADRE: [], EMPTY: []}
    sent: dict[str, float] = {}
    events = slack.events()
    async with slack.served() as api, _server(database, api) as address, aiohttp.ClientSession(address) as session:
        for event in itertools.islice(events, 20):  # all users known, all modules loaded
            await _deliver(session, CADRE, event, [], {})
        await asyncio.sleep(1)
        for _, way in itertools.product(range(ROUNDS), (EMPTY, CADRE)):
            asked = list(itertools.islice(events, RATE * SECONDS))
            began = time.perf_counter()
            tasks = []
            for number, event in enumerate(asked):  # arrivals at fixed moments: a slow answer does not slow the next question
                await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
                tasks.append(asyncio.create_task(_deliver(session, way, event, acks[way], sent)))
            await asyncio.gather(*tasks)
            await asyncio.sleep(0.5)
    return acks, [slack.arrived[ts] - at for ts, at in sent.items()]


async def _deliver(session: aiohttp.ClientSession, way: str, event: tuple[str, bytes], acks: list[float], sent: dict[str, float]) -> None:
    ts, body = event
    headers = {"content-type": "application/json", **signed(body, SECRET)}
    began = time.perf_counter()
    if way == CADRE:
        sent[ts] = began
    async with session.post(way, data=body, headers=headers) as response:
        await response.read()
        assert response.status == 200
    acks.append(time.perf_counter() - began)


@asynccontextmanager
async def _server(database: str, api: str) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "CADRE_DATABASE_URL": database,
        "SLACK_BOT_TOKEN": KEYS.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": api,
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
