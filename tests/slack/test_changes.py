"""``/cadre changes since …`` and ``/cadre snapshots``: as members ask, and as the secretariat keeps the framework."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.framework import changes_views as views
from cadre.core import clock
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import kept
from cadre.framework.models import Snapshot
from cadre.groups.models import Group
from cadre.people.models import Role
from cadre.workplans import demonstration
from tests.conftest import one_database
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database


def change(workspace: Workspace, *changes: Callable[[Session], None]) -> None:
    def all_(session: Session) -> None:
        for each in changes:
            each(session)

    workspace.database.write(JORDAN, all_)


def dormant(session: Session) -> None:
    session.get_one(Group, "research").state = "dormant"


def dissolved(session: Session) -> None:
    session.get_one(Group, "channel-shift").state = "sunset"


def menu(shown: Shown, action: str) -> dict[str, dict[str, str]]:
    """The options of a menu, by their labels."""
    element = next(each for each in shown.elements if each["action_id"] == action)
    return {option["text"]["text"]: option for option in element["options"]}


async def changes_file(member: Member, kind: str) -> bytes:
    """The file of changes that they were sent; its name says from when to when."""
    names = [file["name"] for said in await member.sees() for file in said.raw.get("files", ())]
    return await member.file(next(name for name in names if re.fullmatch(rf"Changes_[\d-]+_[\d-]+\.{kind}", name)))


async def test_what_changed_since_charlottetown(workspace: Workspace) -> None:
    change(workspace, dormant, dissolved)
    shown = await workspace.member().commands("changes since Charlottetown")
    assert shown.headline.startswith("Changes since the meeting in Charlottetown (October 2017) – ")
    assert "Research Committee: dormant, until now not stated" in shown.text
    assert "Channel Shift Working Group: dissolved" in shown.text
    assert "The registry begins on " in shown.text
    french = await workspace.member("fr-CA").commands("changements depuis la réunion de Charlottetown")
    assert french.headline.startswith("Changements depuis la réunion de Charlottetown (octobre 2017) – ")
    assert "Comité de recherche\u00a0: en veilleuse; jusqu'ici non précisé" in french.text


async def test_it_may_be_said_in_a_message_too_and_otherwise(workspace: Workspace) -> None:
    change(workspace, dormant)
    member = workspace.member()
    for said in ("what changed since Charlottetown?", "changes between October 2017 and today", "What has changed since the beginning"):
        assert "Research Committee: dormant" in (await member.asks(said)).text
    french = await member.asks("qu'est-ce qui a changé depuis Charlottetown?")
    assert french.headline.startswith("Changements depuis la réunion de Charlottetown"), "in the language of the question"


async def test_a_question_about_one_group_stays_a_question(workspace: Workspace) -> None:
    change(workspace, dormant)
    member = workspace.member()
    for said in ("what changed in the Research Committee since 2017?", "what changed since 2017 in the Research Committee?"):
        answer = await member.asks(said)
        assert not answer.headline.startswith("Changes since")
        assert "Research Committee" in answer.text


async def test_whoever_names_no_meeting_is_told_which_there_are(workspace: Workspace) -> None:
    answer = await workspace.member().commands("changes since Moncton")
    assert "I find no meeting, date or snapshot called “Moncton”. The last meetings in person:" in answer.text
    assert "Charlottetown (October 2017)" in answer.text
    future = await workspace.member("fr-CA").commands("changements depuis 2099")
    assert "encore à venir" in future.text


async def test_another_end_is_chosen_in_a_menu_and_the_language_stays(workspace: Workspace) -> None:
    change(workspace, dormant)
    member = workspace.member()
    shown = await member.commands("changements depuis Charlottetown")
    options = menu(shown, views.SINCE)
    assert "Ottawa (février 2017)" in options
    await member.clicks(views.SINCE, shown, options["Ottawa (février 2017)"]["value"])
    drawn = await member.again(shown)
    assert drawn.headline.startswith("Changements depuis la réunion d'Ottawa (février 2017)")
    until = menu(drawn, views.UNTIL)
    assert next(iter(until)) == "Maintenant"
    await member.clicks(views.UNTIL, drawn, until["Charlottetown (octobre 2017)"]["value"])
    between = await member.again(shown)
    assert "jusqu'à la réunion de Charlottetown (octobre 2017)" in between.headline
    assert "en veilleuse" not in between.text


async def test_all_of_it_comes_as_a_file(workspace: Workspace) -> None:
    change(workspace, dormant)
    member = workspace.member()
    shown = await member.commands("changes since Charlottetown")
    await member.clicks("As a text file", shown)
    assert "- Research Committee: dormant, until now not stated" in (await changes_file(member, "md")).decode()
    await member.clicks("As a table", shown)
    assert "group:research" in (await changes_file(member, "csv")).decode("utf-8-sig")


async def test_a_long_list_is_folded(workspace: Workspace) -> None:
    def all_dormant(session: Session) -> None:
        for row in session.scalars(select(Group).where(Group.state.is_(None))):
            row.state = "dormant"

    change(workspace, all_dormant)
    shown = await workspace.member().commands("changes since Charlottetown")
    assert "more, in the file and on the page" in shown.text


async def test_what_is_late_is_told_to_those_whom_it_concerns(workspace: Workspace) -> None:
    workspace.database.write(OPERATOR, demonstration.populate, workspace.database.read(clock.today))
    await workspace.until(timedelta(days=10))
    secretariat = await workspace.secretariat().commands("changes since Charlottetown")
    assert "Now late" in secretariat.text
    stranger = await workspace.newcomer().commands("changes since Charlottetown")
    assert "Now late" not in stranger.text
    assert "are told to those whose roles the secretariat has confirmed" in stranger.text


async def snapshots(member: Member) -> Shown:
    await member.commands("snapshots")
    return await member.window()


async def test_the_secretariat_takes_a_snapshot_and_sees_what_changed_since(workspace: Workspace) -> None:
    jordan = workspace.user("jordan-wrenwood")
    assert "There is no snapshot yet." in (await snapshots(jordan)).text
    await jordan.clicks("Take a snapshot now", await jordan.window())
    window = await jordan.window()
    assert "Snapshot 1 is taken." in window.text
    assert "by Jordan Wrenwood" in window.text
    assert "groups, 6 priorities, " in window.text
    await jordan.clicks("Take a snapshot now", window)
    assert "Nothing has changed since snapshot 1" in (await jordan.window()).text
    change(workspace, dormant)
    await jordan.clicks("Changes since", await jordan.window())
    told = await jordan.window()
    assert "Changes since snapshot 1" in told.text
    assert "Research Committee: dormant, until now not stated" in told.text
    await jordan.clicks("As a text file", told)
    assert "on its way" in (await jordan.window()).text
    assert b"Research Committee" in await changes_file(jordan, "md")


async def test_others_see_the_snapshots_and_take_none(workspace: Workspace) -> None:
    workspace.database.write(OPERATOR, kept.take)
    lead = workspace.lead("fr-CA")
    await lead.commands("instantanés")
    window = await lead.window()
    assert "Instantané 1" in window.text
    assert "la personne qui exploite Cadre" in window.text
    assert "Prendre un instantané maintenant" not in window.buttons
    with pytest.raises(Forbidden):
        workspace.database.write(Actor("Lead", lead.person), kept.take)
    answer = await lead.asks("instantanés")
    assert "1\u00a0instantané." in answer.text
    assert workspace.database.read(lambda session: session.scalars(select(Snapshot)).all())


async def test_a_button_that_was_kept_from_before_takes_none(workspace: Workspace) -> None:
    jordan = workspace.user("jordan-wrenwood")
    window = await snapshots(jordan)
    workspace.database.write(OPERATOR, lambda session: session.delete(session.get_one(Role, "demo-council.jordan-wrenwood")))
    await jordan.clicks("Take a snapshot now", window)
    assert "Only the secretariat may do this." in (await jordan.window()).text
    assert workspace.database.read(kept.snapshots) == ()
