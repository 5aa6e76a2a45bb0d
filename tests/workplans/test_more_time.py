"""More time for workplans and activities: by right, or asked of the secretariat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.reader import OPERATOR
from cadre.workplans import service as workplans
from cadre.workplans.models import Activity
from tests.workplans.world import ANN, CORA, GUY, LOU, MEL, OLA, SAM, World
from tests.worlds import at_once, fields


def test_those_who_lead_take_two_weeks_by_right_and_ask_beyond_that(world: World) -> None:
    due = world.plan().due
    took = world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=10), "Swarming", "V1")
    assert (took.state, took.before, took.until, took.name.en) == ("granted", due, due + timedelta(days=10), "Bees")
    assert (world.plan().due, world.plan().due_by) == (due + timedelta(days=10), "moved")
    asked = world.database.write(GUY, workplans.extend, f"workplan:{world.bees}", due + timedelta(days=20), "Still swarming", "V2")
    assert asked.state == "asked"
    assert world.plan().due == due + timedelta(days=10)
    detail = {"extension": asked.id, "by": "Guy", "until": asked.until.isoformat(), "reason": "Still swarming"}
    moved, told = world.announced()
    assert (moved[0], moved[2]) == ("workplan_moved", "guy"), "who leads it too hears of the time that was taken"
    assert told == ("extension_asked", f"workplan:{world.bees}", "sam", detail)
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
