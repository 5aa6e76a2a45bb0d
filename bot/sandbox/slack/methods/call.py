"""One call of the Web API: its arguments read as Slack reads them, its refusals in Slack's words."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.workspace import BOT, Conversation, Message, Payload, User, Workspace

_TRUE: Final = frozenset({"1", "true", "True"})


class Refused(Exception):
    """What Slack refuses, by its own error code; ``more`` is what else stands in the answer."""

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more | ({"response_metadata": {"messages": list(messages)}} if messages else {})

    @property
    def payload(self) -> Payload:
        """As the method answers: https://docs.slack.dev/apis/web-api/#responses"""
        return {"ok": False, "error": self.error, **self.more}


def invalid(message: str) -> Refused:
    """Arguments that cannot be taken, and why: https://docs.slack.dev/reference/methods/chat.postMessage (errors)"""
    return Refused("invalid_arguments", f"[ERROR] {message}")


def parsed(text: str | bytes) -> Any:
    """JSON as Slack reads it: no NaN, no half of a character. Raises ValueError for what is none."""
    found = json.loads(text, parse_constant=_no_number)
    if (b"\\ud" if isinstance(text, bytes) else "\\ud") in text.lower():  # type: ignore[operator]  # both of one kind
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


@dataclass(frozen=True, slots=True)
class Call:
    """What was sent with a call, and what it may touch. ``address``: of the workspace itself, without a slash at the end."""

    args: Payload
    scopes: frozenset[str]
    workspace: Workspace
    triggers: Triggers
    address: str

    def need(self, scope: str | None) -> None:
        """Refuse a call that the token may not make: https://docs.slack.dev/authentication/"""
        if scope and scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def text(self, name: str) -> str | None:
        """A text; None where it is not given or empty."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise invalid(f"must be a string [json-pointer:/{name}]")
        return value

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if value is None:
            raise invalid(f"missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no: forms send "1" or "true"."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else str(value) in _TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 on."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            found = int(value)
        except (TypeError, ValueError, OverflowError):
            found = 0
        if not 1 <= found <= most:
            raise Refused(f"invalid_{name}")
        return found

    def data(self, name: str) -> Any:
        """Something structured: as it is in JSON, or written as JSON in a form; None where it is not given."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                return parsed(value)
            except (ValueError, RecursionError) as problem:
                raise invalid(f"must be valid JSON [json-pointer:/{name}]") from problem
        return value

    def user(self, name: str = "user") -> User:
        """A user who must be there."""
        found = self.workspace.users.get(self.required(name))
        if found is None:
            raise Refused("user_not_found")
        return found

    def conversation(self) -> Conversation:
        """The conversation that ``channel`` names: by id, by #name, or by the user whom Cadre writes to."""
        named = self.text("channel")
        if named is None:
            raise invalid("missing required field: channel")
        if named.startswith("U") and named in self.workspace.users:
            named = self.workspace.users[named].dm
        found = self.workspace.conversation(named)
        if found is None:
            by_name = (each for each in self.workspace.conversations.values() if not each.is_im and f"#{each.name}" == named)
            found = next(by_name, None)
        if found is None:
            raise Refused("channel_not_found")
        return found

    def own_conversation(self) -> Conversation:
        """The same, of which Cadre must be a member."""
        found = self.conversation()
        if BOT not in found.members:
            raise Refused("not_in_channel")
        return found

    def message(self, place: Conversation, name: str = "ts") -> Message:
        """A message that all see, by its timestamp."""
        found = place.messages.get(self.required(name))
        if found is None or found.seen_by:
            raise Refused("message_not_found")
        return found

    def page(self, items: Sequence[Any], most: int = 1000) -> tuple[list[Any], Payload]:
        """One page of a list, and where the next one begins: https://docs.slack.dev/apis/web-api/pagination/"""
        limit = self.number("limit", 100, most)
        start = _start(self.text("cursor"))
        following = start + limit
        cursor = _cursor(following) if following < len(items) else ""
        return list(items[start:following]), {"response_metadata": {"next_cursor": cursor}}


Run: TypeAlias = Callable[[Call], Payload]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it does, and the scope that it needs. ``app_token``: it takes the app-level token, not the bot's."""

    run: Run
    scope: str | None = None
    app_token: bool = False


def _cursor(start: int) -> str:
    return base64.b64encode(f"start:{start}".encode()).decode()


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        kind, _, number = base64.b64decode(cursor, validate=True).decode("ascii").partition(":")
    except ValueError:
        kind, number = "", ""
    if kind != "start" or not number.isdecimal():
        raise Refused("invalid_cursor")
    return int(number)
