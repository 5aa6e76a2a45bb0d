"""The front door: what comes in from Slack is acknowledged, told whose it is, and handed to the listener that it is for.

Acknowledging comes first, because Slack waits three seconds at most and Bolt answers only when all middleware has run; so there is
no middleware here. Submissions alone are acknowledged after their commit: what was confirmed to a person is in the registry.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import errors
from bot.blocks import Modal, Option
from bot.caller import Callers
from bot.registry import Registry
from bot.slack import Slack
from bot.visit import Place, Visit, place_of
from cadre.core import events
from cadre.core.errors import Invalid
from cadre.core.reader import Actor, Reader

log: Final = logging.getLogger("cadre.door")

Body: TypeAlias = dict[str, Any]
Listener: TypeAlias = Callable[[Visit], Awaitable[None]]
Submission: TypeAlias = Callable[[Visit], Awaitable[Modal | None]]
Lookup: TypeAlias = Callable[[Visit, str], Awaitable[list[Option]]]
Bare: TypeAlias = Callable[[Body, "Desk"], Awaitable[None]]

DELIVERY: Final = Actor("slack-delivery")
"""In whose name events are claimed; that is no change of the registry."""
HURRY: Final = 0.5
"""Seconds to wait for a profile where an acknowledgement waits for it: it is in memory from the click that opened the window."""
DEADLINE: Final = 2.5
"""Seconds within which a submission is committed, or answered with an apology. Slack waits 3."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every listener may use."""

    registry: Registry
    slack: Slack
    callers: Callers
    draw_home: Listener
    """Draws the App Home of whoever did something in it."""


@dataclass
class Door:
    """Which listener is for what. Filled by the capabilities, opened for Bolt, and read by the manifest."""

    messages: dict[str, Listener] = field(default_factory=dict)
    notices: dict[str, Bare] = field(default_factory=dict)
    openings: dict[str, Listener] = field(default_factory=dict)
    commands: dict[str, Listener] = field(default_factory=dict)
    actions: dict[str, Listener] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    running: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def events(self) -> list[str]:
        """The events to subscribe to, as the manifest names them."""
        return sorted([*self.messages, *self.notices, *self.openings])

    def open(self, app: AsyncApp, desk: Desk) -> None:
        """Hand Bolt the listeners. It injects arguments by name, so each is a function of just what it needs."""
        for event, listener in self.messages.items():
            app.event(event.partition(".")[0])(self._to_events(partial(self._message, desk, event, listener)))
        for event, bare in self.notices.items():
            app.event(event)(self._to_events(partial(self._notice, desk, bare)))
        for event, listener in self.openings.items():
            app.event(event)(self._to_events(partial(self._visit, desk, event, listener)))
        for command, listener in self.commands.items():
            app.command(command)(self._to_clicks(partial(self._click, desk, command, listener)))
        for action, listener in self.actions.items():
            app.action(_numbered(action))(self._to_clicks(partial(self._click, desk, action, listener)))
        for callback, submission in self.submissions.items():
            app.view(callback)(self._to_clicks(partial(self._submission, desk, callback, submission)))
        for action, lookup in self.lookups.items():
            app.options(action)(self._to_clicks(partial(self._lookup, desk, lookup)))

    def _to_events(self, handle: Callable[[Body], Awaitable[None]]) -> Callable[[Body], Awaitable[None]]:
        async def handler(body: Body) -> None:
            async with _Working(self.running):
                await handle(body)

        return handler

    def _to_clicks(self, handle: Callable[[AsyncAck, Body], Awaitable[None]]) -> Callable[[AsyncAck, Body], Awaitable[None]]:
        async def handler(ack: AsyncAck, body: Body) -> None:
            async with _Working(self.running):
                await handle(ack, body)

        return handler

    async def drain(self, seconds: float) -> None:
        """Let what runs come to its end, before the process does."""
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)

    async def _message(self, desk: Desk, event: str, listener: Listener, body: Body) -> None:
        """A message to Cadre. Bolt has acknowledged it already; it may come again, and under two names."""
        said = body["event"]
        if not is_question(event, said):
            return
        names = (body["event_id"], f"{said['channel']}:{said['ts']}")
        try:
            first = await desk.registry.write(DELIVERY, events.claim_event, body["team_id"], *names)
        except Exception as problem:  # noqa: BLE001  # the one error path: without the registry, too, the person is told
            await self._tell(desk, place_of(body), None, problem, event)
            return
        if first:
            await self._visit(desk, event, listener, body)

    async def _notice(self, desk: Desk, listener: Bare, body: Body) -> None:
        """News that concerns the process, not a person who waits: it may come twice."""
        await listener(body, desk)

    async def _click(self, desk: Desk, name: str, listener: Listener, ack: AsyncAck, body: Body) -> None:
        """A command or a click: acknowledged at once."""
        await ack()
        await self._visit(desk, name, listener, body)

    async def _visit(self, desk: Desk, name: str, listener: Listener, body: Body) -> None:
        """Hand over what came in. What is only looked at (App Home) is not claimed: drawn twice is drawn once."""
        place = place_of(body)
        visit: Visit | None = None
        try:
            caller = await desk.callers.complete(place.team, place.user, place.channel, enterprise=place.enterprise)
            visit = Visit(body, place, caller, desk.registry, desk.slack, desk.callers)
            try:
                await listener(visit)
            finally:
                if _in_home(body):
                    await desk.draw_home(visit)
        except Exception as problem:  # noqa: BLE001  # the one error path: nothing is silent, everything is told
            await self._tell(desk, place, visit, problem, name)

    async def _tell(self, desk: Desk, place: Place, visit: Visit | None, problem: Exception, name: str) -> None:
        reader = visit.reply_reader if visit else Reader()
        told = errors.message(problem, reader, f"{name} by {place.user}")
        try:
            await place.whisper(desk.slack, told)
        except Exception as silence:  # noqa: BLE001  # the last resort: the log has both, and the person sees nothing
            errors.logged(silence, f"{name} by {place.user}: the apology could not be sent")

    async def _submission(self, desk: Desk, name: str, submission: Submission, ack: AsyncAck, body: Body) -> None:
        """A filled window: field errors stand in it, and what is confirmed is committed."""
        place = place_of(body)
        reader = Reader()
        try:
            async with asyncio.timeout(DEADLINE):
                caller = await desk.callers.complete(place.team, place.user, enterprise=place.enterprise, patience=HURRY)
                reader = caller.reader
                visit = Visit(body, place, caller, desk.registry, desk.slack, desk.callers)
                shown = await submission(visit)
        except Invalid as problem:
            await ack(response_action="errors", errors=dict(errors.by_block(problem, reader)))
            return
        except Exception as problem:  # noqa: BLE001  # the one error path
            await ack(response_action="push", view=errors.window(problem, reader, f"{name} by {place.user}").payload())
            return
        if shown is None:
            await ack()
        else:
            await ack(response_action="update", view=shown.payload())
        await visit.afterwards(name)

    async def _lookup(self, desk: Desk, lookup: Lookup, ack: AsyncAck, body: Body) -> None:
        """What a menu offers for the letters typed. An empty menu says that nothing was found."""
        place = place_of(body)
        try:
            caller = await desk.callers.complete(place.team, place.user, enterprise=place.enterprise, patience=HURRY)
            visit = Visit(body, place, caller, desk.registry, desk.slack, desk.callers)
            found = await lookup(visit, body.get("value") or "")
        except Exception as problem:  # noqa: BLE001  # a menu has no place for an apology
            errors.logged(problem, f"options by {place.user}")
            found = []
        await ack(options=[option.payload() for option in found])


class _Working:
    """Counts a listener among those that the end of the process waits for."""

    def __init__(self, running: set[asyncio.Task[Any]]) -> None:
        self._running = running
        self._task = asyncio.current_task()

    async def __aenter__(self) -> None:
        if self._task:
            self._running.add(self._task)

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._running.discard(self._task)


def _numbered(action: str) -> re.Pattern[str]:
    """Buttons of one kind in one row are numbered, because Slack wants each to have a name of its own."""
    return re.compile(rf"^{re.escape(action)}(:|$)")


def _in_home(body: Body) -> bool:
    """Whether a click in App Home changed what stands there. Boxes ticked are kept by Slack: drawing them anew would lose them."""
    view = body.get("view") or {}
    return view.get("type") == "home" and body["actions"][0]["type"] != "checkboxes"


def is_question(event: str, said: Body) -> bool:
    """Whether a message is one that a person just wrote to Cadre: no bot's, no edit, no deletion, nothing joined or renamed.

    https://docs.slack.dev/reference/events/message/ (subtypes); a message with a file is a message.
    """
    if said.get("bot_id") or said.get("edited") or said.get("hidden") or not said.get("user"):
        return False
    if said.get("subtype") not in (None, "file_share", "thread_broadcast"):
        return False
    return event != "message.im" or said.get("channel_type") == "im"
