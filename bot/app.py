"""The one place where everything is wired. What a capability contributes is registered here, by name."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.ask import home as ask_home
from bot.ask import listeners as ask
from bot.caller import Callers
from bot.commands import Commands, Verb
from bot.delivery.worker import Duty, Housekeeping
from bot.door import Desk, Door
from bot.home import listeners as home
from bot.home.listeners import AppHome
from bot.people import home as people_home
from bot.people import listeners as people
from bot.people import news
from bot.registry import Registry
from bot.settings import Mode, Settings
from bot.slack import Slack
from bot.web.pages import routes
from bot.web.socket import Socket
from cadre.core.errors import Message

log: Final = logging.getLogger("cadre.app")
DRAIN: Final = 8.0
"""Seconds that listeners which run have to come to an end, when the process is told to."""

PATIENCE: Final = 10.0
"""Seconds that a call of Slack's Web API may take. Slack's library leaves it to the session, which would wait five minutes."""


def commands() -> Commands:
    """The table of verbs; help is generated from it."""
    table = Commands(
        verbs=(
            Verb(("me", "who am i"), ("moi", "qui suis-je"), Message("what I know of you"), people.me),
            Verb(("english",), ("anglais",), Message("I write to you in English"), home.english),
            Verb(("french",), ("français",), Message("I write to you in French"), home.french),
        ),
        question=ask.question,
    )
    return table.with_help()


def app_home() -> AppHome:
    """The sections of App Home, in their order."""
    return AppHome((people_home.me, people_home.requests, ask_home.examples, home.language))


def duties() -> tuple[Duty, ...]:
    """All that the worker does."""
    return (Housekeeping(),)


def front_door() -> Door:
    """All that Cadre listens to."""
    door = Door()
    commands().register(door)
    app_home().register(door)
    ask.register(door)
    people.register(door)
    news.register(door)
    return door


def create_app(settings: Settings, registry: Registry, slack: Slack | None = None) -> tuple[AsyncApp, Starlette]:
    """The bot, and the web application that it stands in. The caller closes the registry. ``slack``: as ``check_token`` left it."""
    slack = slack or Slack.with_token(settings.bot_token, settings.api_url)
    bolt = _bolt(settings)
    door = front_door()
    door.open(bolt, Desk(registry, slack, Callers(registry, slack), app_home().draw))
    socket = Socket(bolt, slack, settings.app_token) if settings.mode is Mode.SOCKET else None

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            slack.use(session)
            if socket:
                socket.start()
            yield
            if socket:
                await socket.stop()
            await door.drain(DRAIN)
            slack.use(None)

    web = Starlette(
        routes=routes(bolt, registry, socket, SignatureVerifier(settings.signing_secret) if socket is None else None), lifespan=lifespan
    )
    web.state.door = door
    return bolt, web


def _bolt(settings: Settings) -> AsyncApp:
    """Bolt, which calls nobody before it answers: without ``authorize`` it would ask Slack whose token it is at the first event.

    Its loggers take their level from the one given: a logger without a level would have it write out each payload.
    """
    logger = logging.getLogger("cadre.bolt")
    logger.setLevel(settings.log_level)
    logger.addFilter(_token_is_used)

    async def authorize(team_id: str | None, enterprise_id: str | None, **_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token)

    return AsyncApp(
        name="cadre",
        logger=logger,
        client=AsyncWebClient(base_url=settings.api_url),
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,  # the way in has verified it (bot.web.pages): Bolt would log what it refuses
        authorize=authorize,
        process_before_response=False,
    )


def _token_is_used(record: logging.LogRecord) -> bool:
    """Bolt looks SLACK_BOT_TOKEN up by itself and warns that it will not use it. Cadre does."""
    return "`token` will be unused" not in record.getMessage()
