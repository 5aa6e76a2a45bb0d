"""A winter of the Demonstration Council: a workspace in January 2027, with all that Cadre's worker does, and what people get of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from cadre.core import clock
from cadre.core.reader import OPERATOR, Actor
from cadre.core.sandbox import set_clock
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts, ActivityForm, WorkplanFacts
from tests.workspace import DM, Member, Shown, Workspace

T = TypeVar("T")

HALF: Final = "2027-1"
LANTERNS: Final = f"demo-lanterns.{HALF}"
CANOES: Final = f"demo-canoes.{HALF}"
ORCHARDS: Final = f"demo-orchards.{HALF}"
JORDAN: Final = Actor("Jordan Wrenwood (U0JORDAN)", "jordan-wrenwood")
"""Of the secretariat."""
AUTHORS: Final = {
    LANTERNS: Actor("Robin Ashgrove (U0ROBIN)", "robin-ashgrove"),
    CANOES: Actor("Camille Clairval (U0CAMILLE)", "camille-clairval"),
    ORCHARDS: Actor("Morgan Fernhill (U0MORGAN)", "morgan-fernhill"),
}
"""Who writes each workplan."""
MONDAY: Final = "2027-01-18"
"""Ten days before the pier is due, at ten o'clock where Robin lives."""
THURSDAY: Final = "2027-01-28"
NBSP: Final = "\u00a0"
BEGINS: Final = "a new half-year begins|un nouveau semestre commence"


def is_now(workspace: Workspace, moment: str) -> None:
    """Set the clock (in UTC) at once: nobody works on the way, as in an outage."""
    offset = (datetime.fromisoformat(moment).replace(tzinfo=UTC) - clock.real()).total_seconds()
    workspace.database.write(OPERATOR, set_clock, offset)
    workspace.sandbox.clock.offset = offset
    workspace.sandbox.workspace.clock_was_set()


async def opened(workspace: Workspace) -> None:
    """The workplans of the half are open, and nothing stands in them."""
    workspace.database.write(OPERATOR, open_half, HALF, ["demo-council"])


def does(workspace: Workspace, actor: Actor, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """What somebody does elsewhere."""
    return workspace.database.write(actor, fn, *args, **kwargs)


def planned(
    workspace: Workspace, due: str, *owners: str, english: str = "Light the pier", french: str = "Éclairer le quai", plan: str = LANTERNS
) -> ActivityFacts:
    """An activity that whoever writes the workplan planned; it is theirs unless others are named."""
    author = AUTHORS[plan]
    form = ActivityForm(plan, None, english, french, date.fromisoformat(due), owners or (author.person or "",), None)
    return does(workspace, author, workplans.save_activity, form)


def stands(workspace: Workspace, plan: str = LANTERNS) -> WorkplanFacts:
    """A workplan as the registry has it."""
    return workspace.database.read(workplans.workplan, plan, JORDAN).plan


def found(workspace: Workspace, english: str = "Light the pier", plan: str = LANTERNS) -> ActivityFacts:
    """An activity as the registry has it."""
    return next(each for each in stands(workspace, plan).activities if each.title.en == english)


@dataclass(frozen=True, slots=True)
class Got:
    """A message that somebody was sent. ``at``: the moment where they live."""

    at: datetime
    said: Shown

    @property
    def day(self) -> str:
        return self.at.date().isoformat()

    @property
    def hour(self) -> str:
        return f"{self.at:%H:%M}"

    @property
    def text(self) -> str:
        return self.said.text

    @property
    def reminder(self) -> bool:
        """Else it announces something, and says nothing of when and how."""
        return any(foot in self.text for foot in ("When and how I write to you", "Quand et comment je vous écris"))


async def got(member: Member) -> list[Got]:
    """All that Cadre sent somebody by itself, oldest first; not what only answers them."""
    zone = ZoneInfo(member.tz)
    said = [each for each in await member.sees(DM) if each["is_bot"] and each.get("metadata")]
    return [Got(datetime.fromtimestamp(float(each.ts), zone), each) for each in said]


async def days(member: Member) -> list[str]:
    """The days on which somebody was reminded of something."""
    return [each.day for each in await got(member) if each.reminder]


async def on(member: Member, day: str) -> Shown:
    """The one reminder of a day."""
    (only,) = [each.said for each in await got(member) if each.reminder and each.day == day]
    return only


async def announced(member: Member) -> list[Got]:
    """What somebody was told at once; not that the half began, which all who lead hear on the first morning."""
    return [each for each in await got(member) if not each.reminder and not re.search(BEGINS, each.text)]


async def about_the_pier(member: Member, day: str) -> list[Shown]:
    """The messages of a day that tell of one activity."""
    return [each.said for each in await got(member) if each.day == day and re.search("Light the pier|Éclairer le quai", each.text)]


async def answered(member: Member) -> str:
    """What Cadre answered last, to them alone."""
    return [each.text for each in await member.sees(DM) if each["is_bot"] and not each.get("metadata")][-1]


async def puts_off(member: Member, shown: Shown, choice: str) -> None:
    """Choose when to be told again."""
    options = shown.element("notices.later")["options"]
    value = next(each["value"] for each in options if each["text"]["text"].startswith(choice))
    await member.clicks("notices.later", shown, value)


def printed(french: str) -> str:
    """French with the no-break spaces that it is printed with: before a colon, and between a number and its noun."""
    return re.sub(r"\b(\d{1,3}(?:er)?) (?=[a-zéû])", f"\\1{NBSP}", french.replace(" :", f"{NBSP}:"))


async def ten_days_before(workspace: Workspace) -> None:
    """Monday morning: Robin and Maxime, who light the pier together, have the digest before them."""
    await opened(workspace)
    planned(workspace, THURSDAY, "robin-ashgrove", "maxime-grandchene")
    await workspace.until(f"{MONDAY}T10:00", "America/Whitehorse")


def robin(workspace: Workspace) -> Member:
    return workspace.user("robin-ashgrove")


def maxime(workspace: Workspace) -> Member:
    return workspace.user("maxime-grandchene")


async def takes_two_weeks(workspace: Workspace) -> None:
    """Robin takes the time that is theirs by right."""
    await robin(workspace).clicks("More time", await on(robin(workspace), MONDAY))
    assert "Until February 11, 2027, it is given at once." in (await robin(workspace).window()).text
    await robin(workspace).submits(until="2027-02-11", reason="Ice")
