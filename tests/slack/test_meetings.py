"""Meetings as people arrange and answer them in Slack, each in their own time and language."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.meetings import actions
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR
from cadre.meetings import service as meetings
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm
from cadre.people.models import Person, Role
from tests.conftest import both_databases
from tests.notices.scenarios import JORDAN, does, is_now, printed, puts_off
from tests.slack import meetings as world
from tests.slack.meetings import MORGAN, ORCHARDS, arranges, coming, invitation, only, told
from tests.slack.minuted import offered
from tests.workspace import Workspace

workspace = world.workspace


@both_databases
async def test_a_lead_arranges_a_teleconference_by_a_sentence(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    window = await morgan.window()
    assert "For those who are invited, this is Wednesday, March 3, 2027:" in window.text
    assert "2:00\u00a0p.m. (Toronto, UTC−5): Dominique Beaumarais" in window.text
    assert "3:30\u00a0p.m. (St. John's, UTC−3:30): Maxime Grandchêne and Casey Larkfield" in window.text
    await morgan.submits(link="https://meet.example.org/orchards", joining="Code 1234")
    made = only(workspace)
    assert (made.facts.group, made.facts.starts_at) == (ORCHARDS, datetime(2027, 3, 3, 19, tzinfo=UTC))
    shown = await morgan.window()
    assert "Invited: " in shown.text
    assert "https://meet.example.org/orchards" in shown.text


async def test_what_a_sentence_leaves_open_is_asked_and_never_guessed(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards 03/04 at 2 pm")
    window = await morgan.window()
    assert "choose it below: Thursday, March 4, 2027; or Saturday, April 3, 2027" in window.text
    answered = await morgan.submits()
    assert "day" in answered["errors"]
    await workspace.secretariat().commands("meet tomorrow at 2 pm")
    assert "Nobody is confirmed" not in (await workspace.secretariat().window()).text, "no group is chosen yet"
    await morgan.submits(day="2027-03-04")
    assert "(Toronto, UTC−5)" in (await morgan.window()).text, "the new time is shown before anybody is invited"
    assert coming(workspace) == ()
    await morgan.submits()
    assert only(workspace).facts.at == time(14)


async def test_a_french_speaking_secretariat_arranges_one_and_people_read_it_in_their_own_time_and_language(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    await alix.commands("réunion groupe de travail de démonstration sur les vergers mardi prochain à 14 h heure de Toronto")
    window = await alix.window()
    assert printed("Pour les personnes invitées, c'est le mardi 12 janvier 2027 :") in window.text
    assert {"Heure de Whitehorse", "Heure d'Halifax"} <= set(re.findall(r"Heure d[^\"]+(?=\")", json.dumps(window.raw, ensure_ascii=False)))
    await alix.submits(title_fr="Mèches", title_en="Wicks")
    await workspace.quiet()
    assert "Alix Belétang invites you: Wicks" in await told(workspace.user("morgan-fernhill"))


async def test_one_click_answers_and_everybody_sees_who_comes(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await arranges(workspace.secretariat(), "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    message = await invitation(morgan)
    file = next(each["url"] for block in message["blocks"] for each in block.get("elements", ()) if "url" in each)
    assert "METHOD:REQUEST" in (await workspace.client.get(file)).text, "a link of one's own leads to the calendar file"
    await morgan.clicks("Accept", message)
    assert "Your answer: accepted" in (await morgan.again(message)).text
    assert only(workspace).counts.accepted == 1


async def test_whoever_is_named_to_come_in_somebodys_place_refuses_or_agrees_with_one_click(workspace: Workspace) -> None:
    morgan, casey = workspace.user("morgan-fernhill"), workspace.user("casey-larkfield")
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 3), at=time(14), invited=("morgan-fernhill",))
    made = does(workspace, JORDAN, meetings.schedule, form)
    for answer in ("I cannot", "I come in their place"):
        does(workspace, MORGAN, meetings.respond, made.id, Rsvp("declined", stands_in="casey-larkfield"))
        await workspace.until(timedelta(minutes=1))
        assert "Morgan Fernhill asks you to come in their place" in await told(casey)
        assert only(workspace).counts.coming == 0, "they have not agreed yet"
        await casey.clicks(answer, await casey.last_dm())
        await workspace.until(timedelta(minutes=1))
        if answer == "I cannot":
            assert "Casey Larkfield cannot come in your place" in await told(morgan)
            assert "Somebody comes in my place" in (await morgan.last_dm()).buttons
            assert only(workspace).counts.coming == 0
            assert (await casey.last_dm()).headline.startswith("You are not to come in place of Morgan Fernhill: ")
            assert (await casey.last_dm()).buttons == ["Open"]
    assert (await casey.last_dm()).headline.startswith("You come in place of Morgan Fernhill: ")
    await casey.clicks("Open", await casey.last_dm())
    assert "Morgan Fernhill (needed): declined; Casey Larkfield comes in their place" in (await casey.window()).text
    assert "1 comes in somebody's place" in (await casey.window()).text
    assert "Whether there is a quorum is not known" in (await casey.window()).text


async def test_a_meeting_in_person_of_a_month_and_what_those_who_come_need(workspace: Workspace) -> None:
    jordan, morgan = workspace.secretariat(), workspace.user("morgan-fernhill")
    await jordan.commands("meetings")
    await jordan.clicks("New in-person meeting", await jordan.window())
    window = await jordan.window()
    assert "June 2027" in str(window.element("meetings.field") and window.raw)
    typed = {"title_en": "Spring", "title_fr": "Printemps", "results_en": "A map\nA list", "results_fr": "Une carte"}
    await jordan.submits(window, group=ORCHARDS, month="2027-06", **typed)
    await workspace.until(timedelta(minutes=1))
    shown = await jordan.window()
    assert "Expected results:\n• A map\n• A list" in shown.text
    await morgan.clicks("Register", await invitation(morgan))
    await morgan.submits(answer="accepted", diet="No nuts", access="Step-free", interpretation="yes")
    await jordan.clicks("Record an answer", shown)
    await jordan.submits(person="morgan-fernhill", answer="tentative", way="phone", diet="No eggs", said_by="her office")
    shown = await jordan.window()
    for line in (
        "Attending (0): nobody",
        "Tentative (1): Morgan Fernhill",
        "Dietary needs (1): No eggs (Morgan Fernhill)",
        "Accessibility needs (1): Step-free (Morgan Fernhill)",
        "Interpretation (1): Morgan Fernhill",
    ):
        assert line in shown.text
    assert "Accessibility: Step-free" in shown.text
    assert "recorded by Jordan Wrenwood (by telephone, told by her office)" in shown.text
    await workspace.until(timedelta(minutes=1))
    assert "recorded your answer (accepted tentatively; by telephone, told by her office)" in await told(morgan)
    made = only(workspace)
    fixed = MeetingForm(ORCHARDS, "in_person", "Spring", "Printemps", day=date(2027, 6, 9), at=time(9), results_en="A map\nA list")
    does(workspace, JORDAN, meetings.change, made.id, replace(fixed, results_fr="Une carte"), shown=made.revision)
    await jordan.clicks("Here", await offered(jordan, actions.OPEN, made.id))
    assert "Tentative (0): nobody" in (await jordan.window()).text, "the day is another: they are asked again"
    assert "Dietary needs (1): No eggs (Morgan Fernhill)" in (await jordan.window()).text, "what they need stays"
    maxime = workspace.user("maxime-grandchene")
    (asked,) = (each for each in await maxime.sees() if "vous invite" in each.text)
    assert printed("Résultats attendus :\n• Une carte\n• A list (en anglais seulement)") in asked.text


async def test_of_a_month_alone_people_are_told_eight_weeks_before_it_begins_that_the_days_are_open(workspace: Workspace) -> None:
    form = MeetingForm(ORCHARDS, "in_person", "Spring", "Printemps", month=PartialDate.parse("2027-06"))
    does(workspace, JORDAN, meetings.schedule, form)
    is_now(workspace, "2027-04-05T11:00")
    await workspace.until("2027-04-05T16:00")
    told_so = " ".join([each.text for each in await workspace.user("morgan-fernhill").sees()])
    assert "Ahead of you: Spring (Demonstration Orchards Working Group), June 2027. The days are not fixed yet." in told_so


async def test_whoever_is_second_to_move_a_meeting_sees_what_the_first_did(workspace: Workspace) -> None:
    morgan, jordan = workspace.user("morgan-fernhill"), workspace.secretariat()
    await arranges(jordan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    await morgan.clicks("Open", await invitation(morgan))
    for member in (morgan, jordan):
        await member.clicks("Change or move", await member.window())
    await morgan.submits(at="15:00")
    await morgan.submits()
    await jordan.submits(at="16:00")
    await jordan.submits()
    window = await jordan.window()
    assert "Morgan Fernhill changed this meeting meanwhile" in window.text
    assert "Changed: time." in window.text
    assert only(workspace).facts.at == time(15)
    await jordan.submits()
    assert only(workspace).facts.at == time(16)


async def test_of_a_series_that_is_moved_from_one_meeting_on_it_is_said_when_it_was_before(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await arranges(morgan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time", repeat="week:1", until="2027-03-24")
    await morgan.submits()
    second = coming(workspace)[1]
    await morgan.clicks("Here", await offered(morgan, actions.OPEN, second.id))
    await morgan.clicks("Change or move", await morgan.window())
    await morgan.submits(at="15:00", scope="onwards")
    await morgan.submits()
    await workspace.until(timedelta(minutes=1))
    last = await told(workspace.user("dominique-beaumarais"))
    assert printed("Série déplacée par Morgan Fernhill à partir de cette réunion :") in last
    assert "le mercredi 10\u00a0mars 2027 à 14\u00a0h (Toronto, UTC−5)." in last.partition("Auparavant")[2]
    assert [each.facts.at for each in coming(workspace)] == [time(14), *[time(15)] * 3]


async def test_a_cancelled_meeting_is_told_once_with_its_reason(workspace: Workspace) -> None:
    jordan, morgan = workspace.secretariat(), workspace.user("morgan-fernhill")
    await arranges(jordan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    await jordan.clicks("Cancel it", await jordan.window())
    await jordan.submits(reason_en="A storm", reason_fr="Une tempête")
    shown = await jordan.window()
    assert "Cancelled." in shown.text
    assert "Add to my calendar" not in shown.buttons
    assert "have not answered" not in shown.text
    assert "Agenda" not in shown.buttons
    await workspace.quiet()
    last = await told(morgan)
    assert "Jordan Wrenwood cancelled" in last
    assert "A storm" in last


async def test_shortly_before_those_who_accepted_are_told_how_to_join_at_any_hour(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await arranges(
        morgan, "meet Demonstration Orchards, March 3 at 6:30 Toronto time", link="https://meet.example.org/orchards", at="06:30"
    )
    await morgan.submits()
    await morgan.clicks("Accept", await morgan.window())
    await workspace.until("2027-03-03T11:20")
    last = await told(morgan)
    assert "It begins shortly" in last
    assert "https://meet.example.org/orchards" in last


async def test_who_comes_is_told_of_ones_own_meeting_before_others(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await arranges(morgan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    answer = await morgan.asks("who is coming?")
    assert "1 of 6 has accepted" in answer.text, "the Council's own meeting comes sooner"
    await morgan.clicks("Open", answer)
    assert "Demonstration Orchards" in (await morgan.window()).text


async def test_the_demonstration_shows_whether_a_quorum_is_met(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    shown = await arranges(workspace.secretariat(), "meet Demonstration Beehives, March 3 at 2 pm Toronto time")
    assert "The quorum is not met yet: 0 come, and " in shown.text
    assert "Whether there is a quorum is not known" not in shown.text
    shown = await arranges(morgan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    assert "quorum is not met" not in shown.text, "of this group no rule is known"


async def test_whoever_may_not_arrange_meetings_sees_those_that_come(workspace: Workspace) -> None:
    await workspace.user("casey-larkfield").commands("meet")
    assert "Leads, co-chairs and the secretariat arrange meetings." in (await workspace.user("casey-larkfield").window()).text
    await workspace.user("robin-ashgrove").commands("meet Lanterns, March 3 at 2 pm")
    refused = (await workspace.user("robin-ashgrove").window()).text
    assert "You lead a priority (" in refused
    assert ") that no group carries out yet" in refused
    assert "Send it what you typed: “Lanterns, March 3 at 2 pm”" in refused, "nothing typed is lost"


async def test_whose_role_ends_over_the_form_is_refused_and_gets_no_empty_list_of_groups(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards")
    form = await morgan.window()
    does(workspace, OPERATOR, _leaves, "morgan-fernhill")
    await morgan.submits(form, day="2027-03-03", at="14:00")
    shown = await morgan.window()
    assert "Only leads, co-chairs and the secretariat may do this." in shown.text
    assert '"options": []' not in json.dumps(shown.raw)


def _leaves(session: Session, person: str) -> None:
    for held in session.scalars(select(Role).where(Role.person == person)):
        held.until = PartialDate.day(date(2026, 12, 31))


async def test_a_question_about_a_meeting_stays_a_question(workspace: Workspace) -> None:
    answer = await workspace.user("morgan-fernhill").commands("réunion de Charlottetown")
    assert "Charlottetown" in answer.text


async def test_of_three_hundred_who_are_invited_one_more_is_added_and_nobody_is_lost(workspace: Workspace) -> None:
    def crowd(session: Session) -> None:
        for number in range(300):
            session.add(Person(id=f"p{number}", name=f"Person {number:03}"))

    workspace.database.write(OPERATOR, crowd)
    people = tuple(f"p{number}" for number in range(300))
    day, at = date(2027, 3, 3), time(14)
    form = MeetingForm(ORCHARDS, day=day, at=at, invited=(*people, "morgan-fernhill"))
    made = workspace.database.write(JORDAN, meetings.schedule, form)
    morgan = workspace.user("morgan-fernhill")
    await workspace.until("2027-01-11T18:05")
    await morgan.clicks("Open", await invitation(morgan))
    shown = await morgan.window()
    assert "0 of 301 have accepted" in shown.text
    assert "241 more" in shown.text
    await morgan.clicks("Change or move", shown)
    window = await morgan.window()
    assert "Those who are invited already stay invited." in window.text
    await morgan.looks_up("meetings.people", "Avery", window)
    await morgan.submits(invited=["avery-plumridge"])
    await morgan.submits()
    assert workspace.database.read(meetings.meeting, made.id, MORGAN).counts.invited == 302


async def test_an_invitation_comes_when_slack_is_back(workspace: Workspace) -> None:
    jordan, morgan = workspace.secretariat(), workspace.user("morgan-fernhill")
    await workspace.fault("chat.postMessage", "down", times=2)
    await arranges(jordan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    await workspace.until("2027-01-11T19:00")
    assert len([each for each in await morgan.sees() if "invites you" in each.text]) == 1, "once"


async def test_an_answer_after_the_cancellation_is_told_so(workspace: Workspace) -> None:
    morgan, jordan = workspace.user("morgan-fernhill"), workspace.secretariat()
    await arranges(jordan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    message = await invitation(morgan)
    made = only(workspace)
    workspace.database.write(JORDAN, meetings.cancel, made.id, None, shown=made.revision)
    await morgan.clicks("Accept", message)
    assert "This meeting is cancelled. Decided by Jordan Wrenwood on " in await told(morgan)
    assert coming(workspace) == ()


async def test_one_subscribes_to_ones_own_calendar_by_a_secret_address_that_another_ends(workspace: Workspace) -> None:
    avery = workspace.user("avery-plumridge")
    await arranges(workspace.secretariat(), "meet Demonstration Orchards, March 3 at 2 pm Toronto time")
    await avery.commands("meetings")
    await avery.clicks("My calendar", await avery.window())
    addresses = []
    for label in ("Make an address", "Another address"):
        await avery.clicks(label, await avery.window())
        found = re.search(r"https?://\S+\.ics", (await avery.window()).text)
        assert found
        addresses.append(urlsplit(found[0]).path)
    answers = [await workspace.client.get(address) for address in addresses]
    assert [each.status_code for each in answers] == [404, 200]
    assert "Demonstration Orchards" in answers[1].text
    await avery.clicks("End the address", await avery.window())
    assert (await workspace.client.get(addresses[1])).status_code == 404


async def test_a_reminder_does_not_come_with_the_invitation_nor_before_its_day(workspace: Workspace) -> None:
    for day in (13, 21, 30):
        form = MeetingForm(ORCHARDS, day=date(2027, 1, day), at=time(14))
        workspace.database.write(MORGAN, meetings.schedule, form)
    await workspace.until("2027-01-11T18:01")
    got = {day: await reminders(workspace, day) for day in ("2027-01-12", "2027-01-14", "2027-01-20", "2027-01-25")}
    casey = workspace.user("casey-larkfield")
    await puts_off(casey, next(each for each in await casey.sees() if each.headline.startswith("In 5 days: ")), "On another day")
    late = await casey.submits(until="2027-02-01")
    assert late["errors"] == {"until": "By then it is over: choose an earlier day."}
    await casey.closes()
    got["2027-01-29"] = await reminders(workspace, "2027-01-29")
    assert [text.split(":")[0] for text in got.pop("2027-01-14")] == ["In 7 days"], "the digest of Monday did not bring it"
    assert [text.split(":")[0] for text in got.pop("2027-01-20")] == ["Tomorrow"]
    assert [text.split(":")[0] for text in got.pop("2027-01-25")] == ["In 5 days"], "a week before is a Saturday: the Monday after it"
    assert [text.split(":")[0] for text in got.pop("2027-01-29")] == ["Tomorrow"]
    assert got == {"2027-01-12": []}, "a day before the first, they have just been invited"
    last = [each for each in await casey.sees() if each.headline.startswith("Tomorrow: ")][-1]
    assert "Remind me later" not in str(last.blocks), "nothing lies between the day before and the meeting"
    await workspace.until("2027-01-31T18:00")
    over = await casey.again(last)
    assert over.headline.startswith("Demonstration Orchards Working Group took place: "), "nothing says tomorrow any more"
    assert over.buttons == []


async def reminders(workspace: Workspace, day: str) -> list[str]:
    """Of what Casey, who is in Newfoundland, got until the evening of a day, the reminders that are new."""
    casey = workspace.user("casey-larkfield")
    before = len(await casey.sees())
    await workspace.until(f"{day}T23:00")
    return [each.text for each in (await casey.sees())[before:] if each["is_bot"] and "Demonstration Orchards" in each.text]


async def test_of_two_who_invite_at_once_neither_takes_out_whom_the_other_added_and_a_field_that_is_emptied_invites_nobody(
    workspace: Workspace,
) -> None:
    morgan, jordan = workspace.user("morgan-fernhill"), workspace.secretariat()
    await arranges(morgan, "meet Demonstration Orchards, March 3 at 2 pm Toronto time", repeat="week:1", until="2027-03-24")
    await morgan.submits()
    made = coming(workspace)[0]
    there = [each.person.id for each in workspace.database.read(meetings.invitees, made.id, JORDAN)]
    for member in (jordan, morgan):
        await member.clicks("Here", await offered(member, actions.OPEN, made.id))
        await member.clicks("Change or move", await member.window())
    for member, other in ((jordan, "camille-clairval"), (morgan, "robin-ashgrove")):
        await member.looks_up("meetings.people", other.partition("-")[0].title(), await member.window())
        await member.submits(invited=[*there, other], scope="onwards")
        assert "Nothing is stored yet." in (await member.window()).text, "what it means for all of them is shown first"
        await member.submits()
    assert "Jordan Wrenwood changed this meeting meanwhile" in (await morgan.window()).text
    await morgan.submits()
    assert {each.counts.invited for each in coming(workspace)} == {len(there) + 2}
    await morgan.clicks("Here", await offered(morgan, actions.OPEN, made.id))
    await morgan.clicks("Change or move", await morgan.window())
    await morgan.submits(invited=[])
    await morgan.submits()
    assert coming(workspace)[0].counts.invited == 0
