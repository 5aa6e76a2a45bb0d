"""Whoever has activities in several workplans finds all of them on one screen, and says of all of them at once how they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest_asyncio
from sqlalchemy.orm import Session

from bot.modals import Frame
from bot.workplans import mine, views
from bot.workplans.views import MINE, Sheet
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.workplans.cycles import open_half
from cadre.workplans.models import Activity
from cadre.workplans.rules import before
from tests.conftest import one_database
from tests.slack.invented_workplans import DAY, activity, plan, seen
from tests.slack.workplans import (
    BEEHIVES,
    CANOES,
    HALF,
    LANTERNS,
    ORCHARDS,
    Planned,
    as_secretariat,
    block,
    found,
    opens,
    planned,
    soon,
    stands,
)
from tests.workspace import Member, Workspace

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")

PLANNED = Planned(
    (
        (ORCHARDS, "Prune the trees", "Tailler les arbres"),
        (BEEHIVES, "Count the hives", "Compter les ruches"),
        (LANTERNS, "Light the pier", "Éclairer le quai"),
    )
)


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    """The workspace, in which the workplans of the half are open; Morgan leads two of the groups, Robin one."""
    await still.start_over(PLANNED)
    return still


def left_late(session: Session) -> None:
    """An activity of the last workplan of the canoes is late."""
    open_half(session, before(HALF), ["demo-council"])
    late = planned(session, f"demo-canoes.{before(HALF)}", english="Patch the hull", french="Rapiécer la coque")
    row = session.get(Activity, late.id)
    assert row
    row.due = soon(-9)


def morgan(workspace: Workspace) -> Member:
    return workspace.user("morgan-fernhill")


@one_database
async def test_activities_of_several_workplans_are_saved_at_once(workspace: Workspace) -> None:
    await morgan(workspace).commands("workplan")
    window = await morgan(workspace).window()
    assert "Prune the trees" in window.text
    assert "Count the hives" in window.text
    assert "Light the pier" not in window.text, "it is not theirs"
    trees, hives = found(stands(workspace, ORCHARDS), "Prune the trees"), found(stands(workspace, BEEHIVES), "Count the hives")
    said = {block(window, "state", trees): "at_risk", block(window, "note", trees): "Frost", block(window, "state", hives): "on_track"}
    await morgan(workspace).submits(window, **said)
    after = await morgan(workspace).window()
    assert "Saved: 2 activities." in after.text
    assert found(stands(workspace, ORCHARDS), "Prune the trees").state == "at_risk"
    assert found(stands(workspace, BEEHIVES), "Count the hives").state == "on_track"


@one_database
async def test_what_is_typed_is_not_lost_by_looking_at_all_workplans(workspace: Workspace) -> None:
    await morgan(workspace).commands("workplan")
    window = await morgan(workspace).window()
    trees = found(stands(workspace, ORCHARDS), "Prune the trees")
    typed = {"action_id": "workplans.field", "block_id": block(window, "note", trees), "value": "Saws are sharp"}
    await workspace.post("click", user=morgan(workspace).id, view_id=window.id, **typed)
    await morgan(workspace).clicks("All workplans", window)
    assert "Saved: 1 activity." in (await morgan(workspace).window()).text
    note = found(stands(workspace, ORCHARDS), "Prune the trees").note
    assert note
    assert note.en == "Saws are sharp"


@one_database
async def test_nothing_changed_is_said_of_all_with_one_click_and_what_is_typed_is_kept(workspace: Workspace) -> None:
    await morgan(workspace).commands("workplan")
    window = await morgan(workspace).window()
    trees = found(stands(workspace, ORCHARDS), "Prune the trees")
    typed = {"action_id": "workplans.field", "block_id": block(window, "note", trees), "value": "Saws are sharp"}
    await workspace.post("click", user=morgan(workspace).id, view_id=window.id, **typed)
    await morgan(workspace).clicks("Nothing changed", window)
    assert "Saved. Nothing else changed." in (await morgan(workspace).window()).text
    note = found(stands(workspace, ORCHARDS), "Prune the trees").note
    assert note
    assert note.en == "Saws are sharp"
    told = [found(stands(workspace, of), name) for of, name in ((ORCHARDS, "Prune the trees"), (BEEHIVES, "Count the hives"))]
    assert all((each.told_by or "").startswith("Morgan") for each in told)
    assert found(stands(workspace, LANTERNS), "Light the pier").told_by is None


@one_database
async def test_an_activity_is_changed_from_there_and_the_screen_shows_it(workspace: Workspace) -> None:
    await morgan(workspace).commands("workplan")
    below = await morgan(workspace).window()
    await morgan(workspace).clicks("Edit", below)
    form = await morgan(workspace).window()
    await morgan(workspace).submits(form, title_en="Prune every tree")
    (window,) = await morgan(workspace).windows()
    assert (window.id, "Prune every tree" in window.text) == (below.id, True)


@one_database
async def test_from_the_screen_to_a_workplan_and_back_over_the_list(workspace: Workspace) -> None:
    await morgan(workspace).commands("workplan")
    await morgan(workspace).clicks("Open", await morgan(workspace).window())
    await morgan(workspace).clicks("All workplans", await morgan(workspace).window())
    await morgan(workspace).clicks("All my activities", await morgan(workspace).window())
    window = await morgan(workspace).window()
    assert "Prune the trees" in window.text
    assert "Count the hives" in window.text


@one_database
async def test_whoever_has_one_workplan_is_shown_it(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    await robin.commands("workplan")
    assert "Submit to the secretariat" in (await robin.window()).text


def test_what_is_done_is_counted_and_a_workplan_without_anything_open_says_so() -> None:
    one = seen(plan(activity(1), activity(2, state="done")))
    other = seen(
        replace(plan(activity(3, state="dropped")), id="x.2027-1", target_name=Bilingual("Hives", "Ruches")), copied_from="x.2026-2"
    )
    shown = str(mine.window([Sheet(one, DAY), Sheet(other, DAY)], ENGLISH, Frame(MINE)).payload())
    assert "1. State" in shown
    assert "2. State" not in shown
    assert "1 activity is done or dropped." in shown
    assert "No activity is open." in shown
    assert "Copy last plan" in shown


def test_of_a_plan_whose_activities_go_on_in_the_next_one_that_is_said() -> None:
    gone = seen(plan(activity(1, due=None)), mine=frozenset(), going_on=frozenset({1}))
    for reader, told in (
        (ENGLISH, "Its open activities go on in the next workplan."),
        (FRENCH, "Ses activités en cours se poursuivent dans le plan suivant."),
    ):
        shown = str(mine.window([Sheet(gone, DAY)], reader, Frame(MINE)).payload())
        assert told in shown
        assert told in str(views.plan(Sheet(gone, DAY), reader, Frame("x")).payload()), "the plan by itself"
        assert "nobody is reminded" not in shown, "that is asked where they go on"
    assert "None of the open activities is yours." in str(
        mine.window([Sheet(seen(plan(activity(1)), mine=frozenset()), DAY)], ENGLISH, Frame(MINE)).payload()
    )


def test_a_due_date_that_is_owed_stands_out() -> None:
    sheet = Sheet(seen(plan(activity(1, due=None), activity(2))), DAY)
    for shown in (views.plan(sheet, ENGLISH, Frame("x")), mine.window([sheet], ENGLISH, Frame(MINE))):
        told = str(shown.payload())
        assert "*1 activity has no due date yet: nobody is reminded of it.*" in told
        assert "*No due date yet*" in told
    only_read = Sheet(seen(sheet.seen.plan, may_edit=False), DAY)
    assert "*No due date yet*" not in str(views.plan(only_read, ENGLISH, Frame("x")).payload())


@one_database
async def test_the_secretariat_sees_which_activities_are_late(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    assert "Late activities" not in (await jordan.home()).text
    as_secretariat(workspace, left_late)
    assert "Late activities\nPatch the hull\n" in (await jordan.home()).text.replace("*", "")
    await jordan.commands("workplan")
    assert "Late activities" in (await jordan.window()).text


@one_database
async def test_copying_the_last_plan_says_of_how_many_the_due_date_is_lost(workspace: Workspace) -> None:
    as_secretariat(workspace, left_late)
    camille = workspace.user("camille-clairval")
    await camille.clicks("Copier le dernier plan", await opens(camille, CANOES))
    text = (await camille.window()).text.replace("\u00a0", " ")
    assert "1 activité a été copiée. 1 activité était en retard et n'a plus d'échéance : personne n'en recevra de rappel" in text


def test_what_was_typed_stays_on_the_screen_however_the_rows_moved_and_a_page_that_is_no_more_is_the_last() -> None:
    many = seen(plan(*(activity(number) for number in range(1, 41))))
    typed = {number: {"note": f"typed {number}"} for number in range(1, 16)}
    for start in (0, 15, 30):
        payload = str(mine.window([Sheet(many, DAY, typed=typed)], ENGLISH, Frame(MINE, start)).payload())
        assert [number for number in typed if f"'typed {number}'" not in payload] == []
    payload = str(mine.window([Sheet(many, DAY, typed={1: {"note": "frost"}})], ENGLISH, Frame(MINE, 30)).payload())
    assert "frost" in payload
    assert "Plant row 40" in payload
    few = mine.window([Sheet(seen(plan(activity())), DAY)], ENGLISH, Frame(MINE, 15))
    assert "Plant row 1" in str(few.payload())
    assert '"start"' not in few.metadata


def test_more_than_a_screen_holds_are_turned_like_pages() -> None:
    plans = [replace(plan(activity(number)), id=f"p{number}.2027-1") for number in range(1, 41)]
    sheets = [Sheet(seen(found), DAY) for found in plans]
    shown: list[str] = []
    for start in range(0, len(sheets), mine.ROWS):
        payload = mine.window(sheets, ENGLISH, Frame(MINE, start)).payload()
        assert len(payload["blocks"]) <= 100
        shown += [block["block_id"].split(":")[1] for block in payload["blocks"] if block.get("block_id", "").startswith("state:")]
    assert shown == [str(number) for number in range(1, 41)]
