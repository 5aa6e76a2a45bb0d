"""Windows whose content takes its time, or fails: tried with the one in which somebody says who they are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.blocks import Modal, section
from bot.visit import Visit
from cadre.core.words import Words
from tests.conftest import one_registry
from tests.slack.claiming import says_who
from tests.workspace import Shown, Workspace

W = Words.verbatim
pytestmark = one_registry


@dataclass
class Building:
    """How the window is built: in so many seconds, and what goes wrong then."""

    seconds: float = 0
    problem: Exception | None = None

    async def __call__(self) -> Modal:
        await asyncio.sleep(self.seconds)
        if self.problem:
            raise self.problem
        return Modal(W("Built"), (section(W("all of it")),), close=W("Close"))


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Building:
    """The window, as the test wants it. It must be there before the workspace, in which Cadre begins to listen."""
    made = Building()

    async def opened(visit: Visit) -> None:
        await visit.open_modal(made)

    monkeypatch.setattr("bot.people.listeners.open_claim", opened)
    monkeypatch.setattr("bot.visit.SKELETON_AFTER", 0.05)
    return made


async def test_what_is_built_in_time_is_opened(building: Building, fresh_workspace: Workspace) -> None:
    assert "all of it" in (await says_who(fresh_workspace.newcomer())).text
    assert len(await fresh_workspace.sent("views.open")) == 1
    assert await fresh_workspace.log("views.update") == []


async def test_what_takes_long_opens_empty_and_is_then_drawn(building: Building, fresh_workspace: Workspace) -> None:
    building.seconds = 0.1
    window = await says_who(fresh_workspace.newcomer())
    assert "all of it" in window.text
    ((opened,), (drawn,)) = await fresh_workspace.sent("views.open"), await fresh_workspace.sent("views.update")
    (click,) = await fresh_workspace.log("block_actions")
    assert (opened["trigger_id"], drawn["view_id"]) == (click["sent"]["trigger_id"], window.id)
    assert "This takes a moment" in Shown(opened["view"]).text
    assert "all of it" not in Shown(opened["view"]).text


async def test_what_fails_late_is_told_in_the_window(building: Building, fresh_workspace: Workspace) -> None:
    building.seconds, building.problem = 0.1, ZeroDivisionError()
    assert "reference" in (await says_who(fresh_workspace.newcomer())).text
