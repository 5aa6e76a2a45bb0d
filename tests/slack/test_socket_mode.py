"""Socket Mode: Cadre calls Slack, is handed an event over the connection, and acknowledges it there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web

from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from cadre.core.database import Database
from tests.slack.standin import StandIn
from tests.slack.workspace import Workspace, until


class Line:
    """Slack's end of the connection."""

    def __init__(self) -> None:
        self.connections: list[web.WebSocketResponse] = []
        self.received: list[dict[str, object]] = []
        self.address = ""

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        self.connections.append(connection)
        async for message in connection:
            self.received.append(json.loads(message.data))
        return connection


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    made = Line()
    app = web.Application()
    app.router.add_get("/link", made.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.address = f"ws://127.0.0.1:{runner.addresses[0][1]}/link"
    yield made
    await runner.cleanup()


async def test_a_question_over_the_connection(
    settings: Settings, database: Database, slack: StandIn, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.results["apps.connections.open"] = {"url": line.address}
    chosen = settings.model_copy(update={"app_token": "xapp-test", "signing_secret": ""})
    registry = Registry(database)
    _, app = create_app(chosen, registry)
    transport = httpx.ASGITransport(app=app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://cadre") as client:
        workspace = Workspace(client, slack, app.state.door)
        workspace.join("U0ANNE", "Anne Lee")
        await until(lambda: bool(line.connections))
        said = {"type": "message", "channel_type": "im", "user": "U0ANNE", "text": "who leads digital identity", "channel": "D0ANNE"}
        envelope = {"envelope_id": "E1", "type": "events_api", "accepts_response_payload": False, "payload": workspace.envelope(said)}
        await line.connections[0].send_json({"type": "hello"})
        await line.connections[0].send_json(envelope)
        await until(lambda: bool(slack.made("chat.postMessage")))
        assert line.received == [{"envelope_id": "E1"}]
        assert (await client.get("/health")).json()["socket"] == "connected"
        assert (await workspace.direct("U0ANNE", "help")).status_code == 404, "no way in by HTTP"
    registry.close()
    assert "Bev Dicks" in slack.made("chat.postMessage")[0]["text"]
