"""Two people at the same workplan at once: the second sees what the first did, and nothing is lost or overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from cadre.workplans import service as workplans
from cadre.workplans.facts import Report
from tests.conftest import one_database
from tests.slack.raw import knocks
from tests.slack.workplans import (
    BEEHIVES,
    LANTERNS,
    ORCHARDS,
    Planned,
    as_secretariat,
    block,
    found,
    hands_in,
    opens,
    planned,
    press,
    soon,
    stands,
)
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database


PLANNED = Planned(
    (
        (LANTERNS, "Light the pier", "Éclairer le quai"),
        (ORCHARDS, "Prune the trees", "Tailler les arbres"),
        (BEEHIVES, "Count the hives", "Compter les ruches"),
    )
)


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    """The workspace, in which the workplans of the half are open; Robin leads the lanterns, Morgan the orchards and the beehives."""
    await still.start_over(PLANNED)
    return still


async def edits(member: Member, plan: str = LANTERNS) -> Shown:
    """Open the window of the first activity."""
    window = await opens(member, plan)
    await press(member, window, next(each for each in window.elements if each.get("value", "").startswith(f"{plan}:")))
    return await member.window()


def name_of(shown: Shown, field: str) -> str:
    """What a field is called that shows what somebody else wrote."""
    names: list[str] = [each["block_id"] for each in shown.blocks]
    return next(name for name in names if name.partition(":")[0] == field)


def holds(shown: Shown, field: str) -> Any:
    """What stands in a field."""
    (held,) = shown["state"]["values"][name_of(shown, field)].values()
    return held.get("value") or held.get("selected_date")


async def test_of_two_who_change_an_activity_the_second_sees_what_the_first_wrote_and_decides(workspace: Workspace) -> None:
    robin, jordan = workspace.user("robin-ashgrove"), workspace.secretariat()
    await edits(robin)
    await edits(jordan)
    await jordan.submits(title_en="Light the whole pier", due=soon(50).isoformat())
    await robin.submits(title_en="Light half of the pier", note_en="Oil is dear")
    (below, form) = await robin.windows()
    assert found(stands(workspace), "Light the whole pier").note is None, "nothing of the second is saved"
    assert "Jordan Wrenwood changed this while you were writing" in form.text
    assert "Title, in English: Light the whole pier" in form.text
    assert "Light the whole pier" in below.text, "the window below shows it, too"
    assert (holds(form, "title_en"), holds(form, "note_en")) == ("Light half of the pier", "Oil is dear")
    assert holds(form, "due") == soon(50).isoformat(), "what the second left alone is as the first wrote it"
    assert form["submit"]["text"] == "Save all the same"
    await robin.submits()
    now = found(stands(workspace), "Light half of the pier")
    assert (now.due, now.note and now.note.en) == (soon(50), "Oil is dear")
    assert len(await robin.windows()) == 1


async def test_whoever_is_overtaken_again_is_told_again(workspace: Workspace) -> None:
    robin, jordan = workspace.user("robin-ashgrove"), workspace.secretariat()
    typed: dict[str, Any] = {"title_en": "Light half of the pier"}
    await edits(robin)
    for others in ("Light pier 1", "Light pier 2"):
        await edits(jordan)
        await jordan.submits(title_en=others)
        await robin.submits(None, **typed)
        form = await robin.window()
        assert f"Title, in English: {others}" in form.text
        assert holds(form, "title_en") == "Light half of the pier"
        typed = {}
    await robin.submits()
    assert found(stands(workspace), "Light half of the pier")


async def test_what_is_wrong_in_a_window_that_is_shown_again_stands_beside_its_field(workspace: Workspace) -> None:
    robin, jordan = workspace.user("robin-ashgrove"), workspace.secretariat()
    await edits(robin)
    await edits(jordan)
    await jordan.submits(due=soon(50).isoformat())
    await robin.submits(note_en="Oil is dear")
    due = name_of(await robin.window(), "due")
    assert due != "due", "it shows what the other wrote"
    assert set((await robin.submits(None, **{due: "2020-01-01"}))["errors"]) == {due}


async def test_whoever_gives_an_activity_away_hears_that_somebody_did_already(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    form = await edits(robin)
    await robin.looks_up("workplans.candidates", "Avery", form)
    pier = found(stands(workspace), "Light the pier")
    as_secretariat(workspace, workplans.reassign, pier.id, ("morgan-fernhill",))
    await robin.submits(form, owners=["avery-plumridge"])
    told = await robin.window()
    assert "Who carries it out: Morgan Fernhill" in told.text
    assert [each.id for each in found(stands(workspace), "Light the pier").owners] == ["morgan-fernhill"]
    await robin.submits()
    assert [each.id for each in found(stands(workspace), "Light the pier").owners] == ["avery-plumridge"]


async def test_of_two_who_write_the_aim_the_second_sees_both_texts(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("workplans.aim", await opens(robin))
    as_secretariat(workspace, workplans.save_aim, LANTERNS, "Light for all", "De la lumière pour tous")
    await robin.submits(aim_en="Light for the pier")
    form = await robin.window()
    assert "Aim, in English: Light for all" in form.text
    assert (holds(form, "aim_en"), holds(form, "aim_fr")) == ("Light for the pier", "De la lumière pour tous")
    await robin.submits()
    aim = stands(workspace).aim
    assert (aim and aim.en, aim and aim.fr) == ("Light for the pier", "De la lumière pour tous")


async def test_a_note_written_meanwhile_is_seen_on_the_one_screen_and_nothing_typed_is_lost(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    lamps = as_secretariat(workspace, planned, english="Oil the lamps", french="Huiler les lampes")
    window = await opens(robin)
    pier = found(stands(workspace), "Light the pier")
    as_secretariat(workspace, workplans.report, Report({pier.id: "off_track"}, {pier.id: "No oil"}, "en"))
    await robin.submits(window, **{block(window, "note", pier): "Fog", block(window, "state", lamps): "done"})
    again = await robin.window()
    assert "Jordan Wrenwood changed this while you were writing" in again.text
    assert "Now it says: Off track · No oil" in again.text
    assert again["state"]["values"][block(again, "note", pier)]["workplans.field"]["value"] == "Fog"
    assert [each.state for each in stands(workspace).activities] == ["off_track", "not_started"], "nothing is saved in part"
    await robin.submits(again)
    now = stands(workspace).activities
    assert [(each.state, each.note and each.note.en) for each in now] == [("off_track", "Fog"), ("done", None)]


async def test_what_others_say_of_other_activities_is_in_nobodys_way(workspace: Workspace) -> None:
    """On the screen over all of one's workplans, too."""
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("workplan")
    window = await morgan.window()
    trees, hives = found(stands(workspace, ORCHARDS), "Prune the trees"), found(stands(workspace, BEEHIVES), "Count the hives")
    as_secretariat(workspace, workplans.report, Report({trees.id: "at_risk"}, {}, "en"))
    await morgan.submits(window, **{block(window, "state", hives): "on_track"})
    assert "Saved: 1 activity." in (await morgan.window()).text
    assert found(stands(workspace, ORCHARDS), "Prune the trees").state == "at_risk"


async def test_over_all_workplans_the_second_sees_what_the_first_said_even_that_it_is_done(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("workplan")
    window = await morgan.window()
    trees = found(stands(workspace, ORCHARDS), "Prune the trees")
    as_secretariat(workspace, workplans.report, Report({trees.id: "done"}, {}, "en"))
    await workspace.post(
        "click",
        user=morgan.id,
        view_id=window.id,
        action_id="workplans.field",
        block_id=block(window, "note", trees),
        value="Saws are blunt",
    )
    await morgan.clicks("Nothing changed", window)
    again = await morgan.window()
    assert "Jordan Wrenwood changed this while you were writing" in again.text
    assert "Now it says: Done" in again.text
    assert found(stands(workspace, ORCHARDS), "Prune the trees").note is None
    await morgan.submits(again)
    note = found(stands(workspace, ORCHARDS), "Prune the trees").note
    assert note
    assert note.en == "Saws are blunt"


async def test_nothing_changed_said_on_an_old_screen_names_what_did(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    window = await opens(robin)
    pier = found(stands(workspace), "Light the pier")
    as_secretariat(workspace, workplans.report, Report({pier.id: "off_track"}, {pier.id: "No oil"}, "en"))
    await robin.clicks("Nothing changed", window)
    text = (await robin.window()).text
    assert "Jordan Wrenwood changed this after you had opened it" in text
    assert "“Nothing changed” is not recorded yet." in text
    assert "1. Light the pier: Off track · No oil" in text
    assert "while you were writing" not in text, "nobody was"
    assert found(stands(workspace), "Light the pier").told_by != robin.name
    await robin.clicks("Nothing changed", await robin.window())
    assert "Saved: nothing changed." in (await robin.window()).text


async def test_a_note_in_the_other_language_only_is_told_and_marked(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await robin.turns_to("fr-CA")
    window = await opens(robin)
    pier = found(stands(workspace), "Light the pier")
    as_secretariat(workspace, workplans.report, Report({pier.id: "off_track"}, {pier.id: "No oil"}, "en"))
    await robin.clicks("Rien n'a changé", window)
    text = (await robin.window()).text
    assert text.count("No oil (en anglais seulement)") == 2, "in what changed, and beside the activity"


async def test_whoever_comes_second_sees_the_window_as_the_first_left_it(workspace: Workspace) -> None:
    await hands_in(workspace.user("robin-ashgrove"))
    jordan = workspace.secretariat()
    window = await opens(jordan)
    as_secretariat(workspace, workplans.accept, LANTERNS)
    await jordan.clicks("Accept", window)
    below, told = await jordan.windows()
    assert "Jordan Wrenwood settled it on " in told.text
    assert "Accept" not in below.buttons
    assert "Accepted by Jordan Wrenwood" in below.text


async def test_below_a_form_that_came_too_late_stands_what_the_first_did(workspace: Workspace) -> None:
    robin, jordan = workspace.user("robin-ashgrove"), workspace.secretariat()
    await hands_in(robin)
    await jordan.clicks("Return", await opens(jordan))
    as_secretariat(workspace, workplans.return_, LANTERNS, "No oil")
    await jordan.submits(reason="Who pays for the oil?")
    below, _form, told = await jordan.windows()
    assert "Jordan Wrenwood settled it on " in told.text
    assert "Reason: No oil" in below.text
    assert "Return" not in below.buttons


async def test_a_request_for_more_time_is_seen_before_another_is_written(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("More time", await opens(robin))
    await robin.submits(until=soon(300).isoformat(), reason="The ice")
    await robin.closes()
    window = await robin.window()
    assert "More time asked until" in window.text
    await robin.clicks("More time", window)
    assert "has not answered yet" in (await robin.window()).text, "before anything is filled in"
    jordan = workspace.secretariat()
    await jordan.clicks("Refuse", await jordan.home())
    await jordan.submits()
    assert "More time asked until" not in (await opens(robin)).text


async def test_from_a_workplan_straight_back_to_my_activities(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.clicks("My activities", await opens(morgan, ORCHARDS))
    text = (await morgan.window()).text
    assert "Prune the trees" in text
    assert "Count the hives" in text
    assert "My activities" not in (await opens(workspace.user("robin-ashgrove"))).buttons, "there is one workplan: this"


@pytest.mark.parametrize(("locale", "name", "field"), [("fr-CA", "camille-clairval", "title_fr"), ("en-US", "robin-ashgrove", "title_en")])
async def test_a_title_that_is_missing_is_asked_for_in_ones_own_language(workspace: Workspace, locale: str, name: str, field: str) -> None:
    member = workspace.user(name)
    assert member.locale == locale
    plan = LANTERNS if name == "robin-ashgrove" else LANTERNS.replace("lanterns", "canoes")
    await member.clicks("workplans.add", await opens(member, plan))
    assert set((await member.submits(note_en="By the lake"))["errors"]) == {field}


async def test_a_window_that_is_delivered_twice_is_no_second_person(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await edits(robin)
    await robin.submits(title_en="Light the whole pier")
    sent = (await workspace.log("view_submission"))[-1]["sent"]
    answered = await knocks(workspace, sent)
    assert "changed this while you were writing" not in answered.text
    assert found(stands(workspace), "Light the whole pier")
