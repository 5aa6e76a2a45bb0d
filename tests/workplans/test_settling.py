"""Handing in, accepting, returning, approving; due dates; more time. On both databases."""

from __future__ import annotations

from datetime import timedelta
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
from cadre.workplans.models import Activity
from cadre.workplans.rules import before, calendar_due
from tests.workplans.world import ALEX, ANN, CORA, GUY, LOU, MEL, OLA, SAM, World
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


def test_those_who_lead_take_two_weeks_by_right_and_ask_beyond_that(world: World) -> None:
    due = world.plan().due
    took = world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=10), "Swarming", "V1")
    assert (took.state, took.before, took.until, took.name.en) == ("granted", due, due + timedelta(days=10), "Bees")
    assert (world.plan().due, world.plan().due_by) == (due + timedelta(days=10), "moved")
    asked = world.database.write(GUY, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=20), "Still swarming", "V2")
    assert asked.state == "asked"
    assert world.plan().due == due + timedelta(days=10)
    detail = {"extension": asked.id, "by": "Guy", "until": asked.until.isoformat(), "reason": "Still swarming"}
    assert world.announced() == [("extension_asked", f"workplan:{world.bees}", "sam", detail)]
    assert world.database.read(workplans.pending_extensions, SAM) == (asked,)
    with pytest.raises(Invalid) as problem:
        world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=30), "More", "V3")
    assert fields(problem) == {"until"}
    assert (
        world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=14), "The rest", "V4").state == "granted"
    )


def test_the_same_window_asks_once(world: World) -> None:
    due = world.plan().due
    calls = [lambda: world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=30), "Bears", "V1")] * 3
    assert len({each.id for each in at_once(*calls)}) == 1  # type: ignore[attr-defined]  # an extension
    assert len(world.database.read(workplans.pending_extensions, SAM)) == 1


def test_two_who_take_two_weeks_at_once_do_not_get_four(world: World) -> None:
    due = world.plan().due
    done = at_once(
        lambda: world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=14), "Bears", "V1"),
        lambda: world.database.write(GUY, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=14), "Bears", "V2"),
    )
    assert sum(isinstance(each, Invalid) for each in done) == 1
    assert world.plan().due == due + timedelta(days=14)


@pytest.mark.parametrize("approve", [True, False])
def test_the_secretariat_answers_once_and_whoever_asked_hears_it(world: World, approve: bool) -> None:
    made = world.add()
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(60), "Rain", "V1")
    assert (asked.state, asked.name) == ("asked", made.title)
    settled = world.database.write(SAM, workplans.settle_extension, asked.id, approve)
    assert (settled.state, settled.settled_by) == ("approved" if approve else "refused", "Sam Okafor (U0SAM)")
    assert world.activity(made.id).due == world.day(60 if approve else 30)
    kind, subject, person, detail = world.announced()[-1]
    assert (kind, subject, person, detail["approved"]) == ("extension_settled", made.subject, "ola", approve)
    with pytest.raises(Conflict) as problem:
        world.database.write(SAM, workplans.settle_extension, asked.id, not approve)
    assert problem.value.who == "Sam Okafor (U0SAM)"
    assert world.database.read(workplans.pending_extensions, SAM) == ()


def test_the_day_that_the_secretariat_gives_counts_though_it_is_due_later_by_then_than_was_asked(world: World) -> None:
    made = world.add()
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(60), "Rain", "V1")
    world.database.write(SAM, workplans.extend, made.subject, world.day(65), "Flood", None)
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, workplans.settle_extension, asked.id, True, "", world.day(62))
    assert fields(problem) == {"until"}, "they chose a day, and it would be taken away again"
    given = world.database.write(SAM, workplans.settle_extension, asked.id, True, "", world.day(80))
    assert (given.until, world.activity(made.id).due) == (world.day(80), world.day(80))


def test_what_is_due_later_by_then_than_was_asked_keeps_its_date(world: World) -> None:
    made = world.add()
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(60), "Rain", "V1")
    world.database.write(SAM, workplans.extend, made.subject, world.day(65), "Flood", None)
    assert world.database.write(SAM, workplans.settle_extension, asked.id, True).state == "approved"
    assert world.activity(made.id).due == world.day(65)


def test_what_the_secretariat_gives_leaves_those_whose_it_is_their_own_two_weeks(world: World) -> None:
    made = world.add()
    given = world.database.write(SAM, workplans.extend, made.subject, world.day(90), "Flood", None)
    assert (given.state, given.settled_by) == ("approved", "Sam Okafor (U0SAM)")
    told = world.activity(made.id).put_off
    assert told
    assert (told.who, told.taken) == ("Sam Okafor (U0SAM)", False), "it was given, and not taken by those whose it is"
    last = world.database.read(workplans.given_at_once, made.subject, world.day(90), world.today)
    assert last == world.day(104)
    assert world.database.write(OLA, workplans.extend, made.subject, world.day(104), "Rain", None).state == "granted"
    told = world.activity(made.id).put_off
    assert told
    assert (told.who, told.taken) == ("Ola", True)
    assert world.database.write(OLA, workplans.extend, made.subject, world.day(105), "Rain", None).state == "asked"


def test_an_answer_that_comes_after_it_was_done_moves_nothing(world: World) -> None:
    made = world.add()
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(60), "Rain", "V1")
    world.database.write(OLA, workplans.say_state, made.id, "done", None, "en")
    assert world.database.write(SAM, workplans.settle_extension, asked.id, True).state == "approved"
    assert world.activity(made.id).due == world.day(30)


def test_more_time_needs_a_reason_a_later_day_and_something_still_open(world: World) -> None:
    made, endless = world.add(), world.add(due=None)
    for subject, days, reason, wrong in (
        (made.subject, 40, " ", {"reason"}),
        (made.subject, 40, "x" * 3001, {"reason"}),
        (made.subject, 30, "", {"until", "reason"}),
        (made.subject, 4000, "Rain", {"until"}),
        (endless.subject, 40, "Rain", {"until"}),
    ):
        with pytest.raises(Invalid) as problem:
            world.database.write(ANN, workplans.extend, subject, world.day(days), reason, None)
        assert fields(problem) == wrong
    world.database.write(OLA, workplans.say_state, made.id, "done", None, "en")
    world.in_state("submitted")
    for subject in (made.subject, f"workplan:{world.bees}"):
        with pytest.raises(Conflict):
            world.database.write(ANN, workplans.extend, subject, world.day(300), "Rain", None)
    for subject in ("workplan:ghost.2027-1", "activity:4711", "activity:x", "bees"):
        with pytest.raises(NotFound):
            world.database.write(ANN, workplans.extend, subject, world.day(40), "Rain", None)


def test_only_those_who_lead_or_own_it_take_more_time(world: World) -> None:
    made, late = world.add(), world.plan().due + timedelta(days=7)
    for by, subject in ((MEL, made.subject), (LOU, made.subject), (OLA, f"workplan:{world.bees}"), (CORA, f"workplan:{world.bees}")):
        with pytest.raises(Forbidden):
            world.database.write(by, workplans.extend, subject, late, "Rain", None)
    with pytest.raises(Forbidden):
        world.database.read(workplans.pending_extensions, ANN)
    assert world.database.write(OLA, workplans.extend, made.subject, world.day(44), "Rain", None).state == "granted"
    assert world.database.write(SAM, workplans.extend, made.subject, world.day(200), "Flood", None).state == "approved"


def test_from_something_overdue_the_days_count_from_its_due_date(world: World) -> None:
    made = world.add()

    def pass_by(session: Session) -> None:
        row = session.get(Activity, made.id)
        assert row
        row.due = world.day(-10)

    world.database.write(OPERATOR, pass_by)
    with pytest.raises(Invalid):
        world.database.write(OLA, workplans.extend, made.subject, world.day(-5), "Rain", None)
    assert world.database.write(OLA, workplans.extend, made.subject, world.day(3), "Rain", None).state == "granted"
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(6), "Rain", None)
    given = world.database.write(SAM, workplans.settle_extension, asked.id, True)
    assert (given.state, given.due) == ("approved", world.day(6))
    assert (given.before, given.taken) == (asked.before, asked.taken) == (world.day(3), 13), "as it stood when it was asked"


@pytest.mark.parametrize("state", ["submitted", "complete", "approved"])
def test_a_later_due_date_is_more_time_also_where_it_is_edited_once_others_count_on_it(world: World, state: str) -> None:
    made = world.add()
    assert world.add(id=made.id, due=world.day(50)).due == world.day(50), "while they plan, they plan freely"
    world.in_state(state)
    assert world.add(id=made.id, due=world.day(60)).due == world.day(60), "by right, as many days as there are"
    for due in (world.day(65), None):
        with pytest.raises(Invalid) as problem:
            world.add(id=made.id, due=due, title_en="Count all bees")
        assert fields(problem) == {"due"}
        assert "More time" in problem.value.fields["due"].msgid
    assert world.activity(made.id).title.en == "Count the bees", "nothing is saved in part"
    assert world.add(id=made.id, due=world.day(64)).due == world.day(64)
    with pytest.raises(Invalid):
        world.add(id=made.id, due=world.day(65))
    assert world.database.write(OLA, workplans.extend, made.subject, world.day(65), "Rain", None).state == "asked", (
        "all was counted together"
    )
    assert world.add(by=SAM, id=made.id, due=world.day(90)).due == world.day(90), "the secretariat gives any"
    world.in_state("returned")
    assert world.add(id=made.id, due=world.day(120)).due == world.day(120)
