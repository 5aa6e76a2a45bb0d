"""Handing in, accepting, returning, approving; due dates; more time. On both databases."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.reader import OPERATOR
from cadre.meetings.models import Meeting
from cadre.workplans import service as workplans
from cadre.workplans.facts import Line
from cadre.workplans.rules import before, calendar_due
from tests.workplans.world import ALEX, ANN, CORA, GUY, OLA, SAM, World
from tests.worlds import at_once, fields


def approved(world: World, id_: str | None = None) -> None:
    """Take a workplan all the way."""
    world.database.write(ANN, workplans.submit, id_ or world.bees)
    world.database.write(SAM, workplans.accept, id_ or world.bees)
    world.database.write(SAM, workplans.approve, id_ or world.bees, "today")


def test_a_workplan_goes_from_its_co_chair_to_the_council(world: World) -> None:
    world.add()
    handed_in = world.database.write(ANN, workplans.submit, world.bees)
    assert (handed_in.state, handed_in.settled_by) == ("submitted", "Ann")
    assert world.database.write(SAM, workplans.accept, world.bees).state == "complete"
    done = world.database.write(SAM, workplans.approve, world.bees, "today")
    assert (done.state, done.settled_by) == ("approved", "Sam Okafor (U0SAM)")
    texts = world.database.read(workplans.texts, world.bees, CORA)
    assert [(each.version, each.event, each.by) for each in texts] == [(2, "approved", "Sam Okafor (U0SAM)"), (1, "submitted", "Ann")]
    assert texts[0].meeting_name
    assert str(texts[0].meeting_name.en).startswith("Today (")
    meeting = {"en": texts[0].meeting_name.en, "fr": texts[0].meeting_name.fr}
    said = [(kind, person, detail) for kind, _, person, detail in world.announced()]
    assert said[1:] == [
        ("workplan_submitted", "sam", {"by": "Ann", "nth": 1}),
        ("workplan_accepted", "ann", {"by": "Sam Okafor"}),
        ("workplan_accepted", "guy", {"by": "Sam Okafor"}),
        ("workplan_approved", "ann", {"by": "Sam Okafor", "meeting": meeting}),
        ("workplan_approved", "guy", {"by": "Sam Okafor", "meeting": meeting}),
    ]


def test_a_frozen_text_stays_as_it_was(world: World) -> None:
    made = world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    world.add(id=made.id, title_en="Count all bees", title_fr="Compter toutes les abeilles")
    (text,) = world.database.read(workplans.texts, world.bees, ANN)
    assert "• Count the bees" in (text.text.en or "").splitlines()
    assert "• Compter les abeilles" in (text.text.fr or "").splitlines()


def test_a_returned_workplan_has_a_reason_and_is_handed_in_again(world: World) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    for reason in (" ", "x" * 3001):
        with pytest.raises(Invalid) as problem:
            world.database.write(SAM, workplans.return_, world.bees, reason)
        assert fields(problem) == {"reason"}
    plan = world.database.write(SAM, workplans.return_, world.bees, "Where are the drones?", language="en")
    assert (plan.state, plan.reason, plan.reason_in, plan.awaited) == ("returned", "Where are the drones?", "en", True)
    said = {"by": "Sam Okafor", "reason": "Where are the drones?", "language": "en", "nth": 1}
    assert world.announced()[-1][0::3] == ("workplan_returned", said)
    again = world.database.write(GUY, workplans.submit, world.bees)
    assert (again.state, again.reason) == ("submitted", None)
    world.database.write(SAM, workplans.accept, world.bees)
    assert world.database.write(SAM, workplans.return_, world.bees, "And the queen?").state == "returned"


def test_of_two_who_settle_a_workplan_at_once_the_second_hears_who_was_first(world: World) -> None:
    world.add()
    done = at_once(*(partial(world.database.write, by, workplans.submit, world.bees) for by in (ANN, GUY, ALEX)))
    conflicts = [each for each in done if isinstance(each, Conflict)]
    assert len(conflicts) == 2
    assert {each.who for each in conflicts} == {world.plan().settled_by}
    assert len(world.database.read(workplans.texts, world.bees, ANN)) == 1


def test_what_was_never_handed_in_is_neither_accepted_nor_approved(world: World) -> None:
    with pytest.raises(Invalid) as problem:
        world.database.write(ANN, workplans.submit, world.bees)
    assert fields(problem) == {"activities"}
    world.add()
    calls: tuple[tuple[Any, ...], ...] = ((workplans.accept,), (workplans.return_, "No"), (workplans.approve, "today"))
    for fn, *more in calls:
        with pytest.raises(Invalid):
            world.database.write(SAM, fn, world.bees, *more)
    world.database.write(ANN, workplans.submit, world.bees)
    with pytest.raises(Invalid):
        world.database.write(SAM, workplans.approve, world.bees, "today")
    assert world.plan().state == "submitted"


@pytest.mark.parametrize("meeting", ["", "ghost", "foreign", "coming", "past"])
def test_only_a_meeting_of_the_council_that_was_held_approves(world: World, meeting: str) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    world.database.write(SAM, workplans.accept, world.bees)
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, workplans.approve, world.bees, meeting)
    assert fields(problem) == {"meeting"}
    assert world.plan().state == "complete"


def test_what_is_owed_may_be_handed_in_but_is_not_approved(world: World) -> None:
    made = world.add(title_fr="")
    world.database.write(ANN, workplans.save_aim, world.bees, "", "But")
    world.database.write(ANN, workplans.submit, world.bees)
    world.database.write(SAM, workplans.accept, world.bees)
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, workplans.approve, world.bees, "today")
    assert fields(problem) == {f"title:{made.id}_fr", "aim_en"}
    world.add(id=made.id, title_fr="Compter")
    world.database.write(ANN, workplans.save_aim, world.bees, "Aim", "But")
    assert world.database.write(SAM, workplans.approve, world.bees, "today").state == "approved"


def test_only_the_secretariat_settles_and_moves(world: World) -> None:
    world.add()
    world.in_state("submitted")
    calls: tuple[tuple[Any, ...], ...] = (
        (workplans.accept, world.bees),
        (workplans.return_, world.bees, "No"),
        (workplans.approve, world.bees, "today"),
        (workplans.move_due, world.bees, world.day(9)),
        (workplans.move_all, world.cycle, world.day(9)),
        (workplans.set_meeting, world.cycle, "coming", -21),
        (workplans.settle_extension, 1, True),
    )
    for by in (ANN, CORA, OLA):
        for fn, *args in calls:
            with pytest.raises(Forbidden):
                world.database.write(by, fn, *args)
    assert world.plan().state == "submitted"


def test_a_workplan_is_compared_with_the_last_that_was_approved_of_an_earlier_half_too(early: World) -> None:
    early.opened(before(early.half))
    last = f"bees.{before(early.half)}"
    early.add(workplan=last)
    early.opened()
    early.add()
    assert early.database.read(workplans.compared, early.bees, ANN, "en") is None
    approved(early, last)
    assert {line.change for line in early.database.read(workplans.compared, early.bees, ANN, "fr") or ()} == set()
    early.add(title_en="Sing", title_fr="Chanter", owners=(), due=None, outcome=None)
    lines = early.database.read(workplans.compared, early.bees, ANN, "fr") or ()
    assert Line("added", "• Chanter") in lines
    assert Line("same", "• Compter les abeilles") not in lines
    assert early.database.read(workplans.compared, last, ANN, "en") == ()


def test_an_activity_that_goes_on_is_compared_with_what_it_was_in_the_half_before(early: World) -> None:
    early.opened(before(early.half))
    last = f"bees.{before(early.half)}"
    early.add(workplan=last)
    approved(early, last)
    early.opened()
    early.database.write(ANN, workplans.copy_last, early.bees)
    (going_on,) = early.plan().activities
    early.add(id=going_on.id, title_en="Keep a register", title_fr="Tenir un registre")
    assert early.database.read(workplans.compared, early.bees, ANN, "en") == (
        Line("removed", "• Count the bees"),
        Line("added", "• Keep a register"),
    ), "whatever it is called by now"


# Due dates


def test_the_due_date_goes_by_the_meeting_once_it_is_fixed(world: World) -> None:
    world.forget_touched()
    world.database.write(SAM, workplans.set_meeting, world.cycle, "coming", -21)
    plan = world.plan()
    assert (plan.due, plan.due_by, plan.meeting) == (world.day(79), "meeting", "coming")
    assert world.touched() == {f"workplan:{id_}.{world.half}" for id_ in ("bees", "larvae", "lights")}

    def later(session: Session) -> None:
        meeting = session.get(Meeting, "coming")
        assert meeting
        meeting.held = PartialDate.day(world.day(110))

    world.database.write(OPERATOR, later)
    assert world.plan().due == world.day(89)
    world.database.write(SAM, workplans.set_meeting, world.cycle, None, -21)
    assert (world.plan().due, world.plan().due_by) == (calendar_due(world.half), "calendar")


@pytest.mark.parametrize(("meeting", "offset", "wrong"), [("foreign", 0, "meeting"), ("call", 0, "meeting"), ("coming", 200, "offset")])
def test_a_cycle_is_not_tied_to_just_any_meeting(world: World, meeting: str, offset: int, wrong: str) -> None:
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, workplans.set_meeting, world.cycle, meeting, offset)
    assert fields(problem) == {wrong}
    with pytest.raises(NotFound):
        world.database.write(SAM, workplans.set_meeting, "council.1867-1", None, 0)


def test_the_meetings_offered_are_the_council_s_in_person_ones_and_the_joint_council_s(world: World) -> None:
    offered = world.database.read(workplans.in_person_meetings, "council")
    assert [each.id for each in offered] == ["coming", "today", "past", "month"]
    assert offered[3].name == Bilingual("Month (October 2020)", "Month (fr) (octobre 2020)")


def test_one_due_date_moves_or_all_and_a_later_one_stays(world: World) -> None:
    world.database.write(SAM, workplans.move_due, world.bees, world.day(50))
    assert (world.plan().due, world.plan().due_by) == (world.day(50), "moved")
    assert world.database.write(SAM, workplans.move_all, world.cycle, world.day(40)) == 2
    assert (world.plan().due, world.plan(world.lights).due) == (world.day(50), world.day(40))
    assert world.database.write(SAM, workplans.move_all, world.cycle, world.day(60)) == 3
    assert (world.plan().due, world.plan(world.lights).due) == (world.day(60), world.day(60))
    for call in (
        lambda: world.database.write(SAM, workplans.move_due, world.bees, world.day(-1)),
        lambda: world.database.write(SAM, workplans.move_all, world.cycle, world.day(-1)),
    ):
        with pytest.raises(Invalid) as problem:
            call()
        assert fields(problem) == {"due"}


# More time
