"""How what is said of meetings reads: no sentence that is cut, counts somebody too many, or says what is not so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.meetings import actions, prep_actions
from cadre.core.dates import PartialDate
from cadre.core.reader import Actor
from cadre.meetings import outcomes, polling
from cadre.meetings import service as meetings
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm
from tests.notices.scenarios import JORDAN, does, is_now, printed
from tests.slack import meetings as world
from tests.slack.meetings import MORGAN, ORCHARDS, arranges
from tests.slack.minuted import AFTER, arranged, chooses, item, maxime, morgan, offered, opens
from tests.slack.polls import FORM, asked
from tests.workspace import Workspace

workspace = world.workspace
ELLIS = "ellis.marshgrove@demonstration.example"


async def test_what_is_missing_of_an_item_is_a_sentence(workspace: Workspace) -> None:
    meeting, chair, casey = arranged(workspace), morgan(workspace), workspace.user("casey-larkfield")
    papers = {"paper_fr": "https://papers.example.org/gel", "needs_paper": True}
    one = item(workspace, meeting, title_fr="", owner="casey-larkfield", **papers)
    await chooses(chair, await opens(chair, prep_actions.AGENDA, meeting), prep_actions.ASK, str(one.id))
    (told,) = (each for each in await casey.sees() if "asks you for what is missing" in each.text)
    assert told.headline.endswith(": still missing: the title in French and the paper in English.")


async def test_days_that_are_fixed_were_not_moved(workspace: Workspace) -> None:
    form = MeetingForm(ORCHARDS, "in_person", "Spring", "Printemps", month=PartialDate.parse("2027-05"))
    made = does(workspace, JORDAN, meetings.schedule, form)
    fixed = replace(form, month=None, day=date(2027, 5, 11), at=time(9), zone="America/Toronto")
    does(workspace, JORDAN, meetings.change, made.id, fixed, shown=0)
    await workspace.until(timedelta(minutes=1))
    said = [each.headline for each in await morgan(workspace).sees()]
    assert [each for each in said if each.startswith("The days are fixed: Spring (Demonstration Orchards Working Group), ")]
    assert [
        each.headline for each in await maxime(workspace).sees() if each.headline.startswith(printed("Les dates sont fixées : Printemps ("))
    ]
    assert [each for each in said if "moved" in each] == []
    does(workspace, JORDAN, meetings.change, made.id, replace(fixed, day=date(2027, 5, 12)), shown=1)
    await workspace.until(timedelta(minutes=1))
    assert [each.headline for each in await morgan(workspace).sees() if "moved Spring" in each.headline]


async def test_of_a_poll_it_is_said_who_is_needed_and_cannot(workspace: Workspace) -> None:
    alix, poll = workspace.user("alix-beletang"), await asked(workspace)
    does(workspace, MORGAN, polling.answer_slot, poll.slots[0].id, "no")
    await alix.clicks(actions.POLL, await offered(alix, actions.POLL, str(poll.id)))
    told = (await alix.window()).text
    assert printed("Attention! Morgan Fernhill, dont la présence est requise, n'est pas disponible.") in told
    jordan = workspace.secretariat()
    await jordan.clicks(actions.POLL, await offered(jordan, actions.POLL, str(poll.id)))
    assert "Please note: Morgan Fernhill is needed, and cannot come." in (await jordan.window()).text


async def test_whoever_cancels_or_closes_is_not_counted_among_those_who_are_told(workspace: Workspace) -> None:
    chair = morgan(workspace)
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 3), at=time(14), invited=("morgan-fernhill", "casey-larkfield", "maxime-grandchene"))
    made = does(workspace, JORDAN, meetings.schedule, form)
    await chair.clicks(actions.CANCEL, await offered(chair, actions.CANCEL, made.id))
    assert "2 people who are invited are told." in (await chair.window()).text
    does(workspace, Actor("Casey Larkfield", "casey-larkfield"), meetings.respond, made.id, Rsvp("declined", stands_in="robin-ashgrove"))
    await chair.clicks(actions.CANCEL, await offered(chair, actions.CANCEL, made.id))
    assert "3 people who are invited are told." in (await chair.window()).text, "who stands in hears of it too"
    poll = await asked(workspace, replace(FORM, invited=("morgan-fernhill", "casey-larkfield")))
    await chair.clicks(actions.POLL_CLOSE, await offered(chair, actions.POLL_CLOSE, str(poll.id)))
    assert "1 person who was asked is told." in (await chair.window()).text


async def test_a_text_that_is_missing_in_both_languages_is_asked_for_in_the_first_field(workspace: Workspace) -> None:
    alix, chair, meeting = workspace.user("alix-beletang"), morgan(workspace), arranged(workspace)
    await alix.clicks("Ajouter un point", await opens(alix, prep_actions.AGENDA, meeting))
    assert set((await alix.submits())["errors"]) == {"title_fr"}
    await chair.clicks("Add an item", await opens(chair, prep_actions.AGENDA, meeting))
    assert set((await chair.submits())["errors"]) == {"title_en"}
    is_now(workspace, AFTER)
    await alix.clicks("Here", await offered(alix, prep_actions.DECIDE, meeting))
    assert set((await alix.submits())["errors"]) == {"wording_fr"}


async def test_a_title_in_the_other_language_and_its_group_stand_in_one_bracket(workspace: Workspace) -> None:
    does(workspace, MORGAN, meetings.schedule, MeetingForm(ORCHARDS, day=date(2027, 3, 3), at=time(14), title_en="Hive check"))
    poll = replace(FORM, title_en="Hive poll", title_fr="")
    await asked(workspace, poll)
    group = "Groupe de travail de démonstration sur les vergers"
    said = " ".join(each.text for each in await maxime(workspace).sees())
    assert f"Hive check ({group}; en anglais seulement)" in said
    assert f"Hive poll ({group}; en anglais seulement)" in said
    assert "seulement) (" not in said


async def test_what_others_see_of_a_registration_is_said(workspace: Workspace) -> None:
    form = MeetingForm(ORCHARDS, "in_person", "Spring", "Printemps", day=date(2027, 5, 11), at=time(9))
    made = does(workspace, JORDAN, meetings.schedule, form)
    chair = morgan(workspace)
    await chair.clicks(actions.REGISTER, await offered(chair, actions.REGISTER, made.id))
    shown = (await chair.window()).text
    assert "Those who are invited see your answer; only whoever arranges the meeting sees what you need." in shown


async def test_the_answers_are_those_of_a_calendar(workspace: Workspace) -> None:
    shown = await arranges(morgan(workspace), "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    assert {"Accept", "Tentative", "Decline"} <= set(shown.buttons)


async def test_subjects_of_letters_about_polls_and_actions_are_not_cut(workspace: Workspace) -> None:
    def subject() -> str:
        return workspace.sandbox.mailbox.of(ELLIS)[-1].letter.subject

    long = "Recommended approach to the demonstration of everything that there is"
    await asked(workspace, replace(FORM, title_en=long, title_fr=long, invited=("ellis-marshgrove", "morgan-fernhill")))
    assert subject().split(" / ") == [
        f"When you can meet: {long}",
        f"Vos disponibilités\u00a0: {long}",
    ], "in both languages, for which of them Ellis reads is not known"
    meeting = arranged(workspace)
    is_now(workspace, AFTER)
    does(workspace, MORGAN, outcomes.agree, meeting, long, long, owner="ellis-marshgrove", due=date(2027, 2, 10))
    await workspace.until(timedelta(minutes=1))
    assert subject().split(" / ") == [
        f"Action: {long}, due February 10, 2027",
        f"Mesure de suivi\u00a0: {long}, pour le 10\u00a0février 2027",
    ]
