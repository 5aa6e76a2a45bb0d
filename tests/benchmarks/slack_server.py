"""The server that ``tests.benchmarks.slack`` measures: Cadre, and beside it a Bolt app whose one listener does nothing."""

from __future__ import annotations

import logging
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import create_app
from bot.logs import to_stderr
from bot.process import forever
from bot.registry import Registry
from bot.settings import Settings
from cadre.core.database import Database

EMPTY = "/empty/events"


def empty(secret: str) -> Route:
    """An app with one listener that does nothing."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-0")

    quiet = logging.getLogger("empty")
    quiet.setLevel(logging.ERROR)
    bolt = AsyncApp(logger=quiet, signing_secret=secret, authorize=authorize)

    async def nothing() -> None: ...

    bolt.event("app_mention")(nothing)
    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    return Route(EMPTY, endpoint, methods=["POST"])


async def main(port: int) -> None:
    """Serve both on one port, by the settings of the environment."""
    settings = Settings()
    to_stderr("WARNING")
    registry = Registry(Database(settings.database_url, settings.secretariat))
    _, web = create_app(settings, registry)
    web.routes.append(empty(settings.signing_secret))
    await uvicorn.Server(uvicorn.Config(web, port=port, log_config=None, access_log=False)).serve()
    registry.close()


if __name__ == "__main__":
    forever(main(int(sys.argv[1])))
