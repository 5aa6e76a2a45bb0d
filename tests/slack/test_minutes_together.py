"""Minutes and what follows: two at once, much of it, clicks that come twice, and who may not."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from bot.meetings import actions as meeting_actions
from bot.meetings import prep_actions as actions
from cadre.core.reader import Actor
from cadre.decisions import service as decisions
from cadre.meetings import minutes, service
from cadre.meetings.models import Meeting
from cadre.people.models import Person
from tests.conftest import both_databases
from tests.notices.scenarios import does, is_now, printed
from tests.slack import test_meeting_minutes
from tests.slack.minuted import AFTER, MORGAN, arranged, chooses, maxime, morgan, offered, opens
from tests.slack.test_meeting_minutes import circulated, given, held, stands
from tests.workspace import Member, Workspace

workspace = test_meeting_minutes.workspace


@both_databases
async def test_of_two_who_write_minutes_the_second_sees_the_first(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    other = Actor("Dominique Beaumarais", "dominique-beaumarais")
    does(workspace, other, minutes.save, meeting, "They met.", "Ils se sont réunis.", version=0)
    await chair.submits(text_en="We met.", text_fr="Nous nous sommes réunis.")
    form = await chair.window()
    assert "Dominique Beaumarais saved these minutes meanwhile" in form.text
    assert "They met." in form.text
    await chair.submits(form, text_en="We met.", text_fr="Nous nous sommes réunis.")
    facts = workspace.database.read(minutes.minutes, meeting, MORGAN).facts
    assert facts
    assert facts.text
    assert (facts.text.en, facts.version) == ("We met.", 2)


async def test_a_long_text_goes_on_in_the_next_field_and_one_that_is_too_long_is_refused_with_the_limit(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    await chair.clicks("Write", await opens(chair, actions.MINUTES, meeting))
    form = await chair.window()
    assert "A field takes 3,000 characters; go on in the next. Minutes take 12,000 in each language." in form.text
    await chair.submits(form, text_en="a" * 2900, text_en_2="b" * 2900, text_fr="c")
    await chair.clicks("Write", await chair.window())
    form = await chair.window()
    shown = {each["block_id"]: each["element"].get("initial_value") for each in form.blocks if each["type"] == "input"}
    assert [shown[f"text_en{n}"] for n in ("", "_2", "_3")] == ["a" * 2900, "b" * 2900, None]
    await chair.submits(form, text_en="d" * 3000, text_en_2="e" * 3000, text_en_3="f" * 3000)
    await chair.clicks("Write", await chair.window())
    refused = await chair.submits(text_en_4="g" * 3000)
    assert refused["errors"]["text_en"] == "Use 12,000 characters at most."


async def test_of_more_than_a_hundred_who_are_invited_attendance_is_recorded_in_fields_by_the_alphabet(workspace: Workspace) -> None:
    def crowd(session: Session) -> None:
        session.add_all(Person(id=f"p{number:03}", name=f"Person {number:03}") for number in range(150))

    does(workspace, MORGAN, crowd)
    meeting = arranged(workspace, invited=tuple(f"p{number:03}" for number in range(150)))
    is_now(workspace, AFTER)
    chair = morgan(workspace)
    await chair.clicks("Attendance", await opens(chair, actions.AGENDA, meeting))
    assert "Who was there, from Person 100 to Person 149" in (await chair.window()).text
    await chair.submits(present_0=["p001", "p002"], present_100=["p149"])
    assert "Saved: 3 people were there." in (await chair.window()).text
    there = workspace.database.read(service.invitees, meeting, MORGAN)
    assert [each.person.id for each in there if each.attended] == ["p001", "p002", "p149"]


async def test_in_the_third_window_what_is_wrong_is_told_on_top_and_nothing_typed_is_lost(workspace: Workspace) -> None:
    meeting, chair = held(workspace), morgan(workspace)
    await opens(chair, meeting_actions.OPEN, meeting)
    await chair.clicks("Agenda", await chair.window())
    await chair.clicks("Record a decision", await chair.window())
    form = await chair.window()
    assert len(await chair.windows()) == 3
    does(workspace, MORGAN, lambda session: setattr(session.get_one(Meeting, meeting), "state", "cancelled"))
    await chair.submits(form, wording_en="Warn by phone.")
    shown = await chair.window()
    assert (shown.id, "This meeting is cancelled. Decided by Morgan Fernhill" in shown.text) == (form.id, True)
    assert "Warn by phone." in str(shown.raw["state"])


async def test_a_double_click_on_circulate_tells_everybody_once(workspace: Workspace) -> None:
    meeting, member = held(workspace), maxime(workspace)
    shown = await circulated(workspace, meeting)
    before = len(await member.sees())
    chair = morgan(workspace)
    await chair.clicks(actions.CIRCULATE, await offered(chair, actions.CIRCULATE, meeting))
    assert shown
    assert len(await member.sees()) == before


async def test_nothing_is_recorded_of_a_meeting_that_was_cancelled_or_is_still_to_come(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    assert await _refused(chair, actions.MINUTES, meeting) == "This meeting has not begun yet."
    await chair.clicks("Here", await offered(chair, actions.DECIDE, meeting))
    await chair.submits(wording_en="Early")
    assert "This meeting has not begun yet." in (await chair.window()).text
    does(workspace, MORGAN, service.cancel, meeting, None, shown=0)
    is_now(workspace, AFTER)
    await chair.clicks("Here", await offered(chair, actions.AGREE, meeting))
    form = await chair.window()
    await chair.looks_up(actions.PEOPLE, "maxime", form)
    await chair.submits(form, wording_en="Late", owner="maxime-grandchene", due="2027-02-10")
    assert "This meeting is cancelled. Decided by Morgan Fernhill" in (await chair.window()).text
    assert stands(workspace, meeting).actions == ()


async def _refused(member: Member, action: str, value: str) -> str:
    await member.clicks(action, await offered(member, action, value))
    return (await member.last_dm()).headline


async def test_open_actions_carry_over_to_the_next_meeting(workspace: Workspace) -> None:
    meeting = held(workspace)
    one = given(workspace, meeting)
    following = arranged(workspace, day=date(2027, 2, 3))
    shown = await opens(maxime(workspace), actions.AGENDA, following)
    assert "Suivis des réunions antérieures encore en cours" in shown.text
    assert printed("Envoyer la carte (Maxime Grandchêne, d'ici au 10 février 2027)") in shown.text
    await chooses(maxime(workspace), shown, actions.DONE, one.id)
    after = await maxime(workspace).window()
    assert "Envoyer la carte" not in after.text
    assert workspace.database.read(decisions.open_actions, group="demo-orchards") == ()


async def test_the_chair_is_asked_for_minutes_after_three_days_and_the_secretariat_after_ten(workspace: Workspace) -> None:
    held(workspace)
    await workspace.until("2027-01-25T22:00")
    assert "the minutes were not circulated yet" in (await morgan(workspace).last_dm()).text
    officer = workspace.user("jordan-wrenwood")
    late = re.compile("Frost.*the minutes were not circulated yet")
    assert not any(late.search(each.text) for each in await officer.sees())
    await workspace.until("2027-02-02T22:00")
    assert any(late.search(each.text) for each in await officer.sees())


async def test_what_only_the_chair_does_is_refused_to_those_who_are_invited_at_the_click(workspace: Workspace) -> None:
    meeting, member = held(workspace), maxime(workspace)
    one = stands(workspace, meeting).items[0].id
    forged = (
        *((action, meeting) for action in (actions.ADD, actions.DECIDE, actions.AGREE, actions.ATTENDANCE, actions.CHANNEL)),
        *((actions.DECIDE, f"{meeting}:{one}"), (actions.TAKE_BACK, f"{meeting}::x"), (actions.EDIT, str(one))),
    )
    for action, value in forged:
        await member.clicks(action, await offered(member, action, value))
        assert await member.windows() == [], action
    await circulated(workspace, meeting)
    for action in (actions.WRITE, actions.APPROVE):
        await member.clicks(action, await offered(member, action, meeting))
        assert await member.windows() == [], action
