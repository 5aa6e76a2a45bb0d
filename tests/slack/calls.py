"""Participation calls of the Demonstration Council, to be answered as people do; and what only the secretariat arranges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest_asyncio

from bot.delivery.email import Letter
from cadre.calls import service as calls
from cadre.calls.facts import Grid, SignUpFacts
from cadre.calls.forms import DraftForm, SignUpForm
from cadre.core.reader import Actor
from cadre.core.words import Words
from tests.notices.scenarios import JORDAN, does, is_now
from tests.workspace import GENERAL, Member, Shown, Workspace

MONDAY: Final = "2027-01-11T18:00"
"""When a call opens, in UTC: everybody works at that moment, from St. John's to Vancouver."""
CLOSES: Final = datetime(2027, 2, 1, 22, tzinfo=UTC)
CASEY: Final = Actor("Casey Larkfield (U0CASEY)", "casey-larkfield")
ROBIN: Final = Actor("Robin Ashgrove (U0ROBIN)", "robin-ashgrove")
INVITED: Final = ("demo-bellorme", "demo-borealia", "demo-pommeraie", "demo-tamarane", "demo-windmills")
DRAFT: Final = DraftForm(
    id=None,
    group=None,
    priority="demo-canoes",
    name_en="Canoes Working Group",
    name_fr="Groupe de travail sur les canots",
    description_en="Keeps canoes afloat.",
    description_fr="Garde les canots à flot.",
    asked_en="Paddle twice a month.",
    asked_fr="Pagayer deux fois par mois.",
    commitment_en="Two hours a month.",
    commitment_fr="Deux heures par mois.",
    criteria_en="Those who can swim come first.",
    criteria_fr="Celles et ceux qui savent nager passent en premier.",
    roles=("member", "alternate", "observer"),
    seats=6,
    seats_each=None,
    capped=False,
    confirms=False,
    public=True,
    first_meeting="2027-03",
    chairs=("camille-clairval",),
    councils=("demo-council",),
    jurisdictions=INVITED,
    channels=(GENERAL,),
    opens_at=datetime(2027, 1, 11, 20, tzinfo=UTC),
    closes_at=CLOSES,
)


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The workspace on that Monday, where a module names it."""
    await busy.start_over(begin)
    return busy


async def begin(workspace: Workspace) -> None:
    """It is a Monday in January, before any call."""
    is_now(workspace, MONDAY)


@dataclass(frozen=True, slots=True)
class Opened:
    """A beginning: it is that Monday, and the call is open and told of. ``confirms``: who offers themselves is confirmed."""

    confirms: bool = False

    async def __call__(self, workspace: Workspace) -> None:
        await begin(workspace)
        await opens(workspace, confirms=self.confirms)


async def opened(workspace: Workspace, **changes: Any) -> int:
    """Begin with a call that is open, and told of: its number."""
    if changes.keys() - {"confirms"}:
        return await opens(workspace, **changes)
    await workspace.start_over(Opened(**changes))
    return max(each.id for each in workspace.database.read(calls.calls, JORDAN))


async def opens(workspace: Workspace, **changes: Any) -> int:
    """Open the call, now: its number."""
    draft = does(workspace, JORDAN, calls.save_draft, replace(DRAFT, **changes))
    does(workspace, JORDAN, calls.open_now, draft.id)
    await soon(workspace)
    return draft.id


async def soon(workspace: Workspace) -> None:
    """Let a minute go by: what is due is sent."""
    await workspace.until(timedelta(minutes=1))


def stands(workspace: Workspace, call: int) -> Grid:
    """All answers, as the secretariat sees them."""
    return workspace.database.read(calls.grid, call, JORDAN)


def of(workspace: Workspace, call: int, person: str) -> SignUpFacts:
    """What somebody answered."""
    return next(each for each in stands(workspace, call).sign_ups if each.person.id == person)


def answer_of(workspace: Workspace, call: int, jurisdiction: str) -> str:
    """What a jurisdiction answered."""
    return next(each.state for each in stands(workspace, call).invitations if each.jurisdiction.id == jurisdiction)


async def posted(member: Member) -> Shown:
    """The post in the channel, as it stands now."""
    found = [each for each in await member.sees(GENERAL) if each["is_bot"]]
    return found[-1]


async def answers(member: Member) -> Shown:
    """Click the button under the post: the window in which one chooses."""
    await member.clicks("Answer", await posted(member))
    return await member.window()


async def takes_part(member: Member, label: str = "Take part myself", **filled: Any) -> Shown:
    """Offer to take part: the receipt."""
    await member.clicks(label, await answers(member))
    await member.submits(**filled)
    return await member.window()


async def told(member: Member) -> list[str]:
    """What somebody was told, the newest last."""
    return [each.text for each in await member.sees() if each["is_bot"]]


def casey(workspace: Workspace) -> Member:
    """Alternate of Bellorme in the Council, in English."""
    return workspace.user("casey-larkfield")


def maxime(workspace: Workspace) -> Member:
    """Member of Bellorme in the Council, in French."""
    return workspace.user("maxime-grandchene")


def invitation_of(workspace: Workspace, call: int, jurisdiction: str) -> int:
    """The number of a row."""
    return next(each.id for each in stands(workspace, call).invitations if each.jurisdiction.id == jurisdiction)


def offers(workspace: Workspace, actor: Actor, call: int, **more: Any) -> None:
    """Somebody offers to take part, elsewhere."""
    does(workspace, actor, calls.sign_up, replace(SignUpForm(call, "member", "en"), **more))


async def grid_of(officer: Member, call: int) -> Shown:
    """The grid, by way of the list."""
    await officer.commands("call" if officer.locale.startswith("en") else "appel")
    details = next(each for each in (await officer.window()).elements if each["action_id"] == "calls.open" and each["value"] == str(call))
    await use(officer, await officer.window(), details)
    await officer.clicks("calls.grid", await officer.window())
    return await officer.window()


async def row_of(officer: Member, call: int, jurisdiction: str) -> Shown:
    """One jurisdiction, opened from the grid."""
    window = await grid_of(officer, call)
    value = str(invitation_of(officer.workspace, call, jurisdiction))
    found = (each for each in window.elements if (each["action_id"], each.get("value")) == ("calls.invitation", value))
    await use(officer, window, next(found))
    return await officer.window()


async def report_of(officer: Member, call: int) -> Shown:
    """The report of a call that is closed, by way of the grid."""
    does(officer.workspace, JORDAN, calls.close_now, call)
    await officer.clicks("calls.report", await grid_of(officer, call))
    return await officer.window()


async def use(officer: Member, shown: Shown, element: dict[str, str]) -> None:
    """Click an element that is one of several of its name."""
    spot = {"action_id": element["action_id"], "block_id": element["block_id"], "view_id": shown.id}
    await officer.workspace.post("click", user=officer.id, **spot)
    await officer.workspace.quiet()


async def letter_to(workspace: Workspace, address: str) -> Letter:
    """The last letter to somebody, on one line."""
    await soon(workspace)
    kept = workspace.sandbox.mailbox.of(f"{address}@demonstration.example")[-1].letter
    return replace(kept, text=Words.verbatim(" ".join(kept.text.split())))
