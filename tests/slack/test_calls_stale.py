"""Buttons that stand in windows longer than what they do can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cadre.calls import service as calls
from cadre.core.errors import Conflict
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
    assert "Jordan Wrenwood" in told, "who closed it"
    assert "Monday, January 11, 2027" in told
    assert "Reminders stop." not in told


async def test_the_button_that_closes_says_when_a_call_closed_by_itself(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    window = await details(officer, call)
    await workspace.until("2027-02-02")
    await officer.clicks("calls.close", window)
    assert "This call closed by itself: Monday, February 1, 2027" in (await officer.window()).text


async def test_a_call_that_is_sent_back_to_its_draft_twice_is_so_once(workspace: Workspace) -> None:
    call = does(workspace, JORDAN, calls.save_draft, replace(world.DRAFT, opens_at=datetime(2027, 1, 12, 20, tzinfo=UTC))).id
    does(workspace, JORDAN, calls.schedule, call)
    does(workspace, JORDAN, calls.back_to_draft, call)
    does(workspace, JORDAN, calls.back_to_draft, call)
    with pytest.raises(Conflict):
        does(workspace, ALIX, calls.back_to_draft, call)


async def test_those_who_are_invited_are_named_in_the_order_of_the_reader_s_language(workspace: Workspace) -> None:
    call = await opened(workspace, jurisdictions=tuple(reversed(world.INVITED)))
    shown = (await details(workspace.secretariat(), call)).text.partition("*Invited*\n")[2].splitlines()[0]
    assert [each.partition(",")[0] for each in shown.split("; ")] == [
        *("Bellorme", "Borealia", "City of Pommeraie", "Department of Windmills", "and Tamarane"),
    ]


async def test_of_two_officers_who_close_at_once_the_second_learns_who_did_it(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("calls.close", await details(officer, call))
    does(workspace, ALIX, calls.close_now, call)
    await officer.submits()
    told = (await officer.window()).text
    assert "Already settled" in told
    assert "This call is closed. Decided by Alix Belétang" in told
    assert "Not done" not in told
