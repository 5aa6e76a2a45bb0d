"""What a Slack workspace holds: people, conversations, messages, views. It knows nothing of HTTP and nothing of Cadre."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.triggers import Outcome

Payload: TypeAlias = dict[str, Any]

TEAM: Final = "T0CADRE"
APP: Final = "A0CADRE"
BOT: Final = "U0CADRE"
BOT_ID: Final = "B0CADRE"
SLACKBOT: Final = "USLACKBOT"
NAME: Final = "Cadre"


@dataclass(slots=True)
class User:
    """Somebody in the workspace. ``locale`` as Slack has it ("fr-CA"); ``more``: what else ``users.info`` says, such as ``is_stranger``."""

    id: str
    name: str
    email: str | None = None
    locale: str = "en-US"
    tz: str = "America/Toronto"
    is_bot: bool = False
    more: Payload = field(default_factory=dict)

    @property
    def dm(self) -> str:
        """The conversation between them and Cadre: the same one each time it is opened, also after a reset."""
        return f"D{self.id[1:]}"

    @property
    def handle(self) -> str:
        """The user name that old fields of payloads still carry."""
        return self.name.split(maxsplit=1)[0].lower() if self.name.strip() else self.id.lower()


@dataclass(slots=True)
class Message:
    """A message, its content kept as JSON: tens of thousands of them stay small.

    ``seen_by``: for an ephemeral message, the one user who sees it. ``chosen``: what each user has set in its controls.
    """

    ts: str
    user: str
    content: bytes
    thread_ts: str | None = None
    seen_by: str | None = None
    edited: str | None = None
    gone: bool = False
    chosen: dict[str, Payload] | None = None

    @property
    def payload(self) -> Payload:
        """Text, blocks, metadata and files, as they were posted."""
        found: Payload = json.loads(self.content)
        return found


@dataclass(slots=True)
class Conversation:
    """A channel, or the direct messages between a user and Cadre. Messages stand in the order in which they were posted."""

    id: str
    name: str
    members: list[str]
    topic: str = ""
    is_im: bool = False
    created: int = 0
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    """The message that a thread begins with -> its answers that all see."""


@dataclass(slots=True)
class View:
    """A modal or an App Home. ``chosen``: what stands in its controls, block -> action -> value, where it differs from the beginning."""

    id: str
    user: str
    payload: Payload
    hash: str
    root: str
    previous: str | None = None
    chosen: Payload = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Upload:
    """A file: announced, then filled, then shared; or put into a field by a person, and shared with Cadre by that."""

    id: str
    name: str
    length: int
    alt_text: str = ""
    title: str = ""
    data: bytes | None = None
    shared: bool = False
    owner: str = BOT


@dataclass
class Workspace:
    """The state of one workspace. ``now``: workspace time; ``stream``: who wants to know of changes; ``address``: where its files are."""

    now: Callable[[], datetime]
    stream: Stream
    users: dict[str, User] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, View] = field(default_factory=dict)
    awaited: dict[str, Outcome] = field(default_factory=dict)
    """Whoever waits for what Cadre writes in a direct conversation."""
    drawn: dict[str, asyncio.Event] = field(default_factory=dict)
    """Whose App Home is waited for: set when it is published."""
    files: dict[str, Upload] = field(default_factory=dict)
    offered: dict[tuple[str, str], list[Payload]] = field(default_factory=dict)
    """What a menu last offered to a user: (user, action) -> options."""
    grid: Payload = field(default_factory=dict)
    """In an Enterprise Grid, what ``auth.test`` says of it."""
    link: Callable[[], str] | None = None
    """Where Socket Mode is on: gives the address of a new connection."""
    heard: Callable[[Conversation, Message, Payload | None], None] | None = None
    """Is told of each message that all see when it is new, changed or gone; with what it held before."""
    address: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _last: int = 0

    def number(self) -> int:
        """A number that nothing else here has."""
        return next(self._numbers)

    def stamp(self) -> str:
        """A timestamp that is unique in the workspace: Slack's identifier of a message."""
        now = int(self.now().timestamp() * 1_000_000)
        self._last = now if now > self._last else self._last + 1
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def forget(self) -> None:
        """Let go of all people, conversations, views and files."""
        for held in (self.users, self.conversations, self.modals, self.homes, self.files, self.offered):
            held.clear()
        self.clock_was_set()

    def clock_was_set(self) -> None:
        """From here on timestamps may lie before those that were given: the clock was set back."""
        self._last = 0

    def conversation(self, id_: str) -> Conversation | None:
        """A conversation; the one with Cadre comes to be when somebody looks for it."""
        found = self.conversations.get(id_)
        user = self.users.get(f"U{id_[1:]}") if found is None and id_.startswith("D") else None
        if user and not user.is_bot:
            found = Conversation(id_, "", [user.id, BOT], is_im=True, created=int(self.now().timestamp()))
            self.conversations[id_] = found
        return found

    def post(self, place: Conversation, user: str, content: Payload, *, thread: str | None = None, seen_by: str | None = None) -> Message:
        """Put a message into a conversation. ``thread``: the message that it answers; ``seen_by``: the only one who sees it."""
        stamp = self.stamp()
        while stamp in place.messages:
            stamp = self.stamp()
        message = Message(stamp, user, _packed(content), thread, seen_by)
        place.messages[stamp] = message
        if thread and seen_by is None:
            place.threads.setdefault(thread, []).append(stamp)
        self.changed(place, message, None)
        return message

    def redraw(self, place: Conversation, message: Message, content: Payload) -> None:
        """Give a message another content. What was chosen in controls that are still there stays."""
        before = message.payload
        message.content = _packed(content)
        message.edited = self.stamp()
        self.changed(place, message, before)

    def remove(self, place: Conversation, message: Message) -> None:
        """Take a message away."""
        del place.messages[message.ts]
        if message.thread_ts and message.seen_by is None:
            place.threads[message.thread_ts].remove(message.ts)
        message.gone = True
        self.changed(place, message, message.payload)

    def changed(self, place: Conversation, message: Message, before: Payload | None) -> None:
        """Tell whoever looks at a conversation that it changed."""
        self.stream.tell("messages", channel=place.id, user=message.seen_by, by=message.user, ts=message.ts, thread_ts=message.thread_ts)
        if self.heard and message.seen_by is None:
            self.heard(place, message, before)

    def replies(self, place: Conversation, ts: str) -> list[Message]:
        """The answers in a message's thread, those that all see."""
        return [place.messages[each] for each in place.threads.get(ts, ())]

    def view(self, view_id: str) -> View | None:
        """A view that is open or published, by its id."""
        shown = itertools.chain(self.homes.values(), *self.modals.values())
        return next((view for view in shown if view.id == view_id), None)

    def by_external_id(self, external_id: str) -> View | None:
        """A view, by the name that Cadre gave it."""
        shown = itertools.chain(self.homes.values(), *self.modals.values())
        return next((view for view in shown if view.payload.get("external_id") == external_id), None)

    def view_hash(self) -> str:
        """What a view that was drawn just now is told from older drawings by."""
        return f"{int(self.now().timestamp())}.{self.number():08x}"


def _packed(content: Payload) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
