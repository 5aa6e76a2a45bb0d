"""What the web server answers at which address."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.manifest import EVENTS_PATH
from bot.registry import Registry
from bot.web.socket import Socket
from cadre.core import clock

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

log: Final = logging.getLogger("cadre.web")
LARGEST: Final = 1_000_000
"""Bytes of a request. Slack's own are far smaller."""
_DIGITS: Final = 20
_SECONDS: Final = 5.0
_REMEMBERED: Final = 660.0
"""Seconds: a stamp may lie five minutes behind or ahead, and is taken until it lies five behind."""


def routes(bolt: AsyncApp, registry: Registry, socket: Socket | None, signatures: SignatureVerifier | None) -> list[Route]:
    """The addresses that are no capability's. In Socket Mode Slack does not come in by HTTP, so there is no way in to be tried."""
    ways = [Route("/health", _health(registry, socket), methods=["GET"])]
    if signatures:
        ways.append(Route(EVENTS_PATH, _slack(bolt, signatures), methods=["POST"]))
    return ways


class Replays:
    """Signatures of commands that came in lately: the same bytes signed at the same second are the same request again.

    Commands only: events are claimed in the registry, and clicks and submissions do nothing twice by themselves.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def again(self, signature: str) -> bool:
        """Whether a signature was seen before; remembers it for as long as Slack's own stamp is taken."""
        now = clock.ticks()
        while self._seen and next(iter(self._seen.values())) < now - _REMEMBERED:
            self._seen.popitem(last=False)
        if signature in self._seen:
            return True
        self._seen[signature] = now
        return False


def _slack(bolt: AsyncApp, signatures: SignatureVerifier) -> Endpoint:
    replays = Replays()

    async def slack(request: Request) -> Response:
        """What Slack sends. What it did not sign is refused before anybody reads it, and is not written to the log either.

        https://docs.slack.dev/authentication/verifying-requests-from-slack/: signed, and not older than five minutes.
        """
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit()):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if not _is_utf8(body) or not signatures.is_valid(body, stamp, request.headers.get("x-slack-signature", "")):
            log.info("a request that Slack did not sign, or signed too long ago, was refused")
            return Response(status_code=401)
        is_event = request.headers.get("content-type", "").startswith("application/json")
        if is_event and not _is_object(body):
            return Response(status_code=400)
        is_command = not is_event and not body.startswith(b"payload=")
        if is_command and replays.again(request.headers["x-slack-signature"]):
            log.info("a command that came in before was refused")
            return Response(status_code=401)
        return to_starlette_response(await bolt.async_dispatch(to_async_bolt_request(request, body)))

    return slack


async def _body(request: Request) -> bytes | None:
    """What is sent; None for too much, of which no more is read than tells so."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and (len(announced) > _DIGITS or int(announced) > LARGEST):
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _health(registry: Registry, socket: Socket | None) -> Endpoint:
    async def health(_: Request) -> Response:
        """Whether the registry answers; in Socket Mode also whether Slack is connected."""
        try:
            async with asyncio.timeout(_SECONDS):
                await registry.read(_answers)
        except (SQLAlchemyError, TimeoutError) as problem:
            log.warning("the registry does not answer: %s", problem)
            return JSONResponse({"status": "unavailable", "registry": "does not answer"}, status_code=503)
        connection = {"socket": "connected" if await socket.connected() else "connecting"} if socket else {}
        return JSONResponse({"status": "ok", "registry": "answers", **connection})

    return health


def _answers(session: Session) -> None:
    session.execute(text("SELECT 1"))


def _is_object(body: bytes) -> bool:
    """Whether a body is a JSON object, as each of Slack's is."""
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
