"""A small stand-in for Slack's Web API: real HTTP on this computer, as strict as the tests need. The sandbox takes its place."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TEAM = "T0CADRE"
BOT = "U0CADRE"


@dataclass
class Call:
    """A call of the Web API, or an answer at a response address (``method`` "respond")."""

    method: str
    sent: dict[str, Any]


@dataclass
class StandIn:
    """Keeps what was called; can be told to fail, or to take its time."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: set[str] = field(default_factory=lambda: {"C0GENERAL"})
    calls: list[Call] = field(default_factory=list)
    failing: dict[str, str] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    address: str = ""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def api(self) -> str:
        return f"{self.address}/api/"

    def made(self, *methods: str) -> list[dict[str, Any]]:
        """What was sent to methods, in order."""
        return [call.sent for call in self.calls if call.method in methods]

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        sent = await self._read(request)
        self.calls.append(Call(method, sent))
        if method in self.slow:
            await asyncio.sleep(self.slow[method])
        error = self.failing.get(method) or self._refusal(method, sent)
        if error:
            return web.json_response({"ok": False, "error": error})
        return web.json_response({"ok": True, **self._result(method, sent), **self.results.get(method, {})})

    async def respond(self, request: web.Request) -> web.Response:
        sent = await request.json()
        self.calls.append(Call("respond", {"address": request.match_info["id"], **sent}))
        return web.Response(text="ok")

    async def _read(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            found: dict[str, Any] = await request.json()
            return found
        given = [*request.query.items(), *(await request.post()).items()]
        return {key: _json(str(value)) for key, value in given}

    def _refusal(self, method: str, sent: dict[str, Any]) -> str | None:
        if method == "users.info" and sent["user"] not in self.users:
            return "user_not_found"
        if method == "users.lookupByEmail" and not self._by_email(sent["email"]):
            return "users_not_found"
        if method in ("chat.postMessage", "chat.postEphemeral"):
            channel = sent["channel"]
            if channel.startswith("C") and channel not in self.members:
                return "not_in_channel"
            assert sent["text"], "a message always has text"
        blocks = sent.get("blocks") or (sent.get("view") or {}).get("blocks") or []
        return "invalid_blocks" if any(problem(block) for block in blocks) else None

    def _result(self, method: str, sent: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"user": "cadre", "team": "Joint Councils", "user_id": BOT, "bot_id": "B0CADRE", "team_id": TEAM}
            case "users.info":
                return {"user": self.users[sent["user"]]}
            case "users.lookupByEmail":
                return {"user": self._by_email(sent["email"])}
            case "conversations.open":
                return {"channel": {"id": f"D{sent['users'][1:]}"}}
            case "chat.postMessage":
                ts = f"1800000000.{next(self._numbers):06}"
                sent["ts"] = ts
                return {"channel": sent["channel"], "ts": ts}
            case "views.open":
                sent["view"]["id"] = f"V{next(self._numbers)}"
                return {"view": {"id": sent["view"]["id"]}}
            case _:
                return {}

    def _by_email(self, email: str) -> dict[str, Any] | None:
        return next((user for user in self.users.values() if user["profile"].get("email") == email), None)


def problem(block: dict[str, Any]) -> bool:
    """Whether Slack would refuse a block: the limits that views are most likely to break."""
    text = (block.get("text") or {}).get("text", "-")
    elements = block.get("elements") or []
    ids = [element["action_id"] for element in elements if "action_id" in element]
    return (
        not 0 < len(text) <= (150 if block["type"] == "header" else 3000)
        or len(elements) > (10 if block["type"] == "context" else 25)
        or len(ids) != len(set(ids))
        or any(len(element.get("value") or "") > 2000 for element in elements)
        or any(len(element["text"]["text"]) > 75 for element in elements if element["type"] == "button")
    )


def _json(value: str) -> Any:
    return json.loads(value) if value[:1] in ("{", "[") else value


@asynccontextmanager
async def running(stand_in: StandIn) -> AsyncIterator[StandIn]:
    """Serve it on a free port."""
    app = web.Application()
    app.router.add_post("/api/{method}", stand_in.answer)
    app.router.add_get("/api/{method}", stand_in.answer)
    app.router.add_post("/respond/{id}", stand_in.respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stand_in.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield stand_in
    finally:
        await runner.cleanup()
