"""Socket Mode: Cadre calls Slack, so that it needs no public address."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack import Slack


class Socket:
    """The connection. It is made in the background and again whenever it is lost: the web server does not wait for it."""

    def __init__(self, bolt: AsyncApp, slack: Slack, app_token: str) -> None:
        self._bolt = bolt
        self._slack = slack
        self._app_token = app_token
        self._handler: Any = None  # its methods have no types
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect. Only within a running event loop: the client starts its tasks at once."""
        self._handler = AsyncSocketModeHandler(self._bolt, self._app_token, web_client=self._slack.client)
        self._connecting = asyncio.create_task(self._handler.connect_async())

    async def connected(self) -> bool:
        """Whether Slack is connected now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def stop(self) -> None:
        """Take nothing more in. What was taken in goes on."""
        if self._connecting:
            self._connecting.cancel()
        if self._handler:
            await self._handler.close_async()
