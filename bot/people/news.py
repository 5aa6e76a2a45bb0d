"""News from Slack about users."""

from __future__ import annotations

from bot.door import Body, Desk, Door


def register(door: Door) -> None:
    """At the door."""
    door.notices["user_change"] = user_changed


async def user_changed(body: Body, team: str, desk: Desk) -> None:
    """Another language, time zone or address: they are asked for again when the user next does something.

    In a large workspace this event comes for every change of status, so nothing is read or written for it.
    """
    desk.callers.forget(team, body["event"]["user"]["id"])
