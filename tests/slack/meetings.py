"""A winter morning in the Demonstration Council's workspace, before any meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest_asyncio

from cadre.core.reader import Actor
from cadre.meetings import service as meetings
from cadre.meetings.views import MeetingView
from tests.notices.scenarios import JORDAN, is_now
from tests.workspace import Member, Shown, Workspace

MONDAY: Final = "2027-01-11T18:00"
"""In UTC: everybody works at that moment, from St. John's to Vancouver."""
MORGAN: Final = Actor("Morgan Fernhill (U0MORGAN)", "morgan-fernhill")
ORCHARDS: Final = "demo-orchards"


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The workspace on that morning, where a module names it."""
    await busy.start_over(on_monday)
    return busy


async def on_monday(workspace: Workspace) -> None:
    """It is a Monday in January, before any meeting."""
    is_now(workspace, MONDAY)


def coming(workspace: Workspace) -> tuple[MeetingView, ...]:
    """The meetings of the group that come, as the secretariat sees them."""
    return workspace.database.read(meetings.upcoming, JORDAN, group=ORCHARDS)


def only(workspace: Workspace) -> MeetingView:
    """The one meeting there is."""
    (found,) = coming(workspace)
    return found


async def arranges(member: Member, sentence: str, **typed: Any) -> Shown:
    """Arrange a meeting by a sentence, and let a minute pass, in which people are told of it: the meeting's window."""
    await member.commands(sentence)
    await member.submits(**typed)
    await member.workspace.until(timedelta(minutes=1))
    return await member.window()


async def told(member: Member) -> str:
    """What somebody was told last."""
    return [each.text for each in await member.sees() if each["is_bot"]][-1]


async def invitation(member: Member) -> Shown:
    """The message that invites somebody."""
    (found,) = (each for each in await member.sees() if "invites you" in each.text)
    return found
