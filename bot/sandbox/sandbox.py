"""The sandbox: a Slack workspace with Cadre in it, its web server and its worker, in one process. Everything is wired here."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from bot import slack as slack_api
from bot.app import duties as cadres_duties
from bot.app import front_door
from bot.delivery.worker import Duty, Worker
from bot.door import Door
from bot.links import Links
from bot.manifest import EVENTS_PATH, manifest, scopes
from bot.registry import Registry
from bot.sandbox import cast, mail
from bot.sandbox import registry as own_registry
from bot.sandbox.clicks import Controls
from bot.sandbox.clock import WorkspaceClock
from bot.sandbox.people import BadInput, People
from bot.sandbox.registry import SANDBOX, Acting, Snapshot
from bot.sandbox.requests import EARLIEST, LATEST, ClockBody, UserBody, duration
from bot.sandbox.slack.api import Api, Keys
from bot.sandbox.slack.deliveries import Carrier, Deliveries, Http
from bot.sandbox.slack.events import Events
from bot.sandbox.slack.faults import ANY, EMAIL, SOCKET, Faults
from bot.sandbox.slack.link import Link
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.methods import METHODS
from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.workspace import Conversation, User, Workspace
from bot.settings import Mode, Settings
from bot.slack import Slack
from cadre.core import clock
from cadre.core.database import Database

log: Final = logging.getLogger("cadre.sandbox")
PACE: Final = timedelta(0)
"""Slack's pace is kept in real time, and here nobody waits for it."""
_CALMING: Final = 5.0
"""Seconds that what is under way has before a reset, or before time goes on."""


def _after(now: datetime, length: timedelta) -> datetime:
    if not EARLIEST - now <= length <= LATEST - now:
        raise BadInput("advance", "lies outside this century")
    return now + length


@dataclass(frozen=True, slots=True)
class Kept:
    """A workspace and its registry as they were, to be put back. ``moment``: that it was; None: whatever moment it really is."""

    registry: Snapshot
    users: dict[str, User]
    conversations: dict[str, Conversation]
    letters: list[mail.Kept]
    moment: datetime | None = None


class Sandbox:
    """One workspace, on a registry that a sandbox made. ``address``: where it is served, without a slash at the end.

    ``duties``: of the worker, where they are to be others than Cadre's own. ``more_scopes``: what the token may do beside what Cadre's
    manifest asks for.
    """

    def __init__(
        self,
        database: Database,
        address: str,
        duties: Sequence[Duty] | None = None,
        mode: Mode = Mode.HTTP,
        more_scopes: frozenset[str] = frozenset(),
    ) -> None:
        self.registry = Registry(database)
        self.address = address
        self._secret = secrets.token_hex(16)
        self.mode = mode
        self.stream = Stream()
        self.log = Log(self.stream)
        self.faults = Faults()
        self.triggers = Triggers()
        self.deliveries = Deliveries(self.log)
        keys = Keys(f"xoxb-{secrets.token_hex(12)}", f"xapp-{secrets.token_hex(12)}", frozenset(scopes(front_door())) | more_scopes)
        self.slack = Slack.with_token(keys.bot_token, f"{address}/api/")
        self.mailbox = mail.Mailbox(self.now, self.stream, self.faults, self.log)
        own = cadres_duties(self.slack, self.mailbox, pace=PACE, links=Links(address, self._secret)) if duties is None else duties
        self.worker = Worker(self.registry, own)
        self.clock = WorkspaceClock(self.registry, self.worker, self.calm, self._clock_was_set)
        self.workspace = Workspace(self.now, self.stream, address=address)
        self.link = Link(address)
        shown = manifest(front_door(), mode, address)
        self._subscribed = frozenset(shown["settings"]["event_subscriptions"]["bot_events"])
        self.api = Api(self.workspace, self.triggers, self.faults, self.log, keys, address)
        self.events = Events(self.workspace, self.deliveries, lambda: self._subscribed)
        self.people = People(self.workspace, self.api, self.deliveries, self.events, shown)
        self.controls = Controls(self.people)
        self.door: Door | None = None

    def now(self) -> datetime:
        """Workspace time, in UTC."""
        return self.clock.now()

    @property
    def settings(self) -> Settings:
        """What Cadre is told of this workspace, as the environment would."""
        own = {
            "CADRE_DATABASE_URL": "unused: the registry is open already",
            "SLACK_BOT_TOKEN": self.api.keys.bot_token,
            "SLACK_SIGNING_SECRET": self._secret,
            "SLACK_API_URL": f"{self.address}/api/",
            "CADRE_MODE": self.mode.value,
            "CADRE_SANDBOX": "1",
            "CADRE_ADDRESS": self.address,
            "CADRE_SMTP_URL": "",  # nothing leaves this computer, whatever the environment says
        }
        return Settings.model_validate(own | ({"SLACK_APP_TOKEN": self.api.keys.app_token} if self.mode is Mode.SOCKET else {}))

    @property
    def methods(self) -> list[str]:
        """The methods that can be told to misbehave."""
        return [ANY, *sorted(METHODS), "respond", EMAIL, *((SOCKET,) if self.mode is Mode.SOCKET else ())]

    @property
    def busy(self) -> bool:
        """Whether Slack or Cadre has anything under way."""
        return bool(self.deliveries.pending or (self.door and self.door.running) or self.worker.resting.locked())

    @asynccontextmanager
    async def begun(self, session: aiohttp.ClientSession) -> AsyncIterator[None]:
        """People are there, deliveries go out and the worker works, for as long as the block runs."""
        carrier: Carrier = self.link if self.mode is Mode.SOCKET else Http(session, f"{self.address}{EVENTS_PATH}", self._secret)
        self.deliveries.carrier = carrier
        if self.mode is Mode.SOCKET:
            self.workspace.link = self.link.open
        self.clock.offset = await self.registry.read(lambda session: float(session.info["clock_offset"]))
        await self._people_come()
        self.beginning = await self.kept()
        self.workspace.heard = self.events.message
        stop = asyncio.Event()
        async with slack_api.connections() as own:
            self.slack.use(own)
            working = asyncio.create_task(self.worker.run(stop))
            try:
                yield
            finally:
                stop.set()
                await working
                await self.link.close()

    async def _people_come(self) -> None:
        users = await self.registry.read(cast.users)
        await self.registry.write(SANDBOX, own_registry.introduce, [user for user in users.values() if not user.is_bot])
        self.workspace.users = users
        self.workspace.conversations = cast.channels(users, int(self.workspace.now().timestamp()))

    async def acting(self) -> dict[str, Acting]:
        """Who the users are in the registry."""
        return await self.registry.read(own_registry.acting)

    def change_user(self, given: UserBody) -> User:
        """Add a user, or change one: only what is given. Cadre is told, as Slack tells it."""
        said = given.model_dump(exclude_none=True, exclude={"id"})
        found = self.workspace.users.get(given.id or "")
        if found and found.is_bot:
            raise BadInput("id", "is Cadre itself")
        new = found is None
        if found is None:
            missing = next((name for name in ("name", "locale", "tz") if name not in said), None)
            if missing:
                raise BadInput(missing, "is needed for somebody new")
            found = User(given.id or f"U{self.workspace.number():08X}", said["name"])
            self.workspace.users[found.id] = found
            for place in self.workspace.conversations.values():
                if not place.is_im:
                    place.members.append(found.id)
        for name, value in said.items():
            setattr(found, name, value)
        self.events.user_changed(found, new=new)
        self.stream.tell("state")
        return found

    async def move_clock(self, given: ClockBody) -> datetime:
        """Move the workspace's clock. Returns the moment that it is then."""
        to = given.set
        if given.advance is not None:
            to = _after(self.workspace.now(), duration(given.advance))
        if given.next:
            to = await self.clock.next_due()
        if to is None:
            raise BadInput("next", "nothing is due")
        return await self.clock.move(to)

    def _clock_was_set(self) -> None:
        self.workspace.clock_was_set()
        self.stream.tell("state")

    async def drop_connections(self) -> None:
        """Break the connections of Socket Mode off."""
        if self.mode is not Mode.SOCKET:
            raise BadInput("method", "there is no connection: events go over HTTP")
        await self.link.drop()

    async def calm(self) -> None:
        """Wait until all is quiet, for some seconds at most: a call may hang that was told to."""
        try:
            async with asyncio.timeout(_CALMING):
                await self.quiet()
        except TimeoutError:
            log.warning("something is still under way after %s seconds, and time goes on", _CALMING)

    async def quiet(self) -> None:
        """Wait until neither Slack nor Cadre has anything under way."""
        while True:
            await asyncio.sleep(0.002)  # what was acknowledged begins with the next turn
            if not self.busy:
                return
            await self.deliveries.quiet()
            if self.door and self.door.running:
                await asyncio.wait(set(self.door.running))
            async with self.worker.resting:  # what a round has begun to send comes too
                pass

    async def kept(self, moment: datetime | None = None) -> Kept:
        """People, conversations and registry as they are, once nothing is under way; windows are not kept."""
        await self.calm()
        async with self.worker.resting:
            snapshot = await self.registry.read(Snapshot.take)
        people, places = deepcopy((self.workspace.users, self.workspace.conversations))
        return Kept(snapshot, people, places, self.mailbox.of(), moment)

    async def reset(self) -> None:
        """Workspace and registry as at the start. What is under way comes to its end first."""
        await self.put_back(self.beginning)

    async def put_back(self, kept: Kept) -> None:
        """Workspace and registry as they were when they were kept. Cadre is told of people who are others now, as Slack tells it."""
        self.faults.clear()
        await self.calm()
        offset = (kept.moment - clock.real()).total_seconds() if kept.moment else 0.0
        async with self.worker.resting:
            await self.registry.write(SANDBOX, kept.registry.restore, offset)
        self.clock.offset = offset
        self.triggers.forget()
        before = dict(self.workspace.users)
        self.workspace.forget()
        self.log.clear()
        self.mailbox.put_back(kept.letters)
        self.workspace.users, self.workspace.conversations = deepcopy((kept.users, kept.conversations))
        for user in self.workspace.users.values():
            if user != before.get(user.id):
                self.events.user_changed(user, new=False)
        await self.calm()
        self.stream.tell("everything")
