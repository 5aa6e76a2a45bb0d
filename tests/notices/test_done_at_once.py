"""Ten people who carry out the same activity say at the same moment that it is done."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.models import Change
from cadre.core.reader import Actor
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts, ActivityForm
from tests.conftest import both_databases
from tests.notices.scenarios import is_now
from tests.workspace import Member, Shown, Workspace

PLAN = "demo-lanterns.2027-1"
DUE = date(2027, 2, 11)
JORDAN = Actor("Jordan Wrenwood (U0JORDAN)", "jordan-wrenwood")
DONE = "workplans.done"


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    await busy.start_over(on_wednesday)
    return busy


async def on_wednesday(workspace: Workspace) -> None:
    """The day before it is due."""
    is_now(workspace, "2027-02-10T12:00")


def planned(session: Session, owners: tuple[str, ...]) -> ActivityFacts:
    open_half(session, "2027-1", ["demo-council"])
    return workplans.save_activity(session, ActivityForm(PLAN, None, "Light the pier", "Éclairer le quai", DUE, owners, None))


def said(session: Session, activity: int) -> list[tuple[str, str | None]]:
    """Who changed the state of an activity, and to what."""
    about = (Change.subject == "activity", Change.subject_id == str(activity), Change.field == "state")
    return [(row.by, row.after) for row in session.scalars(select(Change).where(*about, Change.before.is_not(None)))]


async def about_it(member: Member) -> list[Shown]:
    """The messages that tell somebody of it."""
    return [each for each in await member.sees() if "Light the pier" in each.text or "Éclairer le quai" in each.text]


async def answers(member: Member) -> list[str]:
    """What answered their click."""
    return [each.text for each in await member.sees() if "settled it on" in each.text or "l'a réglé" in each.text]


@both_databases
async def test_one_of_ten_who_click_at_once_changes_it_and_nine_hear_who_did(workspace: Workspace) -> None:
    ten = [each for each in workspace.members.values() if each.person and each.demo]
    assert len(ten) == 10
    activity = workspace.database.write(JORDAN, planned, tuple(each.person or "" for each in ten))
    await workspace.until("2027-02-11T20:00")
    shown = [(await about_it(each))[-1] for each in ten]
    await asyncio.gather(*(member.clicks(DONE, message) for member, message in zip(ten, shown, strict=True)))
    await workspace.until(timedelta(minutes=1))
    ((by, state),) = workspace.database.read(said, activity.id)
    (first,) = [each for each in ten if each.name in by]
    assert state == "done"
    for member in ten:
        told = await answers(member)
        assert len(told) == (member is not first), member.name
        assert all(first.name in each for each in told), told
        for message in await about_it(member):
            assert first.name in message.text, "each message that tells of it is drawn anew, those of the days before too"
            assert DONE not in [element["action_id"] for element in message.elements]
