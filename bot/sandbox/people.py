"""What a person can do in the workspace: speak, give a command, use a shortcut, look at App Home."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.slack import parts, payloads, shapes
from bot.sandbox.slack.api import Api, answer_at
from bot.sandbox.slack.deliveries import SECONDS, Deliveries, Kind, Receipt
from bot.sandbox.slack.events import Events
from bot.sandbox.slack.triggers import Outcome, ResponseAddress
from bot.sandbox.slack.workspace import BOT, NAME, SLACKBOT, Conversation, Message, Payload, User, Workspace
from cadre.core.words import Words

_ADDRESS: Final = re.compile(r"(?<![\w<|])https?://[^\s<>|]+(?<![.,;:!?)])")
log: Final = logging.getLogger("cadre.sandbox")
INVITE: Final = "/invite"
_ESCAPING: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class BadInput(ValueError):
    """What was asked of the workspace cannot be: which field, and why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class People:
    """The people of one workspace, acting through it. ``manifest``: of the app, which says what it can be asked."""

    workspace: Workspace
    api: Api
    deliveries: Deliveries
    events: Events
    manifest: Payload

    @property
    def commands(self) -> list[Payload]:
        """The commands of the app, as its manifest has them."""
        found: list[Payload] = self.manifest["features"]["slash_commands"]
        return found

    def user(self, id_: str, field: str = "user") -> User:
        """Somebody who may act. Raises BadInput."""
        found = self.workspace.users.get(id_)
        if found is None or found.is_bot:
            raise BadInput(field, f"there is no user {id_}")
        return found

    def place(self, who: User, channel: str) -> Conversation:
        """A conversation that somebody is a member of; "dm" is the one with Cadre. Raises BadInput."""
        found = self.workspace.conversation(who.dm if channel == "dm" else channel)
        if found is None:
            raise BadInput("channel", f"there is no conversation {channel}")
        if who.id not in found.members:
            raise BadInput("channel", f"{who.name} is not a member of {channel}")
        return found

    def message(self, who: User, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Say something. "@Name" becomes a mention; what Slack escapes is escaped."""
        place = self.place(who, channel)
        parent = place.messages.get(thread_ts) if thread_ts else None
        if thread_ts and (parent is None or parent.seen_by):
            raise BadInput("thread_ts", f"there is no message {thread_ts}")
        if not text.strip():
            raise BadInput("text", "is empty")
        thread = (parent.thread_ts or parent.ts) if parent else None
        said = self.workspace.post(place, who.id, {"text": self.marked(text)}, thread=thread)
        if BOT not in place.members and f"<@{BOT}>" in said.payload["text"]:
            self.slackbot(who, place, shapes.reader(who).gettext("You mentioned @Cadre, who is not in this channel. Type /invite @Cadre."))
        return said

    def marked(self, text: str) -> str:
        """As Slack gives on what somebody typed: https://docs.slack.dev/messaging/formatting-message-text/#escaping"""
        whole = text.translate(_ESCAPING)
        if "@" in whole:
            known = {each.name.translate(_ESCAPING).casefold(): each.id for each in self.workspace.users.values()}
            known[NAME.casefold()] = BOT  # whoever else may call themselves so
            named = "|".join(re.escape(name) for name in sorted(known, reverse=True))
            whole = re.sub(rf"@({named})(?!\w)", lambda found: f"<@{known[found[1].casefold()]}>", whole, flags=re.IGNORECASE)
        return _ADDRESS.sub(lambda found: f"<{found[0]}>", whole)

    async def command(self, who: User, channel: str, name: str, text: str) -> Payload | None:
        """Give a command: the first message or window that comes of it within three seconds."""
        place = self.place(who, channel)
        if name == INVITE:
            return self._invited(who, place, text)
        if name not in {each["command"] for each in self.commands}:
            return self.slackbot(who, place, shapes.reader(who).gettext("{name} is not a valid command.", name=Words.verbatim(name)))
        at = ResponseAddress(who.id, place.id, self.workspace.now())
        sent = payloads.command(who, place, name, text, trigger=self.api.triggers.give(who.id, at.outcome), answer_at=self.address(at))
        self.workspace.awaited[who.dm] = at.outcome  # what is asked there is answered there, not at the address
        receipt = await self.deliveries.now(Kind.COMMAND, sent)
        if not receipt.taken:
            return self.slackbot(who, place, self.failed(who, name, receipt))
        self._immediate(at, receipt)
        return await first(at.outcome)

    def _immediate(self, at: ResponseAddress, receipt: Receipt) -> None:
        """A command may be answered in the acknowledgement itself: https://docs.slack.dev/interactivity/implementing-slash-commands"""
        body = receipt.body
        said = body if isinstance(body, dict) and body.get("text") else {"text": body} if isinstance(body, str) and body else None
        if said:
            answer_at(self.api, at, said)

    def _invited(self, who: User, place: Conversation, text: str) -> Payload:
        """Slack's own command, as far as Cadre goes."""
        _ = shapes.reader(who).gettext
        if text.strip().lstrip("@").casefold() != NAME.casefold() or place.is_im:
            return self.slackbot(who, place, _("Here only @Cadre can be invited, to a channel."))
        if BOT in place.members:
            return self.slackbot(who, place, _("Cadre is in this channel already."))
        place.members.append(BOT)
        self.workspace.stream.tell("state")
        said = self.workspace.post(place, BOT, {"text": f"<@{BOT}> has joined the channel", "subtype": "channel_join", "inviter": who.id})
        return shapes.message(self.workspace, place, said)

    async def shortcut(self, who: User, callback_id: str, channel: str | None, message_ts: str | None) -> Payload | None:
        """Use a shortcut: the first message or window that comes of it within three seconds."""
        kind = "message" if message_ts else "global"
        known = {(each["type"], each["callback_id"]) for each in self.manifest["features"].get("shortcuts", ())}
        if (kind, callback_id) not in known:
            raise BadInput("callback_id", f"there is no {kind} shortcut {callback_id}")
        if message_ts is None:
            outcome = Outcome()
            trigger = self.api.triggers.give(who.id, outcome)
            receipt = await self.deliveries.now(Kind.INTERACTION, payloads.shortcut(who, callback_id, trigger, self.workspace.stamp()))
        else:
            place = self.place(who, channel or "dm")
            said = self.seen(who, place, message_ts)
            at = ResponseAddress(who.id, place.id, self.workspace.now(), said.ts)
            outcome = at.outcome
            trigger = self.api.triggers.give(who.id, outcome)
            sent = payloads.message_shortcut(self.workspace, who, place, said, callback_id, trigger=trigger, answer_at=self.address(at))
            receipt = await self.deliveries.now(Kind.INTERACTION, sent)
        return await first(outcome) if receipt.taken else {"failed": self.failed(who, callback_id, receipt)}

    async def home(self, who: User) -> Payload | None:
        """Open App Home: what is published there, at the latest after three seconds."""
        before = self.workspace.homes.get(who.id)
        drawn = self.workspace.drawn[who.id] = asyncio.Event()
        self.events.home_opened(who, parts.shown(before) if before else None)
        try:
            async with asyncio.timeout(SECONDS):
                await drawn.wait()
        except TimeoutError:
            log.info("App Home of %s was not drawn", who.id)
        now = self.workspace.homes.get(who.id)
        return parts.shown(now) if now else None

    def seen(self, who: User, place: Conversation, ts: str) -> Message:
        """A message that somebody sees. Raises BadInput."""
        found = place.messages.get(ts)
        if found is None or found.seen_by not in (None, who.id):
            raise BadInput("message_ts", f"there is no message {ts}")
        return found

    def address(self, at: ResponseAddress) -> str:
        """Where something is answered."""
        return f"{self.api.address}/respond/{self.api.triggers.address(at)}"

    def slackbot(self, who: User, place: Conversation, told: Words) -> Payload:
        """What Slack itself says to one person."""
        said = self.workspace.post(place, SLACKBOT, {"text": told, "failed": True}, seen_by=who.id)
        return shapes.message(self.workspace, place, said)

    def failed(self, who: User, name: str, receipt: Receipt) -> Words:
        """What Slack says of a command or click that Cadre did not take."""
        reason = "operation_timeout" if receipt.reason == "http_timeout" else "dispatch_failed"
        _ = shapes.reader(who).gettext
        return _("{name} failed with the error “{reason}”.", name=Words.verbatim(name), reason=Words.verbatim(reason))


async def first(outcome: Outcome) -> dict[str, Any] | None:
    """What first comes of something within three seconds; None for nothing."""
    try:
        async with asyncio.timeout(SECONDS):
            await outcome.came.wait()
    except TimeoutError:
        return None
    return outcome.what
