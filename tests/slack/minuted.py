"""A meeting of the Demonstration Orchards Working Group, to be prepared, held and minuted as people do."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Final

import pytest_asyncio

from bot.blocks import button
from cadre.core.reader import Actor
from cadre.core.words import Words
from cadre.groups.models import Group
from cadre.meetings import agenda
from cadre.meetings import service as meetings
from cadre.meetings.item_forms import ItemForm
from cadre.meetings.views import ItemFacts, MeetingForm
from tests.notices.scenarios import does
from tests.slack.meetings import on_monday
from tests.workspace import GENERAL, Member, Shown, Workspace

HELD: Final = date(2027, 1, 20)
AFTER: Final = "2027-01-21T18:00"
MORGAN: Final = Actor("Morgan Fernhill (U0MORGAN)", "morgan-fernhill")
"""Co-chairs the group, in English."""


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The workspace on a winter morning, where a module names it."""
    await busy.start_over(on_monday)
    return busy


def arranged(workspace: Workspace, **typed: Any) -> str:
    """A meeting on the Wednesday of next week, at 14:00 in Toronto: its id. The group has a channel."""

    def channelled(session: Any) -> None:
        session.get_one(Group, "demo-orchards").channel = GENERAL

    does(workspace, MORGAN, channelled)
    known: dict[str, Any] = {"title_en": "Frost", "title_fr": "Gel", "day": HELD, "at": time(14), "zone": "America/Toronto"}
    return does(workspace, MORGAN, meetings.schedule, MeetingForm("demo-orchards", **(known | typed))).id


def item(workspace: Workspace, meeting: str, **typed: Any) -> ItemFacts:
    """An item of its agenda."""
    known: dict[str, Any] = {"kind": "decision", "title_en": "Warn of frost", "title_fr": "Prévenir du gel"}
    return does(workspace, MORGAN, agenda.save_item, ItemForm(meeting, **(known | typed)))


async def opens(member: Member, action: str, value: str) -> Shown:
    """The window that a button opens: one of those that stand in a meeting's own window, here in a message by itself."""
    await member.clicks(action, await offered(member, action, value))
    return await member.window()


async def offered(member: Member, action: str, value: str) -> Shown:
    """A message of Cadre's with one button."""
    sandbox = member.workspace.sandbox
    blocks = [button(Words.verbatim("Here"), action, value)]
    said = {"channel": member.dm, "text": "Here", "blocks": [{"type": "actions", "elements": blocks}]}
    headers = {"authorization": f"Bearer {sandbox.settings.bot_token}"}
    answered = (await member.workspace.client.post("/api/chat.postMessage", json=said, headers=headers)).json()
    assert answered["ok"], answered
    return next(each for each in await member.sees() if each.ts == answered["ts"])


async def chooses(member: Member, shown: Shown, action: str, value: str) -> None:
    """What is folded behind a ⋯, of whichever item has it."""
    whole = f"{action} {value}"
    for each in shown.blocks:
        element = each.get("accessory") or {}
        if element.get("type") == "overflow" and any(option["value"] == whole for option in element["options"]):
            spot = {"action_id": element["action_id"], "block_id": each["block_id"], "view_id": shown.id, "value": whole}
            await member.workspace.post("click", user=member.id, **spot)
            await member.workspace.quiet()
            return
    raise AssertionError(f"{whole} is not offered")


def morgan(workspace: Workspace) -> Member:
    """Co-chairs the group, in English."""
    return workspace.user("morgan-fernhill")


def maxime(workspace: Workspace) -> Member:
    """Member, in French."""
    return workspace.user("maxime-grandchene")


async def soon(workspace: Workspace) -> None:
    """Let a minute go by: what is due is sent."""
    await workspace.until(timedelta(minutes=1))
