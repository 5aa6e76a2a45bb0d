"""A workspace as its people see it: they say, type and click; what they see is what the stand-in was sent."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.door import Door
from tests.slack.standin import BOT, TEAM, StandIn

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
GENERAL = "C0GENERAL"


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers by which Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mac}"}


class Workspace:
    """Slack's side of the conversation."""

    def __init__(self, client: httpx.AsyncClient, slack: StandIn, door: Door) -> None:
        self.client = client
        self.slack = slack
        self.door = door
        self.team = TEAM
        """The workspace that commands name."""
        self._numbers = itertools.count(1)

    def join(self, user: str, name: str, **about: Any) -> str:
        """Somebody is in the workspace. ``email`` is one that they confirmed."""
        email = about.pop("email", None)
        self.slack.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name.split(maxsplit=1)[0].lower(),
            "real_name": name,
            "locale": about.pop("locale", "en-US"),
            "tz": about.pop("tz", "America/Halifax"),
            "is_email_confirmed": about.pop("confirmed", True),
            "profile": {"real_name": name, **({"email": email} if email else {})},
            **about,
        }
        return user

    async def mention(self, user: str, text: str, **more: Any) -> httpx.Response:
        """Say something to Cadre in a channel."""
        return await self.event({"type": "app_mention", "user": user, "text": f"<@{BOT}> {text}", "channel": GENERAL} | more)

    async def direct(self, user: str, text: str, **more: Any) -> httpx.Response:
        """Write to Cadre."""
        channel = f"D{user[1:]}"
        event = {"type": "message", "channel_type": "im", "user": user, "text": text, "channel": channel}
        return await self.event(event | more)

    async def event(self, event: dict[str, Any], *, id_: str | None = None) -> httpx.Response:
        """Deliver an event."""
        body = self.envelope(event, id_)
        response = await self.post(json.dumps(body).encode(), "application/json")
        await self.quiet()
        return response

    def envelope(self, event: dict[str, Any], id_: str | None = None) -> dict[str, Any]:
        """An event as Slack wraps it."""
        number = next(self._numbers)
        ts = f"1790000000.{number:06}"
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0CADRE",
            "event": {"ts": ts, "event_ts": ts} | event,
            "event_id": id_ or f"Ev{number:08}",
            "event_time": 1790000000,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "enterprise_id": None}],
        }

    async def command(self, user: str, text: str, channel: str = GENERAL, *, wait: bool = True) -> httpx.Response:
        """Type /cadre. ``wait``: for all that follows the acknowledgement."""
        fields = {
            "command": "/cadre",
            "text": text,
            "team_id": self.team,
            "user_id": user,
            "channel_id": channel,
            "response_url": f"{self.slack.address}/respond/{next(self._numbers)}",
            "trigger_id": "1.2.3",
        }
        return await self._form(urlencode(fields), wait=wait)

    async def click(self, user: str, message: dict[str, Any], label: str, *, state: Any = None) -> httpx.Response:
        """Click a button, by what stands on it."""
        block, element = button(message, label)
        return await self.act(user, message, block, element, state=state)

    async def act(self, user: str, message: dict[str, Any], block: str, element: dict[str, Any], *, state: Any = None) -> httpx.Response:
        """Use an element of a message, whether all see it or only one person does, or of App Home."""
        action = {"action_id": element["action_id"], "block_id": block, "type": element["type"]}
        action |= {key: element[key] for key in ("value", "selected_option") if key in element}
        payload: dict[str, Any] = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": "1.2.3",
            "actions": [action],
            "state": {"values": state or {}},
        }
        if "view" in message:
            payload |= {"container": {"type": "view"}, "view": message["view"] | {"id": "V0HOME", "state": payload["state"]}}
        else:
            ephemeral = "ts" not in message
            channel = message.get("channel", GENERAL)
            ts = message.get("ts", "1800000001.000001")
            container = {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": ephemeral}
            payload |= {"container": container, "channel": {"id": channel}}
            payload["response_url"] = f"{self.slack.address}/respond/{next(self._numbers)}"
            if "thread_ts" in message:
                payload["message"] = {"thread_ts": message["thread_ts"]}
        return await self._form(urlencode({"payload": json.dumps(payload)}))

    async def submit(self, user: str, view: dict[str, Any], values: dict[str, Any]) -> httpx.Response:
        """Send a window."""
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "view": view | {"state": {"values": values}},
        }
        return await self._form(urlencode({"payload": json.dumps(payload)}))

    async def options(self, user: str, action: str, typed: str) -> list[dict[str, Any]]:
        """What a menu offers for the letters typed."""
        payload = {
            "type": "block_suggestion",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "action_id": action,
            "block_id": "person",
            "value": typed,
            "container": {"type": "view", "view_id": "V1"},
        }
        response = await self._form(urlencode({"payload": json.dumps(payload)}))
        found: list[dict[str, Any]] = response.json()["options"]
        return found

    async def open_home(self, user: str) -> dict[str, Any]:
        """Look at App Home."""
        await self.event({"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": "home"})
        return self.slack.made("views.publish")[-1]

    async def post(self, body: bytes, kind: str, headers: Mapping[str, str | bytes] | None = None) -> httpx.Response:
        """What Slack sends, signed unless other headers are given."""
        given: Mapping[str, str | bytes] = signed(body) if headers is None else headers
        encoded = {name: value if isinstance(value, bytes) else value.encode() for name, value in given.items()}
        sent = {b"content-type": kind.encode(), **{name.encode(): value for name, value in encoded.items()}}
        return await self.client.post("/slack/events", content=body, headers=sent)

    async def quiet(self) -> None:
        """Wait until Cadre has done all that it does about what came in."""
        await asyncio.sleep(0.005)
        while self.door.running:
            await asyncio.wait(set(self.door.running))

    async def _form(self, body: str, *, wait: bool = True) -> httpx.Response:
        response = await self.post(body.encode(), "application/x-www-form-urlencoded")
        if wait:
            await self.quiet()
        return response


def button(message: dict[str, Any], label: str) -> tuple[str, dict[str, Any]]:
    """The button on which something stands: its block and itself."""
    blocks = message.get("blocks") or message["view"]["blocks"]
    for block in blocks:
        for element in block.get("elements", []):
            if element["type"] == "button" and element["text"]["text"].startswith(label):
                return block.get("block_id", ""), element
    raise AssertionError(f"no button {label!r} in {json.dumps(blocks, ensure_ascii=False)}")


async def until(so: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something is so, for some seconds at most."""
    async with asyncio.timeout(seconds):
        while not so():  # noqa: ASYNC110  # what is waited for happens on the other side of a socket
            await asyncio.sleep(0.01)


def text_of(message: dict[str, Any]) -> str:
    """All that a message or view says."""
    said: list[str] = []

    def collect(part: Any, of: Callable[[Any], None]) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                said.append(part["text"])
            for value in part.values():
                of(value)
        elif isinstance(part, list):
            for value in part:
                of(value)

    def walk(part: Any) -> None:
        collect(part, walk)

    walk(message)
    return "\n".join(said)
