"""Workplans in Slack, as the people of the Demonstration Council work on them."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from cadre.workplans import service as workplans
from tests.conftest import one_database
from tests.slack.raw import knocks
from tests.slack.workplans import (
    CANOES,
    LANTERNS,
    ORCHARDS,
    Planned,
    as_secretariat,
    block,
    found,
    hands_in,
    opens,
    press,
    soon,
    stands,
)
from tests.workspace import Member, Workspace

pytestmark = one_database


PLANNED = Planned(
    (
        (LANTERNS, "Light the pier", "Éclairer le quai"),
        (LANTERNS, "Oil the lamps", "Huiler les lampes"),
        (CANOES, "Patch the hull", "Rapiécer la coque"),
    )
)


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    """The workspace, in which the workplans of the half are open and two activities are planned."""
    await still.start_over(PLANNED)
    return still


def lead(workspace: Workspace) -> Member:
    return workspace.user("robin-ashgrove")


async def test_all_activities_are_on_one_screen_and_saved_at_once(workspace: Workspace) -> None:
    robin = lead(workspace)
    window = await opens(robin)
    pier, lamps = (found(stands(workspace), title) for title in ("Light the pier", "Oil the lamps"))
    answered = await robin.submits(
        window, **{block(window, "state", pier): "at_risk", block(window, "note", pier): "Fog", block(window, "state", lamps): "done"}
    )
    assert answered["response_action"] == "update"
    after = await robin.window()
    assert "Saved" in after.text
    now = stands(workspace)
    assert found(now, "Light the pier").state == "at_risk"
    assert found(now, "Light the pier").note is not None
    assert found(now, "Oil the lamps").state == "done"
    assert "Last update" in after.text
    assert "Robin Ashgrove" in after.text


@pytest.mark.parametrize("locale", ["en-US", "fr-CA"])
async def test_somebody_whom_cadre_does_not_know_hears_how_to_say_who_they_are(workspace: Workspace, locale: str) -> None:
    stranger = workspace.newcomer(locale)
    verb, told = ("workplan", "I must know first who you are: /cadre me.") if locale == "en-US" else ("plan", "/cadre moi")
    for asks in (stranger.commands, stranger.asks):
        assert told in (await asks(verb)).text
    assert not await stranger.windows()
    assert not [title for title in ("Workplans", "Plans de travail") if title in (await stranger.home()).text]


async def test_a_french_speaking_lead_works_in_french(workspace: Workspace) -> None:
    camille = workspace.user("camille-clairval")
    window = await opens(camille, CANOES)
    assert "Rapiécer la coque" in window.text
    hull = found(stands(workspace, CANOES), "Patch the hull")
    await camille.submits(window, **{block(window, "note", hull): "Il manque de la résine"})
    note = found(stands(workspace, CANOES), "Patch the hull").note
    assert note is not None
    assert note.fr == "Il manque de la résine"
    assert note.en is None, "the other language is owed"


async def test_where_no_window_can_be_opened_a_button_opens_it(workspace: Workspace) -> None:
    robin = lead(workspace)
    said = await robin.asks("workplans")
    assert "workplan" in said.headline
    element = next(each for each in said.elements if LANTERNS in each.get("value", ""))
    await workspace.post(
        "click", user=robin.id, action_id=element["action_id"], block_id=element["block_id"], channel=said.channel, message_ts=said.ts
    )
    await workspace.quiet()
    assert "Light the pier" in (await robin.window()).text


async def test_an_activity_is_added_in_one_language_and_shown_at_once(workspace: Workspace) -> None:
    robin = lead(workspace)
    below = await opens(robin)
    await robin.clicks("Add an activity", below)
    form = await robin.window()
    await robin.looks_up("workplans.candidates", "Avery", form)
    await robin.submits(form, title_en="Buy wicks", due=soon().isoformat(), owners=["avery-plumridge"])
    (window,) = await robin.windows()
    assert window.id == below.id
    assert "Buy wicks" in window.text, "the window below is drawn anew"
    assert "To write or review in French" in window.text
    assert [owner.id for owner in found(stands(workspace), "Buy wicks").owners] == ["avery-plumridge"]


async def test_an_activity_sent_twice_is_added_once(workspace: Workspace) -> None:
    robin = lead(workspace)
    await robin.clicks("Add an activity", await opens(robin))
    await robin.submits(title_en="Buy wicks")
    submission = (await workspace.log("view_submission"))[-1]
    await knocks(workspace, submission["sent"])
    assert [each.title.en for each in stands(workspace).activities].count("Buy wicks") == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_en": "Buy wicks", "due": "2020-01-01"}, "due"),
        ({"title_en": "Buy wicks", "due": "2026-13-45"}, "due"),
        ({"title_en": ""}, "title_en"),
        ({"title_en": "x" * 3001}, "title_en"),
    ],
    ids=["a day that is past", "no day", "no title", "a title too long"],
)
async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    workspace: Workspace, typed: dict[str, Any], field: str
) -> None:
    robin = lead(workspace)
    before = stands(workspace)
    await robin.clicks("Add an activity", await opens(robin))
    answered = await robin.submits(note_en="By the lake", **typed)
    assert field in answered["errors"]
    form = await robin.window()
    assert form["state"]["values"]["note_en"]["workplans.field"]["value"] == "By the lake"
    assert stands(workspace).activities == before.activities


async def test_errors_are_told_in_the_reader_s_language(workspace: Workspace) -> None:
    camille = workspace.user("camille-clairval")
    await camille.clicks("Ajouter une activité", await opens(camille, CANOES))
    answered = await camille.submits(title_fr="Vernir les pagaies", due="2020-01-01")
    assert "This date" not in answered["errors"]["due"]


async def test_an_activity_is_changed(workspace: Workspace) -> None:
    robin = lead(workspace)
    window = await opens(robin)
    pier = found(stands(workspace), "Light the pier")
    await press(robin, window, next(each for each in window.elements if each.get("value") == f"{LANTERNS}:{pier.id}"))
    answered = await robin.submits(title_en="", title_fr="")
    assert "Write a title" in answered["errors"]["title_en"]
    await robin.submits(title_en="Light the whole pier", title_fr="Éclairer tout le quai")
    assert "Light the whole pier" in (await robin.window()).text
    assert [each.id for each in stands(workspace).activities if each.title.fr == "Éclairer tout le quai"] == [pier.id]


async def test_nothing_changed_is_one_click(workspace: Workspace) -> None:
    robin = lead(workspace)
    window = await opens(robin)
    assert found(stands(workspace), "Light the pier").told_at is None
    await robin.clicks("Nothing changed", window)
    assert found(stands(workspace), "Light the pier").told_by == f"Robin Ashgrove ({robin.id})"
    assert "nothing changed" in (await robin.window()).text


async def test_what_is_typed_and_not_saved_stays_while_an_activity_is_added(workspace: Workspace) -> None:
    robin = lead(workspace)
    window = await opens(robin)
    note = block(window, "note", found(stands(workspace), "Light the pier"))
    await robin.clicks("Add an activity", window)
    await robin.closes()
    await workspace.post("click", user=robin.id, view_id=window.id, action_id="workplans.field", block_id=note, value="Fog")
    await robin.clicks("Add an activity", window)
    await robin.submits(title_en="Buy wicks")
    assert (await robin.window())["state"]["values"][note]["workplans.field"]["value"] == "Fog"


async def test_the_aim_is_written_in_both_languages(workspace: Workspace) -> None:
    robin = lead(workspace)
    await robin.clicks("workplans.aim", await opens(robin))
    await robin.submits(aim_en="Light for all", aim_fr="De la lumière pour tous")
    assert "Aim: Light for all" in (await robin.window()).text


async def test_handing_in_says_what_is_owed_and_what_will_happen(workspace: Workspace) -> None:
    robin = lead(workspace)
    await robin.clicks("Add an activity", await opens(robin))
    await robin.submits(title_en="Buy wicks")
    await robin.clicks("Submit to the secretariat", await robin.window())
    form = await robin.window()
    assert "To write or review in French: the title of activity" in form.text
    assert "accepts it, or returns it" in form.text
    await robin.submits(form)
    assert "is with the secretariat" in (await robin.window()).text
    assert stands(workspace).state == "submitted"
    await robin.closes()
    assert "Submitted by Robin Ashgrove" in (await robin.window()).text, "the window below is drawn anew"
    assert "Submit to the secretariat" not in (await robin.window()).buttons


async def test_the_secretariat_finds_what_waits_and_accepts_it(workspace: Workspace) -> None:
    await hands_in(lead(workspace))
    jordan = workspace.secretariat()
    home = await jordan.home()
    assert "To be looked at" in home.text
    assert "Demonstration Lanterns" in home.text
    window = await opens(jordan)
    await jordan.clicks("Accept", window)
    assert stands(workspace).state == "complete"
    assert "Accepted by Jordan Wrenwood" in (await jordan.window()).text


async def test_what_is_settled_already_is_told_over_the_window(workspace: Workspace) -> None:
    await hands_in(lead(workspace))
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    window = await opens(jordan)
    as_secretariat(workspace, workplans.accept, LANTERNS)
    await jordan.clicks("Accept", window)
    assert "Jordan Wrenwood settled it on " in (await jordan.window()).text
    assert len(await jordan.windows()) == 2
    assert alix


async def test_a_workplan_is_returned_with_a_reason_and_handed_in_again(workspace: Workspace) -> None:
    robin, jordan = lead(workspace), workspace.secretariat()
    await hands_in(robin)
    await jordan.clicks("Return", await opens(jordan))
    await jordan.submits(reason="Who pays for the oil?")
    assert "is returned, with your reason" in (await jordan.window()).text
    assert "Reason: Who pays for the oil?\n" in (await opens(robin)).text
    alix = workspace.secretariat("fr-CA")
    assert "Who pays for the oil? (en anglais seulement)" in (await opens(alix)).text
    await hands_in(robin)
    assert stands(workspace).state == "submitted"


async def test_the_secretariat_moves_the_due_date_of_one_and_of_all(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Move the due date", await opens(jordan))
    await jordan.submits(due=soon(60).isoformat(), scope="one")
    assert (stands(workspace).due, stands(workspace, CANOES).due) == (soon(60), stands(workspace, CANOES).due)
    assert stands(workspace, CANOES).due != soon(60)
    await jordan.clicks("Move the due date", await opens(jordan))
    await jordan.submits(due=soon(70).isoformat(), scope="all")
    assert {stands(workspace, plan).due for plan in (LANTERNS, CANOES, ORCHARDS)} == {soon(70)}


async def test_due_dates_follow_the_meeting_that_is_to_approve(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    shown = await jordan.commands("workplan")
    element = next(each for each in shown.elements if each["action_id"].startswith("workplans.cycle") and "demo" in each.get("value", ""))
    await press(jordan, shown, element)
    wrong = await jordan.submits(offset="1000")
    assert "offset" in wrong["errors"]
    offered = [option["value"] for each in (await jordan.window()).elements for option in each.get("options", ())]
    assert offered == ["demo-coming"], "none of those that are over"
    await jordan.submits(meeting="demo-coming", offset="-14")
    assert stands(workspace).meeting == "demo-coming"
