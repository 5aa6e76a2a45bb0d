"""A question to the Demonstration Council, to be answered as people do; and what only the secretariat arranges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest_asyncio

from cadre.core.reader import Actor
from cadre.decisions import putting, putting_times, questions, taking
from cadre.decisions.putting import HowForm, StartForm
from cadre.decisions.question_facts import QuestionFacts, Standing
from cadre.decisions.taking import PositionForm
from tests.notices.scenarios import JORDAN, does, is_now
from tests.slack.calls import soon, use
from tests.workspace import Member, Shown, Workspace

MONDAY: Final = "2027-01-11T18:00"
CLOSES: Final = datetime(2027, 2, 1, 22, tzinfo=UTC)
CASEY: Final = Actor("Casey Larkfield", "casey-larkfield")
AVERY: Final = Actor("Avery Plumridge", "avery-plumridge")
REMI: Final = Actor("Rémi Tourbillon", "remi-tourbillon")
ELLIS: Final = Actor("Ellis Marshgrove", "ellis-marshgrove")
COUNCIL: Final = "demo-council"
ITEMS: Final = (("Paint the canoes red", "Peindre les canots en rouge"), ("Sink the toboggans", "Couler les toboggans"))


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The workspace on that Monday, where a module names it."""
    await busy.start_over(begin)
    return busy


async def begin(workspace: Workspace) -> None:
    """It is a Monday in January, before any question."""
    is_now(workspace, MONDAY)


def drafted(workspace: Workspace, *, items: int = 1, **said: Any) -> QuestionFacts:
    """A draft that wants nothing but to be opened, with so many items."""
    (english, french), *more = ITEMS[:items]
    form = {"council": COUNCIL, "title_en": "Canoes", "title_fr": "Canots", "wording_en": english, "wording_fr": french}
    made = does(workspace, JORDAN, putting.begin, StartForm(**{**form, **said}))
    for english, french in more:
        does(workspace, JORDAN, putting.save_item, made.id, None, english, french)
    how = HowForm("consensus", "majority", "seats", CLOSES - timedelta(days=20), CLOSES)
    return does(workspace, JORDAN, putting.save_how, made.id, how)


async def opened(workspace: Workspace, **said: Any) -> QuestionFacts:
    """Open, and told of."""
    found = does(workspace, JORDAN, putting_times.open_now, drafted(workspace, **said).id)
    await soon(workspace)
    return found


def takes(workspace: Workspace, actor: Actor, question: QuestionFacts, place: str, *positions: tuple[str, str]) -> None:
    """A seat takes its position elsewhere: one on all of it, or item by item; it supports all of it, where nothing is said."""
    seat = next(each.id for each in question.seats if each.place.id == place)
    said = positions if len(positions) > 1 else (positions or (("supports", ""),)) * len(question.items)
    taken = {item.id: each for item, each in zip(question.items, said, strict=True)}
    does(workspace, actor, taking.take, PositionForm(question.id, seat, taken, {}))


async def supported(workspace: Workspace, items: int = 1, *, objection: str = "", **said: Any) -> QuestionFacts:
    """A closed question which three of four seats supported; the third objected, where it said why."""
    question = await opened(workspace, items=items, **said)
    for name in ("casey-larkfield", "avery-plumridge"):
        member = workspace.user(name)
        await member.clicks("Support", await member.last_dm())
    takes(workspace, REMI, question, "demo-windmills", ("objects" if objection else "supports", objection))
    does(workspace, JORDAN, putting_times.close_now, question.id)
    await soon(workspace)
    return question


def stands(workspace: Workspace, question: QuestionFacts) -> Standing:
    """As the secretariat sees it."""
    return workspace.database.read(questions.question, question.id, JORDAN)


def stances(workspace: Workspace, question: QuestionFacts) -> dict[str, list[str]]:
    """What each seat takes as its position, item by item."""
    view = stands(workspace, question)
    found: dict[str, list[str]] = {}
    for each in sorted(view.positions, key=lambda each: each.item):
        found.setdefault(view.question.seat(each.seat).place.id.removeprefix("demo-"), []).append(each.stance)
    return found


async def window_of(member: Member, question: QuestionFacts) -> Shown:
    """The window of a question, by way of the list."""
    await member.commands("questions")
    details = (each for each in (await member.window()).elements if each["action_id"] == "decisions.question")
    await use(member, await member.window(), next(each for each in details if each["value"] == str(question.id)))
    return await member.window()


async def outcome_of(officer: Member, question: QuestionFacts) -> Shown:
    """What the positions came to."""
    await officer.clicks("decisions.outcome", await window_of(officer, question))
    return await officer.window()
