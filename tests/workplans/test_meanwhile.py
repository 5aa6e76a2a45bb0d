"""Two people change the same thing at once: the second hears who was first, and nothing is overwritten unseen; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.marks import marks, of_text
from cadre.workplans import meanwhile
from cadre.workplans import service as workplans
from cadre.workplans.facts import ActivityFacts, Line, Report
from cadre.workplans.meanwhile import Meanwhile, of_activity, of_cycle, of_due, of_plan
from cadre.workplans.rules import before
from tests.workplans.test_approval import EDITS, complete
from tests.workplans.world import ANN, GUY, MEL, OLA, SAM, World
from tests.worlds import at_once


def seen(made: ActivityFacts) -> dict[str, str]:
    """What a window of an activity keeps of what it showed."""
    return marks(of_activity(made))


FIRST: dict[str, dict[str, Any]] = {
    "a title": {"title_en": "Count all bees"},
    "its French": {"title_fr": "Compter toutes les abeilles"},
    "a due date": {"due": None},
    "an outcome": {"outcome": "o2"},
    "a note": {"note_fr": "Bientôt"},
}


@pytest.mark.parametrize("first", FIRST)
def test_whoever_changes_an_activity_second_hears_who_was_first(world: World, first: str) -> None:
    made = world.add()
    now = world.add(by=GUY, id=made.id, shown=seen(made), **FIRST[first])
    with pytest.raises(Meanwhile) as problem:
        world.add(id=made.id, shown=seen(made), title_en="Count some bees")
    assert problem.value.who == "Guy"
    assert world.activity(made.id) == now, "nothing of the second is saved"
    assert world.add(id=made.id, shown=seen(now), title_en="Count some bees").title.en == "Count some bees", "they saw it, and decided"


def test_whoever_gave_it_to_others_first_is_known(world: World) -> None:
    made = world.add()
    world.add(by=GUY, id=made.id, shown=seen(made), owners=("mel",))
    with pytest.raises(Meanwhile) as problem:
        world.add(id=made.id, shown=seen(made), owners=("ola", "ann"))
    assert problem.value.who == "Guy"
    with pytest.raises(Meanwhile):
        world.database.write(ANN, workplans.reassign, made.id, ("ann",), seen(made))
    assert [owner.id for owner in world.activity(made.id).owners] == ["mel"]


def test_of_four_who_change_one_title_at_once_one_does_and_three_hear_of_it(world: World) -> None:
    made = world.add()
    done = at_once(*(partial(world.add, id=made.id, shown=seen(made), title_en=f"Count {n} bees") for n in range(4)))
    assert sum(isinstance(each, Meanwhile) for each in done) == 3


def test_how_it_goes_is_no_change_of_what_the_window_of_an_activity_shows(world: World) -> None:
    made = world.add()
    world.database.write(OLA, workplans.say_state, made.id, "at_risk", None, "en")
    assert world.add(id=made.id, shown=seen(made), title_en="Count all bees").title.en == "Count all bees"


def test_the_same_words_or_the_same_window_twice_are_no_conflict(world: World) -> None:
    made = world.add()
    for by in (GUY, ANN, ANN):
        assert world.add(by=by, id=made.id, shown=seen(made), title_en=" Count all bees ").title.en == "Count all bees"


def test_of_two_who_write_an_aim_the_second_hears_who_was_first(world: World) -> None:
    shown = marks(of_text("aim", None))
    world.database.write(GUY, workplans.save_aim, world.bees, "Know all bees", "", shown)
    with pytest.raises(Meanwhile) as problem:
        world.database.write(ANN, workplans.save_aim, world.bees, "Know some bees", "", shown)
    assert problem.value.who == "Guy"
    assert world.plan().aim == Bilingual("Know all bees", None)


NOT_STARTED = marks({"state": "not_started", "note_en": ""})


@pytest.mark.parametrize(
    "second",
    [
        lambda id_: partial(workplans.report, said=Report({}, {id_: "Sun"}, "en", {id_: NOT_STARTED})),
        lambda id_: partial(workplans.report, said=Report({id_: "on_track"}, {}, "en", {id_: NOT_STARTED})),
        lambda id_: partial(workplans.say_state, activity_id=id_, state="off_track", note="Snow", language="en", shown=NOT_STARTED),
    ],
    ids=["a note on the one screen", "a state on the one screen", "in the window of what stands in the way"],
)
def test_a_note_is_not_overwritten_unseen(world: World, second: Callable[[int], Any]) -> None:
    made, other = world.add(), world.add()
    world.database.write(OLA, workplans.say_state, made.id, "at_risk", "Rain", "en")
    with pytest.raises(Meanwhile) as problem:
        world.database.write(ANN, second(made.id))
    assert problem.value.who == "Ola"
    assert (world.activity(made.id).state, world.activity(made.id).note) == ("at_risk", Bilingual("Rain", None))
    world.database.write(ANN, second(other.id))
    assert world.activity(other.id).told_by == "Ann", "nobody said anything of that one"


def test_a_request_for_more_time_stands_with_what_it_is_for_until_it_is_answered(world: World) -> None:
    made = world.add()
    world.forget_touched()
    asked = world.database.write(OLA, workplans.extend, made.subject, world.day(90), "Rain", None)
    assert made.subject in world.touched(), "messages that tell of it are drawn anew"
    until = world.plan().due + timedelta(days=60)
    world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", until, "Rain", None)
    plan = world.plan()
    assert (plan.activities[0].asked_until, plan.asked_until) == (world.day(90), until)
    world.database.write(SAM, workplans.settle_extension, asked.id, False)
    assert world.activity(made.id).asked_until is None


@pytest.mark.parametrize("edit", EDITS)
def test_what_changed_since_it_was_handed_in_is_shown_line_by_line(laid_open: World, edit: str) -> None:
    world = laid_open
    (made,) = world.plan().activities
    assert world.database.read(workplans.since_kept, world.bees, SAM, "en") == ()
    world.database.write(OLA, workplans.say_state, made.id, "at_risk", "Rain", "en")
    assert world.database.read(workplans.since_kept, world.bees, SAM, "en") == (), "how it goes is no change of the plan"
    EDITS[edit](world, made)
    assert {line.change for line in world.database.read(workplans.since_kept, world.bees, MEL, "en")} & {"added", "removed"}


def test_a_line_that_changed_stands_under_its_activity_and_nothing_else_is_repeated(world: World) -> None:
    made, _other = world.add(), world.add(title_en="Feed the bees")
    complete(world)
    world.add(id=made.id, outcome=None)
    assert world.database.read(workplans.since_kept, world.bees, SAM, "en") == (
        Line("same", "• Count the bees"),
        Line("removed", "– feeds the outcome: o1"),
    )


def test_an_activity_of_another_title_is_compared_with_what_it_was_called_before(world: World) -> None:
    made = world.add()
    world.database.write(ANN, workplans.save_aim, world.bees, "Honey", "Du miel")
    complete(world)
    world.database.write(ANN, workplans.save_aim, world.bees, "Wax for all", "De la cire pour tous")
    world.add(id=made.id, title_en="Count all the bees", title_fr="Compter toutes les abeilles")
    assert world.database.read(workplans.since_kept, world.bees, SAM, "en") == (
        Line("removed", "Aim: Honey"),
        Line("added", "Aim: Wax for all"),
        Line("removed", "• Count the bees"),
        Line("added", "• Count all the bees"),
    ), "each beside what it was, and nothing that did not change"
    world.add(id=made.id, title_en="Keep a register", title_fr="Tenir un registre")
    world.add(title_en="Count the bees")
    assert [line for line in world.database.read(workplans.since_kept, world.bees, SAM, "en") if "Aim" not in line.text][:3] == [
        Line("removed", "• Count the bees"),
        Line("added", "• Keep a register"),
        Line("added", "• Count the bees"),
    ], "an activity is itself whatever it is called, and another that takes its name is not"


def test_of_two_activities_of_one_title_each_is_compared_with_itself(world: World) -> None:
    first, second = world.add(due=world.day(30)), world.add(due=world.day(60))
    complete(world)
    world.add(id=second.id, title_en="Feed the bees", title_fr="Nourrir les abeilles", due=world.day(60))
    world.add(id=first.id, title_en="Keep a register", title_fr="Tenir un registre", due=world.day(30))
    assert world.database.read(workplans.since_kept, world.bees, SAM, "en") == (
        Line("removed", "• Count the bees"),
        Line("added", "• Keep a register"),
        Line("removed", "• Count the bees"),
        Line("added", "• Feed the bees"),
    )


SETTLES: dict[str, Callable[..., object]] = {
    "hands it in": lambda world, shown: world.database.write(ANN, workplans.submit, world.bees, shown),
    "accepts it": lambda world, shown: world.database.write(SAM, workplans.accept, world.bees, shown),
    "returns it": lambda world, shown: world.database.write(SAM, workplans.return_, world.bees, "No", shown),
    "records the approval": lambda world, shown: world.database.write(SAM, workplans.approve, world.bees, "today", shown),
}
STATES = {"hands it in": "draft", "accepts it": "submitted", "returns it": "submitted", "records the approval": "complete"}


@pytest.mark.parametrize(("does", "state"), STATES.items())
@pytest.mark.parametrize("edit", [*EDITS, "a new one"])
def test_nobody_settles_a_workplan_that_they_did_not_read(laid_open: World, does: str, state: str, edit: str) -> None:
    world = laid_open
    (made,) = world.plan().activities
    shown = marks(of_plan(world.plan()))
    if edit in EDITS:
        EDITS[edit](world, made)
    else:
        world.add(title_en="Feed the bees")
    with pytest.raises(Meanwhile) as problem:
        SETTLES[does](world, shown)
    assert problem.value.who in {"Ann", "Guy", "Ola"}
    assert world.plan().state == state


def test_of_more_activities_than_there_is_room_for_marks_each_still_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _first, _second, last = (world.add(title_en=title) for title in ("Count the bees", "Feed the bees", "Keep a register"))
    world.database.write(ANN, workplans.submit, world.bees)
    monkeypatch.setattr(meanwhile, "MOST", 1)
    shown = marks(of_plan(world.plan()))
    assert len(shown) == 5, "the state, the aim in both languages, one activity, and the others"
    world.add(by=GUY, id=last.id, title_en="Keep a good register")
    with pytest.raises(Meanwhile) as problem:
        world.database.write(SAM, workplans.accept, world.bees, shown)
    assert problem.value.who == "Guy"
    assert world.database.write(SAM, workplans.accept, world.bees, marks(of_plan(world.plan()))).state == "complete"


def test_whoever_returns_a_workplan_hears_that_it_was_accepted_meanwhile(world: World) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    shown = marks(of_plan(world.plan()))
    world.database.write(SAM, workplans.accept, world.bees, shown)
    with pytest.raises(Meanwhile):
        SETTLES["returns it"](world, shown)
    SETTLES["returns it"](world, marks(of_plan(world.plan())))
    assert world.plan().state == "returned"


def test_how_it_goes_keeps_nobody_from_settling_a_workplan(world: World) -> None:
    made = world.add()
    shown = marks(of_plan(world.plan()))
    world.database.write(OLA, workplans.say_state, made.id, "at_risk", "Rain", "en")
    SETTLES["hands it in"](world, shown)
    assert world.plan().state == "submitted"


def test_whoever_moves_a_due_date_hears_that_more_time_was_given(world: World) -> None:
    shown = marks(of_due(world.plan()))
    until = world.plan().due + timedelta(days=10)
    world.database.write(ANN, workplans.extend, f"workplan:{world.bees}", until, "Flu", "w1")
    with pytest.raises(Meanwhile) as problem:
        world.database.write(SAM, workplans.move_due, world.bees, world.day(40), shown)
    assert problem.value.who == "Ann"
    with pytest.raises(Meanwhile):
        world.database.write(SAM, workplans.move_due, world.bees, world.day(40), shown, with_all=True)
    assert world.plan().due == until
    world.database.write(SAM, workplans.move_all, world.cycle, until + timedelta(days=1))
    with pytest.raises(Meanwhile) as problem:
        world.database.write(SAM, workplans.move_due, world.bees, world.day(40), marks({"due": until.isoformat()}))
    assert problem.value.who == "Sam Okafor (U0SAM)"


def test_whoever_moves_all_due_dates_hears_that_somebody_else_did(world: World) -> None:
    shown = marks(of_cycle(world.database.read(workplans.cycle_facts, world.cycle)))
    world.database.write(SAM, partial(workplans.set_meeting, day=world.day(40)), world.cycle, None, -21)
    with pytest.raises(Meanwhile):
        world.database.write(SAM, partial(workplans.set_meeting, day=world.day(50), shown=shown), world.cycle, None, -21)
    assert world.plan().due == world.day(40)


def test_nothing_changed_is_not_said_over_what_somebody_else_just_said(world: World) -> None:
    first, second = world.add(), world.add()
    shown = {each.id: marks({"state": each.state, "note_en": ""}) for each in (first, second)}
    world.database.write(OLA, workplans.say_state, first.id, "at_risk", None, "en")
    with pytest.raises(Meanwhile) as problem:
        world.database.write(ANN, workplans.nothing_changed, [world.bees], Report({}, {}, "en", shown))
    assert problem.value.who == "Ola"
    assert [world.activity(each.id).told_by for each in (first, second)] == ["Ola", None], "nothing is saved in part"
    shown[first.id] = marks({"state": "at_risk", "note_en": ""})
    assert world.database.write(ANN, workplans.nothing_changed, [world.bees], Report({}, {}, "en", shown)) == 2


def test_nothing_is_said_of_what_goes_on_in_the_next_half(early: World) -> None:
    early.opened(before(early.half))
    last = early.add(workplan=f"bees.{before(early.half)}", due=early.day(300))
    early.opened()
    early.database.write(ANN, workplans.copy_last, early.bees)
    assert early.database.write(ANN, workplans.nothing_changed, [f"bees.{before(early.half)}"]) == 0
    assert early.activity(last.id).told_by is None
