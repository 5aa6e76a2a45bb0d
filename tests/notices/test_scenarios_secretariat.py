"""What the secretariat gets and steers: drafts, pauses, rungs, the look ahead, due dates; and what operators see in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from cadre.meetings import service as meetings
from cadre.meetings.views import MeetingForm
from cadre.notices import steering
from cadre.workplans import service as workplans
from tests.conftest import both_databases
from tests.notices.scenarios import (
    AUTHORS,
    CANOES,
    JORDAN,
    LANTERNS,
    ORCHARDS,
    about_the_pier,
    announced,
    answered,
    days,
    does,
    got,
    on,
    planned,
    printed,
    puts_off,
)
from tests.slack.workplans import press
from tests.workspace import Member, Shown, Workspace

LATE = "2027-02-08"
"""A Monday, on which the pier, due on 18 January, is three weeks late."""


async def steers(member: Member, button: str) -> Shown:
    """Open one of the windows behind ``/cadre notices``."""
    await member.commands("avis" if member.locale.startswith("fr") else "notices")
    await member.clicks(button, await member.window())
    return await member.window()


async def pauses_borealia(workspace: Workspace) -> None:
    alix = workspace.secretariat("fr-CA")
    await alix.clicks("Ajouter une pause", await steers(alix, "Pauses"))
    form = await alix.window()
    assert await alix.looks_up("notices.jurisdiction", "Boréa", form)
    given = {"jurisdiction": "demo-borealia", "first": "2027-01-11", "last": "2027-01-26"}
    await alix.submits(form, **given, reason_en="Election", reason_fr="Élection")
    assert printed("Boréalie, démonstration, du 11 janvier 2027 au 26 janvier 2027 : Élection") in (await alix.window()).text


@both_databases
async def test_a_pause_holds_back_reminders_of_one_jurisdiction_until_its_first_working_day_after(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    planned(workspace, "2027-01-28", plan=CANOES)
    await pauses_borealia(workspace)
    robin, camille = workspace.user("robin-ashgrove"), workspace.user("camille-clairval")
    await workspace.until("2027-01-20T10:00", robin.tz)
    does(workspace, AUTHORS[LANTERNS], workplans.submit, LANTERNS)
    does(workspace, JORDAN, workplans.accept, LANTERNS)
    await workspace.until("2027-01-30")
    assert await days(robin) == ["2027-01-27", "2027-01-28"]
    assert [each.day for each in await announced(robin)] == ["2027-01-20"], "announcements come"
    assert (await days(camille))[:2] == ["2027-01-11", "2027-01-18"], "other governments are told as always"


async def test_a_pause_that_is_ended_lets_reminders_come_again(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    await pauses_borealia(workspace)
    await workspace.until("2027-01-12")
    alix = workspace.secretariat("fr-CA")
    await alix.clicks("Y mettre fin", await steers(alix, "Pauses"))
    assert "Aucune pause." in (await alix.window()).text
    await workspace.until("2027-01-30")
    assert {"2027-01-18", "2027-01-25", "2027-01-28"} <= set(await days(workspace.user("robin-ashgrove")))


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"first", "last", "jurisdiction"}),
        ({"jurisdiction": "*", "first": "2027-01-12", "last": "2027-01-11", "reason_fr": "Tempête"}, {"last"}),
        ({"jurisdiction": "*", "first": "2027-01-04", "last": "2027-01-05", "reason_fr": "Tempête"}, {"last"}),
        ({"jurisdiction": "*", "first": "2027-01-12", "last": "2027-01-13"}, {"reason_en"}),
    ],
    ids=["empty", "the wrong way round", "over already", "without a reason"],
)
async def test_a_pause_that_makes_no_sense_is_refused(workspace: Workspace, typed: dict[str, Any], errors: set[str]) -> None:
    alix = workspace.secretariat("fr-CA")
    await alix.clicks("Ajouter une pause", await steers(alix, "Pauses"))
    await alix.looks_up("notices.jurisdiction", "", await alix.window())
    refused = await alix.submits(**typed)
    assert set(refused["errors"]) == errors
    await alix.closes()
    assert "Aucune pause." in (await steers(alix, "Pauses")).text


async def rung_of(member: Member, window: Shown, kind: str, days_: int) -> None:
    """Open a rung, by its button in the list."""
    known = member.workspace.database.read(steering.rungs)
    id_ = next(each.id for each in known if (each.kind, each.days) == (kind, days_))
    await member.clicks(f"notices.rung:{id_}", window)


async def test_the_secretariat_changes_when_people_are_told(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    jordan, robin = workspace.secretariat(), workspace.user("robin-ashgrove")
    await rung_of(jordan, await steers(jordan, "When people are told"), "activity", -7)
    await jordan.clicks("Remove", await jordan.window())
    assert "In the coming 90 days: 54 messages instead of 55; 1 person would be told differently." in (await jordan.window()).text
    assert any(each.days == -7 for each in workspace.database.read(steering.rungs) if each.kind == "activity"), "it stands still"
    await jordan.clicks("Remove", await jordan.window())
    await jordan.closes()
    await rung_of(jordan, await steers(jordan, "When people are told"), "activity", -1)
    await jordan.closes()
    await rung_of(jordan, await jordan.window(), "activity", -1)  # back was to the ladder
    await jordan.submits(days="2", manner="alone")
    assert "Save again to set it." in (await jordan.window()).text
    await jordan.submits()
    assert "2 days before, in a message of its own: those who carry it out" in (await jordan.window()).text
    await workspace.until("2027-01-30")
    assert [each.day for each in await got(robin) if "Light the pier" in each.text] == ["2027-01-11", "2027-01-26", "2027-01-28"]


async def test_a_new_rung_tells_whom_it_names(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28", "maxime-grandchene")
    jordan, robin = workspace.secretariat(), workspace.user("robin-ashgrove")
    await jordan.clicks("Add a reminder", await steers(jordan, "When people are told"))
    await jordan.submits(kind="activity", days="3", side="before", recipients=["lead", "secretariat"], manner="alone")
    await jordan.submits()
    await workspace.until("2027-01-27")
    assert await about_the_pier(robin, "2027-01-25")
    assert await about_the_pier(jordan, "2027-01-25")
    assert not await about_the_pier(robin, "2027-01-18")


async def test_a_rung_that_makes_no_sense_is_refused_and_the_ladder_stays(workspace: Workspace) -> None:
    alix = workspace.secretariat("fr-CA")
    ladders = await steers(alix, "Moment des rappels")
    assert not re.search(r"\b(owner|lead|chair|coming|asked|arranger|representative)\b", ladders.text), "whoever is told has a name"
    assert "un brouillon pour le secrétariat" in ladders.text
    await rung_of(alix, ladders, "workplan", -30)
    refused = await alix.submits(days="14")
    assert refused["errors"] == {"days": "Il y a déjà un rappel ce jour-là."}
    refused = await alix.submits(days="-3")
    assert refused["errors"] == {"days": "Écrivez un nombre entier, 0 ou plus."}
    refused = await alix.submits(days="30", every="7", manner="draft")
    assert set(refused["errors"]) == {"every", "manner"}


async def test_whoever_is_not_of_the_secretariat_steers_nothing(workspace: Workspace) -> None:
    robin = workspace.user("robin-ashgrove")
    shown = await robin.commands("notices")
    assert "How often" in shown.text
    assert "Pauses" not in shown.buttons


async def test_the_secretariat_moves_one_due_date_and_only_its_reminders_follow(workspace: Workspace) -> None:
    does(workspace, JORDAN, workplans.move_all, "demo-council.2027-1", date(2027, 1, 29))
    await workspace.until("2027-01-19T10:00", "America/Toronto")
    robin, camille = workspace.user("robin-ashgrove"), workspace.user("camille-clairval")
    await moves(workspace, "2027-02-12", "one")
    assert "due February 12, 2027" in (await on(robin, "2027-01-18")).headline, "what was sent is drawn anew"
    assert "The due date moved from January 29, 2027 to February 12, 2027." in (await on(robin, "2027-01-18")).headline
    await workspace.until("2027-02-13")
    assert "2027-01-29" not in await days(robin)
    assert "2027-02-12" in await days(robin)
    assert "2027-01-29" in await days(camille)
    assert "due February 12, 2027, in 25 days" in (await on(robin, "2027-01-18")).text, "counted from its own day"


async def test_the_secretariat_moves_the_due_date_of_all(workspace: Workspace) -> None:
    does(workspace, JORDAN, workplans.move_all, "demo-council.2027-1", date(2027, 1, 29))
    await workspace.until("2027-01-19T10:00", "America/Toronto")
    await moves(workspace, "2027-02-12", "all")
    await workspace.until("2027-02-13")
    for name in ("robin-ashgrove", "camille-clairval", "morgan-fernhill", "dominique-beaumarais"):
        told = await days(workspace.user(name))
        assert "2027-01-29" not in told, name
        assert "2027-02-12" in told, name


async def test_due_dates_that_were_moved_and_corrected_are_told_in_one_message_as_they_stand_last(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    does(workspace, JORDAN, workplans.move_due, ORCHARDS, date(2027, 1, 20))
    does(workspace, JORDAN, workplans.move_all, "demo-council.2027-1", date(2027, 1, 29))
    does(workspace, replace(JORDAN, label="Alix Rainbow"), workplans.move_all, "demo-council.2027-1", date(2027, 2, 5))
    await workspace.until("2027-01-11T10:00", morgan.tz)
    (told,) = await told_of_moves(morgan)
    assert "Orchards Working Group: Alix Rainbow moved the due date of the workplan from March 1, 2027 to February 5, 2027." in told
    assert "Beehives Working Group: Alix Rainbow moved the due date of the workplan from March 1, 2027 to February 5, 2027." in told
    for day in (19, 12):
        does(workspace, JORDAN, workplans.move_all, "demo-council.2027-1", date(2027, 2, day))
    await workspace.until("2027-01-11T10:30", morgan.tz)
    (_, again) = await told_of_moves(morgan)
    earlier, newer = [each.said for each in await announced(morgan) if "moved the due date" in each.text]
    assert {"More time", "Why did I get this?"} <= set(newer.buttons)
    assert not {"Submit", "More time"} & set(earlier.buttons), "what is told again has its buttons there"
    reminder = await on(morgan, "2027-01-11")
    assert "Orchards Working Group" in reminder.text
    assert not {"Submit", "More time"} & set(reminder.buttons), "and of a reminder, too"
    await morgan.clicks("Why did I get this?", newer)
    assert re.search(r"“Workplan of .*”: its due date was moved\. .* By now it is due February 12, 2027\.", await answered(morgan))
    await puts_off(morgan, newer, "In 3 days")
    told_again = r"“Workplan of .*” is put off\. I will tell you again: Thursday, January 14, 2027\."
    assert re.search(told_again, await answered(morgan))
    assert "I will tell you again: Thursday" in (await announced(morgan))[-1].text
    assert again.count("from February 5, 2027 to February 12, 2027.") == again.count("Working Group: Jordan Wrenwood moved") > 1
    for day in (26, 12):
        does(workspace, JORDAN, workplans.move_due, ORCHARDS, date(2027, 2, day))
    await workspace.until("2027-01-11T11:00", morgan.tz)
    assert len(await told_of_moves(morgan)) == 2, "nothing is told where all is as it was"
    await workspace.until("2027-01-15", morgan.tz)
    assert (await days(morgan))[-1] == "2027-01-14", "what was put off in the newest message comes on the day that was chosen"


async def test_once_the_meeting_is_fixed_those_who_lead_hear_that_their_workplan_is_due_for_it(workspace: Workspace) -> None:
    await workspace.until("2027-01-11T10:00", "America/Toronto")
    form = MeetingForm(
        "demo-council", "in_person", day=date(2027, 3, 30), at=time(9), minutes=420, place_en="Cedar Landing", place_fr="Pointe-aux-Cèdres"
    )
    meeting = does(workspace, JORDAN, meetings.schedule, replace(form, invited=()))
    await workspace.until("2027-01-11T16:00", "America/Toronto")
    (robins,) = await told_of_moves(workspace.user("robin-ashgrove"))
    assert robins.startswith(
        "Demonstration Lanterns: the workplan is due on March 9, 2027 instead of March 1, 2027, for the meeting that is to approve it: "
        "Cedar Landing (March 30, 2027)."
    )
    (camilles,) = await told_of_moves(workspace.user("camille-clairval"))
    assert printed("passe du 1er mars 2027 au 9 mars 2027, en vue de la réunion qui doit l'approuver : Pointe-aux-Cèdres") in camilles
    does(workspace, JORDAN, meetings.cancel, meeting.facts.id, None, shown=meeting.revision)
    await workspace.until("2027-01-12T16:00", "America/Toronto")
    (_, robins) = await told_of_moves(workspace.user("robin-ashgrove"))
    assert "is due on March 1, 2027 instead of March 9, 2027. No meeting that is to approve it is fixed any more." in robins


async def told_of_moves(member: Member) -> list[str]:
    return [each.text for each in await announced(member) if re.search("moved the due date|is due on|passe du", each.text)]


async def moves(workspace: Workspace, day: str, scope: str) -> None:
    """By the window of the lanterns' workplan."""
    jordan = workspace.secretariat()
    await jordan.commands("workplan")
    shown = await jordan.window()
    row = next(each for each in shown.elements if each["action_id"] == "workplans.open" and LANTERNS in each.get("value", ""))
    await press(jordan, shown, row)
    await jordan.clicks("Move the due date", await jordan.window())
    await jordan.submits(due=day, scope=scope)
    assert "are told in five minutes" in (await jordan.window()).text
