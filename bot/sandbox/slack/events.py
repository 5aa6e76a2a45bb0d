"""Which events come of what happens in the workspace: those that the manifest subscribes to, in conversations that Cadre is a member of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.slack import payloads, shapes
from bot.sandbox.slack.deliveries import Deliveries
from bot.sandbox.slack.workspace import BOT, Conversation, Message, Payload, User, Workspace


@dataclass(frozen=True, slots=True)
class Events:
    """https://docs.slack.dev/reference/events; ``subscribed``: their names as the manifest has them, such as ``message.im``."""

    workspace: Workspace
    deliveries: Deliveries
    subscribed: Callable[[], frozenset[str]]

    def message(self, place: Conversation, said: Message, before: Payload | None) -> None:
        """A message that is new, changed or gone; Cadre's own too, as with Slack."""
        if said.user == BOT and before is None and (awaited := self.workspace.awaited.pop(place.id, None)):
            awaited.tell(shapes.message(self.workspace, place, said))
        if BOT not in place.members:
            return
        if before is None and not place.is_im and said.user != BOT and f"<@{BOT}>" in said.payload.get("text", ""):
            self._tell("app_mention", payloads.mention_event(self.workspace, place, said))
        kind = "message.im" if place.is_im else "message.channels"
        told = payloads.message_event(self.workspace, place, said)
        if before is not None:
            told = self._changed(told, said, before)
        self._tell(kind, told)

    def _changed(self, told: Payload, said: Message, before: Payload) -> Payload:
        """https://docs.slack.dev/reference/events/message/message_changed and .../message_deleted"""
        where = {name: told[name] for name in ("channel", "channel_type")}
        common = {"type": "message", "hidden": True, "ts": self.workspace.stamp(), **where}
        previous = {"type": "message", "user": said.user, "ts": said.ts, "text": before.get("text", "")}
        if said.gone:
            return {**common, "subtype": "message_deleted", "deleted_ts": said.ts, "previous_message": previous}
        return {**common, "subtype": "message_changed", "message": told, "previous_message": previous}

    def home_opened(self, who: User, view: Payload | None) -> None:
        """https://docs.slack.dev/reference/events/app_home_opened"""
        shown = {"view": view} if view else {}
        said = {"type": "app_home_opened", "user": who.id, "channel": who.dm, "tab": "home", **shown}
        self._tell("app_home_opened", said)

    def user_changed(self, who: User, *, new: bool) -> None:
        """https://docs.slack.dev/reference/events/user_change and .../team_join"""
        kind = "team_join" if new else "user_change"
        self._tell(kind, {"type": kind, "user": shapes.user(who, locale=True, email=True, offset=0)})

    def _tell(self, kind: str, said: Payload) -> None:
        if kind in self.subscribed():
            self.deliveries.event(payloads.event(self.workspace, said))
