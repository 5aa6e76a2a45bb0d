"""The front door: what comes in from Slack is acknowledged, told whose it is, and handed to the listener that it is for.

Acknowledging comes first, because Slack waits three seconds at most and Bolt answers only when all middleware has run; so there is
no middleware here. Submissions alone are acknowledged after their commit: what was confirmed to a person is in the registry.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot import errors
from bot.aftermath import Aftermath
from bot.again import until_it_passes
from bot.blocks import Message, Modal, Option, section
from bot.caller import Caller, Callers
from bot.links import Links
from bot.registry import Registry
from bot.slack import AnswerRefused, Slack
from bot.visit import Place, Visit, place_of
from cadre.core import clock, events
from cadre.core.errors import Invalid
from cadre.core.reader import Actor, Reader

log: Final = logging.getLogger("cadre.door")

Body: TypeAlias = dict[str, Any]
Listener: TypeAlias = Callable[[Visit], Awaitable[None]]
Submission: TypeAlias = Callable[[Visit], Awaitable[Modal | None]]
Lookup: TypeAlias = Callable[[Visit, str], Awaitable[list[Option]]]
Nudge: TypeAlias = Callable[[], Awaitable[None]]
Bare: TypeAlias = Callable[[Body, str, "Desk"], Awaitable[None]]

DELIVERY: Final = Actor("slack-delivery")
"""In whose name events are claimed; that is no change of the registry."""
HURRY: Final = 0.5
"""Seconds to wait for a profile where an acknowledgement waits for it: it is in memory from the click that opened the window."""
_LOOKING: Final = 43_200.0
"""Seconds for which App Home may be open since it was opened; when it is opened again it is drawn anyway."""
_LOOKERS: Final = 10_000
_NUMBER: Final = ":"
"""Between the name of a button and its number."""
DEADLINE: Final = 2.5
"""Seconds within which a submission is committed, or answered with a promise. Slack waits 3."""
_REDRAWN: Final = 0.4
"""Seconds for which the answer to a submission waits for the window below to be drawn anew: whoever sent it sees that one next."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every listener may use."""

    registry: Registry
    slack: Slack
    callers: Callers
    draw_home: Listener
    """Draws the App Home of whoever did something in it."""
    nudge: Nudge
    """Sends what others are to hear of now."""
    links: Links | None
    """To the web pages, where people reach them."""
    email: bool
    """There is a mail server."""

    def visit(self, body: Body, place: Place, caller: Caller) -> Visit:
        """What somebody did, as a listener is given it."""
        return Visit(body, place, caller, self.registry, self.slack, self.callers, self.nudge, self.links, self.email)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A command, click, submission or look-up as it came, and where it was done."""

    body: Body
    place: Place

    @property
    def name(self) -> str:
        """Which of our commands, buttons, windows or menus it is. Buttons of one kind in one row are numbered: Slack wants that."""
        if "command" in self.body:
            named = self.body["command"]
        elif self.body["type"] == "view_submission":
            named = self.body["view"]["callback_id"]
        else:
            named = (self.body["actions"][0] if self.body["type"] == "block_actions" else self.body)["action_id"]
        return str(named).partition(_NUMBER)[0]


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
    aftermath: Aftermath = field(default_factory=Aftermath)
    looking: dict[tuple[str, str], float] = field(default_factory=dict)
    """Who opened App Home, or clicked in it, and when last: where a window lies over it, it is drawn anew under it."""

    @property
    def events(self) -> list[str]:
        """The events to subscribe to, as the manifest names them."""
        return sorted([*self.messages, *self.notices, *self.openings])

    def open(self, app: AsyncApp, desk: Desk) -> None:
        """Hand Bolt the listeners. It injects arguments by name, so each is a function of just what it needs.

        Clicks of one kind are one listener for it: it asks its listeners one after the other whether they want what came, which for a
        hundred took longer than all else that it does.
        """
        for event, listener in self.messages.items():
            app.event(event.partition(".")[0])(self._to_events(partial(self._message, desk, event, listener)))
        for event, bare in self.notices.items():
            app.event(event)(self._to_events(partial(self._notice, desk, bare)))
        for event, listener in self.openings.items():
            app.event(event)(self._to_events(partial(self._opening, desk, event, listener)))
        for kind, table, handle in (
            (app.command, self.commands, self._click),
            (app.action, self.actions, self._click),
            (app.view, self.submissions, self._submission),
            (app.options, self.lookups, self._lookup),
        ):
            if table:
                kind(_any(table))(self._to_clicks(partial(handle, desk)))

    def _to_events(self, handle: Callable[[Body, str], Awaitable[None]]) -> Callable[[Body, AsyncBoltContext], Awaitable[None]]:
        async def handler(body: Body, context: AsyncBoltContext) -> None:
            async with _Working(self.running):
                await handle(body, _team(context))

        return handler

    def _to_clicks(
        self, handle: Callable[[AsyncAck, Arrival], Awaitable[None]]
    ) -> Callable[[AsyncAck, Body, AsyncBoltContext], Awaitable[None]]:
        async def handler(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            async with _Working(self.running):
                await handle(ack, Arrival(body, place_of(body, _team(context))))

        return handler

    async def drain(self, seconds: float) -> None:
        """Let what runs come to its end, before the process does."""
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)

    async def _message(self, desk: Desk, event: str, listener: Listener, body: Body, team: str) -> None:
        """A message to Cadre. Bolt has acknowledged it already; it may come again, and under two names."""
        said = body["event"]
        if not is_question(event, said):
            return
        place = place_of(body, team)
        names = (body["event_id"], f"{said['channel']}:{said['ts']}")
        try:
            first = await desk.registry.write(DELIVERY, events.claim_event, team, *names)
        except Exception as problem:  # noqa: BLE001  # the one error path: without the registry, too, the person is told
            await self._tell(desk, place, None, problem, event)
            return
        if first:
            await self._visit(desk, event, listener, body, place)

    async def _notice(self, desk: Desk, listener: Bare, body: Body, team: str) -> None:
        """News that concerns the process, not a person who waits: it may come twice."""
        await listener(body, team, desk)

    async def _opening(self, desk: Desk, event: str, listener: Listener, body: Body, team: str) -> None:
        """What is only looked at (App Home) is not claimed: drawn twice is drawn once."""
        place = place_of(body, team)
        self._looks(place)
        await self._visit(desk, event, listener, body, place)

    async def _click(self, desk: Desk, ack: AsyncAck, came: Arrival) -> None:
        """A command or a click: acknowledged at once."""
        await ack()
        name = came.name
        await self._visit(desk, name, self.commands.get(name) or self.actions[name], came.body, came.place)

    async def _visit(self, desk: Desk, name: str, listener: Listener, body: Body, place: Place) -> None:
        """Hand over what came in. Where App Home cannot be drawn after something else failed, that is told, and this logged."""
        visit: Visit | None = None
        well = True
        try:
            caller = await desk.callers.complete(place.team, place.user, place.channel)
            visit = desk.visit(body, place, caller)
            await listener(visit)
        except Exception as problem:  # noqa: BLE001  # the one error path: nothing is silent, everything is told
            well = False
            await self._tell(desk, place, visit, problem, name)
        if visit is None:
            return
        try:
            if _in_home(body):
                self._looks(place)
                await desk.draw_home(visit)
        except Exception as problem:  # noqa: BLE001  # as above
            if well:
                await self._tell(desk, place, visit, problem, name)
            else:
                errors.logged(problem, f"App Home of {place.user} after {name}")
        await visit.afterwards(name)

    async def _tell(self, desk: Desk, place: Place, visit: Visit | None, problem: Exception, name: str) -> None:
        reader = visit.reply_reader if visit else desk.callers.reader(place.team, place.user)
        told = errors.message(problem, reader, f"{name} by {place.user}")
        try:
            await until_it_passes(partial(self._apologize, desk, place, told))
        except Exception as silence:  # noqa: BLE001  # the last resort: the log has both, and the person sees nothing
            errors.logged(silence, f"{name} by {place.user}: the apology could not be sent")

    async def _apologize(self, desk: Desk, place: Place, told: Message) -> None:
        """Where it was asked; where that takes nothing, in their own conversation."""
        try:
            await place.whisper(desk.slack, told)
        except AnswerRefused:
            await desk.slack.post(await desk.slack.conversation_with(place.user), told)

    async def _submission(self, desk: Desk, ack: AsyncAck, came: Arrival) -> None:
        """A filled window: field errors stand in it, and what is confirmed is committed.

        What is not done by the deadline is not broken off, for it may be committed all the same: the person is told at the end.
        """
        place, name = came.place, came.name
        began = clock.ticks()
        done = asyncio.ensure_future(self._submitted(desk, self.submissions[name], came))
        await asyncio.wait({done}, timeout=DEADLINE)
        late = not done.done()
        if late:
            await _over(ack, came.body["view"], _late(desk.callers.reader(place.team, place.user)))
        try:
            visit, shown = await done
        except Exception as problem:  # noqa: BLE001  # the one error path
            if late:
                await self._tell(desk, place, None, problem, name)
            else:
                await _refuse(ack, problem, came.body["view"], desk.callers.reader(place.team, place.user), f"{name} by {place.user}")
            return
        below = asyncio.ensure_future(visit.redrawn(name))
        await asyncio.wait({below}, timeout=max(0, min(_REDRAWN, began + DEADLINE - clock.ticks())))
        if late:
            await self._tell_done(visit, shown, name)
        elif shown is None:
            await ack()
        else:
            await ack(response_action="update", view=shown.payload())
        await below
        async with self.aftermath.turn():
            try:
                if clock.ticks() - self.looking.get((place.team, place.user), -_LOOKING) < _LOOKING:
                    await desk.draw_home(visit)
            except Exception as problem:  # noqa: BLE001  # what was sent stands; App Home is drawn when it is next opened
                errors.logged(problem, f"App Home of {place.user} after {name}")
            await visit.afterwards(name)

    def _looks(self, place: Place) -> None:
        """Somebody looks at their App Home. Whoever opened it last is forgotten last."""
        self.looking.pop((place.team, place.user), None)
        self.looking[place.team, place.user] = clock.ticks()
        if len(self.looking) > _LOOKERS:
            del self.looking[next(iter(self.looking))]

    async def _submitted(self, desk: Desk, submission: Submission, came: Arrival) -> tuple[Visit, Modal | None]:
        with self.aftermath.storing():
            caller = await desk.callers.complete(came.place.team, came.place.user, patience=HURRY)
            visit = desk.visit(came.body, came.place, caller)
            return visit, await submission(visit)

    async def _tell_done(self, visit: Visit, shown: Modal | None, name: str) -> None:
        """What would have stood in the window, as a message."""
        done = visit.reply_reader.gettext("Done.")
        told = Message(shown.title, shown.blocks) if shown else Message(done)
        try:
            await visit.whisper(told)
        except Exception as silence:  # noqa: BLE001  # what was done stands, and what follows from it must still be done
            errors.logged(silence, f"{name} by {visit.place.user}: that it is done could not be said")

    async def _lookup(self, desk: Desk, ack: AsyncAck, came: Arrival) -> None:
        """What a menu offers for the letters typed. An empty menu says that nothing was found."""
        try:
            caller = await desk.callers.complete(came.place.team, came.place.user, patience=HURRY)
            visit = desk.visit(came.body, came.place, caller)
            found = await self.lookups[came.name](visit, came.body.get("value") or "")
        except Exception as problem:  # noqa: BLE001  # a menu has no place for an apology
            errors.logged(problem, f"options by {came.place.user}")
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


async def _refuse(ack: AsyncAck, problem: Exception, view: Body, reader: Reader, where: str) -> None:
    """What is wrong, beside its field where it is about one, else laid over the window."""
    if isinstance(problem, Invalid):
        await ack(response_action="errors", errors=dict(errors.by_block(problem, reader)))
    else:
        await _over(ack, view, errors.window(problem, reader, where))


async def _over(ack: AsyncAck, view: Body, told: Modal) -> None:
    """Laid over the window that was sent; where Slack takes no other, on top of what stands in it."""
    if errors.is_last(view):
        await ack(response_action="update", view=errors.within(view, told.blocks).payload())
    else:
        await ack(response_action="push", view=told.payload())


def _late(reader: Reader) -> Modal:
    _ = reader.gettext
    told = _("This takes longer than usual. As soon as it is done, or cannot be, I will write to you.")
    return Modal(_("Not done yet"), (section(told),), close=_("Close"))


def _team(context: AsyncBoltContext) -> str:
    return context.team_id or context.enterprise_id or ""


def _any(table: Iterable[str]) -> re.Pattern[str]:
    """One of ours."""
    return re.compile(rf"^({'|'.join(re.escape(name) for name in table)})({_NUMBER}|$)")


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
