"""Slack's side alone, and a bot of the test's own that misbehaves as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.server import listen
from bot.sandbox.slack.api import Api, Keys
from bot.sandbox.slack.faults import Faults
from bot.sandbox.slack.link import Link
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.methods import METHODS
from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.workspace import BOT, NAME, Conversation, User
from bot.sandbox.slack.workspace import Workspace as State
from cadre.core import clock
from tests.workspace import Workspace, until

ALEX, SAM = "U0ALEX", "U0SAM"
HERE, THERE = "C0HERE", "C0THERE"
"""A channel that the bot is a member of, and one that it is not."""
BOT_TOKEN, APP_TOKEN = "xoxb-right", "xapp-right"
SCOPES = frozenset({method.scope for method in METHODS.values() if method.scope and not method.app_token}) | {
    *("channels:history", "channels:read", "im:history", "im:read", "mpim:write")
}
"""All that any method asks for."""


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """An application on a port of its own, for as long as the block runs: its address."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(app, log_config=None, lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        await until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


@dataclass
class Ahead:
    """A clock that can be put forward."""

    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        return clock.real() + self.by


@dataclass(frozen=True, slots=True)
class Side:
    """Slack's side."""

    api: Api
    link: Link
    client: httpx.AsyncClient
    ahead: Ahead

    @property
    def workspace(self) -> State:
        return self.api.workspace

    def later(self, by: timedelta) -> None:
        """Let time go by."""
        self.ahead.by += by

    async def answers(self, method: str, token: str | None = BOT_TOKEN, **args: Any) -> dict[str, Any]:
        """Call a method with JSON. Gives all that is answered."""
        headers = {"authorization": f"Bearer {token}"} if token is not None else {}
        response = await self.client.post(f"/api/{method}", json=args, headers=headers)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def calls(self, method: str, token: str | None = BOT_TOKEN, **args: Any) -> dict[str, Any]:
        """The same, where it must come through."""
        found = await self.answers(method, token, **args)
        assert found["ok"], found
        return found

    async def refuses(self, method: str, token: str | None = BOT_TOKEN, **args: Any) -> str:
        """The same, where it must be refused: Slack's own word for why."""
        found = await self.answers(method, token, **args)
        assert found["ok"] is False, found
        error: str = found["error"]
        return error

    async def says(self, text: str = "Hello", channel: str = HERE, **more: Any) -> str:
        """Post as the bot: the message's ``ts``."""
        ts: str = (await self.calls("chat.postMessage", channel=channel, text=text, **more))["ts"]
        return ts


@dataclass(frozen=True, slots=True)
class Stand:
    """Where Slack's side is put up: a port that all tests share, each with a workspace of its own."""

    app: Starlette
    address: str
    client: httpx.AsyncClient

    def put_up(self, scopes: frozenset[str] = SCOPES) -> Side:
        """A new workspace, in place of the one that was here. ``scopes``: what the bot's token may do."""
        ahead = Ahead()
        workspace = State(ahead.now, Stream(), address=self.address)
        alex = User(ALEX, "Alex Tremblay", "alex@example.org", "fr-CA", "America/St_Johns")
        workspace.users = {user.id: user for user in (alex, User(SAM, "Sam Roy"), User(BOT, NAME, is_bot=True))}
        workspace.conversations = {
            HERE: Conversation(HERE, "here", [ALEX, SAM, BOT]),
            THERE: Conversation(THERE, "there", [ALEX, SAM]),
        }
        link = Link(self.address)
        workspace.link = link.open
        api = Api(workspace, Triggers(), Faults(), Log(workspace.stream), Keys(BOT_TOKEN, APP_TOKEN, scopes), self.address)
        self.app.router.routes[:] = [*api.routes(), link.route()]
        return Side(api, link, self.client, ahead)


@pytest_asyncio.fixture(scope="session")
async def stand() -> AsyncIterator[Stand]:
    """Where Slack's side is put up."""
    app = Starlette()
    async with served(app) as address, httpx.AsyncClient(base_url=address, timeout=10, verify=False) as client:
        yield Stand(app, address, client)


@pytest_asyncio.fixture
async def slack(stand: Stand) -> Side:
    """Slack's side alone, with a token that may do everything."""
    await asyncio.sleep(0.005)  # connections that ended while other tests ran are noticed first
    return stand.put_up()


@pytest_asyncio.fixture
async def plain_workspace(still_sqlite: Workspace) -> Workspace:
    """A workspace as at the start, for a test of what does not depend on the database."""
    await still_sqlite.start_over()
    return still_sqlite


@dataclass(frozen=True, slots=True)
class Came:
    """A request that the bot was sent."""

    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """Of what came as a form: its fields."""
        return {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}


@dataclass
class Bot:
    """A bot that does as the test says: how it answers the next requests, one after the other; then always with 200."""

    address: str = ""
    came: list[Came] = field(default_factory=list)
    answers: deque[Response | Callable[[], Awaitable[Response]]] = field(default_factory=deque)

    async def take(self, request: Request) -> Response:
        self.came.append(Came(dict(request.headers), await request.body()))
        answer = self.answers.popleft() if self.answers else Response()
        return answer if isinstance(answer, Response) else await answer()

    def fails(self, times: int = 1, status: int = 500, **headers: str) -> None:
        """Answer the next requests with an error."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.extend(Response(status_code=status, headers=named) for _ in range(times))

    def hangs(self, seconds: float, times: int = 1) -> None:
        """Take so long for the next requests."""

        async def slowly() -> Response:
            await asyncio.sleep(seconds)
            return Response()

        self.answers.extend([slowly] * times)


@pytest_asyncio.fixture(scope="session")
async def lasting_bot() -> AsyncIterator[Bot]:
    """Such a bot, at a request address of its own, for all tests."""
    made = Bot()
    async with served(Starlette(routes=[Route("/slack/events", made.take, methods=["POST"])])) as address:
        made.address = f"{address}/slack/events"
        yield made


@pytest.fixture
def bot(lasting_bot: Bot) -> Bot:
    """The bot, to which nothing came yet."""
    lasting_bot.came.clear()
    lasting_bot.answers.clear()
    return lasting_bot
