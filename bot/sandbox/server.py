"""Serving a sandbox: the workspace, its page, and Cadre's own web application, on one port."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.app import create_app
from bot.sandbox import pages
from bot.sandbox.endpoints import Endpoints
from bot.sandbox.sandbox import PACE, Sandbox
from bot.settings import Mode
from bot.slack import Slack

_STOPPING: Final = 2
"""Seconds that requests which run have, when the sandbox ends."""
_CONNECTING: Final = 10
"""Seconds that Cadre has to connect by Socket Mode."""


def application(sandbox: Sandbox, hosts: Sequence[str]) -> Starlette:
    """All of it as one web application. ``hosts``: the names under which it may be called."""
    slack = Slack.with_token(sandbox.api.keys.bot_token, f"{sandbox.address}/api/")
    _, cadre = create_app(sandbox.settings, sandbox.registry, slack, mailer=sandbox.mailbox, pace=PACE)
    sandbox.door = cadre.state.door

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session, sandbox.begun(session), cadre.router.lifespan_context(cadre):
            yield
            sandbox.stream.close()
            sandbox.deliveries.forget()

    routes = [*pages.routes(sandbox), *sandbox.api.routes(), *Endpoints(sandbox).routes(), sandbox.link.route(), *cadre.routes]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return Starlette(routes=routes, middleware=[guard], lifespan=lifespan)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens: its port is known before anything is served. Raises OSError where it is taken, OverflowError for no port."""
    if not 0 <= port < 1 << 16:
        raise OverflowError("a port is a number from 0 to 65535")
    listening = socket.create_server((host, port))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does it by itself only for sockets that it made
    return listening


@asynccontextmanager
async def serving(sandbox: Sandbox, listening: socket.socket, hosts: Sequence[str]) -> AsyncIterator[uvicorn.Server]:
    """Serve a sandbox on a socket, for as long as the block runs."""
    config = uvicorn.Config(
        application(sandbox, hosts),
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=_STOPPING,
        ws="websockets-sansio",
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:
            if running.done():
                running.result()
                raise RuntimeError("the sandbox did not start")
            await asyncio.sleep(0.002)
        if sandbox.mode is Mode.SOCKET:
            async with asyncio.timeout(_CONNECTING):
                await sandbox.link.connection()
        yield server
    finally:
        sandbox.stream.close()
        server.should_exit = True
        await running
