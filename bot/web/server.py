"""Running the web server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Final

import aiohttp
import uvicorn

from bot import process
from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings, Unready, check_registry
from bot.slack import Slack, SlackError, refusal
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.words import Words

log: Final = logging.getLogger("cadre.web")
_REFUSALS: Final = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
_STOPPING: Final = 10
"""Seconds for requests that run. Hosts commonly wait 30 from the signal to the end."""


def run(settings: Settings) -> None:
    """Serve until SIGTERM. Raises Unready where it cannot start."""
    database = Database(settings.database_url, settings.secretariat, settings.mail_reply_to or None)
    try:
        check_registry(settings, database)
        process.forever(serve(settings, Registry(database)))
    finally:
        database.close()


async def serve(settings: Settings, registry: Registry) -> None:
    """Serve until SIGTERM or SIGINT: uvicorn takes no more requests then, lets those that run end, and closes what was opened."""
    _, web = create_app(settings, registry, await check_token(settings))
    config = uvicorn.Config(
        web,
        host="0.0.0.0",  # noqa: S104  # a server that a host's router reaches listens on all addresses
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_STOPPING,
    )
    for sign in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them again once it is done; by then there is nothing to end
        signal.signal(sign, lambda *_: None)
    log.info("Cadre serves on port %s, Slack by %s", settings.port, settings.mode)
    try:
        await uvicorn.Server(config).serve()
    finally:
        registry.close()


async def check_token(settings: Settings) -> Slack:
    """Ask Slack whose token it is, and so in which workspace Cadre is at home; the Web API that knows it now.

    Raises Unready for a token that Slack refuses; if Slack is away, Cadre starts, and asks again when it needs to know.
    """
    slack = Slack.with_token(settings.bot_token, settings.api_url)
    async with aiohttp.ClientSession() as session:
        slack.use(session)
        try:
            async with asyncio.timeout(5):
                who = await slack.whoami()
        except SlackError as problem:
            error = refusal(problem)
            if error in _REFUSALS:
                values = {"error": Words.verbatim(error)}
                told = Message("Slack refuses SLACK_BOT_TOKEN ({error}). Install the app again, and copy the new bot token.", values)
                raise Unready([told]) from problem
            log.warning("Slack did not say whose token it is: %s", error)
        except (aiohttp.ClientError, TimeoutError) as problem:
            log.warning("Slack cannot be reached at %s: %s", settings.api_url, problem or type(problem).__name__)
        else:
            log.info("Slack knows Cadre as %s of %s", who.get("user"), who.get("team"))
    slack.use(None)
    return slack
