"""Meetings as they reach those who are not in Slack: a letter, and in it what their calendar takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import aiohttp
import icalendar

from bot.delivery.email import Letter
from cadre.core.bilingual import Bilingual
from cadre.meetings import service as meetings
from cadre.meetings.views import MeetingForm
from tests.slack import meetings as world
from tests.slack.calls import soon
from tests.slack.meetings import MORGAN, ORCHARDS, arranges, only
from tests.workspace import Workspace

workspace = world.workspace
ELLIS = "ellis.marshgrove@demonstration.example"
FORM = MeetingForm(
    ORCHARDS,
    title_en="Grafting",
    title_fr="Greffes",
    day=date(2027, 3, 3),
    at=time(14),
    link="https://meet.example.org/orchards",
    invited=("ellis-marshgrove", "morgan-fernhill"),
)


def newest(workspace: Workspace) -> tuple[Letter, str, Any]:
    """The last letter, and the one event of its one file with what a program is to do."""
    letter = workspace.sandbox.mailbox.of(ELLIS)[-1].letter
    (file,) = letter.files
    [event] = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    return letter, file.method, event


async def test_the_subject_of_an_invitation_has_the_whole_name_of_the_group(workspace: Workspace) -> None:
    workspace.database.write(MORGAN, meetings.schedule, replace(FORM, title_en="", title_fr=""))
    await soon(workspace)
    subject = newest(workspace)[0].subject
    assert "Invitation\u00a0: Groupe de travail de démonstration sur les vergers, 3\u00a0mars 2027" in subject


async def test_calendars_follow_what_is_told_by_mail(workspace: Workspace) -> None:
    made = workspace.database.write(MORGAN, meetings.schedule, FORM)
    await soon(workspace)
    letter, method, event = newest(workspace)
    assert method == "REQUEST"
    assert event["SUMMARY"].startswith("Greffes" if letter.language == "fr" else "Grafting")
    assert str(event["ATTENDEE"]) == f"mailto:{ELLIS}"
    assert str(event["ORGANIZER"]) == "mailto:alix.beletang@demonstration.example", "of the secretariat"
    assert event["LOCATION"] == FORM.link
    assert FORM.link in letter.text
    assert ("Durée : 1\u00a0heure".replace(" :", "\u00a0:") if letter.language == "fr" else "Length: 1 hour") in letter.text
    assert letter.subject == "Invitation: Grafting, March 3, 2027 / Invitation\u00a0: Greffes, 3\u00a0mars 2027", "no language is known"
    moved = workspace.database.write(MORGAN, meetings.change, made.id, replace(FORM, day=date(2027, 3, 4)), shown=made.revision)
    await soon(workspace)
    subject = newest(workspace)[0].subject
    assert subject == "Moved: Grafting, March 4, 2027 / Déplacement\u00a0: Greffes, 4\u00a0mars 2027", "nothing is cut from it"
    workspace.database.write(MORGAN, meetings.cancel, made.id, Bilingual("Frost", "Gel"), shown=moved.revision)
    await soon(workspace)
    _, method, gone = newest(workspace)
    assert (method, gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", event["UID"])
    assert gone["SEQUENCE"] > event["SEQUENCE"]


async def test_a_button_gives_the_file_to_whoever_is_in_slack(workspace: Workspace) -> None:
    shown = await arranges(workspace.user("morgan-fernhill"), "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    assert "Add to my calendar" in shown.buttons
    wanted = [f"{path}{only(workspace).id}{end}" for path, end in (("meetings/", ""), ("meetings/", ".ics"))] + [
        "calendars/all.ics",
        "meetings",
    ]
    kinds = []
    async with aiohttp.ClientSession() as browser:
        for each in wanted:
            async with browser.get(f"{workspace.sandbox.address}/{each}") as given:
                assert given.status == 200, each
                kinds.append(given.content_type)
    assert kinds == ["text/html", "text/calendar", "text/calendar", "text/html"]
