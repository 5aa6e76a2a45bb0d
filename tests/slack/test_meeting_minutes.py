"""What came of a meeting, through the front door: attendance, decisions, actions and minutes, in both languages."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from bot.meetings import actions as meeting_actions
from bot.meetings import prep_actions as actions
from cadre.core.reader import Actor, Reader
from cadre.decisions.service import ActionView
from cadre.meetings import agenda, drafting, minutes, outcomes, service
from cadre.meetings.agenda import AgendaView
from tests.conftest import both_databases
from tests.notices.scenarios import does, is_now, printed
from tests.slack import minuted as world
from tests.slack.minuted import AFTER, MORGAN, arranged, chooses, item, maxime, morgan, offered, opens
from tests.workspace import Shown, Workspace

workspace = world.workspace


def held(workspace: Workspace) -> str:
    """A meeting of yesterday, with an item."""
    meeting = arranged(workspace)
    item(workspace, meeting)
    is_now(workspace, AFTER)
    return meeting


def stands(workspace: Workspace, meeting: str) -> AgendaView:
    return workspace.database.read(agenda.agenda, meeting, MORGAN)


def given(workspace: Workspace, meeting: str, **typed: Any) -> ActionView:
    """An action of Maxime's, due on February 10."""
    known = {"owner": "maxime-grandchene", "due": date(2027, 2, 10)} | typed
    return does(workspace, MORGAN, outcomes.agree, meeting, "Send the map", "Envoyer la carte", **known)


async def circulated(workspace: Workspace, meeting: str) -> Shown:
    """The minutes, written and sent: the chair's window."""
    chair = morgan(workspace)
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    await chair.submits(text_en="We met.", text_fr="Nous nous sommes réunis.")
    await chair.clicks("Circulate", await chair.window())
    return await chair.window()


@both_databases
async def test_attendance_decisions_and_actions_are_recorded_from_the_agenda(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    (one,) = stands(workspace, meeting).items
    await chair.clicks("Attendance", await opens(chair, actions.AGENDA, meeting))
    await chair.looks_up(actions.PEOPLE, "", await chair.window())
    await chair.submits(present=["morgan-fernhill", "maxime-grandchene"], quorum="yes")
    assert "Saved: 2 people were there." in (await chair.window()).text
    assert {each.person.id for each in stands(workspace, meeting).invited if each.attended} == {"morgan-fernhill", "maxime-grandchene"}
    await chooses(chair, await chair.window(), actions.DECIDE, f"{meeting}:{one.id}")
    refused = await chair.submits()
    assert "wording_en" in refused["errors"]
    await chair.submits(wording_en="Warn by phone.")
    shown = await chair.window()
    assert "Proposed decision: Warn by phone.\nStill owed in French." in shown.text
    await chooses(chair, shown, actions.AGREE, f"{meeting}:{one.id}")
    form = await chair.window()
    refused = await chair.submits(form, wording_en="Send the map")
    assert set(refused["errors"]) == {"owner", "due"}
    await chair.looks_up(actions.PEOPLE, "maxime", form)
    await chair.submits(form, wording_en="Send the map", wording_fr="Envoyer la carte", owner="maxime-grandchene", due="2027-02-10")
    assert "Send the map (Maxime Grandchêne, by February 10, 2027)" in (await chair.window()).text
    assert printed("Morgan Fernhill a consigné une mesure de suivi à votre nom.") in (await maxime(workspace).last_dm()).headline
    (decided,) = stands(workspace, meeting).decisions
    await chooses(chair, await chair.window(), actions.DECIDE, f"{meeting}:{one.id}:{decided.id}")
    await chair.submits(wording_fr="Prévenir par téléphone.")
    (decided,) = stands(workspace, meeting).decisions
    assert (decided.wording.fr, decided.state, decided.number) == ("Prévenir par téléphone.", "provisional", None)
    for member, provisional in ((chair, True), (workspace.newcomer(), False)):
        await member.commands("meetings")
        await member.clicks("Past meetings", await member.window())
        assert ("Proposed: Warn by phone." in (await member.window()).text) is provisional, "those who were there find it again"


@both_databases
async def test_whoever_is_to_do_something_does_it_with_one_click_and_a_second_click_says_so(workspace: Workspace) -> None:
    meeting = held(workspace)
    given(workspace, meeting)
    await world.soon(workspace)
    owner, told = maxime(workspace), await maxime(workspace).last_dm()
    assert told.buttons[:2] == ["Terminée", "Plus de temps"]
    assert "Abandonner" not in told.buttons, "that is for whoever chairs the group"
    await owner.clicks("Terminée", told)
    (one,) = stands(workspace, meeting).actions
    assert (one.facts.state, one.settled_by) == ("done", "Maxime Grandchêne")
    assert printed("fait : Maxime Grandchêne") in (await owner.again(told)).text
    chair = morgan(workspace)
    await chair.clicks(actions.DROP, await offered(chair, actions.DROP, one.id))
    assert "Maxime Grandchêne settled it on " in (await chair.last_dm()).text


async def test_more_time_is_a_later_day_and_the_chair_hears_of_it(workspace: Workspace) -> None:
    meeting = held(workspace)
    one = given(workspace, meeting)
    await world.soon(workspace)
    owner = maxime(workspace)
    await owner.clicks("Plus de temps", await owner.last_dm())
    refused = await owner.submits(due="2027-02-09")
    assert "postérieur" in refused["errors"]["due"]
    await owner.submits(due="2027-02-24")
    assert printed("Nouvelle échéance : le 24 février 2027.") in (await owner.window()).text
    heard = (await morgan(workspace).last_dm()).text
    assert "Maxime Grandchêne gave an action more time: it was due February 10, 2027." in heard
    stranger = workspace.user("casey-larkfield")
    await stranger.clicks(actions.DONE, await offered(stranger, actions.DONE, one.id))
    assert "Only" in (await stranger.last_dm()).text


async def test_an_action_is_reminded_of_on_its_day_and_after_and_the_chair_hears_when_it_is_late(
    workspace: Workspace,
) -> None:
    meeting = held(workspace)
    given(workspace, meeting)
    await workspace.until("2027-02-10T21:00")
    assert printed("«\u00a0Envoyer la carte\u00a0» est aujourd'hui, le 10 février 2027.") in (await maxime(workspace).last_dm()).text
    assert "Send the map" not in (await morgan(workspace).last_dm()).text
    await workspace.until("2027-02-22T22:00")
    assert "“Send the map” was due February 10, 2027" in (await morgan(workspace).last_dm()).text
    assert "Drop" in (await morgan(workspace).last_dm()).buttons or "More time" in (await morgan(workspace).last_dm()).buttons


async def test_minutes_are_proposed_written_circulated_corrected_and_approved(workspace: Workspace) -> None:
    meeting, chair, member = held(workspace), morgan(workspace), maxime(workspace)
    does(workspace, MORGAN, outcomes.decide, meeting, "Warn by phone.", "Prévenir par téléphone.")
    shown = await opens(chair, actions.MINUTES, meeting)
    assert "Minutes (draft)" in str(shown["title"])
    assert "Proposed decision: Warn by phone." in shown.text
    assert "Circulate" not in shown.buttons
    shown = await circulated(workspace, meeting)
    assert "Draft, circulated" in shown.text
    told = await member.last_dm()
    assert printed("ébauche du procès-verbal, diffusée par Morgan Fernhill.") in told.headline
    assert "Nous nous sommes réunis." in told.text
    await member.clicks("Transmettre une correction", told)
    await member.submits(text="C'était le soir.")
    heard = await chair.last_dm()
    assert "Maxime Grandchêne asks for a correction of the minutes" in heard.headline
    assert "C'était le soir." in heard.text
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    await chair.submits(text_en="We met at night.", text_fr="Nous nous sommes réunis le soir.")
    await chair.clicks("Circulate", await chair.window())
    again = await member.last_dm()
    assert printed("l'ébauche du procès-verbal a été corrigée par Morgan Fernhill.") in again.headline
    assert printed("Ce qui a changé :\n− Nous nous sommes réunis.\n+ Nous nous sommes réunis le soir.") in again.text
    assert "Approved" not in (await chair.window()).buttons, "no later meeting has begun"
    later = arranged(workspace, day=date(2027, 2, 3))
    is_now(workspace, "2027-02-03T20:00")
    await chair.clicks("Approved", await opens(chair, actions.MINUTES, meeting))
    await chair.submits()
    assert workspace.database.read(minutes.minutes, meeting, MORGAN).facts.approved_at == later  # type: ignore[union-attr]  # it is there
    french = await opens(member, actions.MINUTES, meeting)
    assert "Ébauche" not in str(french["title"])
    assert printed("Approuvé à la réunion du 3 février 2027.") in french.text
    assert "Transmettre une correction" not in french.buttons


async def test_a_correction_in_one_language_names_the_other_which_may_stand_and_goes_out_once(workspace: Workspace) -> None:
    meeting, chair, member = held(workspace), morgan(workspace), maxime(workspace)
    await circulated(workspace, meeting)
    before = len(await member.sees())
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    await chair.submits(text_fr="Nous nous sommes réunis le soir.")
    await chair.clicks("Circulate", await chair.window())
    assert "the French text was corrected since the English was written" in (await chair.window()).text
    await chair.clicks("The English stands as it is", await opens(chair, actions.MINUTES, meeting))
    shown = await chair.window()
    assert "The English stands as it is" not in shown.buttons
    await chair.clicks("Circulate", shown)
    assert len(await member.sees()) == before + 1
    assert printed("+ Nous nous sommes réunis le soir.") in (await member.last_dm()).text


async def test_minutes_that_lack_a_decision_as_it_was_recorded_say_so_and_a_wrong_one_is_taken_back(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    does(workspace, MORGAN, outcomes.decide, meeting, "Warn by phone.", "Prévenir par téléphone.")
    (decided,) = stands(workspace, meeting).decisions
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    await chair.submits(text_en="Decision: warn by letter.", text_fr="Décision : prévenir par lettre.")
    shown = await chair.window()
    assert "These minutes do not have this decision as it was recorded: Warn by phone." in shown.text
    await chooses(chair, shown, actions.TAKE_BACK, f"{meeting}::{decided.id}")
    assert set((await chair.submits())["errors"]) == {"why"}
    await chair.submits(why="Nobody decided it.")
    assert "The decision is taken back." in (await chair.window()).text
    assert "as it was recorded" not in (await chair.window()).text
    assert stands(workspace, meeting).decisions == ()
    does(workspace, MORGAN, outcomes.decide, meeting, "warn by letter", "prévenir par lettre")
    assert "as it was recorded" not in (await opens(chair, actions.MINUTES, meeting)).text


async def test_a_meeting_that_is_over_shows_what_came_of_it_and_its_chair_records_it_there(workspace: Workspace) -> None:
    how = {"link": "https://meet.example.org/frost", "joining": "Code 4711"}
    meeting, chair, member = arranged(workspace, **how), morgan(workspace), maxime(workspace)
    is_now(workspace, "2027-01-20T19:30")
    assert "Code 4711" in (await opens(chair, meeting_actions.OPEN, meeting)).text, "it goes on: somebody may still join"
    is_now(workspace, AFTER)
    shown = await opens(chair, meeting_actions.OPEN, meeting)
    assert [each for each in ("meet.example.org", "4711", "not answered", "no answer yet") if each in shown.text] == []
    assert "Who was there is not recorded yet." in shown.text
    await chair.clicks("Attendance", shown)
    await chair.looks_up(actions.PEOPLE, "", await chair.window())
    await chair.submits(present=["morgan-fernhill", "maxime-grandchene"], quorum="yes")
    shown = await chair.window()
    assert "Saved: 2 people were there." in shown.text
    assert "Present: Morgan Fernhill and Maxime Grandchêne\nAbsent: " in shown.text
    assert "There was a quorum, as recorded at it." in shown.text
    await chair.clicks("Record a decision", shown)
    await chair.submits(wording_en="Warn by phone.", wording_fr="Prévenir par téléphone.")
    assert "Proposed: Warn by phone." in (await chair.window()).text
    await chair.clicks("Minutes", await chair.window())
    shown = await chair.window()
    await chair.clicks("Record an action", shown)
    await chair.looks_up(actions.PEOPLE, "maxime", await chair.window())
    given: dict[str, Any] = {
        "wording_en": "Send the map",
        "wording_fr": "Envoyer la carte",
        "owner": "maxime-grandchene",
        "due": "2027-02-10",
    }
    await chair.submits(**given)
    assert "Send the map (Maxime Grandchêne, by February 10, 2027)" in (await chair.window()).text, "the minutes are proposed with it"
    own = (await opens(chair, meeting_actions.OPEN, meeting)).text
    assert "Actions agreed on\n• Send the map (Maxime Grandchêne, by February 10, 2027)" in own
    french = await opens(member, meeting_actions.OPEN, meeting)
    assert printed("Présences :") in french.text
    assert "Présences" not in french.buttons, "whoever does not arrange it records nothing"


async def test_word_of_a_meeting_that_took_place_does_not_say_how_to_join(workspace: Workspace) -> None:
    how = {"link": "https://meet.example.org/frost", "joining": "Code 4711"}
    arranged(workspace, **how)
    await world.soon(workspace)
    told = await maxime(workspace).last_dm()
    assert "4711" in told.text
    await workspace.until("2027-01-22T18:00")
    await world.soon(workspace)
    over = await maxime(workspace).again(told)
    assert [each for each in ("meet.example.org", "4711") if each in over.text] == []


async def test_minutes_that_say_otherwise_who_was_there_ask_the_chair_to_correct_it(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    does(workspace, MORGAN, service.attended, meeting, frozenset({"morgan-fernhill"}))
    proposed = workspace.database.read(minutes.minutes, meeting, MORGAN).text
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    await chair.submits(text_en=proposed.en, text_fr=proposed.fr)
    assert "who was there" not in (await chair.window()).text, "as it was proposed"
    await chair.clicks("Write", await chair.window())
    present = "Present: Morgan Fernhill", "Présences\u00a0: Morgan Fernhill"
    texts = [str(text).replace(line, f"{line} and Avery Plumridge") for text, line in zip((proposed.en, proposed.fr), present, strict=True)]
    await chair.submits(text_en=texts[0], text_fr=texts[1])
    shown = await chair.window()
    assert "These minutes and the recorded attendance differ. Recorded:\nPresent: Morgan Fernhill\nAbsent: " in shown.text
    there = frozenset({"morgan-fernhill", "avery-plumridge"})
    does(workspace, MORGAN, service.attended, meeting, there)
    recorded = "\n".join(drafting.attendance(stands(workspace, meeting).invited, Reader("en_CA")))
    rest = [line for line in texts[0].splitlines() if not line.startswith(("Present", "Absent"))]
    does(workspace, MORGAN, minutes.save, meeting, "\n".join((recorded, *rest)), "Nous étions là.", version=2)
    assert "attendance differ" not in (await opens(chair, actions.MINUTES, meeting)).text


async def test_who_was_there_is_told_as_the_minutes_have_it_and_approving_them_says_that_they_differ(
    workspace: Workspace,
) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    does(workspace, MORGAN, service.attended, meeting, frozenset({"morgan-fernhill"}))
    texts = "Present: Morgan Fernhill and Avery Plumridge", printed("Présences : Morgan Fernhill et Avery Plumridge")
    does(workspace, MORGAN, minutes.save, meeting, *texts, version=0)
    does(workspace, MORGAN, minutes.circulate, meeting)
    later = arranged(workspace, day=date(2027, 2, 3))
    is_now(workspace, "2027-02-03T19:30")
    await chair.clicks("Approved", await opens(chair, actions.MINUTES, meeting))
    asked = await chair.window()
    assert "These minutes and the recorded attendance differ. Recorded:\nPresent: Morgan Fernhill\nAbsent: " in asked.text
    assert "Once they are approved, the minutes are what counts." in asked.text
    does(workspace, MORGAN, minutes.approve, meeting, later)
    assert "Present: Morgan Fernhill and Avery Plumridge" in (await opens(chair, meeting_actions.OPEN, meeting)).text
    assert texts[1] in (await opens(maxime(workspace), meeting_actions.OPEN, meeting)).text


async def test_a_window_that_is_sent_twice_at_once_closes_once(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    form, typed = await chair.window(), {"text_en": "We met.", "text_fr": "Nous nous sommes réunis."}
    twice = (workspace.post("submit", user=chair.id, view_id=form.id, values=typed) for _ in range(2))
    assert [answer.get("failed") for answer in await asyncio.gather(*twice)] == [None, None]


async def test_the_next_agenda_proposes_to_approve_minutes_and_none_are_while_a_correction_waits(workspace: Workspace) -> None:
    meeting, chair, member = held(workspace), morgan(workspace), maxime(workspace)
    await circulated(workspace, meeting)
    later = arranged(workspace, day=date(2027, 2, 3))
    item(workspace, later, title_en="Map")
    shown = await opens(chair, actions.AGENDA, later)
    assert "Proposed, for decision: approve the minutes of January 20, 2027" in shown.text
    assert "Put on the agenda" not in (await opens(member, actions.AGENDA, later)).text
    await chair.clicks("Put on the agenda", shown)
    shown = await chair.window()
    assert "1. Approve the minutes of January 20, 2027 (Frost) (for decision)" in shown.text
    assert "2. Map" in shown.text
    assert "Proposed" not in shown.text
    french = await opens(member, actions.AGENDA, later)
    assert printed("1. Approuver le procès-verbal de la réunion du 20 janvier 2027 (Gel) (pour décision)") in french.text
    await member.clicks("Here", await offered(member, actions.CORRECT, meeting))
    await member.submits(text="C'était le soir.")
    is_now(workspace, "2027-02-03T19:30")
    await chooses(chair, await opens(chair, actions.AGENDA, later), actions.APPROVE, f"{meeting}:{later}")
    refused = await chair.submits()
    assert refused["errors"]["meeting"].startswith("A correction from Maxime Grandchêne waits")
    does(workspace, Actor("Casey Larkfield", "casey-larkfield"), minutes.correct, meeting, "I was there.")
    await chooses(chair, await opens(chair, actions.AGENDA, later), actions.APPROVE, f"{meeting}:{later}")
    assert (await chair.submits())["errors"]["meeting"].startswith("2 corrections wait (Maxime Grandchêne, Casey Larkfield)")
    does(workspace, MORGAN, minutes.set_aside, workspace.database.read(minutes.minutes, meeting, MORGAN).corrections[1].id)
    shown = await opens(chair, actions.MINUTES, meeting)
    assert "C'était le soir." in shown.text
    assert "Approved" not in shown.buttons
    await chair.clicks("Set aside", shown)
    assert printed("a lu votre demande de correction et laisse le procès-verbal tel quel") in (await member.last_dm()).text
    await chooses(chair, await opens(chair, actions.AGENDA, later), actions.APPROVE, f"{meeting}:{later}")
    form = await chair.window()
    await workspace.post("submit", user=chair.id, view_id=form.id, values={})
    assert "These minutes are approved." in (await chair.window()).text, "at once, whatever else is still to be told"
    assert workspace.database.read(minutes.minutes, meeting, MORGAN).facts.approved_at == later  # type: ignore[union-attr]  # it is there
