"""Buttons that stand in windows longer than what they do can be done."""

from __future__ import annotations

from cadre.calls import service as calls
from cadre.core.reader import Actor
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import grid_of, opened
from tests.workspace import Member, Shown, Workspace

workspace = world.workspace
ALIX = Actor("Alix Belétang (U0ALIX)", "alix-beletang")


async def details(officer: Member, call: int) -> Shown:
    """The call in a window, with what the secretariat can do."""
    await officer.clicks("Back to the call", await grid_of(officer, call))
    return await officer.window()


async def test_the_button_that_closes_opens_no_form_once_the_call_is_closed(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    window = await details(officer, call)
    does(workspace, JORDAN, calls.close_now, call)
    await officer.clicks("calls.close", window)
    told = (await officer.window()).text
    assert "This call is closed." in told
    assert "Reminders stop." not in told


async def test_of_two_officers_who_close_at_once_the_second_learns_who_did_it(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("calls.close", await details(officer, call))
    does(workspace, ALIX, calls.close_now, call)
    await officer.submits()
    told = (await officer.window()).text
    assert "Already settled" in told
    assert "This call is closed. Decided by Alix Belétang" in told
    assert "Not done" not in told
