"""Slack's end of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode/"""

from __future__ import annotations

import asyncio
import itertools
import secrets
from typing import Any, Final

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.slack.deliveries import SECONDS, Kind, Receipt, Retry
from bot.sandbox.slack.workspace import APP, Payload

_NOBODY: Final = (None, None)


class Link:
    """The connections that Cadre holds. What is delivered goes over one of them, in turn, and is acknowledged there."""

    def __init__(self, address: str) -> None:
        self._address = address.replace("http", "ws", 1)
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Any]]] = {}
        self._turns = itertools.count()
        self._made = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether anything can be delivered."""
        return bool(self._connections)

    async def connection(self) -> None:
        """Wait for the first one."""
        await self._made.wait()

    def route(self) -> WebSocketRoute:
        """Where connections are made."""
        return WebSocketRoute("/link/", self._serve)

    def open(self) -> str:
        """The address of a new connection, good for one."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self._address}/link/?ticket={ticket}"

    async def carry(self, kind: Kind, payload: Payload, retry: Retry | None) -> Receipt:
        """Deliver in an envelope, and wait for its acknowledgement, three seconds at most, and only while its connection lasts."""
        if not self._connections:
            return Receipt(None, reason="connection_failed")
        connection = self._connections[next(self._turns) % len(self._connections)]
        envelope: Payload = {
            "envelope_id": secrets.token_hex(8),
            "type": kind.value,
            "accepts_response_payload": kind is not Kind.EVENT,
            "payload": payload,
        }
        if kind is Kind.EVENT:
            envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = connection, answered
        try:
            await connection.send_json(envelope)
            async with asyncio.timeout(SECONDS):
                return Receipt(200, await answered)
        except TimeoutError:
            return Receipt(None, reason="http_timeout")
        except (WebSocketDisconnect, RuntimeError, ConnectionError):  # closed while it was being used
            return Receipt(None, reason="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def drop(self) -> None:
        """Break all connections off, as a network does."""
        for connection in self._connections[:]:
            await self._close(connection, 1011)

    async def close(self) -> None:
        """End all connections in good order: the workspace stops."""
        for connection in self._connections[:]:
            await self._close(connection, 1001)

    async def _close(self, connection: WebSocket, code: int) -> None:
        self._lost(connection)
        try:
            await connection.close(code)
        except RuntimeError:  # the other end was faster
            return

    async def _serve(self, connection: WebSocket) -> None:
        ticket = connection.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await connection.close(1008)
            return
        self._tickets.discard(ticket)
        await connection.accept()
        hello = {"type": "hello", "num_connections": len(self._connections) + 1, "connection_info": {"app_id": APP}}
        await connection.send_json(hello)
        self._connections.append(connection)
        self._made.set()
        try:
            while True:
                self._taken(await connection.receive_json())
        except (WebSocketDisconnect, ValueError, KeyError, RuntimeError):  # gone, or no JSON: Slack hangs up on that too
            return
        finally:
            self._lost(connection)

    def _lost(self, connection: WebSocket) -> None:
        """Nothing goes over a connection any more, and what was not acknowledged there never will be."""
        if connection in self._connections:
            self._connections.remove(connection)
        for through, answered in self._waiting.values():
            if through is connection and not answered.done():
                answered.set_exception(ConnectionError())

    def _taken(self, said: Any) -> None:
        named = said.get("envelope_id") if isinstance(said, dict) else None
        _, waiting = self._waiting.get(named, _NOBODY) if isinstance(named, str) else _NOBODY
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload"))
