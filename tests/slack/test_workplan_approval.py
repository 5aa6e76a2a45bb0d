"""The approval of a workplan in Slack: recorded by the secretariat at a meeting that may have given it, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest_asyncio

from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityForm
from cadre.workplans.rules import calendar_due, half_of
from tests.conftest import one_database
from tests.slack.workplans import (
    HALF,
    JORDAN,
    LANTERNS,
    Planned,
    as_secretariat,
    clicked,
    hands_in,
    met,
    nothing_owed,
    opens,
    planned,
    press,
    soon,
    stands,
)
from tests.workspace import Member, Workspace

pytestmark = one_database


PLANNED = Planned(((LANTERNS, "Light the pier", "Éclairer le quai"),))


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    """The workspace, in which the workplan of the lanterns is open and something is planned in it."""
    await still.start_over(PLANNED)
    return still


def lead(workspace: Workspace) -> Member:
    return workspace.user("robin-ashgrove")


async def test_only_a_council_approves_and_only_in_both_languages(workspace: Workspace) -> None:
    robin, jordan = lead(workspace), workspace.secretariat()
    await robin.clicks("Add an activity", await opens(robin))
    await robin.submits(title_en="Buy wicks")
    await robin.closes()
    await hands_in(robin)
    as_secretariat(workspace, met)
    await jordan.clicks("Accept", await opens(jordan))
    assert "The Council can approve it once it stands in both languages." in (await jordan.window()).text
    await jordan.clicks("Record the approval", await jordan.window())
    told = await jordan.window()
    assert "still to be written in French" in told.text
    assert told.get("submit") is None, "nothing can be sent"
    assert stands(workspace).state == "complete"


async def test_an_approval_is_recorded(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    as_secretariat(workspace, nothing_owed)
    meeting = as_secretariat(workspace, met)
    await hands_in(lead(workspace))
    await jordan.clicks("Accept", await opens(jordan))
    await jordan.clicks("Record the approval", await jordan.window())
    await jordan.submits(meeting=meeting)
    assert "approval of the workplan of Demonstration Lanterns is recorded" in (await jordan.window()).text
    assert stands(workspace).state == "approved"
    await jordan.closes()
    text = (await jordan.window()).text
    assert re.search(r"Approved at the meeting Brook \(.*\)\. Recorded by Jordan Wrenwood", text), "which meeting it was"
    assert "To be approved at the meeting" not in text
    following = half_of(calendar_due(HALF) + timedelta(days=1))
    as_secretariat(workspace, open_half, following, ["demo-council"])
    shown = await jordan.commands("workplan")
    assert "Earlier cycles" in shown.text
    assert "Take the approval back" in (await opens(jordan)).buttons, "also once the next cycle is open"
    newer = await opens(jordan, f"demo-lanterns.{following}")
    await press(jordan, newer, next(each for each in newer.elements if LANTERNS in each.get("value", "")))
    assert "Approved at the meeting Brook" in (await jordan.window()).text


async def test_only_a_meeting_held_since_can_have_approved_and_a_wrong_record_is_taken_back(workspace: Workspace) -> None:
    robin, jordan = lead(workspace), workspace.secretariat()
    as_secretariat(workspace, nothing_owed)
    await hands_in(robin)
    await jordan.clicks("Accept", await opens(jordan))
    await jordan.clicks("Record the approval", await jordan.window())
    nothing = await jordan.window()
    assert "that was held since the workplan was submitted" in nothing.text
    assert nothing.get("submit") is None
    await jordan.closes()
    await robin.clicks("workplans.aim", await opens(robin))
    await robin.submits(aim_en="Light for everybody", aim_fr="De la lumière pour tout le monde")
    await workspace.until(timedelta(days=53))
    window = await opens(jordan)
    assert "changed since it was submitted" in window.text
    await jordan.clicks("Record the approval", window)
    form = await jordan.window()
    assert "was changed since it was submitted" in form.text
    assert "Before: Aim: Light for all\n• Now: Aim: Light for everybody" in form.text, "what the Council may not have seen"
    assert "Last by Robin Ashgrove" in form.text
    offered = [option["value"] for element in form.elements for option in element.get("options", ())]
    assert offered == ["demo-coming", "handed_in", "now"], "the meeting at Maple Harbour was held meanwhile"
    await jordan.submits(form, meeting="demo-coming", text="now")
    assert stands(workspace).state == "approved"
    await jordan.closes()
    await jordan.clicks("Take the approval back", await jordan.window())
    assert "reason" in (await jordan.submits(reason=" "))["errors"]
    await jordan.submits(reason="It was put off")
    assert "is taken back, with your reason" in (await jordan.window()).text
    await jordan.closes()
    assert "The approval was taken back by Jordan Wrenwood" in (await jordan.window()).text
    assert "Record the approval" in (await jordan.window()).buttons
    assert stands(workspace).state == "complete"


async def test_what_stands_in_no_field_is_told_over_the_form(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await clicked(jordan, "workplans.return", LANTERNS)
    await jordan.submits(reason="Too early")
    form, told = await jordan.windows()
    assert "This workplan has not been submitted yet." in told.text
    assert form["callback_id"] == "workplans.returned", "nothing typed is lost"


async def test_the_council_approves_what_it_saw_though_the_workplan_changed_after_the_meeting(workspace: Workspace) -> None:
    robin, jordan = lead(workspace), workspace.secretariat()
    as_secretariat(workspace, nothing_owed)
    await hands_in(robin)
    await jordan.clicks("Accept", await opens(jordan))
    await workspace.until(timedelta(days=60))
    await robin.clicks("workplans.aim", await opens(robin))
    await robin.submits(aim_en="Light for the fish")
    await jordan.clicks("Record the approval", await opens(jordan))
    form = await jordan.window()
    assert "That was after the meeting Maple Harbour" in form.text
    alix = workspace.secretariat("fr-CA")
    await alix.clicks("Consigner l'approbation", await opens(alix))
    assert "C'était après la réunion suivante : Havre-des-Érables" in (await alix.window()).text.replace("\u00a0", " ")
    assert [option["value"] for element in form.elements for option in element.get("options", ())] == ["demo-coming", "handed_in"]
    assert "“As it stands now” cannot be chosen: the French is still owed." in form.text
    await jordan.submits(form, meeting="demo-coming", text="handed_in")
    assert stands(workspace).state == "approved"
    text = workspace.database.read(workplans.texts, LANTERNS, JORDAN)[0]
    assert "Aim: Light for all" in (text.text.en or "")
    await jordan.closes()
    assert "Approved" in (shown := (await jordan.window()).text)
    assert "changed since it was approved" in shown


async def test_a_window_that_does_not_show_what_changed_accepts_approves_and_returns_nothing(workspace: Workspace) -> None:
    robin, jordan = lead(workspace), workspace.secretariat()
    as_secretariat(workspace, nothing_owed)
    await hands_in(robin)
    window = await opens(jordan)
    as_secretariat(workspace, planned, english="Buy wicks", french="Acheter des mèches")
    await jordan.clicks("Accept", window)
    window = await jordan.window()
    assert "Jordan Wrenwood changed this" in window.text
    assert "Nothing is accepted yet." in window.text
    assert "Activity 2: Buy wicks / Acheter des mèches" in window.text
    assert stands(workspace).state == "submitted", "nothing is accepted that nobody read"
    await jordan.clicks("Return", window)
    as_secretariat(workspace, workplans.accept, LANTERNS)
    await jordan.submits(reason="Where are the wicks?")
    form = await jordan.window()
    assert "State: Accepted by Jordan Wrenwood" in form.text
    assert "Nothing is returned yet." in form.text
    assert form["submit"]["text"] == "Return all the same"
    assert stands(workspace).state == "complete", "the acceptance is not overridden unseen"
    await jordan.submits()
    assert stands(workspace).state == "returned", "they saw it, and decided"


async def test_whoever_hands_in_sees_first_what_somebody_changed_meanwhile(workspace: Workspace) -> None:
    robin = lead(workspace)
    await robin.clicks("Submit to the secretariat", await opens(robin))
    pier = stands(workspace).activities[0]
    form = ActivityForm(LANTERNS, pier.id, "Light the pier", "Éclairer tout le quai", pier.due, ("robin-ashgrove",), None)
    as_secretariat(workspace, workplans.save_activity, form)
    await robin.submits()
    shown = await robin.window()
    assert shown["submit"]["text"] == "Submit all the same"
    assert "saved" not in shown.text, "nothing is to be"
    assert "Activity 1: Light the pier / Éclairer tout le quai" in shown.text, "also what changed in the other language only"
    assert stands(workspace).state == "draft"
    await robin.submits()
    assert stands(workspace).state == "submitted"


async def test_of_two_who_move_a_due_date_the_second_hears_what_the_first_did(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Move the due date", await opens(jordan))
    as_secretariat(workspace, workplans.move_due, LANTERNS, soon(80))
    await jordan.submits(due=soon(50).isoformat())
    form = await jordan.window()
    assert "Jordan Wrenwood changed this after you had opened it" in form.text
    assert "Nothing is moved yet." in form.text
    assert form["submit"]["text"] == "Move all the same"
    assert stands(workspace).due == soon(80)
    await jordan.submits()
    assert stands(workspace).due == soon(50), "what was typed stood there still"
