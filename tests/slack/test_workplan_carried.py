"""Activities that go on in the next workplan, as people meet them in Slack."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from cadre.workplans import service as workplans
from cadre.workplans import writing
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts
from cadre.workplans.rules import before
from tests.conftest import one_database
from tests.slack.workplans import HALF, LANTERNS, as_secretariat, clicked, found, opened, opens, planned, soon, stands
from tests.workspace import Workspace

pytestmark = one_database

LAST = f"demo-lanterns.{before(HALF)}"


def planned_before(session: Session) -> None:
    """Robin's activity stands in the workplan of the half before; the new one is open."""
    open_half(session, before(HALF), ["demo-council"])
    planned(session, LAST)
    opened(session)


async def half_before(workspace: Workspace) -> None:
    as_secretariat(workspace, planned_before)


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over(half_before)
    return still


def last(workspace: Workspace) -> ActivityFacts:
    return found(stands(workspace, LAST), "Light the pier")


def now(workspace: Workspace) -> ActivityFacts:
    return found(stands(workspace), "Light the pier")


def named(workspace: Workspace) -> str:
    """The activity, as a message knows it that was sent before."""
    return f"{LAST}:{last(workspace).id}"


async def test_done_in_an_old_reminder_is_done_in_the_new_plan_and_only_once(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("Copy last plan", await opens(robin))
    await robin.closes()
    await clicked(robin, "workplans.done", named(workspace))
    assert (now(workspace).state, last(workspace).state) == ("done", "not_started")
    seen = len(await robin.sees())
    await clicked(robin, "workplans.done", named(workspace))
    assert not [each for each in (await robin.sees())[seen:] if "settled it on" in each.headline], "a second click is no trouble"


async def test_the_windows_of_an_old_reminder_are_those_of_the_new_plan(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    as_secretariat(workspace, workplans.copy_last, LANTERNS)
    as_secretariat(workspace, workplans.say_state, now(workspace).id, "at_risk", "Fog", "en")
    await clicked(robin, "workplans.at_risk", named(workspace))
    assert "Fog" in str((await robin.window()).blocks), "what was said last, there"
    await robin.submits(note_en="Fog and rain")
    note = now(workspace).note
    assert note
    assert (note.en, last(workspace).note) == ("Fog and rain", None)
    await clicked(robin, "workplans.extend", named(workspace))
    until = soon() + timedelta(days=5)
    await robin.submits(until=until.isoformat(), reason="Fog")
    await robin.clicks("Back to the workplan", await robin.window())
    assert LANTERNS in (await robin.window())["private_metadata"]
    assert (now(workspace).due, last(workspace).due) == (until, soon())


async def test_more_than_a_plan_may_have_is_not_copied_and_it_is_said_why(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    robin = workspace.user("robin-ashgrove")
    monkeypatch.setattr(writing, "MOST", 0)
    await robin.clicks("Copy last plan", await opens(robin))
    assert "Say first which of those are done or dropped" in (await robin.window()).text
    assert stands(workspace).activities == ()
