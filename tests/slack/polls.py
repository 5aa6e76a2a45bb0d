"""Polls of the Demonstration Council, as people begin and answer them in Slack."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Final

from cadre.meetings import poll_reading, polling
from cadre.meetings.polling import PollForm
from cadre.meetings.views import PollFacts
from tests.notices.scenarios import JORDAN, does
from tests.slack.meetings import MORGAN, ORCHARDS
from tests.workspace import Member, Shown, Workspace

SLOTS: Final = ((date(2027, 1, 27), time(14)), (date(2027, 1, 28), time(10)), (date(2027, 1, 29), time(18)))
"""In Toronto; the last of them is late for those who live in the east."""
FORM: Final = PollForm(ORCHARDS, SLOTS, date(2027, 1, 20), title_en="Grafting", title_fr="Greffage")


def stands(workspace: Workspace) -> PollFacts:
    """The one poll, as the secretariat sees it."""
    return workspace.database.read(poll_reading.poll, 1, JORDAN)


async def asked(workspace: Workspace, form: PollForm = FORM) -> PollFacts:
    """A poll that Morgan began elsewhere, a minute ago."""
    does(workspace, MORGAN, polling.open_poll, form)
    await workspace.quiet()
    await workspace.until("2027-01-11T18:02")
    return stands(workspace)


async def question(member: Member) -> Shown:
    """The message in which somebody is asked."""
    (found,) = [each for each in await member.sees() if each["is_bot"] and "poll_yes" in str(each.raw)]
    return found


async def presses(member: Member, shown: Shown, action: str, value: int) -> None:
    """Click one of several buttons of the same name."""
    found = next(each for each in shown.elements if (each["action_id"], each.get("value")) == (action, str(value)))
    where = {"channel": shown.channel, "message_ts": shown.ts} if shown.channel else {"view_id": shown.id}
    spot: dict[str, Any] = {"action_id": action, "block_id": found["block_id"], **where}
    await member.workspace.post("click", user=member.id, **spot)
    await member.workspace.quiet()
