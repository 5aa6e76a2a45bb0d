"""The review before a meeting in person, as those who are asked and the secretariat hold it in Slack."""

from __future__ import annotations

from typing import Any, Final

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import review, review_reading
from cadre.framework.review_facts import PACKET, View
from cadre.groups.models import Group
from cadre.meetings.inviting import Rsvp, respond
from cadre.meetings.models import Invitee, Meeting
from cadre.notices.models import Notice
from cadre.notices.service import choose
from cadre.people.standing import fact
from tests.notices.scenarios import JORDAN, is_now
from tests.slack.calls import soon
from tests.workspace import Member, Shown, Workspace

MEETING: Final = "demo-coming"
"""In person, two days after."""
MORGAN: Final = Actor("Morgan Fernhill", "morgan-fernhill")
ROLE: Final = "demo-beehives.charlie-oakmere"


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    await busy.start_over(begin)
    return busy


async def begin(workspace: Workspace) -> None:
    """Those who lead something are invited; nobody has answered."""
    is_now(workspace, "2027-01-11T18:00")

    def invite(session: Session) -> None:
        session.add_all(Invitee(meeting=MEETING, person=each, answer="") for each in ("morgan-fernhill", "robin-ashgrove"))

    workspace.database.write(OPERATOR, invite)


async def opened(workspace: Workspace) -> int:
    found = workspace.database.write(JORDAN, review.open_, MEETING)
    await soon(workspace)
    return found.id


def stands(workspace: Workspace, id_: int) -> View:
    return workspace.database.read(review_reading.coverage, id_, JORDAN)


def states(workspace: Workspace, id_: int) -> dict[str, str]:
    return {f"{line.kind} {line.subject}": line.state for line in stands(workspace, id_).lines}


async def packet(member: Member) -> Shown:
    return next(each for each in reversed(await member.sees()) if each.headline.startswith(("Review before", "Examen avant")))


# -- opening


async def test_the_secretariat_sees_who_is_asked_what_before_it_opens_the_review(workspace: Workspace) -> None:
    jordan = workspace.user("jordan-wrenwood")
    await jordan.commands("review")
    await jordan.clicks("See who is asked what", await jordan.window())
    preview = (await jordan.window()).text
    assert "Who is asked what" in str((await jordan.window()).get("title"))
    assert "Morgan Fernhill" in preview
    assert "Demonstration Beehives Working Group: Member: Charlie Oakmere" in preview
    assert "Nobody is confirmed to lead these, so nobody is asked: Demonstration Toboggans" in preview
    await jordan.submits()
    assert "The review is open." in (await jordan.window()).text
    await soon(workspace)
    assert "things are asked of you" in (await packet(workspace.user("morgan-fernhill"))).headline


async def test_each_is_sent_one_packet_in_their_language_with_what_is_theirs_alone(workspace: Workspace) -> None:
    await opened(workspace)
    sent = [await packet(workspace.user(each)) for each in ("morgan-fernhill", "camille-clairval")]
    assert "Demonstration Beehives Working Group: 1 fact to confirm" in sent[0].text
    assert "Do you come to the meeting?" in sent[0].text
    assert "Canoes" not in sent[0].text
    assert "Examen avant la réunion\u00a0: Havre-des-Érables, démonstration (13\u00a0janvier 2027). 2\u00a0éléments" in sent[1].headline
    assert "votre diapositive" in sent[1].text
    assert "Venez-vous" not in sent[1].text, "nobody invited her"


# -- answers


async def test_a_fact_is_said_to_be_right_and_confirmed_by_the_secretariat_with_one_click(workspace: Workspace) -> None:
    id_, morgan, jordan = await opened(workspace), workspace.user("morgan-fernhill"), workspace.user("jordan-wrenwood")
    await morgan.clicks("Look at them", await packet(morgan))
    await morgan.clicks("It is right", await morgan.window())
    assert "✓ Morgan Fernhill says that it is right." in (await morgan.window()).text
    held = workspace.database.read(fact, "role", ROLE)
    assert held is None or held.standing != "confirmed", "a lead's word is no confirmation"
    await jordan.commands("review")
    await jordan.clicks("Confirm 1 fact said to be right", await jordan.window())
    assert "1 fact is confirmed." in (await jordan.window()).text
    held = workspace.database.read(fact, "role", ROLE)
    assert held is not None
    assert (held.standing, (held.confirmed_by or "").split(" (")[0]) == ("confirmed", "Jordan Wrenwood")
    assert states(workspace, id_)["fact group:demo-beehives"] == "right"


async def test_what_is_not_right_goes_to_the_secretariat(workspace: Workspace) -> None:
    id_, morgan, jordan = await opened(workspace), workspace.user("morgan-fernhill"), workspace.user("jordan-wrenwood")
    await morgan.clicks("Look at them", await packet(morgan))
    await morgan.clicks("It is not right", await morgan.window())
    await morgan.submits(text="Charlie left for the canoes.")
    await soon(workspace)
    told = await jordan.last_dm()
    assert "Morgan Fernhill says that it is not right: “Charlie left for the canoes.”" in told.headline
    await jordan.clicks("It is seen to", told)
    (line,) = (line for line in stands(workspace, id_).lines if line.key.startswith("role/demo-beehives"))
    assert (line.state, line.settled_by) == ("wrong", "Jordan Wrenwood")


async def test_a_slide_is_written_in_one_language_and_is_done_for_the_co_chair_too(workspace: Workspace) -> None:
    await opened(workspace)
    morgan, dominique = workspace.user("morgan-fernhill"), workspace.user("dominique-beaumarais")
    theirs = await packet(morgan)
    rows = [each for each in theirs.blocks if "Orchards" in str(each.get("text")) and "slide" in str(each.get("text"))]
    await morgan.clicks(rows[0]["accessory"]["action_id"], theirs)
    await morgan.submits(slide_en="Two orchards stand.", slide_fr="")
    await soon(workspace)
    found = workspace.database.read(review.slides, MEETING)
    assert {subject: text.en for subject, text in found.items()} == {"group:demo-orchards": "Two orchards stand."}
    assert "Texte de Morgan Fernhill\u00a0: «\u00a0Two orchards stand." in (await packet(dominique)).text
    assert "wrote: “Two orchards stand.”" in (await packet(morgan)).text


async def test_whether_one_comes_is_answered_in_the_packet_and_in_the_invitation_alike(workspace: Workspace) -> None:
    id_, morgan = await opened(workspace), workspace.user("morgan-fernhill")
    await morgan.clicks("I come", await packet(morgan))
    assert states(workspace, id_)["attendance person:morgan-fernhill"] == "accepted"
    await soon(workspace)
    answered = await packet(morgan)
    assert "✓ Attendance: accepted." in answered.text
    await morgan.clicks("Change", answered)
    await morgan.clicks("I do not come", await morgan.window())
    assert "✓ Attendance: declined." in (await morgan.window()).text
    assert states(workspace, id_)["attendance person:morgan-fernhill"] == "declined"


async def test_what_is_answered_elsewhere_is_told_in_the_packet_as_done(workspace: Workspace) -> None:
    await opened(workspace)
    morgan = workspace.user("morgan-fernhill")
    assert "Do you come to the meeting?" in (await packet(morgan)).text
    workspace.database.write(MORGAN, respond, MEETING, Rsvp("accepted"))
    await soon(workspace)
    assert "Do you come to the meeting?" not in (await packet(morgan)).text
    assert "✓ Attendance: accepted." in (await packet(morgan)).text


async def test_the_secretariat_answers_for_somebody_on_the_phone(workspace: Workspace) -> None:
    id_, jordan, robin = await opened(workspace), workspace.user("jordan-wrenwood"), workspace.user("robin-ashgrove")
    window = await _person(jordan, "Robin Ashgrove")
    assert "Robin Ashgrove told you by phone" in window.text
    await jordan.clicks("I do not come", window)
    await jordan.clicks("Write", await jordan.window())
    await jordan.submits(slide_en="Lamps.", slide_fr="Lampes.")
    lines = {line.kind: line for line in stands(workspace, id_).of("robin-ashgrove")}
    assert (lines["attendance"].state, lines["slide"].recorded_by, lines["slide"].who) == ("declined", "Jordan Wrenwood", "Robin Ashgrove")
    await soon(workspace)
    assert any("Jordan Wrenwood recorded an answer for you" in each.headline for each in await robin.sees())


async def _person(officer: Member, name: str) -> Shown:
    await officer.commands("review")
    window = await officer.window()
    row = next(each for each in window.blocks if name in str(each.get("text")) and "accessory" in each)
    await officer.clicks(row["accessory"]["action_id"], window)
    return await officer.window()


async def test_a_slide_of_two_co_chairs_is_told_as_that_of_both(workspace: Workspace) -> None:
    await opened(workspace)
    for who, texts in (
        ("morgan-fernhill", ("Two orchards stand.", "")),
        ("dominique-beaumarais", ("Two orchards stand.", "Deux vergers.")),
    ):
        await _writes_of_orchards(workspace.user(who), *texts)
        await soon(workspace)
    assert "Morgan Fernhill and Dominique Beaumarais wrote: “Two orchards stand.”" in (await packet(workspace.user("morgan-fernhill"))).text
    theirs = (await packet(workspace.user("dominique-beaumarais"))).text
    assert "Texte de Morgan Fernhill et de Dominique Beaumarais\u00a0: «\u00a0Deux vergers." in theirs


async def _writes_of_orchards(member: Member, english: str, french: str) -> None:
    theirs = await packet(member)
    row = next(each for each in theirs.blocks if "accessory" in each and _is_slide_of_orchards(each))
    await member.clicks(row["accessory"]["action_id"], theirs)
    await member.submits(slide_en=english, slide_fr=french)


def _is_slide_of_orchards(block: dict[str, Any]) -> bool:
    told = str(block.get("text"))
    return ("Orchards" in told or "ergers" in told) and block["accessory"]["action_id"].startswith("review.slide")


# -- reminders, coverage, closing


async def test_on_a_sunday_nobody_is_said_to_have_been_told(workspace: Workspace) -> None:
    is_now(workspace, "2027-01-10T18:00")
    jordan = workspace.user("jordan-wrenwood")
    await jordan.commands("review")
    await jordan.clicks("See who is asked what", await jordan.window())
    assert "Each is told in their working hours" in (await jordan.window()).text
    await jordan.submits()
    assert "Each who is asked something is told in their working hours." in (await jordan.window()).text
    await jordan.clicks("Remind now", await jordan.window())
    assert "Nobody has had the message yet" in (await jordan.window()).text


async def test_what_is_not_right_is_warned_of_before_the_closing_and_can_be_seen_to_after_it(workspace: Workspace) -> None:
    id_, morgan, jordan = await opened(workspace), workspace.user("morgan-fernhill"), workspace.user("jordan-wrenwood")
    await morgan.clicks("I come", await packet(morgan))
    await morgan.clicks("Look at them", await packet(morgan))
    await morgan.clicks("It is not right", await morgan.window())
    await morgan.submits(text="Charlie left for the canoes.")
    await soon(workspace)
    objection = await jordan.last_dm()
    await jordan.commands("review")
    await jordan.clicks("Close the review", await jordan.window())
    assert "Said not to be right, and not seen to yet" in (await jordan.window()).text
    await jordan.submits()
    closed = await jordan.window()
    assert "says that it is not right: “Charlie left for the canoes.”" in closed.text
    assert "Attendance: accepted." in closed.text
    assert "had not answered everything." in closed.text
    await jordan.clicks("It is seen to", await jordan.again(objection))
    (line,) = (line for line in stands(workspace, id_).lines if line.key.startswith("role/demo-beehives"))
    assert (line.state, line.settled_by) == ("wrong", "Jordan Wrenwood")


async def test_a_meeting_that_moves_asks_again_for_attendance(workspace: Workspace) -> None:
    await opened(workspace)

    def later(session: Session) -> None:
        session.get_one(Meeting, MEETING).held = PartialDate.parse("2027-01-14")

    workspace.database.write(OPERATOR, later)
    await soon(workspace)
    told = [each.headline for each in await workspace.user("morgan-fernhill").sees()]
    assert any("The meeting has another day" in each and "Answer again for your attendance." in each for each in told)


async def test_those_who_are_silent_are_asked_again_once_a_day(workspace: Workspace) -> None:
    await opened(workspace)
    jordan, morgan = workspace.user("jordan-wrenwood"), workspace.user("morgan-fernhill")
    await jordan.commands("review")
    await jordan.clicks("Remind now", await jordan.window())
    assert "All of them were asked today already." in (await jordan.window()).text
    await workspace.until("2027-01-12T18:00")
    await jordan.clicks("Remind now", await jordan.window())
    assert "people are asked again, in their working hours." in (await jordan.window()).text
    await soon(workspace)
    asked = [each for each in await morgan.sees() if "Jordan Wrenwood asks you again." in each.headline]
    assert len(asked) == 1
    assert "Look at them" in asked[0].buttons


async def test_it_is_closed_with_its_snapshot_told_to_all_and_stays_as_it_was(workspace: Workspace) -> None:
    id_, jordan, morgan = await opened(workspace), workspace.user("jordan-wrenwood"), workspace.user("morgan-fernhill")
    theirs = await packet(morgan)
    await morgan.clicks("Look at them", theirs)
    before_closing = await morgan.window()
    await jordan.commands("review")
    await jordan.clicks("Close the review", await jordan.window())
    assert "This stays open:" in (await jordan.window()).text
    await jordan.submits()
    assert "was closed on January 11, 2027 by Jordan Wrenwood" in (await jordan.window()).text
    await soon(workspace)
    told = (await morgan.last_dm()).headline
    assert "things stayed open." in told
    assert "of the framework was taken with it." in told
    assert (await morgan.again(theirs)).buttons == []
    before = stands(workspace, id_)
    workspace.database.write(OPERATOR, _renamed)
    assert stands(workspace, id_).lines == before.lines
    await morgan.clicks("It is right", before_closing)
    assert "This review is closed: what stayed open then was kept as it was." in (await morgan.window()).text


def _renamed(session: Session) -> None:
    row = session.get_one(Group, "demo-orchards")
    row.name = row.name.edited(en="Groves", fr="Bosquets")


async def test_it_closes_by_itself_the_day_after_and_ends_with_a_meeting_that_is_cancelled(workspace: Workspace) -> None:
    id_, morgan = await opened(workspace), workspace.user("morgan-fernhill")
    await workspace.until("2027-01-14T18:00")
    assert stands(workspace, id_).review.state == "closed"
    assert "closed by itself" in (await morgan.last_dm()).headline


async def test_it_ends_with_a_meeting_that_is_cancelled(workspace: Workspace) -> None:
    id_, morgan = await opened(workspace), workspace.user("morgan-fernhill")

    def cancel(session: Session) -> None:
        session.get_one(Meeting, MEETING).state = "cancelled"

    workspace.database.write(OPERATOR, cancel)
    await soon(workspace)
    assert stands(workspace, id_).review.state == "ended"
    assert "the meeting is cancelled" in (await morgan.last_dm()).headline


async def test_nobody_else_sees_it_and_whoever_is_asked_nothing_is_told_so(workspace: Workspace) -> None:
    await opened(workspace)
    stranger = workspace.newcomer()
    assert "Nothing is asked of you" in (await stranger.commands("review")).text
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("examen")
    assert "By person" not in (await morgan.window()).text
    assert "Do you come to the meeting?" in (await morgan.window()).text


async def test_reminders_come_by_the_ladder_to_those_who_are_silent_and_never_twice(workspace: Workspace) -> None:
    def later(session: Session) -> None:
        session.get_one(Meeting, MEETING).held = PartialDate.parse("2027-02-10")

    workspace.database.write(OPERATOR, later)
    await opened(workspace)
    morgan, camille = workspace.user("morgan-fernhill"), workspace.user("camille-clairval")
    await camille.clicks("Rédiger", await packet(camille))
    await camille.submits(slide_en="", slide_fr="Un canot de plus.")
    await workspace.until("2027-02-09T22:00")
    rungs = [row for row in workspace.database.read(_planned, "morgan-fernhill") if row[1] == "sent"]
    assert [rung for rung, _state in rungs] == ["before-14", "before-7", "before-2"]
    assert "Look at them" in (await packet(morgan)).buttons, "the last of them has the buttons"


def _planned(session: Session, person: str) -> list[tuple[str, str]]:
    query = select(Notice.rung, Notice.state).where(Notice.kind == PACKET, Notice.person == person).order_by(Notice.id)
    return [(rung, state) for rung, state in session.execute(query)]


async def test_whoever_reads_letters_gets_everything_in_full_and_answers_by_a_reply(workspace: Workspace) -> None:
    workspace.database.write(MORGAN, choose, rhythm="weekly", opens=540, closes=990, off=(), way="email")
    await opened(workspace)
    letters = [each.letter for each in workspace.sandbox.mailbox.of("morgan.fernhill@demonstration.example")]
    letter = next(each for each in letters if each.subject.startswith("Review before"))
    assert "Demonstration Beehives Working Group: Member: Charlie Oakmere" in " ".join(letter.text.split())
    assert "Do you come to the meeting?" in letter.text
    assert "reply to this e-mail" in letter.text


async def test_app_home_leads_there(workspace: Workspace) -> None:
    jordan, morgan = workspace.user("jordan-wrenwood"), workspace.user("morgan-fernhill")
    assert "All reviews" in (await jordan.home()).buttons
    assert "What is asked of me" not in (await morgan.home()).buttons
    await opened(workspace)
    assert "0 of 15 things is answered." in (await jordan.home()).text or "things are answered." in (await jordan.home()).text
    await morgan.clicks("What is asked of me", await morgan.home())
    assert "Do you come to the meeting?" in (await morgan.window()).text
