"""The Web API methods that the workspace has, in one table: those that Cadre calls, and those that a test of it needs."""

from __future__ import annotations

from typing import Final

from bot.sandbox.slack.methods import chat, conversations, files, users, views
from bot.sandbox.slack.methods.call import Call, Method, Refused

__all__ = ["METHODS", "Call", "Method", "Refused"]


def _connect(call: Call) -> dict[str, object]:
    """https://docs.slack.dev/reference/methods/apps.connections.open: the address is good for one connection."""
    if not call.workspace.link:
        raise Refused("socket_mode_disabled")
    return {"url": call.workspace.link()}


METHODS: Final = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
    "apps.connections.open": Method(_connect, "connections:write", app_token=True),
}
