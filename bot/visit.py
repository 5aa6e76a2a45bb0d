"""One thing that one person did in Slack, and the ways to answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias, TypeVar

from sqlalchemy.orm import Session

from bot import errors
from bot.blocks import Message, Modal, section
from bot.caller import Caller, Callers
from bot.links import Links
from bot.registry import Registry
from bot.slack import Slack
from cadre.core.i18n import is_language
from cadre.core.reader import Reader

Body: TypeAlias = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")

SKELETON_AFTER: Final = 1.0
"""Seconds within which a window opens as it should be; then an empty one does, before the trigger, good for 3, is lost."""


class Where(StrEnum):
    """Where an answer belongs."""

    THREAD = "thread"
    """In a channel: in the thread of what was said, for all to see."""
    DIRECT = "direct"
    """In the conversation with Cadre."""
    ASIDE = "aside"
    """To a command, or a click in an answer that one person sees: for them alone."""
    VIEW = "view"
    """In App Home or a window: answers go to the conversation with Cadre."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who did something and where, as the payload says: events, commands, clicks and submissions each say it their own way.

    ``thread``: where an answer goes; ``within``: the thread that it was said in, if any.
    ``team``: the workspace for which it came in, as Bolt finds it. What the payload says outside may be another organization's.
    """

    where: Where
    team: str
    user: str
    channel: str | None = None
    thread: str | None = None
    within: str | None = None
    answer_at: str | None = None

    async def say(self, slack: Slack, message: Message) -> None:
        """Answer where it was asked."""
        if self.where is Where.ASIDE and self.answer_at:
            await slack.respond(self.answer_at, message, thread=self.thread)
        elif self.where is Where.VIEW or self.channel is None:
            await slack.post(await slack.conversation_with(self.user), message)
        else:
            await slack.post(self.channel, message, self.thread)

    async def whisper(self, slack: Slack, message: Message) -> None:
        """Answer so that nobody else sees it.

        In a thread only where there is one: https://docs.slack.dev/reference/methods/chat.postEphemeral shows it in no other.
        """
        if self.where is Where.THREAD and self.channel:
            await slack.whisper(self.channel, self.user, message, self.within)
        else:
            await self.say(slack, message)


def place_of(body: Body, team: str) -> Place:
    """Where something was done."""
    if "event" in body:
        return _of_event(body, team)
    if "command" in body:
        return Place(
            where=Where.ASIDE,
            team=team,
            user=body["user_id"],
            channel=body["channel_id"],
            answer_at=body["response_url"],
        )
    return _of_click(body, team)


def _of_event(body: Body, team: str) -> Place:
    event = body["event"]
    channel = event.get("channel")
    spoken = event["type"] in ("message", "app_mention")
    direct = spoken and (event.get("channel_type") == "im" or str(channel).startswith("D"))
    where = Where.DIRECT if direct else Where.THREAD if spoken else Where.VIEW
    thread = event.get("thread_ts") or (event["ts"] if where is Where.THREAD else None)
    return Place(where, team, event["user"], channel, thread, within=event.get("thread_ts"))


def _of_click(body: Body, team: str) -> Place:
    """A click in a message or a view, a submission, a look-up: https://docs.slack.dev/reference/interaction-payloads/"""
    container = body.get("container", {})
    user = body["user"]["id"]
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    if container.get("type") != "message" or not channel:
        return Place(Where.VIEW, team, user)
    message = body.get("message", {})
    thread = message.get("thread_ts") or container.get("thread_ts")
    if container.get("is_ephemeral"):
        return Place(Where.ASIDE, team, user, channel, thread, thread, body.get("response_url"))
    if channel.startswith("D"):
        return Place(Where.DIRECT, team, user, channel, thread, thread, body.get("response_url"))
    answers = thread or container.get("message_ts")
    return Place(Where.THREAD, team, user, channel, answers, thread, body.get("response_url"))


@dataclass
class Visit:
    """What came in, whose it is, and how to answer. ``answered_as``: set where the answer follows the question's language;
    ``text``: what was typed, where something was; ``rest``: of it, what followed a verb. ``nudge``: sends what others are to hear of now;
    to be done ``later``; ``below``: draws the window anew that lies below the one that was filled in. ``links``: to the web pages, where
    people reach them; ``email``: there is a mail server.
    """

    body: Body
    place: Place
    caller: Caller
    registry: Registry
    slack: Slack
    callers: Callers
    nudge: Callable[[], Awaitable[None]]
    links: Links | None
    email: bool
    answered_as: Reader | None = None
    text: str = ""
    rest: str = ""
    later: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    below: Callable[[], Awaitable[None]] | None = None

    @property
    def reply_reader(self) -> Reader:
        """Who replies are for: the caller, in the language of what they asked."""
        return self.answered_as or self.caller.reader

    @property
    def action(self) -> Body:
        """The click."""
        found: Body = self.body["actions"][0]
        return found

    @property
    def state(self) -> Body:
        """What stands in the fields: block -> action -> element."""
        holder = self.body.get("view") or self.body
        found: Body = (holder.get("state") or {}).get("values", {})
        return found

    def in_(self, language: str) -> Reader:
        """The caller, in the language of what they clicked in."""
        own = self.caller.reader
        return own.in_language(language) if is_language(language) else own

    def page(self, path: str, query: str = "") -> str | None:
        """The address of a web page, signed for the caller, and for their eyes only; None where it cannot be."""
        if self.links is None or self.caller.reader.person is None:
            return None
        address = self.links.to(self.caller.reader.person, path, self.reply_reader.language)
        return f"{address}&{query}" if query else address

    async def write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it in the name of whoever asks for it; who is to hear of it now, hears of it after."""
        done = await self.registry.write(self.caller.actor, fn, *args, **kwargs)
        self.later.append(self.nudge)
        return done

    async def say(self, message: Message) -> None:
        """Answer where it was asked: in the thread for all, in the conversation, or aside."""
        await self.place.say(self.slack, message)

    async def whisper(self, message: Message) -> None:
        """Answer so that nobody else sees it."""
        await self.place.whisper(self.slack, message)

    async def replace(self, message: Message) -> None:
        """Draw the message that was clicked in anew, even one that only one person sees."""
        if self.place.answer_at:
            await self.slack.respond(self.place.answer_at, message, replace=True)
        else:
            await self.whisper(message)

    async def open_modal(self, build: Callable[[], Awaitable[Modal]]) -> None:
        """Open a window: as ``build`` makes it, or empty first where that takes longer than a second."""
        trigger = self.body["trigger_id"]
        built = asyncio.ensure_future(build())
        done, _ = await asyncio.wait({built}, timeout=SKELETON_AFTER)
        if done:
            await self.slack.open_view(trigger, built.result())
            return
        view_id = await self.slack.open_view(trigger, _skeleton(self.reply_reader))
        try:
            view = await built
        except Exception as problem:  # noqa: BLE001  # told in the window that waits for it
            view = errors.window(problem, self.reply_reader, f"window for {self.caller.user}")
        await self.slack.update_view(view_id, view)

    async def redrawn(self, name: str) -> None:
        """Draw the window below anew, if any."""
        if self.below:
            await self._step(self.below, name)

    async def afterwards(self, name: str) -> None:
        """Do what was left for after the answer to whoever did something: telling others, which may take a while."""
        for step in self.later:
            await self._step(step, name)

    async def _step(self, step: Callable[[], Awaitable[None]], name: str) -> None:
        try:
            await step()
        except Exception as problem:  # noqa: BLE001  # the submission stands; who could not be told finds it in App Home
            errors.logged(problem, f"after {name} by {self.caller.user}")


def _skeleton(reader: Reader) -> Modal:
    _ = reader.gettext
    return Modal(_("One moment"), (section(_("This takes a moment…")),), close=_("Close"))
