"""Workplans of the Demonstration Council, to be worked on as people do; and what people cannot arrange."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from bot.modals import Frame
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import Actor
from cadre.meetings.models import Meeting
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts, ActivityForm, Report, WorkplanFacts
from cadre.workplans.rules import half_of
from tests.slack.raw import knocks
from tests.workspace import Member, Shown, Workspace

T = TypeVar("T")

HALF: Final = half_of(clock.real().date())
LANTERNS: Final = f"demo-lanterns.{HALF}"
CANOES: Final = f"demo-canoes.{HALF}"
BEEHIVES: Final = f"demo-beehives.{HALF}"
ORCHARDS: Final = f"demo-orchards.{HALF}"
CYCLE: Final = f"demo-council.{HALF}"
JORDAN: Final = Actor("Jordan Wrenwood (U0JORDAN)", "jordan-wrenwood")
"""Of the secretariat."""


def soon(days: int = 40) -> date:
    """A day to come."""
    return clock.real().date() + timedelta(days=days)


def opened(session: Session) -> None:
    """Let the workplans of the half be open."""
    open_half(session, HALF, ["demo-council"])


def planned(session: Session, plan: str = LANTERNS, *, english: str = "Light the pier", french: str = "Éclairer le quai") -> ActivityFacts:
    """An activity of Robin Ashgrove's, due in some weeks."""
    owner = {LANTERNS: "robin-ashgrove", CANOES: "camille-clairval"}.get(plan, "avery-plumridge")
    return workplans.save_activity(session, ActivityForm(plan, None, english, french, soon(), (owner,), None))


@dataclass(frozen=True, slots=True)
class Planned:
    """A beginning: the workplans of the half are open, and hold activities. Of each: its workplan, and what it is called."""

    activities: tuple[tuple[str, str, str], ...]

    async def __call__(self, workspace: Workspace) -> None:
        as_secretariat(workspace, opened)
        for plan, english, french in self.activities:
            as_secretariat(workspace, planned, plan, english=english, french=french)


def met(session: Session) -> str:
    """The Demonstration Council meets today. Gives the id of the meeting."""
    held = PartialDate.day(clock.today(session))
    place = Bilingual("Brook", "Ruisseau")
    session.add(Meeting(id="demo-today", kind="in_person", group="demo-council", held=held, place=place))
    return "demo-today"


def as_secretariat(workspace: Workspace, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """What the secretariat does elsewhere."""
    return workspace.database.write(JORDAN, fn, *args, **kwargs)


def stands(workspace: Workspace, plan: str = LANTERNS) -> WorkplanFacts:
    """A workplan as the registry has it."""
    return workspace.database.read(workplans.workplan, plan, JORDAN).plan


def found(plan: WorkplanFacts, english: str) -> ActivityFacts:
    """The activity of a title."""
    return next(each for each in plan.activities if each.title.en == english)


async def opens(member: Member, plan: str = LANTERNS) -> Shown:
    """Open the window of a workplan: the one that opens by itself, else from the list."""
    french = member.locale.startswith("fr")
    await member.commands("plan" if french else "workplan")
    shown = await member.window()
    if plan in shown["private_metadata"]:
        return shown
    if shown["private_metadata"] != Frame().packed():
        await member.clicks("Tous les plans" if french else "All workplans", shown)
        shown = await member.window()
    rows = [each for each in shown.elements if each["action_id"] == "workplans.open" and plan in each.get("value", "")]
    await press(member, shown, rows[0])
    return await member.window()


async def hands_in(member: Member, plan: str = LANTERNS) -> Shown:
    """Submit a workplan; gives the receipt."""
    await member.clicks("Submit to the secretariat", await opens(member, plan))
    await member.submits()
    return await member.window()


async def press(member: Member, shown: Shown, element: dict[str, Any]) -> None:
    """Use one button of several that have the same name."""
    spot = {"action_id": element["action_id"], "block_id": element["block_id"], "view_id": shown.id}
    await member.workspace.post("click", user=member.id, **spot)
    await member.workspace.quiet()


async def clicked(member: Member, action: str, value: str) -> None:
    """A click on a button of a message that told of an activity."""
    await member.asks("workplans")
    said = await member.last_dm()
    element = next(each for each in said.elements if each["action_id"] in ("workplans.open", "workplans.list"))
    await member.workspace.post(
        "click", user=member.id, action_id=element["action_id"], block_id=element["block_id"], channel=said.channel, message_ts=said.ts
    )
    await member.workspace.quiet()
    if await member.windows():
        await member.closes()
    await clicked_again(member, action, value)


async def clicked_again(member: Member, action: str, value: str) -> None:
    """A click on another button of the same message."""
    click = (await member.workspace.log("block_actions"))[-1]["sent"]
    trigger = member.workspace.sandbox.people.api.triggers.give(member.id)
    button: dict[str, Any] = {"type": "button", "action_id": action, "block_id": "notice:1", "value": value}
    await knocks(member.workspace, click | {"trigger_id": trigger, "actions": [button]})


def block(shown: Shown, kind: str, activity: ActivityFacts) -> str:
    """The field of an activity on the one screen: ``state`` or ``note``."""
    names: list[str] = [each["block_id"] for each in shown.blocks]
    return next(name for name in names if name.startswith(f"{kind}:{activity.id}:"))


def page_registry(template: Path, folder: Path) -> str:
    """The address of a registry in which the workplan of the lanterns has something of everything to show on its page."""
    filled = template.with_name("page.sqlite")
    if not filled.exists():
        with closing(Database(f"sqlite:///{shutil.copy(template, filled)}")) as database:
            database.write(JORDAN, opened)
            database.write(JORDAN, _with_everything)
    return f"sqlite:///{shutil.copy(filled, folder)}"


def _with_everything(session: Session) -> None:
    pier, lamps, _wicks = (planned(session, english=english, french=french) for english, french in _ACTIVITIES)
    nothing_owed(session)
    workplans.submit(session, LANTERNS)
    workplans.accept(session, LANTERNS)
    workplans.approve(session, LANTERNS, met(session))
    workplans.save_activity(session, replace(_in_both(pier), title_en="Light the whole pier", title_fr="Éclairer tout le quai"))
    workplans.report(session, Report({pier.id: "at_risk", lamps.id: "done"}, {pier.id: "Fog"}, "en"))


_ACTIVITIES: Final = (("Light the pier", "Éclairer le quai"), ("Oil the lamps", "Huiler les lampes"), ("Buy wicks", "Acheter des mèches"))


def nothing_owed(session: Session, plan: str = LANTERNS) -> None:
    """Let all texts of a workplan stand in both languages."""
    found = workplans.workplan(session, plan, JORDAN).plan
    aim = found.aim
    workplans.save_aim(session, plan, (aim and aim.en) or "Light for all", (aim and aim.fr) or "De la lumière pour tous")
    for each in found.activities:
        workplans.save_activity(session, _in_both(each))


def _in_both(known: ActivityFacts) -> ActivityForm:
    """An activity with nothing owed."""
    texts = {
        f"{name}_{language}": (text.in_(language) or text.en or text.fr or "") if text else ""
        for name, text in (("title", known.title), ("note", known.note))
        for language in LANGUAGES
    }
    outcome = known.outcome.id if known.outcome else None
    return ActivityForm(known.workplan, known.id, due=known.due, owners=tuple(each.id for each in known.owners), outcome=outcome, **texts)
