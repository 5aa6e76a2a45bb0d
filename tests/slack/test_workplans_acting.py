"""What people do about workplans in Slack: more time, done, at risk, handed over; and who may not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cadre.workplans import service as workplans
from tests.conftest import one_database
from tests.slack import test_workplans
from tests.slack.raw import knocks
from tests.slack.test_workplans import lead
from tests.slack.workplans import (
    LANTERNS,
    ORCHARDS,
    as_secretariat,
    block,
    clicked,
    clicked_again,
    found,
    opens,
    planned,
    soon,
    stands,
)
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database
workspace = test_workplans.workspace


async def asks_for(member: Member, days: int) -> Shown:
    """More time for the lanterns; gives the receipt."""
    due = stands(member.workspace).due
    await member.clicks("More time", await opens(member))
    await member.submits(until=(due + timedelta(days=days)).isoformat(), reason="The ice")
    return await member.window()


async def test_two_weeks_more_are_given_at_once(workspace: Workspace) -> None:
    before = stands(workspace).due
    assert "You have time until" in (await asks_for(lead(workspace), 14)).text
    assert stands(workspace).due == before + timedelta(days=14)


@pytest.mark.parametrize(("answer", "days"), [("Grant more time", 30), ("Refuse", 0)])
async def test_beyond_that_the_secretariat_is_asked_and_answers(workspace: Workspace, answer: str, days: int) -> None:
    before = stands(workspace).due
    assert "The secretariat is asked" in (await asks_for(lead(workspace), 30)).text
    assert stands(workspace).due == before
    jordan = workspace.secretariat()
    home = await jordan.home()
    assert "Robin Ashgrove asks for time" in home.text
    await jordan.clicks(answer, home)
    if not days:
        assert "Light the pier" in (await jordan.window()).text or "Demonstration Lanterns" in (await jordan.window()).text
        await jordan.submits()
    assert stands(workspace).due == before + timedelta(days=days)
    assert "asks for time" not in (await jordan.home()).text


async def test_an_activity_is_done_where_it_was_told_of_and_only_once(workspace: Workspace) -> None:
    robin = lead(workspace)
    pier = found(stands(workspace), "Light the pier")
    await clicked(robin, "workplans.done", f"{LANTERNS}:{pier.id}")
    assert found(stands(workspace), "Light the pier").state == "done"
    before = [each.headline for each in await robin.sees()]
    await clicked(robin, "workplans.done", f"{LANTERNS}:{pier.id}")
    after = [each.headline for each in await robin.sees()]
    assert not [each for each in after[len(before) :] if "Already settled" in each], "a second click on one's own is no trouble"
    await clicked(robin, "workplans.on_track", f"{LANTERNS}:{pier.id}")
    assert "Robin Ashgrove settled it on " in (await robin.last_dm()).headline, "but it was not opened again"


async def test_at_risk_asks_what_stands_in_the_way(workspace: Workspace) -> None:
    robin = lead(workspace)
    pier = found(stands(workspace), "Light the pier")
    await clicked(robin, "workplans.at_risk", f"{LANTERNS}:{pier.id}")
    await robin.submits(note_en="Fog")
    assert "It is saved" in (await robin.window()).text
    now = found(stands(workspace), "Light the pier")
    assert now.state == "at_risk"
    assert now.note is not None
    assert now.note.en == "Fog"


async def test_an_activity_is_given_to_somebody_else(workspace: Workspace) -> None:
    robin = lead(workspace)
    pier = found(stands(workspace), "Light the pier")
    await clicked(robin, "workplans.reassign", f"{LANTERNS}:{pier.id}")
    form = await robin.window()
    await robin.looks_up("workplans.candidates", "Morgan", form)
    await robin.submits(form, owners=["morgan-fernhill"])
    assert [owner.id for owner in found(stands(workspace), "Light the pier").owners] == ["morgan-fernhill"]


async def test_who_may_only_look_may_not_save_either(workspace: Workspace) -> None:
    """Rights are asked for when something is sent, not only when the window is drawn."""
    robin, morgan = lead(workspace), workspace.user("morgan-fernhill")
    window = await opens(robin)
    pier = found(stands(workspace), "Light the pier")
    await robin.submits(window, **{block(window, "state", pier): "on_track"})
    submission = (await workspace.log("view_submission"))[-1]["sent"]
    forged = submission | {"user": submission["user"] | {"id": morgan.id}}
    forged["view"]["state"]["values"][block(window, "state", pier)]["workplans.field"]["selected_option"]["value"] = "dropped"
    answered = await knocks(workspace, forged)
    assert answered.json()["response_action"] == "push"
    assert found(stands(workspace), "Light the pier").state == "on_track"


async def test_who_may_not_act_is_refused_at_the_click(workspace: Workspace) -> None:
    member = workspace.user("maxime-grandchene")
    as_secretariat(workspace, planned, ORCHARDS, english="Prune", french="Tailler")
    one = f"{ORCHARDS}:{found(stands(workspace, ORCHARDS), 'Prune').id}"
    await clicked(member, "workplans.aim", ORCHARDS)
    for action in ("add", "submit", "return", "approve", "unapprove", "move", "cycle", "extend"):
        await clicked_again(member, f"workplans.{action}", ORCHARDS)
    for action in ("edit", "at_risk", "reassign", "extend"):
        await clicked_again(member, f"workplans.{action}", one)
    assert await member.windows() == []


async def test_time_is_not_given_until_a_day_that_is_past_but_until_another(workspace: Workspace) -> None:
    before = stands(workspace).due
    await asks_for(lead(workspace), 30)
    await workspace.until(timedelta(days=(before - soon(0)).days + 32))
    jordan = workspace.secretariat()
    home = await jordan.home()
    await jordan.clicks("Grant more time", home)
    window = await jordan.window()
    assert "is past by now" in window.text
    assert stands(workspace).due == before
    for wrong in ((before + timedelta(days=1)).isoformat(), "2026-13-45"):
        assert "until" in (await jordan.submits(window, until=wrong))["errors"]
    other = before + timedelta(days=50)
    await jordan.submits(window, until=other.isoformat())
    assert stands(workspace).due == other
    assert "asks for time" not in (await jordan.home()).text


async def test_a_member_reads_and_writes_nothing(workspace: Workspace) -> None:
    as_secretariat(workspace, planned, ORCHARDS, english="Prune", french="Tailler")
    for each in stands(workspace, ORCHARDS).activities:
        if each.open:
            as_secretariat(workspace, workplans.reassign, each.id, ("avery-plumridge",))
    member = workspace.user("maxime-grandchene")
    window = await opens(member, ORCHARDS)
    assert "Tailler" in window.text
    assert window.get("submit") is None


async def test_ten_people_open_it_at_once(workspace: Workspace) -> None:
    people = [member for member in workspace.members.values() if member.demo]
    shown = await asyncio.gather(*(member.commands("workplans") for member in people))
    assert all(each.raw["type"] == "modal" for each in shown)
