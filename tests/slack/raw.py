"""What Slack sends, sent by hand: what people cannot cause, what somebody forged, and what came in once before."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.manifest import EVENTS_PATH
from bot.sandbox.slack import payloads
from tests.workspace import Workspace


def event(workspace: Workspace, **said: Any) -> dict[str, Any]:
    """An event, in the envelope that Slack delivers it in."""
    ts = workspace.sandbox.workspace.stamp()
    return payloads.event(workspace.sandbox.workspace, {"ts": ts, "event_ts": ts} | said)


def signed(body: bytes, secret: str, *, ago: float = 0) -> dict[str, str]:
    """The headers by which Slack signs. ``ago``: so many seconds before now."""
    stamp = str(int(time.time() - ago))
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or "",
    }


async def knocks(
    workspace: Workspace, payload: dict[str, Any] | bytes, headers: Mapping[str, str] | None = None, *, at: str = ""
) -> httpx.Response:
    """Send an event, command or interaction (or what is none), and wait for all that comes of it.

    Signed as Slack would, unless other headers are given. ``at``: the address of another web process of Cadre's than the sandbox's own.
    """
    body, kind = (payload, "application/json") if isinstance(payload, bytes) else written(payload)
    given = signed(body, workspace.sandbox.settings.signing_secret) if headers is None else headers
    fields = [(name.encode(), value.encode("latin-1")) for name, value in {"content-type": kind, **given}.items()]
    response = await workspace.client.post(f"{at}{EVENTS_PATH}", content=body, headers=fields)
    await workspace.quiet()
    return response


def written(payload: dict[str, Any]) -> tuple[bytes, str]:
    """A payload as it goes over the wire, and its content type: events as JSON, commands as a form, interactions as JSON in one."""
    if "event" in payload or "challenge" in payload:
        return json.dumps(payload).encode(), "application/json"
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"
